//! Draws: which companies of a roster are inspected, so that everybody can check that nobody chose.
//!
//! One person promises a seed: its SHA-256 is shown to all companies. Then the roster is frozen and
//! hashed. Then another person adds a salt and opens the seed, and from both follows who is drawn
//! ([`super::sampling`]).

pub mod api;
mod discard;
pub mod file;
mod freeze;
pub mod list;
pub mod of_company;
mod promise;
mod replace;
mod reveal;
pub mod roster;
pub mod routes;
pub mod routes_portal;
mod routes_steps;
pub mod sample;
pub mod verify;
mod words;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::tiers::Tier;
use crate::access::Actor;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{draw_entries, draws};
use crate::suppliers::code_of;

pub use discard::{discard, give_up};
pub use freeze::freeze;
pub use promise::commit;
pub use replace::replace;
pub use reveal::{RevealInput, reveal};
pub use words::Words;

text_enum! {
    /// Where a draw stands.
    Status {
        /// The seed is promised.
        Committed = "committed",
        /// The roster is frozen.
        Frozen = "frozen",
        /// The seed is open and the sample is drawn.
        Drawn = "drawn",
        /// Given up before it was drawn.
        Discarded = "discarded",
    }
}

text_enum! {
    /// Why a company is in without chance.
    Certain {
        No = "",
        HighTier = "high_tier",
        OpenCritical = "open_critical",
    }
}

text_enum! {
    /// How a company of the roster came into the sample.
    Chosen {
        No = "",
        Certain = "certain",
        Drawn = "drawn",
        /// Was in, and another took its place.
        Replaced = "replaced",
        /// Took the place of another.
        Replacement = "replacement",
    }
}

impl Status {
    /// The shape that it is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            Status::Committed | Status::Frozen => "wait",
            Status::Drawn => "ok",
            Status::Discarded => "none",
        }
    }
}

impl Certain {
    /// Whether the company is in without chance.
    pub fn is_certain(self) -> bool {
        self != Certain::No
    }
}

impl Chosen {
    /// Whether the company is inspected.
    pub fn is_in(self) -> bool {
        matches!(self, Chosen::Certain | Chosen::Drawn | Chosen::Replacement)
    }
}

/// A draw for a plan.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = draws)]
pub struct Draw {
    pub id: String,
    pub plan_id: String,
    pub status: Status,
    /// The seed, sealed to the draw's id; empty once it is open.
    pub seed_sealed: String,
    /// SHA-256 of the seed.
    pub commitment: String,
    pub committed_at: NaiveDateTime,
    pub committed_by: String,
    pub committed_name: String,
    /// SHA-256 of the roster's canonical form; empty before it is frozen.
    pub roster_hash: String,
    pub roster_size: i64,
    pub sample_size: i64,
    /// The strata and how many of each are drawn, in JSON.
    pub strata: String,
    pub frozen_at: Option<NaiveDateTime>,
    pub frozen_by: Option<String>,
    pub frozen_name: String,
    /// Empty before it is open.
    pub seed: String,
    pub salt: String,
    pub revealed_at: Option<NaiveDateTime>,
    pub revealed_by: Option<String>,
    pub revealed_name: String,
    pub ended_at: Option<NaiveDateTime>,
    pub ended_by: Option<String>,
    pub ended_name: String,
    pub ended_reason: String,
}

impl Draw {
    /// A draw for a plan whose seed somebody promises at a moment; what seals the seed is not in it yet.
    pub fn promised(
        id: String,
        plan_id: &str,
        commitment: String,
        by: &Actor,
        at: NaiveDateTime,
    ) -> Draw {
        Draw {
            id,
            plan_id: plan_id.into(),
            status: Status::Committed,
            seed_sealed: String::new(),
            commitment,
            committed_at: at,
            committed_by: by.account_id.clone(),
            committed_name: by.name.clone(),
            roster_hash: String::new(),
            roster_size: 0,
            sample_size: 0,
            strata: "[]".into(),
            frozen_at: None,
            frozen_by: None,
            frozen_name: String::new(),
            seed: String::new(),
            salt: String::new(),
            revealed_at: None,
            revealed_by: None,
            revealed_name: String::new(),
            ended_at: None,
            ended_by: None,
            ended_name: String::new(),
            ended_reason: String::new(),
        }
    }

    /// What the keys are drawn with: the seed and the salt, one after the other.
    pub fn key_text(&self) -> String {
        key_text(&self.seed, &self.salt)
    }

    /// The strata as they were when the roster was frozen.
    pub fn strata(&self) -> Vec<sample::StratumSample> {
        serde_json::from_str(&self.strata).unwrap_or_default()
    }

    /// Whether the roster is there.
    pub fn is_frozen(&self) -> bool {
        matches!(self.status, Status::Frozen | Status::Drawn)
    }
}

/// What keys are drawn with.
pub fn key_text(seed: &str, salt: &str) -> String {
    format!("{seed}{salt}")
}

/// A company on the roster of a draw, as it stood when that was frozen.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = draw_entries)]
pub struct Entry {
    pub id: String,
    pub draw_id: String,
    pub supplier_id: String,
    /// The company's number: what the draw is made with is "S-000012".
    pub number: i64,
    pub area: String,
    /// Id of the region in the plan's scheme; empty when the place is not known.
    pub region: String,
    pub category_id: Option<String>,
    /// Empty when the company offers nothing.
    pub category_code: String,
    pub tier: Tier,
    /// "medium|eastern|IT".
    pub stratum: String,
    pub weight: i64,
    pub certain: Certain,
    /// What it drew: the smallest of a stratum are in. `None` before the draw, and for who is certain.
    pub draw_key: Option<f64>,
    /// Its place in its stratum by what it drew, from 1.
    pub rank: Option<i64>,
    pub chosen: Chosen,
    /// Whose place it took.
    pub replaces_id: Option<String>,
    /// When, by whom and why it was replaced or took another's place.
    pub changed_at: Option<NaiveDateTime>,
    pub changed_by: Option<String>,
    pub changed_name: String,
    pub reason: String,
}

/// The draw of an id.
pub fn find(c: &mut AnyConnection, id: &str) -> Result<Draw, Error> {
    Ok(draws::table.find(id).select(Draw::as_select()).first(c)?)
}

impl Entry {
    /// "S-000012": what the draw is made with.
    pub fn code(&self) -> String {
        code_of(self.number)
    }
}

/// The draw of a plan that counts: the newest that was not given up.
pub fn of_plan(c: &mut AnyConnection, plan_id: &str) -> Result<Option<Draw>, Error> {
    Ok(draws::table
        .filter(draws::plan_id.eq(plan_id))
        .filter(draws::status.ne(Status::Discarded))
        .order(draws::committed_at.desc())
        .select(Draw::as_select())
        .first(c)
        .optional()?)
}

/// The draws of a plan that were given up, the newest first, at most 50.
pub fn discarded_of(c: &mut AnyConnection, plan_id: &str) -> Result<Vec<Draw>, Error> {
    Ok(draws::table
        .filter(draws::plan_id.eq(plan_id))
        .filter(draws::status.eq(Status::Discarded))
        .order(draws::committed_at.desc())
        .limit(50)
        .select(Draw::as_select())
        .load(c)?)
}
