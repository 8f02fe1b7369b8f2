//! How a sample is spread over strata.

/// Companies that are drawn from among themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct Stratum {
    /// "medium|eastern|IT".
    pub key: String,
    pub size: i64,
    /// What one of its companies weighs against those of other strata.
    pub weight: i64,
}

/// Why a sample cannot be spread.
#[derive(Clone, Debug, PartialEq)]
pub enum SpreadProblem {
    /// More were asked for than there are.
    TooLarge { asked: i64, there: i64 },
    /// The least of each stratum makes more than the sample.
    Minima { asked: i64, least: i64 },
}

/// How many of each stratum are drawn, in the order of `strata`: together `sample`.
///
/// Each has at least `minimum`, or all of it when it is smaller. Beyond that stratum h has its share,
/// `sample · N_h · r_h / Σ N_k · r_k`: one after the other goes to the stratum that is furthest below its
/// share and not used up. Equals go by key, so that the order of `strata` does not matter.
pub fn spread(strata: &[Stratum], sample: i64, minimum: i64) -> Result<Vec<i64>, SpreadProblem> {
    let there: i64 = strata.iter().map(|one| one.size).sum();
    if sample > there {
        return Err(SpreadProblem::TooLarge { asked: sample, there });
    }
    let mut taken: Vec<i64> = strata.iter().map(|one| minimum.clamp(0, one.size)).collect();
    let mut left = sample - taken.iter().sum::<i64>();
    if left < 0 {
        return Err(SpreadProblem::Minima { asked: sample, least: sample - left });
    }
    let whole: i128 = strata.iter().map(weighed).sum();
    // How far a stratum is below its share, times `whole`: whole numbers, the same on every machine.
    let lacks =
        |one: &Stratum, taken: i64| i128::from(sample) * weighed(one) - i128::from(taken) * whole;
    while left > 0 {
        let open = (0..strata.len()).filter(|at| taken[*at] < strata[*at].size);
        let next = open.max_by(|a, b| {
            let of = |at: usize| lacks(&strata[at], taken[at]);
            of(*a).cmp(&of(*b)).then_with(|| strata[*b].key.cmp(&strata[*a].key))
        });
        // There is one: no more are asked for than there are.
        let Some(next) = next else { break };
        // What a stratum lacks by whole companies it gets at once, but for the last.
        let step = if whole > 0 { lacks(&strata[next], taken[next]) / whole - 1 } else { 0 };
        let room = strata[next].size - taken[next];
        let step = i64::try_from(step).unwrap_or(i64::MAX).clamp(1, room).min(left);
        taken[next] += step;
        left -= step;
    }
    Ok(taken)
}

fn weighed(one: &Stratum) -> i128 {
    i128::from(one.size) * i128::from(one.weight.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stratum(key: &str, size: i64, weight: i64) -> Stratum {
        Stratum { key: key.into(), size, weight }
    }

    #[test]
    fn each_has_its_share_and_at_least_the_minimum() {
        let strata = [stratum("a", 600, 1), stratum("b", 180, 2), stratum("c", 11, 1)];
        // 80 · 600/971 = 49.4, 80 · 360/971 = 29.7, 80 · 11/971 = 0.9
        assert_eq!(spread(&strata, 80, 0), Ok(vec![49, 30, 1]));
        assert_eq!(spread(&strata, 80, 2), Ok(vec![49, 29, 2]));
        // A stratum smaller than the minimum is taken whole, and what it cannot give others do.
        let small = [stratum("a", 5, 1), stratum("b", 1, 9)];
        assert_eq!(spread(&small, 4, 2), Ok(vec![3, 1]));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let strata = [stratum("a", 5, 1), stratum("b", 5, 1)];
        assert_eq!(spread(&strata, 11, 0), Err(SpreadProblem::TooLarge { asked: 11, there: 10 }));
        assert_eq!(spread(&strata, 3, 2), Err(SpreadProblem::Minima { asked: 3, least: 4 }));
        assert_eq!(spread(&[], 0, 2), Ok(vec![]));
    }

    fn some_strata() -> impl Strategy<Value = Vec<Stratum>> {
        prop::collection::vec((1i64..300, 1i64..4), 1..30).prop_map(|all| {
            let one = |(at, (size, weight))| stratum(&format!("{at:03}"), size, weight);
            all.into_iter().enumerate().map(one).collect()
        })
    }

    proptest! {
        #[test]
        fn the_parts_make_the_whole_and_the_order_does_not_matter(
            strata in some_strata(), part in 0.0f64..1.0, minimum in 0i64..4,
        ) {
            let there: i64 = strata.iter().map(|one| one.size).sum();
            let least: i64 = strata.iter().map(|one| minimum.min(one.size)).sum();
            let sample = ((there as f64 * part) as i64).max(least);
            let taken = spread(&strata, sample, minimum).expect("it fits");
            prop_assert_eq!(taken.iter().sum::<i64>(), sample);
            for (one, taken) in strata.iter().zip(&taken) {
                prop_assert!(*taken <= one.size && *taken >= minimum.min(one.size));
            }
            let turned: Vec<Stratum> = strata.iter().rev().cloned().collect();
            let again = spread(&turned, sample, minimum).expect("it fits");
            prop_assert_eq!(taken, again.into_iter().rev().collect::<Vec<_>>());
        }
    }
}
