//! The standards of a draft are added, changed and taken out.

use diesel::prelude::*;
use serde_json::json;

use super::draft::{LINE_ADDED, LINE_EDITED, LINE_REMOVED, SUBJECT, next_revision, open_draft};
use super::{LineInput, Standard, find_line, standards_of};
use crate::access::{May, right};
use crate::audit::{self, change};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::punishment_standards;
use crate::values::new_id;

/// Standards in a version, at most.
const MOST_LINES: usize = 200;

/// Adds a standard to a draft: among those of its violation, the lightest first, else at the end.
pub fn add_line(
    c: &mut AnyConnection,
    by: &May<right::EditPunishmentStandards>,
    version_id: &str,
    input: &LineInput,
) -> Result<Standard, Error> {
    let version = open_draft(c, version_id)?;
    let lines = standards_of(c, version_id)?;
    let written = read(&lines, "", input)?;
    if lines.len() >= MOST_LINES {
        let problem = Problem::new("violation", "punishment_lines").with("max", MOST_LINES);
        return Err(Problems(vec![problem]).into());
    }
    next_revision(c, &version, "revision", &input.revision)?;
    let position = make_room(c, version_id, &lines, &written)?;
    let line = Standard { id: new_id(), version_id: version_id.into(), position, ..written };
    diesel::insert_into(punishment_standards::table).values(&line).execute(c)?;
    name_alike(c, &line)?;
    let details = json!({ "version": version.version, "punishment_standard": described(&line) });
    audit::append(c, by.actor(), LINE_ADDED, (SUBJECT, version_id), details)?;
    Ok(line)
}

/// Changes a standard of a draft. What its violation is called changes in all its standards.
pub fn edit_line(
    c: &mut AnyConnection,
    by: &May<right::EditPunishmentStandards>,
    (version_id, id): (&str, &str),
    input: &LineInput,
) -> Result<Standard, Error> {
    let before = find_line(c, version_id, id)?;
    let version = open_draft(c, version_id)?;
    let mut others = standards_of(c, version_id)?;
    let written = read(&others, id, input)?;
    next_revision(c, &version, "revision", &input.revision)?;
    let stays = (&before.violation, before.severity) == (&written.violation, written.severity);
    let position = match stays {
        true => before.position,
        false => {
            others.retain(|one| one.id != id);
            make_room(c, version_id, &others, &written)?
        }
    };
    diesel::update(punishment_standards::table.find(id))
        .set((
            punishment_standards::position.eq(position),
            punishment_standards::violation.eq(&written.violation),
            punishment_standards::severity.eq(written.severity),
            punishment_standards::measure.eq(written.measure),
            punishment_standards::measure_note_en.eq(&written.measure_note_en),
            punishment_standards::measure_note_zh.eq(&written.measure_note_zh),
            punishment_standards::term_from.eq(written.term_from),
            punishment_standards::term_to.eq(written.term_to),
            punishment_standards::reach.eq(written.reach),
            punishment_standards::orders.eq(written.orders),
            punishment_standards::bars_data.eq(written.bars_data),
            punishment_standards::body.eq(written.body),
            punishment_standards::notice_days.eq(written.notice_days),
            punishment_standards::reply_days.eq(written.reply_days),
            punishment_standards::appeal_days.eq(written.appeal_days),
            punishment_standards::interim_days.eq(written.interim_days),
            punishment_standards::release.eq(written.release),
            punishment_standards::recertifies.eq(written.recertifies),
            punishment_standards::points.eq(written.points),
        ))
        .execute(c)?;
    name_alike(c, &Standard { version_id: version_id.into(), ..written })?;
    let after = find_line(c, version_id, id)?;
    let details = json!({
        "version": version.version,
        "punishment_standard": change(&described(&before), &described(&after)),
        "name_en": change(&before.name_en, &after.name_en),
        "name_zh": change(&before.name_zh, &after.name_zh),
    });
    audit::append(c, by.actor(), LINE_EDITED, (SUBJECT, version_id), details)?;
    Ok(after)
}

