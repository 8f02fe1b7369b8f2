//! Links are added, ended and withdrawn, each on the trails of both companies.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use validator::Validate;

use super::{ControlKind, ControlLink, checks, lookup, share_text};
use crate::access::{Actor, May, Scope, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::control_links;
use crate::suppliers::change::without_nulls;
use crate::suppliers::find;
use crate::values::{calendar_day, forever, new_id, now};

/// A link as it is written down on the page of one of its companies.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct LinkInput {
    /// The other company: its number, id or an identifier.
    #[validate(length(max = 100))]
    pub company: String,
    /// `controls` when the company of the page is the parent, `controlled_by` when the other is.
    pub direction: String,
    /// See [`ControlKind`].
    pub control: String,
    /// In percent, two decimals at most, with or without the sign.
    #[validate(length(max = 20))]
    pub share: String,
    pub valid_from: String,
    /// The first day on which the link is no more; "" while no end is known.
    pub valid_to: String,
    #[validate(length(max = 500))]
    pub evidence: String,
}

/// The end of a link.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct EndInput {
    /// The first day on which the link is no more.
    pub ended_on: String,
    #[validate(length(max = 500))]
    pub reason: String,
}

/// Why a link should never have been recorded.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct MistakeInput {
    #[validate(length(max = 500))]
    pub mistake: String,
}

/// What an input says about the link itself, whoever its companies are.
struct Terms {
    is_parent: bool,
    kind: ControlKind,
    share: Option<i64>,
    from: NaiveDate,
    to: NaiveDate,
}

impl LinkInput {
    fn terms(&self) -> Result<Terms, Problems> {
        let mut problems = Problems::default();
        let kind = ControlKind::parse(&self.control);
        if kind.is_none() {
            problems.add(Problem::new("control", "unknown_choice"));
        }
        if !matches!(self.direction.as_str(), "controls" | "controlled_by") {
            problems.add(Problem::new("direction", "unknown_choice"));
        }
        if self.company.trim().is_empty() {
            problems.add(Problem::new("company", "missing"));
        }
        if self.evidence.trim().is_empty() {
            problems.add(Problem::new("evidence", "missing"));
        }
        let share = parse_share(&self.share);
        if let Some(code) = kind.and_then(|kind| share_problem(kind, share)) {
            problems.add(Problem::new("share", code));
        }
        let from = day(&mut problems, "valid_from", &self.valid_from);
        let to = match self.valid_to.trim() {
            "" => Some(forever().date()),
            text => day(&mut problems, "valid_to", text),
        };
        if let (Some(from), Some(to)) = (from, to)
            && to <= from
        {
            problems.add(Problem::new("valid_to", "group_dates"));
        }
        match (kind, share, from, to) {
            (Some(kind), Ok(share), Some(from), Some(to)) if problems.is_empty() => {
                Ok(Terms { is_parent: self.direction == "controls", kind, share, from, to })
            }
            _ => Err(problems),
        }
    }
}

fn day(problems: &mut Problems, field: &str, text: &str) -> Option<NaiveDate> {
    let found = calendar_day(text.trim());
    if found.is_none() {
        let code = if text.trim().is_empty() { "missing" } else { "report_date" };
        problems.add(Problem::new(field, code));
    }
    found
}

/// Hundredths of a percent from "51", "51.25" or "51.25 %"; nothing from an empty text.
fn parse_share(text: &str) -> Result<Option<i64>, ()> {
    let text = text.trim().trim_end_matches(['%', '％']).trim_end();
    if text.is_empty() {
        return Ok(None);
    }
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str, most| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    if !digits(whole, 3) || !digits(decimals, 2) {
        return Err(());
    }
    let hundredths = format!("{decimals:0<2}").parse::<i64>().map_err(|_| ())?;
    let share = whole.parse::<i64>().map_err(|_| ())? * 100 + hundredths;
    if (1..=10_000).contains(&share) { Ok(Some(share)) } else { Err(()) }
}

fn share_problem(kind: ControlKind, share: Result<Option<i64>, ()>) -> Option<&'static str> {
    match (kind, share) {
        (_, Err(())) => Some("group_share"),
        (ControlKind::Majority | ControlKind::Minority, Ok(None)) => Some("missing"),
        (ControlKind::Majority, Ok(Some(..=5000))) => Some("group_majority"),
        (ControlKind::Minority, Ok(Some(5001..))) => Some("group_minority"),
        _ => None,
    }
}

