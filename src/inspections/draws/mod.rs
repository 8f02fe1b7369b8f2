//! Draws: which companies of a roster are inspected, so that everybody can check that nobody chose.
//!
//! One person promises a seed: its SHA-256 is shown to all companies. Then the roster is frozen and
//! hashed. Then another person adds a salt and opens the seed, and from both follows who is drawn
//! ([`super::sampling`]).

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::tiers::Tier;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{draw_entries, draws};

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
