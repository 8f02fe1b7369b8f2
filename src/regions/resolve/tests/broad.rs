//! Tests over all names and over arbitrary text.

use super::super::super::{cities, province, provinces};
use super::*;

#[test]
fn every_province_and_city_resolves_from_its_own_names() {
    for row in provinces() {
        for address in [row.name_en, row.name_zh, row.short_zh] {
            let input = AddressInput { country: "CN", address, ..AddressInput::default() };
            let expected = show(&place_in(row.code, None));
            assert_eq!(outcome(input), expected, "{address}");
        }
    }
    for city in cities() {
        let province = province(city.province_code).expect("province");
        let english = format!("{}, {}", city.name_en, province.name_en);
        let chinese = format!("{}{}", province.name_zh, city.name_zh);
        for address in [english.as_str(), &chinese, city.name_zh] {
            let input = AddressInput { country: "CN", address, ..AddressInput::default() };
            let found = outcome(input);
            assert!(found.starts_with(&format!("CN {}", province.code)), "{address} {found}");
        }
    }
}

#[test]
fn no_text_whatsoever_panics() {
    let pieces = [
        "Suzhou",
        "xi'an",
        "'",
        "中国",
        "南京",
        "路",
        "市",
        "１２",
        "\u{0}",
        "\u{301}",
        "İ",
        "ß",
        "ﬁ",
        ",",
        ".",
        "\n",
        " ",
        "P.",
        "R",
        "Jiangsu",
        "District",
        "no",
        "2",
        "road",
        "𠮷",
        "\u{fffd}",
        "ü",
        "Hong Kong",
        "👩‍👩‍👧",
        "豈",
        "-",
        "Autonomous",
        "new",
        "xian",
    ];
    let mut seed = 20_211_231_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..seed % 9 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            if seed >> 62 == 0 {
                text.push(' ');
            }
        }
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        for input in [
            AddressInput { country: "CN", address: &text, name: &text, ..AddressInput::default() },
            AddressInput {
                country: &text,
                province: &text,
                city: &text,
                ..AddressInput::default()
            },
        ] {
            outcome(input);
        }
    }
}
