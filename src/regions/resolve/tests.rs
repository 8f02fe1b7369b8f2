use super::*;

mod broad;

fn show(place: &Place) -> String {
    let parts = [place.country, place.province, place.city];
    parts.map(|part| part.unwrap_or("-")).join(" ")
}

fn outcome(input: AddressInput) -> String {
    match resolve(&input) {
        Outcome::Resolved(place) => show(&place),
        Outcome::Unresolved { reason, candidates, .. } => {
            let found: Vec<_> = candidates.iter().map(show).collect();
            format!("{}: {}", reason.key(), found.join(", "))
        }
    }
}

/// Rows of (address, expected), each in a list whose country column says China.
fn in_china_expect(rows: &[(&str, &str)]) {
    let wrong: Vec<_> = rows
        .iter()
        .map(|(address, expected)| {
            let input = AddressInput { country: "CHINA", address, ..AddressInput::default() };
            (address, outcome(input), expected)
        })
        .filter(|(_, found, expected)| found != *expected)
        .collect();
    assert!(wrong.is_empty(), "(address, found, expected): {wrong:#?}");
}

#[test]
fn english_and_pinyin_spellings_resolve() {
    in_china_expect(&[
        ("12 Hubin South Rd, Wujin District, ChangZhou, 213168, Jiangsu", "CN 320000 320400"),
        ("Suzhou, Jiang Su", "CN 320000 320500"),
        ("DONG GUAN, Guang Dong", "CN 440000 441900"),
        ("Guangdong Province", "CN 440000 -"),
        ("No. 5, Yanta Qu, Xi'an", "CN 610000 610100"),
        ("Xi’an, Shaanxi", "CN 610000 610100"),
        ("Hohhot, Inner Mongolia", "CN 150000 150100"),
        ("Baotou, Nei Mongol Autonomous Region", "CN 150000 150200"),
        ("Urumqi, Xinjiang Uygur Autonomous Region", "CN 650000 650100"),
        ("Wulumuqi", "CN 650000 650100"),
        ("Lvliang, Shanxi", "CN 140000 141100"),
        ("Lüliang, Shanxi", "CN 140000 141100"),
        ("Changzhi, Shanxi", "CN 140000 140400"),
        ("HARBIN", "CN 230000 230100"),
        ("Shanghai Shi, 201602", "CN 310000 -"),
        ("FOSHAN，GUANGDONG，CHIN", "CN 440000 440600"),
        ("Ｓｈｅｎｚｈｅｎ， Ｃｈｉｎａ", "CN 440000 440300"),
        ("GULIN TOWN.NINGBO.CHINA", "CN 330000 330200"),
        ("JinshanDistrict,Shanghai", "CN 310000 -"),
        ("Liaoyuan, Jilin", "CN 220000 220400"),
        ("Lot 7, Nanjing, P.R.C.", "CN 320000 320100"),
    ]);
}

#[test]
fn older_names_resolve() {
    in_china_expect(&[
        ("Yinxian, Ningbo", "CN 330000 330200"),
        ("Yinxian, China", "CN 330000 330200"),
        ("Canton", "CN 440000 440100"),
        ("Amoy, Fukien", "CN 350000 350200"),
        ("Tsingtao", "CN 370000 370200"),
        ("Swatow", "CN 440000 440500"),
        ("Peking", "CN 110000 -"),
    ]);
}

#[test]
fn counties_resolve_where_their_name_is_one_place() {
    in_china_expect(&[
        ("Changshu", "CN 320000 320500"),
        ("Zhapu Town, Pinghu", "CN 330000 330400"),
        ("Tongxiang", "CN 330000 330400"),
        ("Renmin Road, Jiangdu", "CN 320000 321000"),
        ("Jinjiang, Fujian", "CN 350000 350500"),
        ("Yiwu, Zhejiang", "CN 330000 330700"),
        ("Suzhou, Wuzhong", "CN 320000 320500"),
        ("江苏常熟", "CN 320000 320500"),
        ("义乌市", "CN 330000 330700"),
        ("Xiantao, Hubei", "CN 420000 -"),
    ]);
}

