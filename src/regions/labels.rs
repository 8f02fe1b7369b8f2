//! What areas and cities are called, for people.

use super::{city, country, province};

/// The name of an area: "Jiangsu" / "江苏", "Vietnam" / "越南". China without a province and an
/// unknown place have words of their own; a code that is none stands for itself.
pub fn area_name(area: &str, chinese: bool) -> String {
    let (english, local) = match (area, province(area), country(area)) {
        ("", _, _) => ("Unknown place", "地点不明"),
        ("CN", _, _) => ("China, province unknown", "中国（省份不明）"),
        (_, Some(found), _) => (found.name_en, found.short_zh),
        (_, _, Some(found)) => (found.name_en, found.name_zh),
        _ => (area, area),
    };
    if chinese { local } else { english }.to_string()
}

/// The name of a prefecture-level city: "Suzhou" / "苏州市"; "" for a code that is none.
pub fn city_name(code: &str, chinese: bool) -> String {
    let Some(found) = city(code) else { return String::new() };
    if chinese { found.name_zh } else { found.name_en }.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_area_has_a_name_in_both_languages() {
        for (area, english, chinese) in [
            ("320000", "Jiangsu", "江苏"),
            ("VN", "Vietnam", "越南"),
            ("810000", "Hong Kong", "香港"),
            ("CN", "China, province unknown", "中国（省份不明）"),
            ("", "Unknown place", "地点不明"),
            ("ZZ", "ZZ", "ZZ"),
        ] {
            assert_eq!(area_name(area, false), english);
            assert_eq!(area_name(area, true), chinese);
        }
        assert_eq!(city_name("320500", false), "Suzhou");
        assert_eq!(city_name("320500", true), "苏州市");
        assert_eq!(city_name("", true), "");
    }
}
