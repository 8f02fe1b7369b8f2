//! What the server does by the clock: jobs, each done by one node at a time.
//!
//! A job is worked off in batches, each a write of its own that first makes sure that this node still
//! holds the job ([`advance`]). A node that dies leaves its claim to run out, and another begins the
//! job anew: that a batch is not done twice is for the job itself to know from its rows.

pub mod routes;
pub mod work;

use chrono::{DateTime, Duration, NaiveDateTime};
use diesel::dsl::exists;
use diesel::prelude::*;

use crate::access::{May, right};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::jobs;
use crate::values::now;
use crate::vault::Vault;

/// How long a claimed job is a node's without a sign of life, in seconds: longer than a batch takes.
pub const CLAIMED: i64 = 120;
/// A job that failed is tried again so many seconds later, if it is not due earlier.
pub const AGAIN: i64 = 300;

/// A batch of a job, from the cursor of the one before ("" at first).
pub type Batch = fn(&mut AnyConnection, &Vault, &str) -> Result<Step, Error>;

/// Something that the server does by the clock.
pub struct Job {
    /// Its row; its texts are `job-<name>` and `job-<name>-what`.
    pub name: &'static str,
    /// Minutes from one time to the next, counted from midnight UTC.
    pub every: i64,
    /// Minutes after that at which it begins.
    pub after: i64,
    pub batch: Batch,
}

/// The jobs of the application.
#[derive(Clone, Copy)]
pub struct Jobs(pub &'static [Job]);

/// What a batch did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// How many things it has changed or sent.
    pub done: i64,
    /// Where the next one goes on; `None` at the end.
    pub next: Option<String>,
}

text_enum! {
    /// How a job ended the last time.
    Outcome {
        /// It has not ended yet.
        None = "",
        Done = "done",
        /// The reason is in the server's log.
        Failed = "failed",
    }
}

/// A job as the register knows it.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = jobs)]
pub struct JobRow {
    pub name: String,
    pub next_at: NaiveDateTime,
    /// The node that does it now.
    pub claimed_by: Option<String>,
    pub claimed_until: Option<NaiveDateTime>,
    pub started_at: Option<NaiveDateTime>,
    pub finished_at: Option<NaiveDateTime>,
    /// What was done since it last began: see [`Step::done`].
    pub done: i64,
    pub outcome: Outcome,
}

impl JobRow {
    /// Whether a node is at it.
    pub fn is_running(&self) -> bool {
        self.claimed_until.is_some_and(|until| until > now())
    }
}

impl Job {
    /// When it is due next after a moment.
    pub fn next_after(&self, moment: NaiveDateTime) -> NaiveDateTime {
        let (every, after) = (self.every.max(1) * 60, self.after * 60);
        let passed = moment.and_utc().timestamp() - after;
        let next = passed.div_euclid(every) * every + every + after;
        DateTime::from_timestamp(next, 0).map_or(moment, |time| time.naive_utc())
    }
}

/// Whether each job has its row.
pub fn are_known(c: &mut AnyConnection, all: Jobs) -> Result<bool, Error> {
    let names = all.0.iter().map(|job| job.name);
    let found: i64 = jobs::table.filter(among(jobs::name, names)).count().get_result(c)?;
    Ok(found == all.0.len() as i64)
}

/// Makes the rows of jobs that have none. They are due at their next time.
pub fn make_known(c: &mut AnyConnection, all: Jobs) -> Result<(), Error> {
    for job in all.0 {
        let row = JobRow {
            name: job.name.into(),
            next_at: job.next_after(now()),
            claimed_by: None,
            claimed_until: None,
            started_at: None,
            finished_at: None,
            done: 0,
            outcome: Outcome::None,
        };
        let is_there: bool = diesel::select(exists(jobs::table.find(job.name))).get_result(c)?;
        if !is_there {
            diesel::insert_into(jobs::table).values(&row).execute(c)?;
        }
    }
    Ok(())
}

/// Whether a job is due and no node's.
pub fn is_due(c: &mut AnyConnection, name: &str) -> Result<bool, Error> {
    let free = jobs::claimed_until.is_null().or(jobs::claimed_until.le(now()));
    let due = jobs::table.find(name).filter(jobs::next_at.le(now())).filter(free);
    Ok(diesel::select(exists(due)).get_result(c)?)
}