/// Takes a standard out of a draft.
pub fn remove_line(
    c: &mut AnyConnection,
    by: &May<right::EditPunishmentStandards>,
    (version_id, id): (&str, &str),
    revision: &str,
) -> Result<(), Error> {
    let line = find_line(c, version_id, id)?;
    let version = open_draft(c, version_id)?;
    next_revision(c, &version, "", revision)?;
    diesel::delete(punishment_standards::table.find(id)).execute(c)?;
    let details = json!({ "version": version.version, "punishment_standard": described(&line) });
    audit::append(c, by.actor(), LINE_REMOVED, (SUBJECT, version_id), details)
}

/// Reads a standard. A violation of a severity has one only.
fn read(lines: &[Standard], own_id: &str, input: &LineInput) -> Result<Standard, Problems> {
    let written = input.read()?;
    let key = (&written.violation, written.severity);
    let is_same = |one: &Standard| (&one.violation, one.severity) == key && one.id != own_id;
    match lines.iter().any(is_same) {
        true => Err(Problems::one("severity", "violation_taken")),
        false => Ok(written),
    }
}

/// Finds the place of a standard among others, and moves those behind it.
fn make_room(
    c: &mut AnyConnection,
    version_id: &str,
    others: &[Standard],
    line: &Standard,
) -> Result<i64, Error> {
    let own = move || others.iter().filter(move |one| one.violation == line.violation);
    let lighter = own().filter(|one| one.severity < line.severity).map(|one| one.position).max();
    let first = own().map(|one| one.position).min();
    let last = others.iter().map(|one| one.position).max().unwrap_or(0);
    let place = match (lighter, first) {
        (Some(lighter), _) => lighter + 1,
        (None, Some(first)) => first,
        (None, None) => last + 1,
    };
    let behind = punishment_standards::table
        .filter(punishment_standards::version_id.eq(version_id))
        .filter(punishment_standards::position.ge(place));
    diesel::update(behind)
        .set(punishment_standards::position.eq(punishment_standards::position + 1))
        .execute(c)?;
    Ok(place)
}

/// Calls a violation the same in all its standards of a version.
fn name_alike(c: &mut AnyConnection, line: &Standard) -> Result<(), Error> {
    let own = punishment_standards::table
        .filter(punishment_standards::version_id.eq(&line.version_id))
        .filter(punishment_standards::violation.eq(&line.violation));
    diesel::update(own)
        .set((
            punishment_standards::name_en.eq(&line.name_en),
            punishment_standards::name_zh.eq(&line.name_zh),
        ))
        .execute(c)?;
    Ok(())
}

/// A standard in one text, for the audit trail.
pub(super) fn described(line: &Standard) -> String {
    let mut measure = line.measure.as_str().to_string();
    if !line.measure_note_en.is_empty() {
        measure = format!("{measure} ({}; {})", line.measure_note_en, line.measure_note_zh);
    }
    let months = match line.term_to {
        Some(to) => format!("{} to {to} months", line.term_from),
        None => format!("{} months or without an end", line.term_from),
    };
    let mut parts = vec![
        measure,
        months,
        line.reach.as_str().to_string(),
        line.orders.as_str().to_string(),
        line.body.as_str().to_string(),
        format!(
            "notice {}, reply {}, appeal {}, interim {} days",
            line.notice_days, line.reply_days, line.appeal_days, line.interim_days
        ),
        line.release.as_str().to_string(),
        format!("{} points", line.points),
    ];
    for (is_so, word) in [(line.bars_data, "no data"), (line.recertifies, "certified anew")] {
        if is_so {
            parts.push(word.to_string());
        }
    }
    format!("{} {}: {}", line.violation, line.severity.as_str(), parts.join(", "))
}
