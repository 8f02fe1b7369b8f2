//! How likely two companies are one, and why: from their names and places alone.

use strsim::{jaro_winkler, osa_distance};

use super::places;
use super::prepared::Prepared;
use crate::regions::{country_of_area, province};

/// Pairs from this score on are shown to a person, in thousandths. Chosen on the labelled pairs
/// of `tests/fixtures/duplicates.csv`.
pub const THRESHOLD: i64 = 840;

/// A company as far as it is compared.
#[derive(Clone, Debug)]
pub struct Described {
    /// The legal name, and the English one where that is another.
    pub names: Vec<Prepared>,
    /// Area code of the registered site: province, country, "CN" or "".
    pub area: String,
    /// GB/T 2260 code of the prefecture, "" when unknown.
    pub city: String,
}

impl Described {
    /// A company of these names at this place.
    pub fn of(legal_name: &str, english_name: &str, area: &str, city: &str) -> Described {
        let mut names = vec![Prepared::of(legal_name)];
        if !english_name.trim().is_empty() && english_name != legal_name {
            names.push(Prepared::of(english_name));
        }
        Described { names, area: area.to_string(), city: city.to_string() }
    }
}

/// How alike two companies are.
#[derive(Clone, Debug, PartialEq)]
pub struct Likeness {
    /// Thousandths, 0 to 1000.
    pub score: i64,
    /// What speaks for it and against it, most telling first.
    pub reasons: Vec<Reason>,
}

text_enum! {
    /// What speaks for or against two companies being one.
    Reason {
        NameSame = "name_same",
        NameAlike = "name_alike",
        NameOrder = "name_order",
        NameRead = "name_read",
        TradeDiffers = "trade_differs",
        NumberDiffers = "number_differs",
        Branch = "branch",
        Group = "group",
        NamedPlaceDiffers = "named_place_differs",
        AsideDiffers = "aside_differs",
        SameCity = "same_city",
        SameProvince = "same_province",
        SameCountry = "same_country",
        OtherCity = "other_city",
        OtherProvince = "other_province",
        OtherCountry = "other_country",
        PlaceUnknown = "place_unknown",
    }
}

/// Compares two companies: the best of their names, then the places.
pub fn likeness(one: &Described, other: &Described) -> Likeness {
    let pairs = one.names.iter().flat_map(|a| other.names.iter().map(move |b| (a, b)));
    let mut best = pairs.map(|(a, b)| of_names(a, b)).fold(Sum::nothing(), Sum::better);
    of_places(one, other, &mut best);
    Likeness { score: (best.score.clamp(0.0, 1.0) * 1000.0).round() as i64, reasons: best.reasons }
}

/// A score on its way, and what has made it.
struct Sum {
    score: f64,
    reasons: Vec<Reason>,
}

impl Sum {
    fn nothing() -> Sum {
        Sum { score: 0.0, reasons: Vec::new() }
    }

    fn better(self, other: Sum) -> Sum {
        if other.score > self.score { other } else { self }
    }

    fn times(&mut self, factor: f64, reason: Reason) {
        self.score *= factor;
        self.reasons.push(reason);
    }
}

fn of_names(a: &Prepared, b: &Prepared) -> Sum {
    let (similarity, is_reordered) = of_cores(a, b);
    let reason = match () {
        _ if similarity < 1.0 => Reason::NameAlike,
        _ if a.ideographs.is_empty() != b.ideographs.is_empty() => Reason::NameRead,
        _ if is_reordered => Reason::NameOrder,
        _ => Reason::NameSame,
    };
    let mut sum = Sum { score: similarity, reasons: vec![reason] };
    // Without a word of its own, a name must be the same to say anything.
    if a.is_plain || b.is_plain {
        sum.score = if a.is_plain && b.is_plain { similarity.powi(3) } else { similarity * 0.6 };
    }
    compare_trades(a, b, &mut sum);
    match (a.numbers.is_empty(), b.numbers.is_empty()) {
        _ if a.numbers == b.numbers => {}
        (false, false) => sum.times(0.6, Reason::NumberDiffers),
        _ => sum.times(0.8, Reason::NumberDiffers),
    }
    if a.is_branch != b.is_branch {
        sum.times(0.8, Reason::Branch);
    }
    if a.is_group != b.is_group {
        sum.times(0.9, Reason::Group);
    }
    compare_named_places(a, b, &mut sum);
    compare_asides(a, b, &mut sum);
    sum
}

/// How alike the words are that set two companies apart, 0 to 1, and whether only in another
/// order. One wrong letter in a short word is another word.
fn of_cores(a: &Prepared, b: &Prepared) -> (f64, bool) {
    // Ideographs say more than their readings: 天盛 and 天成 sound alike and are two names.
    if !a.ideographs.is_empty() && !b.ideographs.is_empty() {
        return (alike(&a.ideographs, &b.ideographs), false);
    }
    let in_order = alike(&a.joined(), &b.joined());
    let sorted = alike(&a.sorted(), &b.sorted());
    let by_words = words_in_common(&a.core, &b.core);
    let best = in_order.max(sorted).max(by_words);
    (best, in_order < best)
}

fn alike(a: &str, b: &str) -> f64 {
    if a == b {
        return if a.is_empty() { 0.0 } else { 1.0 };
    }
    let longest = a.chars().count().max(b.chars().count()) as f64;
    let wrong = osa_distance(a, b) as f64;
    let exact = 1.0 - 1.6 * wrong / longest;
    ((jaro_winkler(a, b) + exact) / 2.0).max(0.0)
}

