//! What follows from findings: written rules, version by version, and what they have led to.

pub mod apply;
mod decide;
mod draft;
pub mod list;
mod penalties;
mod publish;
pub mod routes;
mod routes_change;
mod routes_effects;
mod routes_rules;
mod routes_version;
mod rules;
pub mod shown;
mod usual;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::Severity;
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{inspection_effects, result_rule_versions, result_rules};
use crate::suppliers::{self, Supplier};
use crate::versions::Versioned;

pub use crate::versions::Status;
pub use decide::{DecisionInput, decide};
pub use draft::{NoteInput, discard, draft, draft_of, edit, has_worked_on};
pub use penalties::{Penalty, penalties_of};
pub use publish::{publish, withdraw};
pub use rules::{RuleInput, add_rule, edit_rule, remove_rule};
pub use usual::draft_usual;

text_enum! {
    /// What a rule waits for.
    Occasion {
        /// So many findings of the severity in one inspection.
        Found = "found",
        /// A finding of the severity that repeats one of an earlier inspection.
        Repeated = "repeated",
        /// A finding of the severity that is overdue.
        Overdue = "overdue",
    }
}

text_enum! {
    /// What a rule leads to.
    Effect {
        /// Points off the score, for some months. Applied at once.
        Penalty = "penalty",
        /// The certification for the category of the inspection is suspended. Somebody decides.
        Suspension = "suspension",
        /// A case of punishment is opened. Somebody decides.
        Punishment = "punishment",
    }
}

text_enum! {
    /// What became of an effect.
    EffectStatus {
        /// Somebody has to decide.
        Proposed = "proposed",
        Applied = "applied",
        Declined = "declined",
        /// Its finding was withdrawn.
        Dropped = "dropped",
    }
}

impl EffectStatus {
    /// The shape that it is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            EffectStatus::Proposed => "due",
            EffectStatus::Applied => "stop",
            EffectStatus::Declined | EffectStatus::Dropped => "none",
        }
    }
}

impl Effect {
    /// Whether a person has to decide.
    pub fn is_proposal(self) -> bool {
        !matches!(self, Effect::Penalty)
    }
}

/// A version of the rules.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = result_rule_versions)]
pub struct Version {
    pub id: String,
    pub version: i64,
    pub status: Status,
    pub note: String,
    /// The first day on which it counts. Every published version has one.
    pub effective_from: Option<NaiveDate>,
    /// Counts the edits of a draft.
    pub revision: i64,
    pub drafted_by: String,
    pub drafted_name: String,
    pub created_at: NaiveDateTime,
    pub published_at: Option<NaiveDateTime>,
    pub published_by: Option<String>,
    pub published_name: String,
    pub ended_at: Option<NaiveDateTime>,
    pub ended_by: Option<String>,
    pub ended_name: String,
    pub ended_reason: String,
}

impl Versioned for Version {
    fn standing(&self) -> (Status, Option<NaiveDate>) {
        (self.status, self.effective_from)
    }
}

/// A rule.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = result_rules)]
pub struct Rule {
    pub id: String,
    pub version_id: String,
    pub position: i64,
    pub severity: Severity,
    pub occasion: Occasion,
    /// From how many findings on, for [`Occasion::Found`].
    pub threshold: i64,
    pub effect: Effect,
    /// Points off the score, for [`Effect::Penalty`].
    pub points: i64,
    /// For how many months, for penalties.
    pub months: i64,
}

/// What a rule has led to.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = inspection_effects)]
pub struct Led {
    pub id: String,
    pub rule_id: String,
    pub inspection_id: String,
    pub finding_id: Option<String>,
    pub supplier_id: String,
    pub category_id: Option<String>,
    pub effect: Effect,
    pub points: i64,
    pub months: i64,
    pub status: EffectStatus,
    pub created_at: NaiveDateTime,
    pub decided_at: Option<NaiveDateTime>,
    pub decided_by: Option<String>,
    pub decided_name: String,
    pub decision_note: String,
    /// Names the occasion, so that it leads to the effect once.
    pub subject_key: String,
}

/// The version of the rules of an id.
pub fn find(c: &mut AnyConnection, id: &str) -> Result<Version, Error> {
    Ok(result_rule_versions::table.find(id).select(Version::as_select()).first(c)?)
}

/// All versions of the rules, newest first.
pub fn versions(c: &mut AnyConnection) -> Result<Vec<Version>, Error> {
    Ok(result_rule_versions::table
        .order(result_rule_versions::version.desc())
        .limit(500)
        .select(Version::as_select())
        .load(c)?)
}

/// The rules of a version, in their order.
pub fn rules_of(c: &mut AnyConnection, version_id: &str) -> Result<Vec<Rule>, Error> {
    Ok(result_rules::table
        .filter(result_rules::version_id.eq(version_id))
        .order(result_rules::position)
        .select(Rule::as_select())
        .load(c)?)
}

/// A rule of a version.
pub fn find_rule(c: &mut AnyConnection, version_id: &str, id: &str) -> Result<Rule, Error> {
    Ok(result_rules::table
        .find(id)
        .filter(result_rules::version_id.eq(version_id))
        .select(Rule::as_select())
        .first(c)?)
}

/// The version of the rules in force on a day.
pub fn in_force(c: &mut AnyConnection, day: NaiveDate) -> Result<Option<Version>, Error> {
    Ok(result_rule_versions::table
        .filter(result_rule_versions::status.eq(Status::Published))
        .filter(result_rule_versions::effective_from.le(day))
        .order((result_rule_versions::effective_from.desc(), result_rule_versions::version.desc()))
        .select(Version::as_select())
        .first(c)
        .optional()?)
}

/// The effect of an id, and its company, within what the person may see.
pub fn find_effect(
    c: &mut AnyConnection,
    scope: &Scope,
    id: &str,
) -> Result<(Led, Supplier), Error> {
    let found: Led = inspection_effects::table.find(id).select(Led::as_select()).first(c)?;
    let supplier = suppliers::find(c, scope, &found.supplier_id)?;
    Ok((found, supplier))
}
