//! The words that company names are made of besides what sets them apart: trades, branches,
//! numbers, and words that say little. Frequent words of public lists of factories in English and
//! Chinese, as seen there; general knowledge, not a norm.

use strsim::osa_distance;

/// What a word of a name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// A trade, one token for all its words in both languages.
    Trade(&'static str),
    /// A branch, a division, an office: not the company as a whole.
    Branch,
    /// A group of companies.
    Group,
    /// Says little: factory, industry, international.
    Weak,
}

use Sense::{Branch, Group, Trade, Weak};

/// Words in Latin letters and what they say; the last are Chinese ones as they are read.
const LATIN: &[(Sense, &[&str])] = &[
    (
        Trade("textile"),
        &[
            "textile", "textiles", "textil", "tekstil", "tex", "fabric", "fabrics", "weaving",
            "spinning", "cloth", "fangzhi",
        ],
    ),
    (
        Trade("garment"),
        &[
            "garment",
            "garments",
            "garmen",
            "apparel",
            "apparels",
            "clothing",
            "clothes",
            "fashion",
            "fashions",
            "dress",
            "wear",
            "costume",
            "costumes",
            "underwear",
            "tailoring",
            "readymade",
            "sportswear",
            "apparelparel",
            "fuzhuang",
            "fushi",
        ],
    ),
    (
        Trade("knitting"),
        &["knit", "knits", "knitting", "knitwear", "knitwears", "sweater", "sweaters"],
    ),
    (Trade("socks"), &["sock", "socks", "hosiery", "stocking", "stockings"]),
    (Trade("shoes"), &["shoe", "shoes", "footwear", "footware", "calzado"]),
    (Trade("leather"), &["leather"]),
    (Trade("bags"), &["bag", "bags", "luggage", "handbag", "handbags"]),
    (Trade("gloves"), &["glove", "gloves"]),
    (Trade("towels"), &["towel", "towels"]),
    (Trade("printing"), &["print", "prints", "printing"]),
    (Trade("dyeing"), &["dyeing", "finishing", "washing", "laundry"]),
    (Trade("embroidery"), &["embroidery", "embroideries"]),
    (Trade("electronics"), &["electronic", "electronics", "elektronik", "electron", "dianzi"]),
    (Trade("electric"), &["electric", "electrical", "electrics", "appliance", "appliances"]),
    (Trade("technology"), &["tech", "technology", "technologies", "technical", "keji"]),
    (
        Trade("trading"),
        &[
            "trade",
            "trading",
            "commerce",
            "commercial",
            "import",
            "export",
            "exports",
            "imports",
            "merchandising",
            "trader",
            "traders",
            "maoyi",
        ],
    ),
    (Trade("plastic"), &["plastic", "plastics", "kunststoff", "kunststoffe", "plast"]),
    (Trade("rubber"), &["rubber"]),
    (Trade("metal"), &["metal", "metals", "hardware"]),
    (Trade("machinery"), &["machine", "machines", "machinery", "mechanical", "jixie"]),
    (Trade("chemicals"), &["chemical", "chemicals", "chemistry"]),
    (Trade("packaging"), &["pack", "packaging", "packing", "package"]),
    (Trade("paper"), &["paper"]),
    (Trade("toys"), &["toy", "toys"]),
    (Trade("furniture"), &["furniture", "furnishings", "furnishing"]),
    (Trade("sports"), &["sport", "sports", "sporting"]),
    (Trade("optics"), &["optical", "optics", "eyewear", "glasses"]),
    (Trade("precision"), &["precision"]),
    (Trade("automotive"), &["auto", "automotive", "automobile"]),
    (Trade("batteries"), &["battery", "batteries"]),
    (Trade("energy"), &["energy"]),
    (Trade("materials"), &["material", "materials"]),
    (Trade("steel"), &["steel", "stainless", "iron"]),
    (Trade("logistics"), &["logistics", "logistic", "freight"]),
    (Trade("food"), &["food", "foods"]),
    (Trade("pharma"), &["pharma", "pharmaceutical", "pharmaceuticals", "medicine"]),
    (Trade("medical"), &["medical"]),
    (Trade("glass"), &["glass"]),
    (Trade("ceramics"), &["ceramic", "ceramics"]),
    (Trade("wood"), &["wood", "wooden", "timber"]),
    (Trade("crafts"), &["craft", "crafts", "handicraft", "handicrafts"]),
    (Trade("moulds"), &["mould", "moulds", "mold", "molding"]),
    (Trade("lighting"), &["lighting", "light", "lights"]),
    (Trade("cables"), &["cable", "cables"]),
    (Trade("environment"), &["environmental", "environment"]),
    (Branch, &["branch", "br", "division", "subsidiary", "office", "zweigniederlassung"]),
    (Group, &["group"]),
    (
        Weak,
        &[
            "industry",
            "industries",
            "industrial",
            "ind",
            "industria",
            "industrias",
            "int",
            "intl",
            "international",
            "internacional",
            "enterprise",
            "enterprises",
            "manufacturing",
            "manufacture",
            "manufacturer",
            "manufacturers",
            "manufactory",
            "mfg",
            "making",
            "factory",
            "fty",
            "plant",
            "mill",
            "mills",
            "works",
            "workshop",
            "unit",
            "no",
            "development",
            "holding",
            "holdings",
            "investment",
            "production",
            "products",
            "product",
            "goods",
            "articles",
            "supplies",
            "service",
            "services",
            "city",
            "town",
            "village",
            "province",
            "county",
            "district",
            "supply",
            "chain",
            "and",
            "the",
            "of",
            "for",
            "de",
            "und",
            "et",
            "new",
            "building",
            "zone",
            "phase",
            "home",
            "household",
            "bros",
            "brothers",
            "shiye",
            "gongye",
        ],
    ),
];