/// Records a link between the company of an id and another one, both within the scope.
///
/// Refused, at the field that says it: a company with itself; another that is not there, or not
/// within the scope; two links of the same two companies at one time; shares of more than 100 %
/// on any day; control that comes back to where it begins on any day.
pub fn add(
    c: &mut AnyConnection,
    by: &May<right::EditGroups>,
    supplier_id: &str,
    input: &LinkInput,
) -> Result<ControlLink, Error> {
    let supplier = find(c, by.scope(), supplier_id)?;
    let terms = input.terms()?;
    let Some(other) = lookup::company_of(c, by.scope(), &input.company)? else {
        return Err(Problems::one("company", "group_company").into());
    };
    if other.id == supplier.id {
        return Err(Problems::one("company", "group_self").into());
    }
    let (parent, child) = if terms.is_parent { (supplier, other) } else { (other, supplier) };
    let link = ControlLink {
        id: new_id(),
        parent_id: parent.id,
        child_id: child.id,
        kind: terms.kind,
        share: terms.share,
        evidence: input.evidence.trim().into(),
        valid_from: terms.from,
        valid_to: terms.to,
        recorded_by: by.actor().account_id.clone(),
        created_at: now(),
        withdrawn_at: None,
    };
    checks::problems(c, &link)?.into_result()?;
    diesel::insert_into(control_links::table).values(&link).execute(c)?;
    let details = json!({
        "control": link.kind.as_str(),
        "share": link.share.map(share_text),
        "valid_from": link.valid_from,
        "valid_to": (!link.is_open()).then_some(link.valid_to),
        "evidence": link.evidence,
    });
    record(c, by.actor(), "group.link_added", &link, without_nulls(details))?;
    Ok(link)
}

/// Ends a link that has no end yet, on a day after its first one.
pub fn end(
    c: &mut AnyConnection,
    by: &May<right::EditGroups>,
    supplier_id: &str,
    id: &str,
    input: &EndInput,
) -> Result<ControlLink, Error> {
    let link = find_link(c, by.scope(), supplier_id, id)?;
    let mut problems = Problems::default();
    let ended_on = day(&mut problems, "ended_on", &input.ended_on);
    if ended_on.is_some_and(|day| day <= link.valid_from) {
        problems.add(Problem::new("ended_on", "group_dates"));
    }
    if input.reason.trim().is_empty() {
        problems.add(Problem::new("reason", "missing"));
    }
    let Some(ended_on) = ended_on.filter(|_| problems.is_empty()) else {
        return Err(problems.into());
    };
    let open = control_links::table
        .find(id)
        .filter(control_links::valid_to.eq(forever().date()))
        .filter(control_links::withdrawn_at.is_null());
    let ended = diesel::update(open).set(control_links::valid_to.eq(ended_on)).execute(c)?;
    if ended == 0 {
        return Err(Error::Conflict("conflict-done-already"));
    }
    let details = json!({ "valid_to": ended_on, "reason": input.reason.trim() });
    record(c, by.actor(), "group.link_ended", &link, details)?;
    Ok(ControlLink { valid_to: ended_on, ..link })
}

/// Withdraws a link that was entered by mistake: from now on it holds on no day.
pub fn withdraw(
    c: &mut AnyConnection,
    by: &May<right::EditGroups>,
    supplier_id: &str,
    id: &str,
    input: &MistakeInput,
) -> Result<ControlLink, Error> {
    let link = find_link(c, by.scope(), supplier_id, id)?;
    if input.mistake.trim().is_empty() {
        return Err(Problems::one("mistake", "missing").into());
    }
    let time = now();
    let standing = control_links::table.find(id).filter(control_links::withdrawn_at.is_null());
    let withdrawn =
        diesel::update(standing).set(control_links::withdrawn_at.eq(time)).execute(c)?;
    if withdrawn == 0 {
        return Err(Error::Conflict("conflict-done-already"));
    }
    let details = json!({ "reason": input.mistake.trim() });
    record(c, by.actor(), "group.link_withdrawn", &link, details)?;
    Ok(ControlLink { withdrawn_at: Some(time), ..link })
}

/// A link of a company. Not found unless both of its companies are within the scope.
pub fn find_link(
    c: &mut AnyConnection,
    scope: &Scope,
    supplier_id: &str,
    id: &str,
) -> Result<ControlLink, Error> {
    let link: ControlLink =
        control_links::table.find(id).select(ControlLink::as_select()).first(c)?;
    if link.parent_id != supplier_id && link.child_id != supplier_id {
        return Err(Error::NotFound);
    }
    find(c, scope, &link.parent_id)?;
    find(c, scope, &link.child_id)?;
    Ok(link)
}

/// On the trail of each company, by the other's id: a reader who may not see that one learns no
/// more than that there is a link.
fn record(
    c: &mut AnyConnection,
    actor: &Actor,
    action: &str,
    link: &ControlLink,
    details: Value,
) -> Result<(), Error> {
    for (subject, role, other) in
        [(&link.child_id, "parent", &link.parent_id), (&link.parent_id, "child", &link.child_id)]
    {
        let mut details = details.clone();
        details["link"] = json!(link.id);
        details[role] = json!(other);
        audit::append(c, actor, action, ("supplier", subject), details)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::parse_share;

    #[test]
    fn a_share_has_two_decimals_at_most_and_is_between_nothing_and_everything() {
        for (text, share) in [
            ("51", 5100),
            (" 51.25 ", 5125),
            ("51.5%", 5150),
            ("100 %", 10_000),
            ("100.00", 10_000),
            ("0.01", 1),
            ("33.3％", 3330),
        ] {
            assert_eq!(parse_share(text), Ok(Some(share)), "{text}");
        }
        for text in ["0", "0.00", "100.01", "101", "-1", "51,25", "51.255", "5e1", "1.", ".5", "x"]
        {
            assert_eq!(parse_share(text), Err(()), "{text}");
        }
        assert_eq!(parse_share(" "), Ok(None));
    }
}
