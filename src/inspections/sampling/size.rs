//! How large a sample is.

use super::tables;

/// Why no size follows.
#[derive(Clone, Debug, PartialEq)]
pub enum SizeProblem {
    /// There is nobody to draw from.
    EmptyRoster,
    /// More were asked for than there are.
    TooLarge { asked: i64, there: i64 },
    /// A percentage that is none, or a level or limit that the table does not have.
    OutOfRange,
}

/// A size, and what the table says of rejecting the whole, where there is one.
#[derive(Clone, Debug, PartialEq)]
pub struct Size {
    pub sample: i64,
    pub table: Option<tables::Plan>,
}

impl Size {
    fn of(sample: i64) -> Size {
        Size { sample, table: None }
    }
}

/// By a level and a quality limit of ISO 2859-1. A plan that takes more than there are takes all.
pub fn by_table(there: i64, level: &str, limit: &str) -> Result<Size, SizeProblem> {
    not_empty(there)?;
    // A lot of one is looked at whole.
    let Some(letter) = tables::code_letter(there.max(2), level) else {
        return Err(SizeProblem::OutOfRange);
    };
    let plan = tables::plan(letter, limit).ok_or(SizeProblem::OutOfRange)?;
    Ok(Size { sample: plan.sample.min(there), table: Some(plan.clone()) })
}

/// As many as it takes to see at least one bad company with a chance of `confidence` percent, when `bad`
/// percent are bad. Drawn without putting back: the hypergeometric distribution.
pub fn by_discovery(there: i64, bad: f64, confidence: f64) -> Result<Size, SizeProblem> {
    not_empty(there)?;
    let within = |percent: f64, most: f64| percent > 0.0 && percent <= most;
    if !within(bad, 100.0) || !within(confidence, 99.99) {
        return Err(SizeProblem::OutOfRange);
    }
    let good = there - ((there as f64 * bad / 100.0).ceil() as i64).clamp(1, there);
    let allowed = 1.0 - confidence / 100.0;
    // The chance that all were good so far.
    let mut unseen = 1.0;
    for taken in 0..there {
        if unseen <= allowed {
            return Ok(Size::of(taken));
        }
        unseen *= (good - taken).max(0) as f64 / (there - taken) as f64;
    }
    Ok(Size::of(there))
}

/// So many of a hundred, rounded up.
pub fn by_percentage(there: i64, percent: f64) -> Result<Size, SizeProblem> {
    not_empty(there)?;
    if !(percent > 0.0 && percent <= 100.0) {
        return Err(SizeProblem::OutOfRange);
    }
    Ok(Size::of(((there as f64 * percent / 100.0).ceil() as i64).clamp(1, there)))
}

/// A number.
pub fn by_number(there: i64, number: i64) -> Result<Size, SizeProblem> {
    not_empty(there)?;
    match number {
        ..=0 => Err(SizeProblem::OutOfRange),
        asked if asked > there => Err(SizeProblem::TooLarge { asked, there }),
        number => Ok(Size::of(number)),
    }
}

/// Everybody.
pub fn all(there: i64) -> Result<Size, SizeProblem> {
    not_empty(there)?;
    Ok(Size::of(there))
}

fn not_empty(there: i64) -> Result<(), SizeProblem> {
    if there <= 0 { Err(SizeProblem::EmptyRoster) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_791_the_sizes_are_those_of_the_standard_and_of_the_distribution() {
        let by_table = by_table(791, "II", "4.0").expect("a size");
        assert_eq!((by_table.sample, by_table.table.map(|plan| plan.accept)), (80, Some(7)));
        for (bad, expected) in [(5.0, 56), (2.0, 134), (1.0, 246)] {
            assert_eq!(by_discovery(791, bad, 95.0), Ok(Size::of(expected)), "{bad} % bad");
        }
        assert_eq!(by_percentage(791, 10.0), Ok(Size::of(80)));
        assert_eq!(by_number(791, 80), Ok(Size::of(80)));
    }

    #[test]
    fn a_sample_is_never_larger_than_what_it_is_drawn_from() {
        for there in 1..200 {
            for level in tables::LEVELS {
                for limit in tables::limits() {
                    let size = by_table(there, level, limit).expect("a size").sample;
                    assert!((1..=there).contains(&size), "{there} {level} {limit}: {size}");
                }
            }
            let size = by_discovery(there, 1.0, 99.0).expect("a size").sample;
            assert!((1..=there).contains(&size), "{there}: {size}");
        }
        assert_eq!(by_number(79, 80), Err(SizeProblem::TooLarge { asked: 80, there: 79 }));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        assert_eq!(by_table(0, "II", "4.0"), Err(SizeProblem::EmptyRoster));
        assert_eq!(by_number(0, 1), Err(SizeProblem::EmptyRoster));
        assert_eq!(by_number(9, 0), Err(SizeProblem::OutOfRange));
        assert_eq!(by_table(9, "IV", "4.0"), Err(SizeProblem::OutOfRange));
        assert_eq!(by_table(9, "II", "5"), Err(SizeProblem::OutOfRange));
        for percent in [0.0, -1.0, 100.5, f64::NAN, f64::INFINITY] {
            assert_eq!(by_percentage(9, percent), Err(SizeProblem::OutOfRange), "{percent}");
            assert_eq!(by_discovery(9, percent, 95.0), Err(SizeProblem::OutOfRange), "{percent}");
        }
        assert_eq!(by_discovery(9, 5.0, 100.0), Err(SizeProblem::OutOfRange));
    }
}
