//! Days from the proposal to the decision.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamp};

use super::counts::{OF_PERIOD, ends};
use super::{Duration, place_of};
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::Severity;
use crate::inspections::figures::query::Asked;

#[derive(QueryableByName)]
struct Taken {
    #[diesel(sql_type = Text)]
    severity: String,
    #[diesel(sql_type = Text)]
    company_area: String,
    /// As text: both databases write days alike.
    #[diesel(sql_type = Text)]
    proposed_on: String,
    #[diesel(sql_type = Text)]
    decided_on: String,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// For each severity, the worst first, and for all. The two databases reckon with days differently: it is
/// done here. One query.
pub(super) fn load(
    c: &mut AnyConnection,
    asked: &Asked,
    scope: &Scope,
) -> Result<[Duration; 4], Error> {
    let query = format!(
        "SELECT punishment_cases.severity AS severity, suppliers.area AS company_area, \
             substr(CAST(punishment_cases.proposed_at AS TEXT), 1, 10) AS proposed_on, \
             substr(CAST(punishment_cases.decided_at AS TEXT), 1, 10) AS decided_on, COUNT(*) AS n \
         {OF_PERIOD} AND punishment_cases.decided_at IS NOT NULL GROUP BY 1, 2, 3, 4"
    );
    let (from, to) = ends(asked);
    let query = diesel::sql_query(query).bind::<Timestamp, _>(from).bind::<Timestamp, _>(to);
    let mut days: [Vec<(i64, i64)>; 4] = Default::default();
    for one in query.load::<Taken>(c)? {
        let severity = Severity::parse(&one.severity).filter(|_| scope.allows(&one.company_area));
        let Some(at) = severity.map(place_of) else { continue };
        let (Ok(proposed), Ok(decided)) =
            (one.proposed_on.parse::<NaiveDate>(), one.decided_on.parse::<NaiveDate>())
        else {
            continue;
        };
        let taken = ((decided - proposed).num_days(), one.n);
        days[at].push(taken);
        days[3].push(taken);
    }
    Ok(days.map(duration))
}

/// Of days, and how many cases took as many.
fn duration(mut days: Vec<(i64, i64)>) -> Duration {
    days.sort_unstable();
    let decided: i64 = days.iter().map(|(_, number)| number).sum();
    let at = |place: i64| {
        let mut passed = 0;
        let found = days.iter().find(|(_, number)| {
            passed += number;
            passed > place
        });
        found.map(|(days, _)| *days)
    };
    let middle = at((decided - 1) / 2).zip(at(decided / 2));
    Duration {
        decided,
        median: middle.filter(|_| decided > 0).map(|(lower, upper)| (lower + upper) * 5),
        longest: days.last().map(|(days, _)| *days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_or_between_the_two_in_the_middle() {
        let of = |days: &[(i64, i64)]| {
            let found = duration(days.to_vec());
            (found.decided, found.median, found.longest)
        };
        assert_eq!(of(&[]), (0, None, None));
        assert_eq!(of(&[(7, 1)]), (1, Some(70), Some(7)));
        assert_eq!(of(&[(9, 1), (2, 1)]), (2, Some(55), Some(9)));
        assert_eq!(of(&[(3, 3), (40, 1), (1, 1)]), (5, Some(30), Some(40)));
        assert_eq!(of(&[(1, 2), (4, 2)]), (4, Some(25), Some(4)));
    }
}
