//! Places in names of companies: "Suzhou", "苏州市", "(Vietnam)".

use std::collections::HashMap;
use std::sync::LazyLock;

use strsim::osa_distance;

use crate::regions::{cities, counties, countries, provinces};

/// A place that a name mentions: the codes that its word may mean.
pub type Codes = Vec<&'static str>;

/// How sure it is that a word is a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// A county: as a word in the middle of a name it is as often something else.
    County,
    /// A prefecture, a province, a country.
    Known,
}

#[derive(Default)]
struct Words {
    latin: HashMap<String, (Rank, Codes)>,
    chinese: HashMap<String, Codes>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    let provinces = provinces().iter().map(|p| (p.code, p.name_en, p.name_zh, p.short_zh));
    for (code, english, full, short) in provinces {
        words.add_latin(english, Rank::Known, code);
        words.add_chinese(full, code);
        words.add_chinese(short, code);
    }
    for city in cities() {
        words.add_latin(city.name_en, Rank::Known, city.code);
        words.add_chinese(city.name_zh, city.code);
        words.add_chinese(without_kind(city.name_zh), city.code);
    }
    for county in counties() {
        words.add_latin(county.name_en, Rank::County, county.code);
        words.add_chinese(county.name_zh, county.code);
        words.add_chinese(without_kind(county.name_zh), county.code);
    }
    for country in countries() {
        words.add_latin(country.name_en, Rank::Known, country.code);
        words.add_chinese(country.name_zh, country.code);
    }
    words
});

impl Words {
    fn add_latin(&mut self, name: &str, rank: Rank, code: &'static str) {
        let word: String = name
            .chars()
            .filter(char::is_ascii_alphabetic)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        // Two-letter and three-letter words are seldom meant as a place.
        if word.len() < 4 {
            return;
        }
        let (known, codes) = self.latin.entry(word).or_insert((rank, Vec::new()));
        *known = rank.max(*known);
        codes.push(code);
    }

    fn add_chinese(&mut self, name: &str, code: &'static str) {
        if name.chars().count() < 2 {
            return;
        }
        let codes = self.chinese.entry(name.to_string()).or_default();
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
}

/// 苏州市 → 苏州. A name of two characters needs both.
fn without_kind(name: &str) -> &str {
    let short = name.trim_end_matches(['市', '县', '区', '旗', '盟']);
    if short.chars().count() >= 2 { short } else { name }
}

/// The place of a word in Latin letters, without spaces: "guangdong".
pub fn latin(word: &str) -> Option<&'static (Rank, Codes)> {
    WORDS.latin.get(word)
}

/// The prefecture that a word is but for one slip: "wehzhou". Short words are other words.
pub fn misspelt(word: &str) -> Option<Codes> {
    const LONG: usize = 6;
    let is_slip = |name: &str| {
        name.len().abs_diff(word.len()) <= 1
            && name.as_bytes().first() == word.as_bytes().first()
            && osa_distance(name, word) == 1
    };
    if word.len() < LONG {
        return None;
    }
    let known = cities().iter().find(|city| is_slip(&city.name_en.to_ascii_lowercase()));
    known.map(|city| vec![city.code])
}

/// The longest place that a Chinese text begins with: its length in bytes and its codes.
pub fn chinese_at_start(text: &str) -> Option<(usize, &'static Codes)> {
    let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(11).collect();
    ends.into_iter().rev().find_map(|end| Some((end, WORDS.chinese.get(&text[..end])?)))
}

/// True for the code of a prefecture or county, and of a province that is a city.
pub fn is_city(code: &str) -> bool {
    let is_municipality = ["110000", "120000", "310000", "500000"].contains(&code);
    is_municipality || code.len() == 6 && !code.ends_with("0000")
}

/// How much a place says: a county more than a prefecture, that more than a province.
pub fn depth(codes: &Codes) -> usize {
    codes.iter().map(|code| code.trim_end_matches("00").len()).max().unwrap_or(0)
}

/// Whether two places can be one: the same, or one within the other.
pub fn agree(one: &Codes, other: &Codes) -> bool {
    one.iter().any(|a| other.iter().any(|b| contains(a, b) || contains(b, a)))
}

/// GB/T 2260: 320000 is a province, 320500 a prefecture in it, 320581 a county in that.
fn contains(outer: &str, inner: &str) -> bool {
    let is_chinese = |code: &str| code.len() == 6;
    if outer == "CN" && is_chinese(inner) {
        return true;
    }
    if !is_chinese(outer) || !is_chinese(inner) {
        return outer == inner;
    }
    let known = outer.trim_end_matches("00");
    // 440000 without its noughts is "44"; 100000 would be too short.
    inner.starts_with(if known.len() < 2 { &outer[..2] } else { known })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Codes {
        latin(text).unwrap().1.clone()
    }

    #[test]
    fn a_city_agrees_with_its_province_and_not_with_another() {
        assert!(agree(&word("suzhou"), &word("jiangsu")));
        assert!(agree(&word("changshu"), &word("suzhou")));
        assert!(!agree(&word("suzhou"), &word("guangdong")));
        assert!(!agree(&word("shanghai"), &word("guangzhou")));
        assert!(agree(&word("vietnam"), &word("vietnam")));
    }

    #[test]
    fn chinese_places_are_read_with_and_without_their_kind() {
        assert_eq!(chinese_at_start("苏州市样例").map(|(end, _)| end), Some(9));
        assert_eq!(chinese_at_start("苏州样例").map(|(end, _)| end), Some(6));
        assert_eq!(chinese_at_start("样例苏州"), None);
    }
}
