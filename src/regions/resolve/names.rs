//! All names by which a place of China may be written, and what they can mean.

use super::super::{KeyMap, cities, counties, parts, provinces};
use super::text::Text;
use std::sync::LazyLock;

/// Level of a place, from general to specific.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Province, autonomous region, municipality, special region.
    Province,
    /// Prefecture-level city, league, autonomous prefecture.
    City,
    /// County, county-level city, district.
    County,
}

/// One thing a name can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// Its level.
    pub level: Level,
    /// GB/T 2260 code of the province.
    pub province: &'static str,
    /// GB/T 2260 code of the prefecture-level city, where there is one.
    pub city: Option<&'static str>,
    /// A county-level place in the shadow of a prefecture-level city of the
    /// same pinyin: meant only where the text says so.
    pub shadowed: bool,
    /// A county-level city (市), or a full Chinese name.
    pub exact: bool,
}

/// The longest key in bytes; longer windows need not be looked up.
pub fn longest() -> usize {
    NAMES.longest
}

/// What a folded name can mean.
pub fn meanings(key: &str) -> Option<&'static [Meaning]> {
    NAMES.by_key.get(key).map(Vec::as_slice)
}

struct Names {
    by_key: KeyMap<Vec<Meaning>>,
    longest: usize,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut by_key = KeyMap::<Vec<Meaning>>::default();
    add_provinces(&mut by_key);
    add_cities(&mut by_key);
    add_counties(&mut by_key);
    let longest = by_key.keys().map(String::len).max().unwrap_or(0);
    Names { by_key, longest }
});

fn add(by_key: &mut KeyMap<Vec<Meaning>>, name: &str, meaning: Meaning) {
    // People type `v` for `ü` (Lvliang), or drop its dots (Luliang).
    let mut keys = vec![Text::key(name)];
    if name.contains('ü') {
        keys.push(Text::key(&name.replace('ü', "v")));
    }
    for key in keys.into_iter().filter(|key| !key.is_empty()) {
        let known = by_key.entry(key).or_default();
        if !known.contains(&meaning) {
            known.push(meaning);
        }
    }
}

fn add_provinces(by_key: &mut KeyMap<Vec<Meaning>>) {
    for row in provinces() {
        let meaning = Meaning {
            level: Level::Province,
            province: row.code,
            city: None,
            shadowed: false,
            exact: true,
        };
        let names = [row.name_en, row.name_zh, row.short_zh].into_iter();
        names.chain(parts(row.aliases)).for_each(|name| add(by_key, name, meaning));
    }
}

fn add_cities(by_key: &mut KeyMap<Vec<Meaning>>) {
    for row in cities() {
        let meaning = Meaning {
            level: Level::City,
            province: row.province_code,
            city: Some(row.code),
            shadowed: false,
            exact: true,
        };
        let names = [row.name_en, row.name_zh, row.short_zh].into_iter();
        for name in names.chain(parts(row.aliases)) {
            // "Hebei" or "Hainan" alone is the province.
            if !belongs_to_province(by_key, name, row.province_code) {
                add(by_key, name, meaning);
            }
        }
    }
}

fn add_counties(by_key: &mut KeyMap<Vec<Meaning>>) {
    for row in counties() {
        let city_level = row.name_zh.ends_with('市');
        let names = [row.name_en, row.name_zh, row.short_zh].into_iter();
        for name in names.chain(parts(row.aliases)) {
            if belongs_to_province(by_key, name, row.province_code) {
                continue;
            }
            let meaning = Meaning {
                level: Level::County,
                province: row.province_code,
                city: row.city_code,
                shadowed: in_shadow(by_key, name),
                exact: city_level || name == row.name_zh,
            };
            add(by_key, name, meaning);
        }
    }
}

/// Whether the name is that of another province: then that alone is meant.
fn belongs_to_province(by_key: &KeyMap<Vec<Meaning>>, name: &str, province: &str) -> bool {
    let known = by_key.get(&Text::key(name)).map_or(&[][..], Vec::as_slice);
    let mut known = known.iter();
    known.any(|other| other.level == Level::Province && other.province != province)
}

/// Whether a prefecture-level city has the name and is what it means alone.
fn in_shadow(by_key: &KeyMap<Vec<Meaning>>, name: &str) -> bool {
    let known = by_key.get(&Text::key(name)).map_or(&[][..], Vec::as_slice);
    let city = |other: &Meaning| other.level == Level::City;
    let shares =
        |other: &Meaning| cities().iter().any(|row| Some(row.code) == other.city && row.homophone);
    known.iter().any(city) && !known.iter().any(shares)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provinces_of(name: &str) -> Vec<&'static str> {
        let found = meanings(&Text::key(name)).unwrap_or_default().iter();
        found.filter(|meaning| !meaning.shadowed).map(|meaning| meaning.province).collect()
    }

    #[test]
    fn homophones_keep_all_their_meanings() {
        for (name, provinces) in [
            ("Suzhou", &["320000", "340000"][..]),
            ("Taizhou", &["320000", "330000"]),
            ("Fuzhou", &["350000", "360000"]),
            ("Yulin", &["450000", "610000"]),
            ("Yichun", &["230000", "360000"]),
            ("Fuyang", &["340000", "330000"]),
            ("Wuxi", &["320000"]),
            ("Hainan", &["460000"]),
            ("Lvliang", &["140000"]),
            ("Zhangzhi", &["140000"]),
        ] {
            assert_eq!(provinces_of(name), provinces, "{name}");
        }
    }
}
