//! A section is saved: as a draft with whatever was typed, or complete once it follows its rules.

use diesel::prelude::*;
use serde_json::{Value, json};

use super::{
    Registration, Section, SectionRow, Verdict, latest, layout, sections as rules, unsaved,
};
use crate::access::{Member, Scope};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problems};
use crate::onboarding::forwards;
use crate::schema::registration_sections;
use crate::suppliers::{self, Stage};
use crate::values::now;
use crate::vault::Vault;

/// What became of a section that was sent.
pub enum Saved {
    /// As a draft, or complete.
    Done,
    /// As a draft: these rules are still broken.
    Incomplete(Problems),
    /// Not at all: a colleague has saved it since the page was opened.
    Elsewhere,
}

/// The registration that a company may write in now.
pub fn open_one(c: &mut AnyConnection, supplier_id: &str) -> Result<Registration, Error> {
    let registration = latest(c, supplier_id)?.ok_or(Error::NotFound)?;
    if !may_write(c, &registration)? {
        return Err(Error::Conflict("conflict-registration-closed"));
    }
    Ok(registration)
}

/// Whether the company may write in a registration: it is the company's turn, and nobody has ended
/// what it is for.
pub fn may_write(c: &mut AnyConnection, registration: &Registration) -> Result<bool, Error> {
    let supplier = suppliers::find(c, &Scope::Everything, &registration.supplier_id)?;
    let is_gone = matches!(supplier.stage, Stage::Withdrawn | Stage::Declined | Stage::Eliminated);
    Ok(registration.status.is_with_supplier() && !is_gone)
}

/// A section of a registration.
pub fn section(
    c: &mut AnyConnection,
    registration_id: &str,
    section: Section,
) -> Result<SectionRow, Error> {
    Ok(registration_sections::table
        .filter(registration_sections::registration_id.eq(registration_id))
        .filter(registration_sections::section.eq(section))
        .select(SectionRow::as_select())
        .first(c)?)
}

/// What a form of a section says, numbers that were left empty as they are kept.
pub fn answers(
    c: &mut AnyConnection,
    vault: &Vault,
    row: &SectionRow,
    values: &[(String, String)],
) -> Result<Value, Error> {
    let typed = layout::read(row.section, values);
    let typed = layout::with_kept(row.section, typed, &row.answers(vault)?);
    match row.section {
        Section::Categories => rules::categories::named(c, &typed),
        _ => Ok(typed),
    }
}

/// Saves a section. `revision` is the one that the page was made from, `finish` asks for it to be
/// complete. Whatever was typed is kept also when it breaks rules, but then it is a draft.
pub fn save(
    c: &mut AnyConnection,
    by: &Member,
    vault: &Vault,
    section: Section,
    values: &[(String, String)],
    revision: &str,
    finish: bool,
) -> Result<Saved, Error> {
    let registration = open_one(c, &by.supplier_id)?;
    let row = self::section(c, &registration.id, section)?;
    let answers = answers(c, vault, &row, values)?;
    let is_same = answers == row.answers(vault)?;
    if !is_same && revision != row.revision.to_string() {
        return Ok(Saved::Elsewhere);
    }
    let problems = if finish { rules::problems(section, &answers) } else { Problems::default() };
    let complete = match finish {
        true => problems.is_empty(),
        // Looking in does not undo what was complete.
        false => row.complete && is_same,
    };
    unsaved::forget(c, &by.actor.account_id, section.as_str())?;
    if !is_same || complete != row.complete || finish && needs_answer(&row) {
        write(c, by, vault, &registration, &row, &answers, complete)?;
    }
    if complete {
        forwards::settle(c, &registration.id, section)?;
    }
    Ok(if problems.is_empty() { Saved::Done } else { Saved::Incomplete(problems) })
}

/// Whether a reviewer has asked for changes that nobody has answered by saving since.
pub fn needs_answer(row: &SectionRow) -> bool {
    row.verdict == Verdict::Changes && row.saved_at <= row.verdict_at
}

fn write(
    c: &mut AnyConnection,
    by: &Member,
    vault: &Vault,
    registration: &Registration,
    row: &SectionRow,
    answers: &Value,
    complete: bool,
) -> Result<(), Error> {
    // What a reviewer has accepted is looked at again once it is another.
    let is_other = *answers != row.answers(vault)?;
    let verdict = match row.verdict {
        Verdict::Accepted if is_other => Verdict::None,
        verdict => verdict,
    };
    let changed = diesel::update(
        registration_sections::table
            .find(&row.id)
            .filter(registration_sections::revision.eq(row.revision)),
    )
    .set((
        registration_sections::answers_sealed.eq(vault.seal(&answers.to_string(), &row.id)?),
        registration_sections::complete.eq(complete),
        registration_sections::revision.eq(row.revision + 1),
        registration_sections::saved_at.eq(now()),
        registration_sections::saved_by.eq(&by.actor.account_id),
        registration_sections::saved_name.eq(&by.actor.name),
        registration_sections::verdict.eq(verdict),
    ))
    .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-edited"));
    }
    let details = json!({
        "registration": registration.id,
        "section": row.section.as_str(),
        "complete": complete,
    });
    let subject = ("supplier", registration.supplier_id.as_str());
    audit::append(c, &by.actor, "registration.section_saved", subject, details)
}
