//! What areas and cities are called, for people.

use super::{
    OUTSIDE, Placement, Scheme, UNRESOLVED, city, countries, country, province, provinces,
};
use crate::page::Page;

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
    let Some(found) = city(code) else {
        return String::new();
    };
    if chinese { found.name_zh } else { found.name_en }.to_string()
}

/// City and area of a site in the order of its language: "Suzhou, Jiangsu" / "江苏苏州市".
pub fn place_name(area: &str, city: &str, chinese: bool) -> String {
    let (wide, narrow) = (area_name(area, chinese), city_name(city, chinese));
    match (narrow.is_empty(), chinese) {
        (true, _) => wide,
        (false, true) => format!("{wide}{narrow}"),
        (false, false) => format!("{narrow}, {wide}"),
    }
}

/// The name of a row of a report: a region of the scheme by its code, or one of the two rest
/// rows. A code that is none stands for itself.
pub fn row_name(page: &Page, scheme: &Scheme, code: &str) -> String {
    if code == OUTSIDE || code == UNRESOLVED {
        return page.tk("region", code);
    }
    match scheme.regions.iter().find(|region| region.code == code) {
        Some(region) => page.pick(&region.name_en, &region.name_zh).to_string(),
        None => code.to_string(),
    }
}

/// The name of the row in which the scheme counts an area.
pub fn region_name(page: &Page, scheme: &Scheme, area: &str) -> String {
    row_name(page, scheme, region_code(scheme, area))
}

/// The row in which the scheme counts an area: a region's code, or that of a rest row.
pub fn region_code<'a>(scheme: &'a Scheme, area: &str) -> &'a str {
    match scheme.place(area) {
        Placement::In(region) => &region.code,
        Placement::Outside => OUTSIDE,
        Placement::Unresolved => UNRESOLVED,
    }
}

/// A choice of a select: value, label, whether it is the chosen one.
pub type Choice = (&'static str, String, bool);

/// All countries for a select, China first, then by English name.
pub fn country_options(chinese: bool, chosen: &str) -> Vec<Choice> {
    let mut all: Vec<_> = countries().iter().collect();
    all.sort_by_key(|country| (country.code != "CN", country.name_en));
    let name = |found: &super::Country| {
        if chinese { found.name_zh } else { found.name_en }
    };
    all.iter().map(|found| (found.code, name(found).to_string(), found.code == chosen)).collect()
}

/// All provinces for a select, in the order of their codes.
pub fn province_options(chinese: bool, chosen: &str) -> Vec<Choice> {
    let choice = |code| (code, area_name(code, chinese), code == chosen);
    provinces().iter().map(|province| choice(province.code)).collect()
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
        assert_eq!(place_name("320000", "320500", false), "Suzhou, Jiangsu");
        assert_eq!(place_name("320000", "320500", true), "江苏苏州市");
        assert_eq!(place_name("VN", "", false), "Vietnam");
    }
}
