//! What follows from findings: written rules, version by version, and what they have led to.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::Severity;
use crate::schema::{inspection_effects, result_rule_versions, result_rules};

text_enum! {
    /// Where a version of the rules stands.
    Status {
        Draft = "draft",
        /// In force from its day until the next version's.
        Published = "published",
        Discarded = "discarded",
    }
}

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
