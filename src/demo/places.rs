//! Where the invented companies are. The reference report publishes six totals; which of them
//! belongs to which region is not known, so this pairing is invented like everything else.

use super::random::Random;
use super::words::ROADS;
use crate::regions::{self, City, County, Province};

/// Companies by province (GB/T 2260). By the regions of `cn-six`: Eastern 387, Northern 152,
/// Southern 93, Central 88, Northwest 42, Northeast 29, together 791.
#[rustfmt::skip]
pub const COMPANIES: &[(&str, usize)] = &[
    ("310000", 78), ("320000", 84), ("330000", 79), ("340000", 33), ("350000", 36), ("360000", 22), ("370000", 55),
    ("110000", 68), ("120000", 27), ("130000", 31), ("140000", 15), ("150000", 11),
    ("440000", 46), ("450000", 8), ("460000", 4), ("500000", 12), ("510000", 14), ("520000", 4), ("530000", 4), ("540000", 1),
    ("410000", 29), ("420000", 33), ("430000", 26),
    ("610000", 22), ("620000", 8), ("630000", 2), ("640000", 4), ("650000", 6),
    ("210000", 15), ("220000", 6), ("230000", 8),
];

/// The sum of [`COMPANIES`].
pub const TOTAL: usize = 791;

/// A town in both scripts: a prefecture-level city, or a municipality itself.
pub struct Town {
    pub province: &'static Province,
    pub name_en: &'static str,
    /// Without its kind: 苏州.
    pub name_zh: String,
    /// GB/T 2260: what the registrar's digits in identifiers are made of.
    pub code: &'static str,
    full_zh: &'static str,
    districts: Vec<&'static County>,
}

/// The towns of the provinces of [`COMPANIES`], each with the districts of its own.
pub fn towns() -> Vec<(usize, Vec<Town>)> {
    let provinces = COMPANIES.iter().filter_map(|(code, n)| Some((*n, regions::province(code)?)));
    provinces.map(|(n, province)| (n, towns_of(province))).collect()
}

fn towns_of(province: &'static Province) -> Vec<Town> {
    let cities: Vec<&City> =
        regions::cities_of(province.code).filter(|city| city.name_zh.ends_with('市')).collect();
    if cities.is_empty() {
        return vec![Town {
            province,
            name_en: province.name_en,
            name_zh: province.short_zh.to_string(),
            code: province.code,
            full_zh: province.name_zh,
            districts: districts(|county| county.province_code == province.code),
        }];
    }
    let town = |city: &City| Town {
        province,
        name_en: city.name_en,
        name_zh: city.name_zh.trim_end_matches('市').to_string(),
        code: city.code,
        full_zh: city.name_zh,
        districts: districts(|county| county.city_code == Some(city.code)),
    };
    cities.into_iter().map(town).collect()
}

fn districts(of_town: impl Fn(&County) -> bool) -> Vec<&'static County> {
    regions::counties().iter().filter(|c| c.name_zh.ends_with('区') && of_town(c)).collect()
}

/// An address in a town, in Chinese or English, with the parts that lists write.
pub fn address(random: &mut Random, town: &Town, chinese: bool) -> String {
    let (road_zh, road_en) = random.one_of(ROADS);
    let number = 1 + random.below(1999);
    let building = 1 + random.below(20);
    let district = (!town.districts.is_empty()).then(|| *random.one_of(&town.districts));
    if chinese {
        let province =
            if town.full_zh == town.province.name_zh { "" } else { town.province.name_zh };
        let district = district.map(|d| d.name_zh).unwrap_or_default();
        return format!("{province}{}{district}{road_zh}{number}号{building}幢", town.full_zh);
    }
    let district = district.map(|d| format!("{} District, ", d.name_en)).unwrap_or_default();
    let province = if town.name_en == town.province.name_en { "" } else { town.province.name_en };
    let comma = if province.is_empty() { "" } else { ", " };
    format!(
        "Building {building}, No. {number} {road_en}, {district}{}{comma}{province}, China",
        town.name_en
    )
}