#[test]
fn names_of_several_places_stay_open_with_all_of_them_to_choose() {
    in_china_expect(&[
        ("Suzhou", "ambiguous: CN 320000 320500, CN 340000 341300"),
        ("Taizhou", "ambiguous: CN 320000 321200, CN 330000 331000"),
        ("Fuzhou", "ambiguous: CN 350000 350100, CN 360000 361000"),
        ("Yichun", "ambiguous: CN 230000 230700, CN 360000 360900"),
        ("Yulin", "ambiguous: CN 450000 450900, CN 610000 610800"),
        ("Fuyang District", "ambiguous: CN 340000 341200, CN 330000 330100"),
        ("Tahe", "ambiguous: CN 410000 411100, CN 230000 232700"),
        ("Jinjiang", "ambiguous: CN 350000 350500, CN 510000 510100"),
        ("Yiwu", "ambiguous: CN 330000 330700, CN 650000 650500"),
        ("朝阳区", "ambiguous: CN 110000 -, CN 220000 220100"),
        ("Suzhou, Anhui", "CN 340000 341300"),
        ("苏州", "CN 320000 320500"),
        ("宿州市", "CN 340000 341300"),
        ("抚州", "CN 360000 361000"),
        ("北京市朝阳区建国路", "CN 110000 -"),
    ]);
}

#[test]
fn chinese_addresses_resolve() {
    in_china_expect(&[
        ("浙江省宁波市鄞州区南京路12号", "CN 330000 330200"),
        ("中国浙江宁波鄞州区中山东路", "CN 330000 330200"),
        ("广东省东莞市长安镇上海路8号", "CN 440000 441900"),
        ("上海市浦东新区南京东路100号", "CN 310000 -"),
        ("内蒙古自治区呼和浩特市", "CN 150000 150100"),
        ("江苏省 苏州市 吴中区", "CN 320000 320500"),
        ("吉林省吉林市昌邑区", "CN 220000 220200"),
        ("新疆乌鲁木齐", "CN 650000 650100"),
        ("江苏省苏州工业园区星湖街", "CN 320000 320500"),
        ("廣東省東莞市長安鎮", "CN 440000 441900"),
        ("河北区，天津", "CN 120000 -"),
        ("浙江省广州市", "contradiction: CN 440000 440100, CN 330000 -"),
    ]);
}

#[test]
fn roads_towns_and_buildings_do_not_win_over_places() {
    in_china_expect(&[
        ("100 Nanjing Road, Shanghai", "CN 310000 -"),
        ("8 Nan Jing Lu, Shanghai", "CN 310000 -"),
        ("Beijing East Road, Nanjing", "CN 320000 320100"),
        ("Jiangsu Road 5, Qingdao", "CN 370000 370200"),
        ("Fuzhou No. 2 Road", "nothing_found: "),
        ("Guangdong Building, 3/F", "nothing_found: "),
        ("Zhongshan West 2nd Road, Jiaxing", "CN 330000 330400"),
        ("Shanghai Xinxing Road 3", "nothing_found: CN 310000 -"),
        ("Jinyang Town", "nothing_found: "),
        ("Xinxing Industrial Park, Ningbo", "CN 330000 330200"),
        ("南京路12号", "nothing_found: "),
        ("上海大厦", "nothing_found: "),
        ("中山中路5号", "nothing_found: "),
    ]);
}

#[test]
fn city_and_province_that_exclude_each_other_are_a_contradiction() {
    in_china_expect(&[
        ("Songjiang District,Shanghai,Jiangsu Province", "contradiction: CN 310000 -, CN 320000 -"),
        ("Baoji City, 721300, Shanxi", "contradiction: CN 610000 610300, CN 140000 -"),
        ("Kunshan City, Zhejiang", "contradiction: CN 320000 320500, CN 330000 -"),
        ("Nanjing, Fujian", "contradiction: CN 320000 320100, CN 350000 -"),
        ("Hanoi, Vietnam", "contradiction: CN - -, VN - -"),
        ("near Shanghai, Kunshan", "contradiction: CN 320000 320500, CN 310000 -"),
    ]);
    let input = AddressInput {
        country: "CN",
        province: "Jiangsu",
        city: "Jinjiang",
        ..AddressInput::default()
    };
    assert!(outcome(input).starts_with("contradiction: "));
}

