//! Region schemes: which region of a report a country or province belongs to.

use super::{countries, provinces};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A named, versioned way to group places into regions. Built-in ones come from
/// [`built_in_schemes`]; a firm's own is built from stored data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheme {
    /// Stable key: `cn-six`.
    pub id: String,
    /// Version of the mapping; a changed mapping is a new version.
    pub version: String,
    /// English name.
    pub name_en: String,
    /// Simplified Chinese name.
    pub name_zh: String,
    /// What a reader must know about the mapping, in English.
    pub note_en: String,
    /// The same in Simplified Chinese.
    pub note_zh: String,
    /// The regions in the order of a report.
    pub regions: Vec<Region>,
    /// GB/T 2260 province code → region code.
    #[serde(default)]
    pub provinces: BTreeMap<String, String>,
    /// ISO 3166-1 alpha-2 code → region code.
    #[serde(default)]
    pub countries: BTreeMap<String, String>,
}

/// One region of a scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// Unique within the scheme.
    pub code: String,
    /// English name.
    pub name_en: String,
    /// Simplified Chinese name.
    pub name_zh: String,
}

/// Where a scheme puts a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement<'a> {
    /// In this region.
    In(&'a Region),
    /// The place is known, and the scheme does not cover it.
    Outside,
    /// Too little is known about the place.
    Unresolved,
}

impl Scheme {
    /// The region of a place given as ISO 3166-1 alpha-2 country and GB/T 2260
    /// province. A province that the scheme maps goes before its country.
    pub fn region_of(&self, country: Option<&str>, province: Option<&str>) -> Placement<'_> {
        let Some(country) = country.filter(|code| !code.is_empty()) else {
            return Placement::Unresolved;
        };
        let province = province.or_else(|| province_of_area(country));
        let by_province = province.and_then(|code| self.provinces.get(code));
        if let Some(region) = by_province.or_else(|| self.countries.get(country)) {
            return self.region(region);
        }
        if country == "CN" && province.is_none() && !self.provinces.is_empty() {
            return Placement::Unresolved;
        }
        Placement::Outside
    }

    fn region(&self, code: &str) -> Placement<'_> {
        let found = self.regions.iter().find(|region| region.code == code);
        found.map_or(Placement::Unresolved, Placement::In)
    }
}

/// The GB/T 2260 code of the three areas that have an ISO 3166-1 code as well.
pub(super) fn province_of_area(country: &str) -> Option<&'static str> {
    match country {
        "TW" => Some("710000"),
        "HK" => Some("810000"),
        "MO" => Some("820000"),
        _ => None,
    }
}

/// The schemes that come with the program: `cn-six`, `cn-seven`, `m49`.
pub fn built_in_schemes() -> &'static [Scheme] {
    static ALL: LazyLock<Vec<Scheme>> = LazyLock::new(|| vec![cn_six(), cn_seven(), m49()]);
    &ALL
}

/// The built-in scheme of an id.
pub fn built_in(id: &str) -> Option<&'static Scheme> {
    built_in_schemes().iter().find(|scheme| scheme.id == id)
}

fn cn_six() -> Scheme {
    Scheme {
        id: "cn-six".into(),
        version: "2021".into(),
        name_en: "China, six regions".into(),
        name_zh: "中国六大区域".into(),
        note_en: "The six regions of the Lufax Holding ESG Report 2021. That report has no \
                  Southwest: counting Chongqing, Sichuan, Guizhou, Yunnan and Tibet in Southern \
                  China is our assumption. Hong Kong, Macao and Taiwan are outside this scheme."
            .into(),
        note_zh: "采用陆金所控股2021年ESG报告的六个区域。该报告未设西南区域，将重庆、四川、贵州、\
                  云南、西藏计入华南系本系统的假设。港澳台不在本方案范围内。"
            .into(),
        regions: regions(&[
            ("northeast", "Northeast China", "东北"),
            ("northwest", "Northwest China", "西北"),
            ("central", "Central China", "华中"),
            ("northern", "Northern China", "华北"),
            ("eastern", "Eastern China", "华东"),
            ("southern", "Southern China", "华南"),
        ]),
        provinces: mapping(provinces().iter().map(|row| (row.code, row.cn_six))),
        countries: BTreeMap::new(),
    }
}

fn cn_seven() -> Scheme {
    Scheme {
        id: "cn-seven".into(),
        version: "1".into(),
        name_en: "China, seven regions".into(),
        name_zh: "中国七大地理区域".into(),
        note_en: "The usual seven regions of mainland China, with Hong Kong, Macao and Taiwan as \
                  a row of their own. Some schemes put Jiangxi in Central China and the east of \
                  Inner Mongolia in the Northeast."
            .into(),
        note_zh: "中国大陆通用的七大地理区域，港澳台单列一行。也有方案将江西归入华中、\
                  将内蒙古东部归入东北。"
            .into(),
        regions: regions(&[
            ("north", "North China", "华北"),
            ("northeast", "Northeast China", "东北"),
            ("east", "East China", "华东"),
            ("central", "Central China", "华中"),
            ("south", "South China", "华南"),
            ("southwest", "Southwest China", "西南"),
            ("northwest", "Northwest China", "西北"),
            ("hk-mo-tw", "Hong Kong, Macao and Taiwan", "港澳台"),
        ]),
        provinces: mapping(provinces().iter().map(|row| (row.code, row.cn_seven))),
        countries: BTreeMap::new(),
    }
}

