//! Places as pages offer and show them.

use super::{
    OUTSIDE, Placement, Scheme, UNRESOLVED, area_name, city_name, countries, provinces,
};
use crate::page::Page;

/// An option of a select: value, text, whether it is chosen.
pub type Choice = (&'static str, String, bool);

/// All countries by name, China first.
pub fn country_options(chinese: bool, chosen: &str) -> Vec<Choice> {
    let mut all: Vec<Choice> = countries()
        .iter()
        .map(|c| {
            let name = if chinese { c.name_zh } else { c.name_en };
            (c.code, name.to_string(), c.code == chosen)
        })
        .collect();
    all.sort_by(|a, b| (a.0 != "CN", &a.1).cmp(&(b.0 != "CN", &b.1)));
    all
}

/// China's provinces in the order of their codes, which is also by region.
pub fn province_options(chinese: bool, chosen: &str) -> Vec<Choice> {
    let name = |code: &str| area_name(code, chinese);
    provinces().iter().map(|p| (p.code, name(p.code), p.code == chosen)).collect()
}

/// "Suzhou, Jiangsu" or "江苏 苏州".
pub fn place_name(area: &str, city: &str, chinese: bool) -> String {
    let (area, city) = (area_name(area, chinese), city_name(city, chinese));
    match (city.is_empty(), chinese) {
        (true, _) => area,
        (false, true) => format!("{area} {city}"),
        (false, false) => format!("{city}, {area}"),
    }
}

/// The name of the region that a scheme puts an area in.
pub fn region_name(page: &Page, scheme: &Scheme, area: &str) -> String {
    match scheme.place(area) {
        Placement::In(region) => page.pick(&region.name_en, &region.name_zh).to_string(),
        Placement::Outside => page.t("region-outside").to_string(),
        Placement::Unresolved => page.t("region-unresolved").to_string(),
    }
}

/// The name of a row of a report: a region's code, or one of the two rest rows.
pub fn row_name(page: &Page, scheme: &Scheme, code: &str) -> String {
    match code {
        OUTSIDE => page.t("region-outside").to_string(),
        UNRESOLVED => page.t("region-unresolved").to_string(),
        _ => scheme
            .regions
            .iter()
            .find(|region| region.code == code)
            .map(|region| page.pick(&region.name_en, &region.name_zh).to_string())
            .unwrap_or_else(|| code.to_string()),
    }
}