/// What a word in Latin letters says, `None` for one that may set a company apart. One slip in a
/// long word does not hide it ("garemnts").
pub fn latin(word: &str) -> Option<Sense> {
    let exact = LATIN.iter().find(|(_, words)| words.contains(&word));
    let found = exact.or_else(|| LATIN.iter().find(|(_, words)| is_slip_of_one(word, words)));
    found.map(|(sense, _)| *sense)
}

/// Words shorter than this are other words when a letter differs.
const LONG: usize = 6;

fn is_slip_of_one(word: &str, words: &[&str]) -> bool {
    word.len() >= LONG
        && words.iter().any(|known| {
            known.len() >= LONG
                && known.len().abs_diff(word.len()) <= 1
                && known.as_bytes()[0] == word.as_bytes()[0]
                && osa_distance(known, word) == 1
        })
}

/// Chinese words and what they say, longer ones before those that they begin with.
pub const CHINESE: &[(&str, Sense)] = &[
    ("分公司", Branch),
    ("分厂", Branch),
    ("办事处", Branch),
    ("事业部", Branch),
    ("分部", Branch),
    ("集团", Group),
    ("家纺", Trade("textile")),
    ("纺织", Trade("textile")),
    ("织造", Trade("textile")),
    ("面料", Trade("textile")),
    ("布业", Trade("textile")),
    ("服装", Trade("garment")),
    ("服饰", Trade("garment")),
    ("制衣", Trade("garment")),
    ("时装", Trade("garment")),
    ("成衣", Trade("garment")),
    ("针织", Trade("knitting")),
    ("毛织", Trade("knitting")),
    ("毛衫", Trade("knitting")),
    ("袜业", Trade("socks")),
    ("制袜", Trade("socks")),
    ("鞋业", Trade("shoes")),
    ("制鞋", Trade("shoes")),
    ("鞋材", Trade("shoes")),
    ("皮革", Trade("leather")),
    ("皮具", Trade("leather")),
    ("箱包", Trade("bags")),
    ("手袋", Trade("bags")),
    ("手套", Trade("gloves")),
    ("毛巾", Trade("towels")),
    ("印花", Trade("printing")),
    ("印刷", Trade("printing")),
    ("印务", Trade("printing")),
    ("印染", Trade("dyeing")),
    ("染整", Trade("dyeing")),
    ("染织", Trade("dyeing")),
    ("刺绣", Trade("embroidery")),
    ("绣品", Trade("embroidery")),
    ("电子", Trade("electronics")),
    ("电器", Trade("electric")),
    ("电气", Trade("electric")),
    ("科技", Trade("technology")),
    ("技术", Trade("technology")),
    ("进出口", Trade("trading")),
    ("贸易", Trade("trading")),
    ("商贸", Trade("trading")),
    ("塑料", Trade("plastic")),
    ("塑胶", Trade("plastic")),
    ("塑业", Trade("plastic")),
    ("橡胶", Trade("rubber")),
    ("五金", Trade("metal")),
    ("金属", Trade("metal")),
    ("机械", Trade("machinery")),
    ("机电", Trade("machinery")),
    ("化工", Trade("chemicals")),
    ("化学", Trade("chemicals")),
    ("包装", Trade("packaging")),
    ("纸业", Trade("paper")),
    ("纸品", Trade("paper")),
    ("玩具", Trade("toys")),
    ("家具", Trade("furniture")),
    ("体育", Trade("sports")),
    ("运动", Trade("sports")),
    ("光学", Trade("optics")),
    ("眼镜", Trade("optics")),
    ("精密", Trade("precision")),
    ("汽车", Trade("automotive")),
    ("电池", Trade("batteries")),
    ("能源", Trade("energy")),
    ("材料", Trade("materials")),
    ("钢铁", Trade("steel")),
    ("不锈钢", Trade("steel")),
    ("物流", Trade("logistics")),
    ("食品", Trade("food")),
    ("药业", Trade("pharma")),
    ("医药", Trade("pharma")),
    ("医疗", Trade("medical")),
    ("玻璃", Trade("glass")),
    ("陶瓷", Trade("ceramics")),
    ("木业", Trade("wood")),
    ("工艺品", Trade("crafts")),
    ("工艺", Trade("crafts")),
    ("模具", Trade("moulds")),
    ("照明", Trade("lighting")),
    ("灯饰", Trade("lighting")),
    ("电缆", Trade("cables")),
    ("线缆", Trade("cables")),
    ("环保", Trade("environment")),
    ("工业园", Weak),
    ("实业", Weak),
    ("工业", Weak),
    ("国际", Weak),
    ("企业", Weak),
    ("制造", Weak),
    ("制品", Weak),
    ("用品", Weak),
    ("产品", Weak),
    ("发展", Weak),
    ("控股", Weak),
    ("投资", Weak),
    ("生产", Weak),
    ("供应链", Weak),
    ("工厂", Weak),
    ("厂", Weak),
    ("公司", Weak),
];

