//! How well pairs that may be one company are told from pairs that are not, on labelled names.

use touchstone::suppliers::duplicates::{Described, THRESHOLD, keys, likeness};

/// Invented names with the faults of real lists: half were used to tune, half were held out.
const PAIRS: &str = include_str!("../fixtures/duplicates.csv");

struct Labelled {
    half: String,
    is_same: bool,
    names: (String, String),
    score: i64,
    /// They share a key, and so are compared.
    meet: bool,
}

fn labelled() -> Vec<Labelled> {
    let mut reader = csv::Reader::from_reader(PAIRS.as_bytes());
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| {
        let left = Described::of(&row[2], "", &row[3], &row[4]);
        let right = Described::of(&row[5], "", &row[6], &row[7]);
        Labelled {
            half: row[0].to_string(),
            is_same: &row[1] == "yes",
            names: (row[2].to_string(), row[5].to_string()),
            score: likeness(&left, &right).score,
            meet: !keys(&left).is_disjoint(&keys(&right)),
        }
    })
    .collect()
}

/// Precision and recall of the pairs from a score on.
fn measure<'a>(pairs: impl Iterator<Item = &'a Labelled>, threshold: i64) -> (f64, f64) {
    let (mut right, mut found, mut same) = (0.0, 0.0, 0.0);
    for pair in pairs {
        let is_found = pair.meet && pair.score >= threshold;
        right += f64::from(is_found && pair.is_same);
        found += f64::from(is_found);
        same += f64::from(pair.is_same);
    }
    (right / found, right / same)
}

#[test]
fn most_of_what_is_asked_is_right_and_most_of_what_is_right_is_asked() {
    let pairs = labelled();
    assert!(pairs.len() >= 300, "{}", pairs.len());
    for half in ["tuning", "held"] {
        let of_half = || pairs.iter().filter(|pair| pair.half == half);
        let (precision, recall) = measure(of_half(), THRESHOLD);
        println!(
            "{half}: {} pairs, {} of them one company; precision {precision:.3}, recall {recall:.3}",
            of_half().count(),
            of_half().filter(|pair| pair.is_same).count()
        );
        for pair in of_half().filter(|pair| (pair.meet && pair.score >= THRESHOLD) != pair.is_same)
        {
            println!(
                "  {} {:?} meet: {}, one company: {}",
                pair.score, pair.names, pair.meet, pair.is_same
            );
        }
        assert!(precision >= 0.95 && recall >= 0.9, "{half}: {precision:.3}, {recall:.3}");
    }
}