/// Takes a job that is due: no other node will, for [`CLAIMED`] seconds. False when another one was
/// first.
pub fn claim(c: &mut AnyConnection, name: &str, node: &str) -> Result<bool, Error> {
    let time = now();
    let free = jobs::claimed_until.is_null().or(jobs::claimed_until.le(time));
    let due = jobs::table.filter(jobs::name.eq(name)).filter(jobs::next_at.le(time)).filter(free);
    let taken = diesel::update(due)
        .set((
            jobs::claimed_by.eq(node),
            jobs::claimed_until.eq(time + Duration::seconds(CLAIMED)),
            jobs::started_at.eq(time),
            jobs::done.eq(0),
        ))
        .execute(c)?;
    Ok(taken == 1)
}

/// Does the next batch of a claimed job. `None`, and nothing done, when the claim has run out: then
/// the job may be another node's.
pub fn advance(
    c: &mut AnyConnection,
    vault: &Vault,
    job: &Job,
    node: &str,
    cursor: &str,
) -> Result<Option<Step>, Error> {
    let time = now();
    let ours = jobs::table
        .filter(jobs::name.eq(job.name))
        .filter(jobs::claimed_by.eq(node))
        .filter(jobs::claimed_until.gt(time));
    let held = diesel::update(ours)
        .set(jobs::claimed_until.eq(time + Duration::seconds(CLAIMED)))
        .execute(c)?;
    if held == 0 {
        return Ok(None);
    }
    let step = (job.batch)(c, vault, cursor)?;
    if step.done > 0 {
        diesel::update(jobs::table.find(job.name))
            .set(jobs::done.eq(jobs::done + step.done))
            .execute(c)?;
    }
    Ok(Some(step))
}

/// Ends a claimed job; it is due again at its next time, or soon when it failed. What another node
/// has taken meanwhile is left alone.
pub fn finish(c: &mut AnyConnection, job: &Job, node: &str, outcome: Outcome) -> Result<(), Error> {
    let time = now();
    let next = match outcome {
        Outcome::Failed => job.next_after(time).min(time + Duration::seconds(AGAIN)),
        _ => job.next_after(time),
    };
    let ours = jobs::table.filter(jobs::name.eq(job.name)).filter(jobs::claimed_by.eq(node));
    diesel::update(ours)
        .set((
            jobs::claimed_by.eq(None::<String>),
            jobs::claimed_until.eq(None::<NaiveDateTime>),
            jobs::finished_at.eq(time),
            jobs::outcome.eq(outcome),
            jobs::next_at.eq(next),
        ))
        .execute(c)?;
    Ok(())
}

/// Gives a claimed job back undone, because the server stops: another node may go on at once.
pub fn release(c: &mut AnyConnection, name: &str, node: &str) -> Result<(), Error> {
    let ours = jobs::table.filter(jobs::name.eq(name)).filter(jobs::claimed_by.eq(node));
    diesel::update(ours)
        .set((jobs::claimed_by.eq(None::<String>), jobs::claimed_until.eq(None::<NaiveDateTime>)))
        .execute(c)?;
    Ok(())
}

/// The jobs of the application, in their order.
pub fn list(
    c: &mut AnyConnection,
    _by: &May<right::ReadJobs>,
    all: Jobs,
) -> Result<Vec<JobRow>, Error> {
    let names: Vec<&str> = all.0.iter().map(|job| job.name).collect();
    let mut rows: Vec<JobRow> = jobs::table
        .filter(among(jobs::name, names.iter().copied()))
        .select(JobRow::as_select())
        .load(c)?;
    rows.sort_by_key(|row| names.iter().position(|name| *name == row.name));
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::calendar_day;

    #[test]
    fn a_job_is_due_at_its_minute_and_soon_after_midnight() {
        let job =
            |every, after| Job { name: "test", every, after, batch: |_, _, _| Ok(Step::default()) };
        let at = |h, m| {
            calendar_day("2027-03-01").and_then(|day| day.and_hms_opt(h, m, 0)).expect("a time")
        };
        let hourly = job(60, 1);
        assert_eq!(hourly.next_after(at(9, 0)), at(9, 1));
        assert_eq!(hourly.next_after(at(9, 1)), at(10, 1));
        let midnight = at(23, 1) + Duration::hours(1);
        assert_eq!(hourly.next_after(at(23, 30)), midnight);
        assert_eq!(job(24 * 60, 5).next_after(at(0, 4)), at(0, 5));
        assert_eq!(job(24 * 60, 5).next_after(at(0, 5)), at(0, 5) + Duration::days(1));
    }
}