/// The share of letters that stand in words which both have, as Dice's coefficient; words with
/// a slip count by how alike they are.
fn words_in_common(a: &[String], b: &[String]) -> f64 {
    let letters = |words: &[String]| words.iter().map(|word| word.chars().count()).sum::<usize>();
    let mut left: Vec<&String> = b.iter().collect();
    let mut common = 0.0;
    for word in a {
        let nearest = left.iter().enumerate().map(|(at, other)| (alike(word, other), at));
        let Some((similarity, at)) = nearest.max_by(|x, y| x.0.total_cmp(&y.0)) else {
            break;
        };
        if similarity >= 0.85 {
            let both = word.chars().count() + left[at].chars().count();
            common += similarity * both as f64;
            left.swap_remove(at);
        }
    }
    common / (letters(a) + letters(b)).max(1) as f64
}

/// A name this short says little: companies of one family share it ("ABC Apparels", "ABC
/// Fashions").
const SHORT: usize = 4;

fn compare_trades(a: &Prepared, b: &Prepared, sum: &mut Sum) {
    if a.is_plain || b.is_plain {
        return;
    }
    let is_short = a.joined().chars().count() <= SHORT;
    let one_script = a.ideographs.is_empty() == b.ideographs.is_empty();
    if is_short && one_script && a.trade_words != b.trade_words {
        sum.times(0.8, Reason::TradeDiffers);
    } else if a.trades != b.trades && (a.trades.is_empty() || b.trades.is_empty()) {
        sum.score *= 0.93;
    } else if a.trades != b.trades && a.trades.is_disjoint(&b.trades) {
        sum.times(0.8, Reason::TradeDiffers);
    } else if a.trades != b.trades {
        sum.score *= 0.97;
    }
}

/// "Sample (Shanghai)" and "Sample (Guangzhou)" are two companies.
fn compare_named_places(a: &Prepared, b: &Prepared, sum: &mut Sum) {
    if a.is_plain || b.is_plain {
        return;
    }
    match (a.places.is_empty(), b.places.is_empty()) {
        (true, true) => {}
        (false, false) => {
            let narrowest = |name: &Prepared| {
                let narrowest = name.places.iter().max_by_key(|place| places::depth(place));
                narrowest.cloned().unwrap_or_default()
            };
            if !places::agree(&narrowest(a), &narrowest(b)) {
                sum.times(0.72, Reason::NamedPlaceDiffers);
            }
        }
        _ => sum.score *= 0.97,
    }
}

/// What stands in brackets or behind a dash often names a plant.
fn compare_asides(a: &Prepared, b: &Prepared, sum: &mut Sum) {
    match (a.aside.is_empty(), b.aside.is_empty()) {
        (true, true) => {}
        (false, false) if alike(&a.aside.concat(), &b.aside.concat()) < 0.8 => {
            sum.times(0.75, Reason::AsideDiffers);
        }
        (false, false) => {}
        _ => sum.score *= 0.94,
    }
}

fn of_places(one: &Described, other: &Described, sum: &mut Sum) {
    let known = |area: &str| !area.is_empty() && area != "CN";
    let (here, there) = (country_of_area(&one.area), country_of_area(&other.area));
    if !here.is_empty() && !there.is_empty() && here != there {
        sum.times(0.55, Reason::OtherCountry);
    } else if !known(&one.area) || !known(&other.area) {
        sum.times(0.97, Reason::PlaceUnknown);
    } else if one.area != other.area {
        sum.times(0.65, Reason::OtherProvince);
    } else if province(&one.area).is_none() {
        sum.reasons.push(Reason::SameCountry);
    } else if one.city.is_empty() || other.city.is_empty() {
        sum.times(0.99, Reason::SameProvince);
    } else if one.city == other.city {
        sum.times(1.02, Reason::SameCity);
    } else {
        sum.times(0.9, Reason::OtherCity);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(one: &str, other: &str) -> i64 {
        let described = |name: &str| Described::of(name, "", "320000", "320500");
        likeness(&described(one), &described(other)).score
    }

    #[test]
    fn spellings_of_one_company_are_alike() {
        for (one, other) in [
            ("Suzhou Yangli Textile Co., Ltd.", "SUZHOU YANG LI TEXTILES COMPANY LIMITED"),
            ("苏州样例纺织有限公司", "Suzhou Yangli Textile Co., Ltd."),
            ("Yangli (Suzhou) Textile Co Ltd", "Su Zhou Yangli Textile"),
            ("Kestrel & Moor Garments Ltd", "Moor and Kestrel Garments Limited"),
        ] {
            assert!(score(one, other) >= THRESHOLD, "{one} / {other}: {}", score(one, other));
        }
    }

    #[test]
    fn plants_branches_and_sisters_are_not() {
        for (one, other) in [
            ("Kestrel Knitwear No. 1 Factory", "Kestrel Knitwear No. 2 Factory"),
            ("样例纺织有限公司", "样例纺织有限公司上海分公司"),
            ("Yangli (Suzhou) Textile Co Ltd", "Yangli (Guangzhou) Textile Co Ltd"),
            ("Yangli Textile Co Ltd", "Yangli Electronics Co Ltd"),
            ("Suzhou Textile Trading", "Wuxi Textile Trading"),
        ] {
            assert!(score(one, other) < THRESHOLD, "{one} / {other}: {}", score(one, other));
        }
    }

    #[test]
    fn it_does_not_matter_which_company_comes_first() {
        let names = ["Kestrel (Dhaka) Ltd", "样例纺织有限公司", "Kestrel Ltd Unit 2", "A.B.C."];
        for one in names {
            for other in names {
                assert_eq!(score(one, other), score(other, one), "{one} / {other}");
            }
        }
    }
}
