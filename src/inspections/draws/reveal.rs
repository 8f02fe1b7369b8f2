//! The last step of a draw: another person adds a salt, the seed is opened, and it is known who is in.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::sample::{Line, draw as draw_from, hash, sample};
use super::{Draw, Entry, Status, find, list, roster};
use crate::access::{May, right};
use crate::audit;
use crate::db::{AnyConnection, among};
use crate::error::{Error, Problems};
use crate::inspections::plans::{self, Plan};
use crate::inspections::visits::{self, New};
use crate::schema::{draw_entries, draws, suppliers};
use crate::suppliers::Supplier;
use crate::suppliers::merges::end_of_way;
use crate::values::{new_secret, now, sha256_hex};
use crate::vault::Vault;

/// Companies that are read in one query.
const READ: usize = 500;

/// What somebody else adds to the seed.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct RevealInput {
    /// Any text; nothing for a random one.
    #[validate(length(max = 200))]
    pub salt: String,
}

/// Opens the seed of a frozen draw, draws, and makes the inspections of all who are in. Refused to whoever
/// promised the seed; refused when the seed is not the promised one, or the roster not the frozen one.
pub fn reveal(
    c: &mut AnyConnection,
    by: &May<right::PlanInspections>,
    vault: &Vault,
    id: &str,
    input: &RevealInput,
) -> Result<Draw, Error> {
    let draw = find(c, id)?;
    if draw.status != Status::Frozen {
        return Err(Error::Conflict("conflict-done-already"));
    }
    if draw.committed_by == by.actor().account_id {
        return Err(Error::Forbidden("refused-draw-second-person"));
    }
    let typed = input.salt.trim();
    if typed.chars().any(char::is_control) {
        return Err(Problems::one("salt", "control_characters").into());
    }
    let salt = if typed.is_empty() { new_secret() } else { typed.to_string() };
    let plan = plans::find(c, &draw.plan_id)?;
    let entries = list::all(c, id)?;
    roster::must_see(by.scope(), entries.iter().map(|one| one.area.as_str()))?;
    let seed = vault.open(&draw.seed_sealed, id).unwrap_or_default();
    if sha256_hex(&seed) != draw.commitment {
        return Err(Error::Conflict("conflict-draw-seed"));
    }
    let lines: Vec<Line> = entries.iter().map(Entry::line).collect();
    let sample = sample(&lines, &plan.sampling())
        .map_err(|refused| Error::Invalid(Problems(vec![refused.problem()])))?;
    if hash(&lines) != draw.roster_hash || sample.strata != draw.strata() {
        return Err(Error::Conflict("conflict-draw-roster"));
    }
    let time = now();
    let frozen = draws::table.find(id).filter(draws::status.eq(Status::Frozen));
    let opened = diesel::update(frozen)
        .set((
            draws::status.eq(Status::Drawn),
            draws::seed.eq(&seed),
            draws::salt.eq(&salt),
            draws::seed_sealed.eq(""),
            draws::revealed_at.eq(time),
            draws::revealed_by.eq(&by.actor().account_id),
            draws::revealed_name.eq(&by.actor().name),
        ))
        .execute(c)?;
    if opened == 0 {
        return Err(Error::Conflict("conflict-done-already"));
    }
    let drawn = draw_from(&lines, &sample, &seed, &salt);
    let entries: Vec<Entry> = entries
        .into_iter()
        .zip(drawn)
        .map(|(entry, drawn)| Entry {
            draw_key: drawn.key,
            rank: drawn.rank,
            chosen: drawn.chosen,
            ..entry
        })
        .collect();
    // By its key each: taking the rows out and putting them in again would look for replacements of each.
    for entry in &entries {
        diesel::update(draw_entries::table.find(&entry.id))
            .set((
                draw_entries::draw_key.eq(entry.draw_key),
                draw_entries::rank.eq(entry.rank),
                draw_entries::chosen.eq(entry.chosen),
            ))
            .execute(c)?;
    }
    let chosen: Vec<&Entry> = entries.iter().filter(|one| one.chosen.is_in()).collect();
    make_visits(c, by, &plan, &chosen)?;
    let details = json!({
        "plan": plan.code(),
        "seed": seed,
        "salt": salt,
        "roster_size": draw.roster_size,
        "sample_size": chosen.len(),
    });
    audit::append(c, by.actor(), "draw.drawn", ("draw", id), details)?;
    find(c, id)
}

/// Makes an inspection for each entry. A company that was merged into another meanwhile is inspected as
/// that one, once.
fn make_visits(
    c: &mut AnyConnection,
    by: &May<right::PlanInspections>,
    plan: &Plan,
    chosen: &[&Entry],
) -> Result<(), Error> {
    let mut made: HashSet<String> = HashSet::new();
    for part in chosen.chunks(READ) {
        let ids = part.iter().map(|one| one.supplier_id.as_str());
        let found: Vec<Supplier> = suppliers::table
            .filter(among(suppliers::id, ids))
            .select(Supplier::as_select())
            .load(c)?;
        let mut found: HashMap<String, Supplier> =
            found.into_iter().map(|one| (one.id.clone(), one)).collect();
        for entry in part {
            let Some(supplier) = found.remove(&entry.supplier_id) else { continue };
            let is_merged = supplier.merged_into.is_some();
            let supplier = match is_merged {
                true => end_of_way(c, &supplier.id)?.ok_or(Error::NotFound)?,
                false => supplier,
            };
            if made.insert(supplier.id.clone()) {
                visits::create(c, by, &supplier, visit(plan, entry))?;
            }
        }
    }
    Ok(())
}

/// The inspection that an entry leads to.
pub(super) fn visit(plan: &Plan, entry: &Entry) -> New {
    New {
        kind: plan.kind,
        reason: String::new(),
        checklist_version_id: plan.checklist_version_id.clone(),
        plan_id: Some(plan.id.clone()),
        entry_id: Some(entry.id.clone()),
        category_id: entry.category_id.clone(),
        site_id: None,
    }
}
