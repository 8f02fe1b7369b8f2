//! Links are added, ended and withdrawn, each on the trails of both companies.

use diesel::prelude::*;
use serde_json::{Value, json};

use super::input::{EndInput, LinkInput, MistakeInput, day};
use super::{ControlLink, checks, lookup, share_text};
use crate::access::{Actor, May, Scope, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::control_links;
use crate::suppliers::change::without_nulls;
use crate::suppliers::find;
use crate::values::{forever, new_id, now};

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