/// Legal forms and their misspellings wherever they stand, beyond those at the ends of names.
pub fn is_legal_form(word: &str) -> bool {
    matches!(
        word,
        "joint"
            | "joing"
            | "stock"
            | "liability"
            | "responsibility"
            | "coltd"
            | "berhad"
            | "sanayi"
            | "ticaret"
            | "ve"
            | "pt"
            | "sdn"
            | "rl"
            | "dba"
            | "aka"
    )
}

/// The number that a word means: "02", "2nd", "second", "ii". `None` for no number.
pub fn number(word: &str) -> Option<String> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &word[digits.len()..];
    let is_ordinal = matches!(ending, "" | "st" | "nd" | "rd" | "th");
    if !digits.is_empty() && is_ordinal && digits.bytes().all(|b| b.is_ascii_digit()) {
        let short = digits.trim_start_matches('0');
        return Some(if short.is_empty() { "0" } else { short }.to_string());
    }
    let value = match word {
        "first" => "1",
        "two" | "second" | "ii" => "2",
        "three" | "third" | "iii" => "3",
        "four" | "fourth" | "iv" => "4",
        "five" | "fifth" => "5",
        "six" | "sixth" | "vi" => "6",
        "seven" | "seventh" | "vii" => "7",
        "eight" | "eighth" | "viii" => "8",
        _ => return None,
    };
    Some(value.to_string())
}

/// The number that Chinese digits before a plant or branch mean: 二 or 第二 in 第二分厂.
pub fn chinese_number(c: char) -> Option<u32> {
    const DIGITS: &str = "一二三四五六七八九十";
    DIGITS.chars().position(|digit| digit == c).map(|at| at as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_one_however_it_is_written() {
        for word in ["2", "02", "2nd", "second", "ii", "two"] {
            assert_eq!(number(word).as_deref(), Some("2"), "{word}");
        }
        for word in ["b2b", "4teams", "nd", "", "one"] {
            assert_eq!(number(word), None, "{word}");
        }
    }

    #[test]
    fn no_chinese_word_is_hidden_by_a_shorter_one_before_it() {
        for (index, (word, _)) in CHINESE.iter().enumerate() {
            for (earlier, _) in &CHINESE[..index] {
                assert!(!word.starts_with(earlier), "{word} after {earlier}");
            }
        }
    }
}
