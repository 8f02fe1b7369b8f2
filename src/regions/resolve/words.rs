//! The words around a place name that tell what the name is used for.

/// What follows a name and says what kind of thing it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suffix {
    /// "Province", "Sheng".
    Province,
    /// "City", "Shi". Lists call counties cities too, so it decides nothing.
    City,
    /// "District", "Qu", "County", "Xian" and their usual misspellings.
    County,
    /// "Town", "Village", "Zhen": the name is below the level we know.
    Town,
}

/// Reads a word as an administrative suffix.
pub fn suffix(word: &str) -> Option<Suffix> {
    Some(match word {
        "province" | "prov" | "provinces" | "privince" | "sheng" => Suffix::Province,
        "city" | "shi" | "municipality" | "municipal" | "prefecture" => Suffix::City,
        "district" | "dist" | "distict" | "distinct" | "qu" => Suffix::County,
        "county" | "country" | "count" | "xian" | "banner" => Suffix::County,
        "town" | "towan" | "township" | "zhen" | "village" | "villiage" | "villeage" => {
            Suffix::Town
        }
        "cun" | "xiang" | "sub" | "subdistrict" | "jiedao" | "community" => Suffix::Town,
        _ => return None,
    })
}

/// Suffixes that are sometimes glued to the name: `JinshanDistrict`.
pub fn glued_suffix(word: &str) -> Option<(&str, Suffix)> {
    [
        ("district", Suffix::County),
        ("province", Suffix::Province),
        ("county", Suffix::County),
        ("city", Suffix::City),
    ]
    .into_iter()
    .find_map(|(end, suffix)| Some((word.strip_suffix(end)?, suffix)))
    .filter(|(name, _)| name.len() >= 4)
}

/// A road, a building or an institution: a place name before it is its name.
pub fn is_road(word: &str) -> bool {
    matches!(
        word,
        "road"
            | "rd"
            | "raod"
            | "street"
            | "str"
            | "st"
            | "avenue"
            | "ave"
            | "av"
            | "lane"
            | "alley"
            | "highway"
            | "hwy"
            | "expressway"
            | "boulevard"
            | "blvd"
            | "drive"
            | "dadao"
            | "lu"
            | "jie"
            | "dajie"
            | "hutong"
            | "bridge"
            | "crossing"
            | "building"
            | "bldg"
            | "plaza"
            | "mansion"
            | "tower"
            | "hotel"
            | "square"
            | "garden"
            | "center"
            | "centre"
            | "mall"
            | "university"
            | "college"
            | "school"
            | "hospital"
            | "bank"
            | "airport"
            | "station"
            | "roadway"
            | "way"
    )
}

/// What may stand between a name and the word "Road".
pub fn is_road_modifier(word: &str) -> bool {
    matches!(
        word,
        "east"
            | "west"
            | "south"
            | "north"
            | "middle"
            | "central"
            | "mid"
            | "dong"
            | "xi"
            | "nan"
            | "bei"
            | "zhong"
            | "e"
            | "w"
            | "s"
            | "n"
            | "no"
            | "da"
            | "ring"
            | "new"
            | "old"
            | "first"
            | "second"
            | "third"
            | "fourth"
            | "fifth"
            | "yi"
            | "er"
            | "san"
            | "si"
            | "trade"
            | "commercial"
            | "business"
            | "international"
            | "finance"
            | "financial"
            | "industrial"
            | "world"
            | "grand"
    )
}

/// A zone that may be named after the city it lies in, or after anything.
pub fn is_zone(word: &str) -> bool {
    matches!(
        word,
        "industrial"
            | "industry"
            | "industries"
            | "economic"
            | "economy"
            | "economical"
            | "development"
            | "developing"
            | "developmental"
            | "high"
            | "hi"
            | "hitech"
            | "etdz"
            | "free"
            | "bonded"
            | "export"
            | "zone"
            | "area"
            | "park"
            | "estate"
            | "technology"
            | "science"
            | "new"
            | "eco"
    )
}

/// A zone or park whose name is as often a fancy word as a county.
pub fn is_named_zone(word: &str) -> bool {
    matches!(word, "industrial" | "industry" | "zone" | "area" | "park" | "estate")
}

/// Words that may stand at the end of an address without being a place of
/// China's divisions: the country, and labels of the postal code.
pub fn is_trailer(word: &str) -> bool {
    word.len() == 1
        || matches!(
            word,
            "china"
                | "chin"
                | "chn"
                | "cn"
                | "pr"
                | "prc"
                | "mainland"
                | "na"
                | "post"
                | "code"
                | "postcode"
                | "postal"
                | "zip"
                | "zipcode"
                | "pc"
                | "中国"
        )
}

/// Whether the Chinese text after a place name makes it the name of a road, a
/// building or a place below county level: 南京|东路, 上海|大厦, 江都|镇.
pub fn han_names_something_else(after: &str, full_name: bool) -> bool {
    if full_name {
        // 南京市|场 is a market.
        return after.starts_with('场');
    }
    let modifier =
        |c: &char| "东南西北中一二三四五六七八九十大新老环内外".contains(*c) || c.is_ascii_digit();
    let skipped: usize = after.chars().take(4).take_while(modifier).map(char::len_utf8).sum();
    let rest = after.get(skipped..).unwrap_or("");
    let starts = |names: &[&str], text: &str| names.iter().any(|name| text.starts_with(name));
    starts(&["路", "街", "道", "巷", "弄", "胡同", "大道", "大街", "公路"], rest)
        || starts(&["大厦", "广场", "大楼", "宾馆", "酒店", "商城", "花园", "公寓"], after)
        || starts(&["镇", "乡", "村", "饭店", "银行", "大学", "医院", "桥"], after)
}
