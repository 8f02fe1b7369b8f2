//! The file of a draw: everything that it takes to draw again. Its format is told in `docs/draw-file.md`.

use std::collections::HashMap;
use std::io::Write;

use serde::{Deserialize, Serialize};

use super::sample::{Line, StratumSample, key_written};
use super::{Certain, Chosen, Draw, Entry, Status, list};
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::plans::{self, Plan, Sampling};

/// What the first field says.
pub const FORMAT: &str = "touchstone-draw/1";
/// Companies that are read at once.
const BATCH: i64 = 1000;

/// All but the roster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub format: String,
    pub about: About,
    /// SHA-256 of the seed.
    pub commitment: String,
    pub roster_hash: String,
    pub roster_size: i64,
    pub sample_size: i64,
    /// Empty before it is open.
    pub seed: String,
    pub salt: String,
    pub sampling: Sampling,
    pub strata: Vec<StratumSample>,
}

/// What the register says beside it: nothing of this follows from the numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    pub draw: String,
    pub plan: String,
    pub plan_name: String,
    pub committed_at: String,
    pub committed_by: String,
    pub frozen_at: String,
    pub frozen_by: String,
    /// Empty before the seed is open.
    pub revealed_at: String,
    pub revealed_by: String,
}

/// A company.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Company {
    /// "S-000012".
    pub id: String,
    pub stratum: String,
    pub weight: i64,
    /// "", "high_tier" or "open_critical".
    pub certain: String,
    /// The key in decimals; null for who did not draw.
    pub key: Option<String>,
    pub rank: Option<i64>,
    /// "", "certain", "drawn", "replaced" or "replacement".
    pub chosen: String,
    /// Whose place it took.
    pub replaces: Option<String>,
    /// Why it was replaced, or took another's place.
    pub reason: String,
}

/// A whole file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawFile {
    #[serde(rename = "draw")]
    pub head: Head,
    pub roster: Vec<Company>,
}

impl Company {
    fn of(entry: Entry, replaces: Option<String>) -> Company {
        Company {
            id: entry.code(),
            stratum: entry.stratum,
            weight: entry.weight,
            certain: entry.certain.as_str().into(),
            key: entry.draw_key.map(key_written),
            rank: entry.rank,
            chosen: entry.chosen.as_str().into(),
            replaces,
            reason: entry.reason,
        }
    }

    /// As the draw needs it; `None` for a word that is none.
    pub(super) fn line(&self) -> Option<Line> {
        Some(Line {
            id: self.id.clone(),
            stratum: self.stratum.clone(),
            weight: self.weight,
            certain: Certain::parse(&self.certain)?,
        })
    }

    pub(super) fn chosen(&self) -> Option<Chosen> {
        Chosen::parse(&self.chosen)
    }
}

/// A draw whose roster is frozen and whose every company somebody may see, with its plan.
pub fn open(c: &mut AnyConnection, scope: &Scope, draw_id: &str) -> Result<(Draw, Plan), Error> {
    let draw = super::find(c, draw_id)?;
    if !draw.is_frozen() {
        return Err(Error::NotFound);
    }
    if !list::sees_all(c, scope, draw_id)? {
        return Err(Error::Forbidden("refused-outside-scope"));
    }
    let plan = plans::find(c, &draw.plan_id)?;
    Ok((draw, plan))
}

fn head(draw: &Draw, plan: &Plan) -> Head {
    let time = |at: chrono::NaiveDateTime| at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string();
    Head {
        format: FORMAT.into(),
        about: About {
            draw: draw.id.clone(),
            plan: plan.code(),
            plan_name: plan.name.clone(),
            committed_at: time(draw.committed_at),
            committed_by: draw.committed_name.clone(),
            frozen_at: draw.frozen_at.map(time).unwrap_or_default(),
            frozen_by: draw.frozen_name.clone(),
            revealed_at: draw.revealed_at.map(time).unwrap_or_default(),
            revealed_by: draw.revealed_name.clone(),
        },
        commitment: draw.commitment.clone(),
        roster_hash: draw.roster_hash.clone(),
        roster_size: draw.roster_size,
        sample_size: draw.sample_size,
        seed: if draw.status == Status::Drawn { draw.seed.clone() } else { String::new() },
        salt: draw.salt.clone(),
        sampling: plan.sampling(),
        strata: draw.strata(),
    }
}

/// Writes the file of a draw: a line for the head, then one for each company by its number.
pub fn write<W: Write>(
    c: &mut AnyConnection,
    draw: &Draw,
    plan: &Plan,
    mut to: W,
) -> Result<W, Error> {
    let head = serde_json::to_string(&head(draw, plan))?;
    write!(to, "{{\"draw\":{head},\n\"roster\":[")?;
    let (mut last, mut is_first) = (i64::MIN, true);
    loop {
        let part = list::part(c, &draw.id, last, BATCH)?;
        let Some(end) = part.last() else { break };
        last = end.number;
        let replaced = part.iter().filter_map(|one| one.replaces_id.as_deref());
        let replaced: HashMap<String, String> =
            list::codes(c, None, &replaced.collect::<Vec<_>>())?;
        for entry in part {
            let whom = entry.replaces_id.as_ref().and_then(|id| replaced.get(id).cloned());
            let comma = if is_first { "\n" } else { ",\n" };
            write!(to, "{comma}{}", serde_json::to_string(&Company::of(entry, whom))?)?;
            is_first = false;
        }
    }
    writeln!(to, "\n]}}")?;
    Ok(to)
}
