//! Inspections of the invented register: checklists, rules, plans with their draws, visits in every state,
//! findings in every state, and what follows from them.

mod answers;
mod effects;
mod found;
mod lists;
mod plans;
mod tiers;
mod visits;
mod words;

use diesel::prelude::*;

use super::certification::actor;
use super::random::Random;
use crate::access::{Actor, Role};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::on_both;
use crate::schema::{
    accounts, corrective_actions, finding_steps, findings, inspection_declarations,
    inspection_results, inspections, suppliers,
};
use crate::suppliers::{COUNTED, Stage, Supplier};
use crate::vault::Vault;

/// Rows of one statement.
const STATEMENT: usize = 400;

/// Those of staff who have a part in inspections.
struct Team {
    /// Plans, and promises seeds.
    planner: Actor,
    /// Opens seeds, and decides what follows.
    approver: Actor,
    /// Verifies what companies answer.
    verifier: Actor,
    inspectors: [Actor; 3],
}

impl Team {
    fn of(c: &mut AnyConnection) -> Result<Team, Error> {
        let inspectors = [
            actor(c, Role::Inspector)?,
            actor(c, Role::EsgAnalyst)?,
            actor(c, Role::EthicsOfficer)?,
        ];
        Ok(Team {
            planner: actor(c, Role::ProcurementOfficer)?,
            approver: actor(c, Role::Approver)?,
            verifier: actor(c, Role::LegalOfficer)?,
            inspectors,
        })
    }
}

/// Rows that wait to be written together.
#[derive(Default)]
struct Rows {
    inspections: Vec<crate::inspections::Inspection>,
    declarations: Vec<crate::inspections::visits::Declaration>,
    results: Vec<crate::inspections::visits::ItemResult>,
    findings: Vec<crate::inspections::findings::Finding>,
    steps: Vec<crate::inspections::findings::Step>,
    actions: Vec<crate::inspections::findings::CorrectiveAction>,
}

/// Writes rows of a table, some hundreds at once.
macro_rules! write_rows {
    ($c:expr, $table:ident, $rows:expr) => {
        for part in $rows.chunks(STATEMENT) {
            on_both!(&mut *$c, c => diesel::insert_into($table::table).values(part).execute(c))?;
        }
    };
}

impl Rows {
    fn write(&self, c: &mut AnyConnection) -> Result<(), Error> {
        write_rows!(c, inspections, self.inspections);
        write_rows!(c, inspection_declarations, self.declarations);
        write_rows!(c, inspection_results, self.results);
        write_rows!(c, findings, self.findings);
        write_rows!(c, finding_steps, self.steps);
        write_rows!(c, corrective_actions, self.actions);
        Ok(())
    }
}

/// Plans, draws, inspects and answers. Draws from its own seed, so that the companies stay as they are.
/// `first` is the company whose owner signs in.
pub fn fill(c: &mut AnyConnection, vault: &Vault, seed: u64, first: &str) -> Result<(), Error> {
    let mut random = Random::of_seed(seed ^ 0x1259);
    let team = Team::of(c)?;
    let conduct = lists::fill(c, &team)?;
    lists::publish_rules(c, &team)?;
    let companies: Vec<Supplier> = suppliers::table
        .filter(suppliers::stage.eq_any(COUNTED.iter().map(|one: &Stage| one.as_str())))
        .filter(suppliers::merged_into.is_null())
        .order(suppliers::number)
        .select(Supplier::as_select())
        .load(c)?;
    tiers::fill(c, &team, &companies, first)?;
    let owner: (String, String) = accounts::table
        .filter(accounts::supplier_id.eq(first))
        .filter(accounts::role.eq(Role::SupplierOwner))
        .order(accounts::id)
        .select((accounts::id, accounts::name))
        .first(c)?;
    let last_year = plans::closed(c, &team, &conduct[0])?;
    let mut making = visits::Making::new(&team, &conduct[0], &companies, (first, owner));
    making.of_last_year(&mut random, &last_year);
    let running = plans::running(c, &team, &conduct[0])?;
    making.of_this_year(&mut random, &running);
    making.of_the_first(&mut random);
    plans::promised(c, vault, &team, &conduct[1])?;
    plans::draft(c, &team, &conduct[1])?;
    making.rows.write(c)?;
    making.tell(c)?;
    effects::fill(c, &team, &making.rows)
}
