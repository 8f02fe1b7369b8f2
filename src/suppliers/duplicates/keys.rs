//! What two names must have in common to be compared at all: a few short texts for each company,
//! so that a million companies are not compared with a million.

use std::collections::BTreeSet;

use super::prepared::Prepared;
use super::score::Described;

/// Keys of one company, at most.
pub const MOST: usize = 4;
/// Letters of a key.
const LETTERS: usize = 10;

/// The keys of a company, most telling first: each stands up to another fault.
pub fn keys(company: &Described) -> BTreeSet<String> {
    let of_names: Vec<[String; 4]> = company.names.iter().map(of_name).collect();
    let mut keys = BTreeSet::new();
    for turn in 0..4 {
        for of_name in &of_names {
            if keys.len() < MOST && of_name[turn].len() > 2 {
                keys.insert(of_name[turn].clone());
            }
        }
    }
    keys
}

fn of_name(name: &Prepared) -> [String; 4] {
    let joined = name.joined();
    let sorted = name.sorted();
    [
        // Without vowels and doubled letters: most slips are there. The words in alphabetical
        // order: names are turned around.
        format!("s {}", head(&skeleton(&sorted))),
        // As written: names are cut off and added to at their end.
        format!("h {}", head(&joined)),
        // Slips at the beginning.
        format!("t {}", tail(&joined)),
        // A word more at the beginning in one of them: the longest word.
        format!("w {}", head(&longest(name))),
    ]
}

fn head(text: &str) -> String {
    text.chars().take(LETTERS).collect()
}

fn tail(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters[letters.len().saturating_sub(7)..].iter().collect()
}

fn longest(name: &Prepared) -> String {
    let longest = name.core.iter().max_by_key(|word| (word.chars().count(), word.as_str()));
    longest.cloned().unwrap_or_default()
}

/// Consonants only, doubled ones once. A text that has few stays as it is.
fn skeleton(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        let is_vowel = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
        if !is_vowel && !kept.ends_with(c) {
            kept.push(c);
        }
    }
    if kept.chars().count() < 4 { text.to_string() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(one: &str, other: &str) -> bool {
        let of = |name: &str| keys(&Described::of(name, "", "", ""));
        !of(one).is_disjoint(&of(other))
    }

    #[test]
    fn names_with_the_usual_faults_meet() {
        for (one, other) in [
            ("Suzhou Yunbeisi Textile", "苏州云贝思纺织有限公司"),
            ("Kestrel and Moor Garments", "Moor & Kestrel Garments"),
            ("Brandywold Sweaters", "Brandiwold Sweaters Ltd"),
            ("Guang Zhou Meiyueshi", "Guangzhou Mei Yue Shi Garments"),
            ("Hirdenwel Mercury", "Hirdenwell Mercury Apparel"),
            ("A.B.C. Ltd", "ABC Company"),
        ] {
            assert!(share(one, other), "{one} / {other}");
        }
        assert!(!share("Brandywold Sweaters", "Larkhollow Sweaters"));
    }

    #[test]
    fn no_company_has_more_than_four() {
        let company = Described::of("苏州云贝思纺织有限公司", "Cloud Shell Thoughts Ltd", "", "");
        assert_eq!(keys(&company).len(), MOST);
    }
}
