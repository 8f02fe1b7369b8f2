//! Who is drawn. Each company draws a number of its own, which depends on the seed and on its number
//! alone; the smallest are in. So each choice can be checked by itself, and no order of input matters.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What one company drew.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// Its place among those who were handed in.
    pub at: usize,
    pub key: f64,
    /// From 1.
    pub rank: i64,
}

/// What a company draws: with u = (the first 53 bits of HMAC-SHA256(`seed`, `id`) + 1) / (2^53 + 1), it is
/// −ln(u) / `weight`. A company of twice the weight is twice as likely to draw the smallest.
pub fn key(seed: &str, id: &str, weight: i64) -> f64 {
    let mut mac = match Hmac::<Sha256>::new_from_slice(seed.as_bytes()) {
        Ok(mac) => mac,
        // No length of key is refused.
        Err(_) => return f64::INFINITY,
    };
    mac.update(id.as_bytes());
    let digest = mac.finalize().into_bytes();
    let first = digest.iter().take(8).fold(0u64, |bits, byte| bits << 8 | u64::from(*byte)) >> 11;
    let u = (first + 1) as f64 / (1u64 << 53) as f64;
    // Not the system's logarithm: its last digit differs from machine to machine.
    let key = -libm::log(u) / weight.max(1) as f64;
    // -0.0 is 0.0
    key + 0.0
}

/// What companies (id, weight) drew, the smallest first; of equals the smaller id.
pub fn ranked(seed: &str, companies: &[(&str, i64)]) -> Vec<Drawn> {
    let mut all: Vec<(usize, f64)> =
        companies.iter().map(|(id, weight)| key(seed, id, *weight)).enumerate().collect();
    all.sort_by(|a, b| a.1.total_cmp(&b.1).then_with(|| companies[a.0].0.cmp(companies[b.0].0)));
    let ranked = all.into_iter().zip(1..);
    ranked.map(|((at, key), rank)| Drawn { at, key, rank }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_test_vector_is_reproduced() {
        let weights = [1, 1, 2, 1, 3, 1, 2, 5, 1, 1];
        let ids: Vec<String> = (1..=10).map(|n| format!("S-{n:04}")).collect();
        let companies: Vec<(&str, i64)> = ids.iter().map(String::as_str).zip(weights).collect();
        let vector: serde_json::Value =
            serde_json::from_str(include_str!("vector.json")).expect("JSON");
        let vector = vector.as_array().expect("a list");
        let ranked = ranked("demo-seed-2021", &companies);
        assert_eq!(ranked.len(), vector.len());
        for (one, expected) in ranked.iter().zip(vector) {
            assert_eq!(expected["supplier"], companies[one.at].0);
            assert_eq!(expected["rank"], one.rank);
            let key = expected["key"].as_f64().expect("a number");
            assert!((one.key - key).abs() < 5e-10, "{} is not {key}", one.key);
        }
        let first: Vec<&str> = ranked.iter().take(3).map(|one| companies[one.at].0).collect();
        assert_eq!(first, ["S-0003", "S-0008", "S-0006"]);
    }

    /// How often each of some companies is among the first `taken`, in so many draws with seeds of
    /// their own.
    fn frequencies(weights: &[i64], taken: usize, draws: usize) -> Vec<f64> {
        let ids: Vec<String> = (1..=weights.len()).map(|n| format!("S-{n:06}")).collect();
        let companies: Vec<(&str, i64)> =
            ids.iter().map(String::as_str).zip(weights.iter().copied()).collect();
        let mut times = vec![0usize; weights.len()];
        for seed in 0..draws {
            for one in ranked(&format!("seed {seed}"), &companies).iter().take(taken) {
                times[one.at] += 1;
            }
        }
        times.into_iter().map(|times| times as f64 / draws as f64).collect()
    }

    /// 20,000 draws of 8 of 40: each is in with a chance of 0.2. The standard deviation of a frequency is
    /// 0.0028; all 40 stay within five of them.
    #[test]
    fn over_twenty_thousand_draws_everybody_is_in_as_often_as_promised() {
        for frequency in frequencies(&[2; 40], 8, 20_000) {
            assert!((frequency - 0.2).abs() < 0.0142, "{frequency}");
        }
    }

    /// Drawing one, the chance is the weight's share: 1/6, 2/6, 3/6.
    #[test]
    fn who_weighs_twice_as_much_is_drawn_first_twice_as_often() {
        let found = frequencies(&[1, 2, 3], 1, 20_000);
        for (frequency, expected) in found.iter().zip([1.0 / 6.0, 2.0 / 6.0, 3.0 / 6.0]) {
            assert!((frequency - expected).abs() < 0.018, "{frequency} is not {expected}");
        }
    }

    proptest! {
        #[test]
        fn a_draw_does_not_depend_on_the_order_of_input(
            seed in "[ -~]{0,40}", weights in prop::collection::vec(1i64..6, 1..60), turn in 0usize..60,
        ) {
            let ids: Vec<String> = (1..=weights.len()).map(|n| format!("S-{n:06}")).collect();
            let companies: Vec<(&str, i64)> =
                ids.iter().map(String::as_str).zip(weights).collect();
            let mut turned = companies.clone();
            turned.rotate_left(turn % companies.len());
            turned.reverse();
            let names = |all: &[(&str, i64)]| {
                let ranked = ranked(&seed, all).into_iter();
                ranked.map(|one| (all[one.at].0.to_string(), one.key)).collect::<Vec<_>>()
            };
            prop_assert_eq!(names(&companies), names(&turned));
        }
    }
}