#[test]
fn a_city_that_contradicts_another_in_its_province_leaves_the_city_open() {
    in_china_expect(&[
        ("WENLING ,WENZHOU CITY, ZHEJIANG PROVINCE", "CN 330000 -"),
        ("Ningbo, Hangzhou, Zhejiang", "CN 330000 -"),
    ]);
}

#[test]
fn misspelt_and_cut_off_names_are_not_guessed() {
    in_china_expect(&[
        ("Guangdon", "nothing_found: "),
        ("Guangzhuo", "nothing_found: "),
        ("Zheijang", "nothing_found: "),
        ("", "nothing_found: "),
    ]);
}

#[test]
fn columns_count_like_the_address() {
    for (country, province, city, address, expected) in [
        ("CN", "Jiangsu", "Suzhou", "", "CN 320000 320500"),
        ("CN", "", "Hangzhou", "5 Beijing Road", "CN 330000 330100"),
        ("CN", "安徽", "", "Suzhou", "CN 340000 341300"),
        ("CN", "Guangdong Province", "深圳市", "Nanshan District", "CN 440000 440300"),
        ("CN", "Jilin", "Jilin", "", "CN 220000 220200"),
        ("", "Jiangsu", "Yangzhou", "", "CN 320000 321000"),
        ("China", "Hong Kong", "", "", "HK 810000 -"),
    ] {
        let input = AddressInput { country, province, city, address, name: "" };
        assert_eq!(outcome(input), expected, "{country} {province} {city} {address}");
    }
}

#[test]
fn a_company_name_is_a_hint_and_never_evidence() {
    let name = "Changzhou Bright Socks Co., Ltd";
    let address = "No. 8, Penghu Road";
    let input = AddressInput { country: "CN", address, name, ..AddressInput::default() };
    assert_eq!(outcome(input), "nothing_found: CN 320000 320400");
}

#[test]
fn countries_come_from_the_column_or_the_end_of_the_address() {
    for (country, address, expected) in [
        ("Bangladesh", "Gazipur", "BD - -"),
        ("", "Tongi, Gazipur, BANGLADESH;", "BD - -"),
        ("", "Dhaka-1340 Bangladesh", "BD - -"),
        ("", "Suzhou, Jiangsu", "CN 320000 320500"),
        ("", "Shenzhen, China 518000", "CN 440000 440300"),
        ("", "深圳市南山区", "CN 440000 440300"),
        ("", "Ali", "ambiguous: CN 540000 542500"),
        ("", "somewhere", "nothing_found: "),
        ("US", "Atlanta, Georgia", "US - -"),
        ("Hong Kong", "Kowloon", "HK 810000 -"),
        ("HK", "Kowloon, Hong Kong, China", "HK 810000 -"),
        ("China", "Wan Chai, Hong Kong", "HK 810000 -"),
        ("中国", "香港九龙弥敦道", "HK 810000 -"),
        ("China", "台湾省台北市", "TW 710000 -"),
        ("TW", "Tainan, 73258, Taiwan", "TW 710000 -"),
        ("", "Taipei, Taiwan, R.O.C.", "TW 710000 -"),
        ("Macau", "", "MO 820000 -"),
        ("HK", "Shenzhen, Guangdong", "contradiction: HK 810000 -, CN 440000 440300"),
        ("India", "Kowloon, Hong Kong.", "contradiction: IN - -, HK 810000 -"),
        ("VN", "Dongguan, Guangdong", "contradiction: VN - -, CN 440000 441900"),
        ("Guangdong, China", "Shenzhen", "CN 440000 440300"),
        ("P. R. of China", "Ningbo", "CN 330000 330200"),
        ("Atlantis", "Ningbo", "unknown_country: CN 330000 330200"),
    ] {
        let input = AddressInput { country, address, ..AddressInput::default() };
        assert_eq!(outcome(input), expected, "{country} | {address}");
    }
}
