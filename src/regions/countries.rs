//! Countries and areas of ISO 3166-1 with their UN M49 geographical sub-region.
//!
//! Codes follow ISO 3166-1; names are the short names of Unicode CLDR; the
//! sub-regions are the 22 geographical ones of UN M49 (Taiwan, which has no row
//! there, is placed in Eastern Asia; Antarctica has none).

use super::resolve::text::Text;
use super::{CodeIndex, KeyMap, parts, table};
use std::sync::LazyLock;

/// A country or area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub code: &'static str,
    /// ISO 3166-1 alpha-3.
    pub code3: &'static str,
    /// English short name.
    pub name_en: &'static str,
    /// Simplified Chinese short name.
    pub name_zh: &'static str,
    /// Three-digit UN M49 code of the sub-region.
    pub m49_subregion: Option<&'static str>,
}

struct Data {
    all: Vec<Country>,
    by_name: KeyMap<usize>,
    by_code: KeyMap<usize>,
}

static DATA: LazyLock<Data> = LazyLock::new(|| {
    let mut data = Data { all: Vec::new(), by_name: KeyMap::default(), by_code: KeyMap::default() };
    for row in table(include_str!("data/countries.csv")) {
        let [code, code3, name_en, name_zh, subregion, aliases] = row[..] else {
            continue;
        };
        let position = data.all.len();
        for name in [name_en, name_zh].into_iter().chain(parts(aliases)) {
            data.by_name.entry(Text::key(name)).or_insert(position);
        }
        for code in [code, code3] {
            data.by_code.insert(Text::key(code), position);
        }
        data.all.push(Country {
            code,
            code3,
            name_en,
            name_zh,
            m49_subregion: Some(subregion).filter(|code| !code.is_empty()),
        });
    }
    data
});

static BY_CODE: CodeIndex = LazyLock::new(|| {
    let rows = countries().iter().enumerate();
    rows.map(|(position, row)| (row.code, position)).collect()
});

/// All countries, in the order of their codes.
pub fn countries() -> &'static [Country] {
    &DATA.all
}

/// The country of an ISO 3166-1 alpha-2 code in capitals.
pub fn country(code: &str) -> Option<&'static Country> {
    BY_CODE.get(code).map(|position| &DATA.all[*position])
}

/// The country that a whole cell names: by code, or by an English, Chinese or
/// usual other name, whatever its case, spacing and punctuation.
pub fn find_country(text: &str) -> Option<&'static Country> {
    let key = Text::key(text);
    named(&key).or_else(|| DATA.by_code.get(&key).map(|position| &DATA.all[*position]))
}

/// The country whose name, not code, has this folded key. Two-letter codes are
/// left out because inside an address they are words ("IN", "DE", "ME").
pub(super) fn named(key: &str) -> Option<&'static Country> {
    // A list cut at a fixed width ends in "CHIN"; no other country starts so.
    let key = if key == "chin" { "china" } else { key };
    DATA.by_name.get(key).map(|position| &DATA.all[*position])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_iso_3166_is_there_and_names_find_themselves() {
        assert_eq!(countries().len(), 249);
        for row in countries() {
            for text in [row.code, row.code3, row.name_en, row.name_zh] {
                assert_eq!(find_country(text), Some(row), "{text}");
            }
        }
    }

    #[test]
    fn usual_spellings_are_found() {
        for (text, code) in [
            ("CN", "CN"),
            (" china ", "CN"),
            ("CHINA", "CN"),
            ("P.R.China", "CN"),
            ("P. R. CHINA", "CN"),
            ("PRC", "CN"),
            ("中国", "CN"),
            ("中华人民共和国", "CN"),
            ("Viet Nam", "VN"),
            ("VIETNAM", "VN"),
            ("USA", "US"),
            ("U.S.A.", "US"),
            ("United States of America", "US"),
            ("UK", "GB"),
            ("Korea", "KR"),
            ("UAE", "AE"),
            ("Turkey", "TR"),
            ("Hong Kong", "HK"),
            ("Hong Kong SAR", "HK"),
            ("Macau", "MO"),
            ("台湾", "TW"),
            ("Cote d’Ivoire", "CI"),
            ("CHIN", "CN"),
        ] {
            assert_eq!(find_country(text).map(|row| row.code), Some(code), "{text}");
        }
        for text in ["", "Atlantis", "Chinatown", "??", "12"] {
            assert_eq!(find_country(text), None, "{text}");
        }
    }
}
