//! The standards that a firm usually begins with.

use chrono::{Days, NaiveDate, NaiveTime};
use diesel::prelude::*;
use serde_json::json;

use super::draft::{SUBJECT, insert};
use super::publish::told;
use super::{LineInput, Standard, Status, Version, find, standards_of};
use crate::access::{Actor, May, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::punishment_standard_versions;

/// A line for each violation and severity, with the columns of [`LineInput`].
const USUAL: &str = include_str!("usual.csv");

/// Drafts a version with the usual standards.
pub fn draft_usual(
    c: &mut AnyConnection,
    by: &May<right::EditPunishmentStandards>,
) -> Result<Version, Error> {
    insert(c, by, usual()?)
}

/// Enters a version with the usual standards that one person drafted and another published before the
/// register was kept, in force from a day.
pub fn publish_usual(
    c: &mut AnyConnection,
    by: &May<right::EditPunishmentStandards>,
    (drafter, publisher): (&Actor, &Actor),
    from: NaiveDate,
) -> Result<Version, Error> {
    if drafter.account_id == publisher.account_id {
        return Err(Error::Forbidden("refused-own-punishment-standards"));
    }
    let draft = draft_usual(c, by)?;
    let morning = |before: u64| (from - Days::new(before)).and_time(NaiveTime::MIN);
    diesel::update(punishment_standard_versions::table.find(&draft.id))
        .set((
            punishment_standard_versions::status.eq(Status::Published),
            punishment_standard_versions::effective_from.eq(from),
            punishment_standard_versions::drafted_by.eq(&drafter.account_id),
            punishment_standard_versions::drafted_name.eq(&drafter.name),
            punishment_standard_versions::created_at.eq(morning(20)),
            punishment_standard_versions::published_at.eq(morning(10)),
            punishment_standard_versions::published_by.eq(&publisher.account_id),
            punishment_standard_versions::published_name.eq(&publisher.name),
        ))
        .execute(c)?;
    let details = json!({
        "version": draft.version,
        "effective_from": from.to_string(),
        "punishment_standards": told(&standards_of(c, &draft.id)?),
    });
    let subject = (SUBJECT, draft.id.as_str());
    audit::append(c, publisher, "punishment_standards.published", subject, details)?;
    find(c, &draft.id)
}

/// The usual standards, in their order, by the rules of the form.
fn usual() -> Result<Vec<Standard>, Error> {
    let unreadable = |what: String| Error::Internal(format!("the usual standards: {what}"));
    let mut all = Vec::new();
    for row in csv::Reader::from_reader(USUAL.as_bytes()).deserialize::<LineInput>() {
        let row = row.map_err(|error| unreadable(error.to_string()))?;
        let read = row.read();
        all.push(read.map_err(|problems| unreadable(format!("{}: {problems}", row.violation)))?);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::inspections::Severity;
    use crate::punishments::body::Body;
    use crate::punishments::{Measure, Orders, Reach, Release};

    #[test]
    fn every_usual_standard_keeps_the_rules_of_the_form() {
        let all = usual().unwrap();
        assert_eq!(all.len(), 36);
        let keys: BTreeSet<_> = all.iter().map(|one| (&one.violation, one.severity)).collect();
        assert_eq!(keys.len(), all.len(), "a violation and severity once");
        let names: BTreeSet<_> =
            all.iter().map(|one| (&one.violation, &one.name_en, &one.name_zh)).collect();
        assert_eq!(names.len(), 18, "a violation is called the same everywhere");
        let is_same = |one: &Standard, next: &Standard| one.violation == next.violation;
        let groups: Vec<&[Standard]> = all.chunk_by(is_same).collect();
        assert_eq!(groups.len(), 18, "the lines of a violation stand together");
        for group in groups {
            assert!(group.is_sorted_by_key(|one| one.severity), "{}", group[0].violation);
        }
    }

    #[test]
    fn the_usual_standards_are_those_that_were_agreed() {
        let all = usual().unwrap();
        let one = |violation: &str, severity: Severity| {
            let is = |one: &&Standard| one.violation == violation && one.severity == severity;
            all.iter().find(is).cloned().unwrap()
        };
        let warning = one("late_delivery", Severity::Minor);
        assert_eq!((warning.term_from, warning.term_to), (0, Some(0)));
        assert_eq!((warning.release, warning.interim_days), (Release::Never, 0));
        let bribery = one("bribery", Severity::Critical);
        assert_eq!((bribery.measure, bribery.reach), (Measure::Elimination, Reach::WholeGroup));
        assert_eq!((bribery.term_from, bribery.term_to), (60, None));
        assert_eq!((bribery.orders, bribery.body), (Orders::Terminate, Body::CommitteeAndBoard));
        assert_eq!((bribery.release, bribery.interim_days), (Release::Review, 30));
        let leak = one("data_breach", Severity::Major);
        assert!(leak.bars_data && leak.recertifies);
        assert_eq!((leak.body, leak.orders), (Body::Security, Orders::ExistingOnly));
        for line in &all {
            let is_heavy = match line.measure {
                Measure::Unqualified | Measure::Blacklist | Measure::Elimination => true,
                Measure::Suspension | Measure::Remediation => line.term_from >= 6,
                Measure::Warning | Measure::Rectification => false,
            };
            assert_eq!(line.recertifies, is_heavy, "{} {:?}", line.violation, line.severity);
        }
    }
}