fn m49() -> Scheme {
    let rows = countries().iter();
    Scheme {
        id: "m49".into(),
        version: "1".into(),
        name_en: "World, UN M49 sub-regions".into(),
        name_zh: "全球（联合国M49次区域）".into(),
        note_en: "The 22 geographical sub-regions of the United Nations' M49 standard. Only the \
                  country counts. Taiwan has no row of its own in M49 and is counted in Eastern \
                  Asia; Antarctica belongs to no sub-region."
            .into(),
        note_zh: "联合国M49标准的22个地理次区域，仅按国家或地区划分。M49未单列中国台湾，\
                  此处计入东亚；南极洲不属于任何次区域。"
            .into(),
        regions: regions(&[
            ("030", "Eastern Asia", "东亚"),
            ("035", "South-eastern Asia", "东南亚"),
            ("034", "Southern Asia", "南亚"),
            ("143", "Central Asia", "中亚"),
            ("145", "Western Asia", "西亚"),
            ("151", "Eastern Europe", "东欧"),
            ("154", "Northern Europe", "北欧"),
            ("039", "Southern Europe", "南欧"),
            ("155", "Western Europe", "西欧"),
            ("021", "Northern America", "北美"),
            ("013", "Central America", "中美洲"),
            ("029", "Caribbean", "加勒比"),
            ("005", "South America", "南美洲"),
            ("015", "Northern Africa", "北非"),
            ("014", "Eastern Africa", "东非"),
            ("017", "Middle Africa", "中非"),
            ("018", "Southern Africa", "南部非洲"),
            ("011", "Western Africa", "西非"),
            ("053", "Australia and New Zealand", "澳大利亚和新西兰"),
            ("054", "Melanesia", "美拉尼西亚"),
            ("057", "Micronesia", "密克罗尼西亚"),
            ("061", "Polynesia", "波利尼西亚"),
        ]),
        provinces: BTreeMap::new(),
        countries: mapping(rows.map(|row| (row.code, row.m49_subregion.unwrap_or_default()))),
    }
}

fn regions(rows: &[(&str, &str, &str)]) -> Vec<Region> {
    let rows = rows.iter();
    rows.map(|(code, name_en, name_zh)| Region {
        code: (*code).into(),
        name_en: (*name_en).into(),
        name_zh: (*name_zh).into(),
    })
    .collect()
}

fn mapping<'a>(rows: impl Iterator<Item = (&'a str, &'a str)>) -> BTreeMap<String, String> {
    rows.filter(|(_, region)| !region.is_empty())
        .map(|(place, region)| (place.to_owned(), region.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(scheme: &str, country: Option<&str>, province: Option<&str>) -> String {
        match built_in(scheme).expect(scheme).region_of(country, province) {
            Placement::In(region) => region.name_en.clone(),
            Placement::Outside => "outside".into(),
            Placement::Unresolved => "unresolved".into(),
        }
    }

    #[test]
    fn every_mapping_leads_to_a_region_of_its_scheme_and_every_region_is_used() {
        for scheme in built_in_schemes() {
            let used: Vec<_> = scheme.provinces.values().chain(scheme.countries.values()).collect();
            for code in &used {
                assert!(scheme.regions.iter().any(|region| region.code == **code));
            }
            for region in &scheme.regions {
                assert!(used.contains(&&region.code), "{} {}", scheme.id, region.code);
            }
        }
    }

    #[test]
    fn places_fall_where_the_schemes_say() {
        for (scheme, country, province, expected) in [
            ("cn-six", Some("CN"), Some("320000"), "Eastern China"),
            ("cn-six", Some("CN"), Some("510000"), "Southern China"),
            ("cn-six", Some("CN"), None, "unresolved"),
            ("cn-six", None, None, "unresolved"),
            ("cn-six", Some("VN"), None, "outside"),
            ("cn-six", Some("HK"), Some("810000"), "outside"),
            ("cn-six", Some("HK"), None, "outside"),
            ("cn-seven", Some("CN"), Some("510000"), "Southwest China"),
            ("cn-seven", Some("TW"), Some("710000"), "Hong Kong, Macao and Taiwan"),
            ("cn-seven", Some("MO"), None, "Hong Kong, Macao and Taiwan"),
            ("m49", Some("CN"), None, "Eastern Asia"),
            ("m49", Some("TW"), Some("710000"), "Eastern Asia"),
            ("m49", Some("DE"), None, "Western Europe"),
            ("m49", Some("AQ"), None, "outside"),
            ("m49", None, None, "unresolved"),
        ] {
            assert_eq!(placed(scheme, country, province), expected, "{scheme} {country:?}");
        }
    }
}
