//! When and where the visit was, and who was met.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use serde::Deserialize;
use validator::Validate;

use super::{changed, day_told, record, writable};
use crate::access::{May, right};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::inspections::{Inspection, Status};
use crate::schema::inspections;
use crate::values::{calendar_day, now};

/// The facts of a visit.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct FactsInput {
    /// `2027-03-31`.
    #[validate(length(max = 10))]
    pub visited_on: String,
    #[validate(length(max = 300))]
    pub place: String,
    #[validate(length(max = 2000))]
    pub people_met: String,
}

/// Writes down when and where the visit was, and who was met.
pub fn save(
    c: &mut AnyConnection,
    by: &May<right::Inspect>,
    id: &str,
    input: &FactsInput,
) -> Result<(), Error> {
    let before = writable(c, by, id)?;
    let mut problems = Problems::default();
    let day = read_day(&before, &input.visited_on).map_err(|problem| problems.add(problem)).ok();
    let (place, people) = (input.place.trim(), input.people_met.replace("\r\n", "\n"));
    if place.chars().any(char::is_control) {
        problems.add(Problem::new("place", "control_characters"));
    }
    problems.into_result()?;
    let people = people.trim();
    if before.visited_on == day && before.place == place && before.people_met == people {
        return Ok(());
    }
    let row = inspections::table
        .find(id)
        .filter(inspections::status.eq_any([Status::Scheduled, Status::UnderWay]));
    let done = diesel::update(row)
        .set((
            inspections::visited_on.eq(day),
            inspections::place.eq(place),
            inspections::people_met.eq(people),
        ))
        .execute(c)?;
    if done == 0 {
        return Err(Error::Conflict("conflict-inspection-signed-off"));
    }
    let details = changed([
        ("visited_on", day_told(before.visited_on), day_told(day)),
        ("place", before.place.clone(), place.to_string()),
        ("people_met", before.people_met.clone(), people.to_string()),
    ]);
    record(c, by.actor(), &before, "inspection.visited", details)
}

fn read_day(inspection: &Inspection, typed: &str) -> Result<NaiveDate, Problem> {
    let day =
        calendar_day(typed.trim()).ok_or_else(|| Problem::new("visited_on", "inspection_day"))?;
    day_problem(inspection, day).map_or(Ok(day), Err)
}

/// What is wrong with a day of the visit: it is neither before the inspection was planned nor in the
/// future. One day of it is allowed, because in the east of the world it is tomorrow already.
pub(super) fn day_problem(inspection: &Inspection, day: NaiveDate) -> Option<Problem> {
    let planned = inspection.created_at.date();
    if day < planned {
        return Some(Problem::new("visited_on", "inspection_day_early").with("day", planned));
    }
    if day > now().date() + Days::new(1) {
        return Some(Problem::new("visited_on", "inspection_day_future"));
    }
    None
}
