//! What all things share that are kept in versions: drafted by one person, published by another with a
//! first day, given up, or taken back before that day.

use chrono::{Days, NaiveDate};

use crate::error::{Problem, Problems};
use crate::values::{calendar_day, now};

text_enum! {
    /// Where a version stands.
    Status {
        Draft = "draft",
        /// In force from its day until the next version's.
        Published = "published",
        /// A draft that was given up, or a version that was taken back before its day.
        Discarded = "discarded",
    }
}

text_enum! {
    /// Where a version stands on a day.
    Phase {
        Draft = "draft",
        Coming = "coming",
        InForce = "in_force",
        Past = "past",
        Discarded = "discarded",
    }
}

impl Phase {
    /// Where a published version stands on a day, by its first day and that of the version in force.
    pub fn published(from: NaiveDate, in_force: Option<NaiveDate>, day: NaiveDate) -> Phase {
        match in_force {
            _ if from > day => Phase::Coming,
            Some(current) if current == from => Phase::InForce,
            _ => Phase::Past,
        }
    }

    /// How pages mark it.
    pub fn mark(self) -> &'static str {
        match self {
            Phase::Draft => "due",
            Phase::Coming => "wait",
            Phase::InForce => "ok",
            Phase::Past | Phase::Discarded => "none",
        }
    }
}

/// A version of something.
pub trait Versioned {
    /// Its state, and its first day: every published one has one.
    fn standing(&self) -> (Status, Option<NaiveDate>);

    /// The first day of a published one.
    fn published_from(&self) -> Option<NaiveDate> {
        let (status, from) = self.standing();
        from.filter(|_| status == Status::Published)
    }
}

/// Versions of one thing, each with where it stands on a day.
pub fn with_phases<V: Versioned>(versions: Vec<V>, day: NaiveDate) -> Vec<(V, Phase)> {
    let days = versions.iter().filter_map(V::published_from);
    let in_force = days.filter(|from| *from <= day).max();
    let phase = |one: V| {
        let phase = match one.standing() {
            (Status::Draft, _) => Phase::Draft,
            (Status::Published, Some(from)) => Phase::published(from, in_force, day),
            _ => Phase::Discarded,
        };
        (one, phase)
    };
    versions.into_iter().map(phase).collect()
}

/// The first day of the newest published one of a thing's versions.
pub fn newest_day<V: Versioned>(versions: &[V]) -> Option<NaiveDate> {
    versions.iter().filter_map(V::published_from).max()
}

/// The first day that was typed for a version ("2027-01-31"), if it is today or later, and after that of
/// the newest one. The problem is at the field `effective_from`.
pub fn first_day(typed: &str, newest: Option<NaiveDate>) -> Result<NaiveDate, Problems> {
    let Some(day) = calendar_day(typed.trim()) else {
        return Err(Problems::one("effective_from", "effective_from"));
    };
    if day < now().date() {
        return Err(Problems::one("effective_from", "effective_past"));
    }
    match newest.filter(|last| *last >= day) {
        Some(last) => {
            let problem = Problem::new("effective_from", "effective_order").with("day", last);
            Err(Problems(vec![problem]))
        }
        None => Ok(day),
    }
}

/// The first day that a next version can have: today or later, and after the newest one's.
pub fn earliest(newest: Option<NaiveDate>, today: NaiveDate) -> NaiveDate {
    newest.map_or(today, |last| (last + Days::new(1)).max(today))
}

/// Puts a row of a table of versions into force. How many rows that were: none where what guards `$row`
/// holds no more.
#[macro_export]
macro_rules! put_in_force {
    ($c:expr, $table:ident, $row:expr, $to:expr, $day:expr, $by:expr) => {
        diesel::update($row)
            .set((
                $table::status.eq($to),
                $table::effective_from.eq($day),
                $table::published_at.eq($crate::values::now()),
                $table::published_by.eq(&$by.account_id),
                $table::published_name.eq(&$by.name),
            ))
            .execute($c)
    };
}

/// Ends a row of a table of versions, with the reason: a draft that is given up, a version that is taken
/// back. How many rows that were, as [`put_in_force`].
#[macro_export]
macro_rules! end_version {
    ($c:expr, $table:ident, $row:expr, $to:expr, $by:expr, $reason:expr) => {
        diesel::update($row)
            .set((
                $table::status.eq($to),
                $table::ended_at.eq($crate::values::now()),
                $table::ended_by.eq(&$by.account_id),
                $table::ended_name.eq(&$by.name),
                $table::ended_reason.eq($reason),
            ))
            .execute($c)
    };
}

/// Moves the revision of a draft in a table of versions on, before the draft is changed. Refused, at `$field`
/// of the form, when the form was made from another revision, `$seen`; with `$conflict` when somebody else was
/// faster.
#[macro_export]
macro_rules! next_revision {
    ($c:expr, $table:ident, $draft:expr, ($field:expr, $seen:expr), $conflict:literal) => {{
        let (draft, table) = ($draft, $table::table);
        if $seen != draft.revision.to_string() {
            return Err($crate::error::Problems::one($field, "draft_changed").into());
        }
        let is_seen = $table::revision.eq(draft.revision);
        let row = table.find(&draft.id).filter($table::status.eq(Status::Draft)).filter(is_seen);
        match diesel::update(row).set($table::revision.eq(draft.revision + 1)).execute($c)? {
            0 => Err($crate::error::Error::Conflict($conflict)),
            _ => Ok(()),
        }
    }};
}
