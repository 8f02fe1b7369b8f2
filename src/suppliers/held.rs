//! The identifiers that a company holds: recorded, checked, confirmed, removed.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::identifiers::{self as rules, Checked, Kind};
use super::{code_of, duplicates, find, refresh_search};
use crate::access::{Actor, May, MayWrite, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::{identifiers, suppliers};
use crate::values::{new_id, now};

/// An identifier of a company. One whose check digit fails carries evidence, and waits for a
/// second person.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = identifiers)]
pub struct Identifier {
    pub id: String,
    pub supplier_id: String,
    pub kind: String,
    pub value: String,
    pub evidence: String,
    pub recorded_by: String,
    pub created_at: NaiveDateTime,
    pub confirmed_by: Option<String>,
    pub confirmed_at: Option<NaiveDateTime>,
    pub removed_at: Option<NaiveDateTime>,
}

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct IdentifierInput {
    pub kind: String,
    #[validate(length(min = 1, max = 60))]
    pub value: String,
    /// Where the licence copy is, or what it says: needed when the check digit fails.
    #[validate(length(max = 500))]
    pub evidence: String,
}

impl Identifier {
    /// True when the kind has a check of its own and the value passed it.
    pub fn has_own_check(&self) -> bool {
        self.evidence.is_empty() && matches!(self.kind.as_str(), "uscc" | "lei")
    }
}

/// The text key of a kind of identifier.
pub fn label_key(kind: &str) -> &'static str {
    Kind::parse(kind).unwrap_or(Kind::Other).label_key()
}

/// What is wrong with an identifier, said at the form field `field`.
pub fn problems(input: &IdentifierInput, field: &str) -> Problems {
    let Some(kind) = Kind::parse(&input.kind) else {
        return Problems::one("kind", "unknown_choice");
    };
    match rules::check(kind, &input.value) {
        Checked::Valid(_) => Problems::default(),
        Checked::Doubtful(_, _) if !input.evidence.trim().is_empty() => Problems::default(),
        Checked::Doubtful(_, doubt) => {
            Problems(vec![Problem::new(field, &format!("identifier_{}", doubt.code()))])
        }
        Checked::Refused(fault) => {
            let code = format!("identifier_{}", fault.code());
            let problem = Problem::new(field, &code);
            Problems(vec![fault.args().into_iter().fold(problem, |p, (n, v)| p.with(n, v))])
        }
    }
}

/// Records an identifier. The caller has checked it with [`problems`].
pub(super) fn insert(
    c: &mut AnyConnection,
    by: &impl MayWrite,
    supplier_id: &str,
    input: &IdentifierInput,
) -> Result<Identifier, Error> {
    let kind = Kind::parse(&input.kind).ok_or_else(|| Problems::one("kind", "unknown_choice"))?;
    let (value, doubtful) = match rules::check(kind, &input.value) {
        Checked::Valid(value) => (value, false),
        Checked::Doubtful(value, _) => (value, true),
        Checked::Refused(_) => return Err(problems(input, "value").into()),
    };
    if let Some(holder) = holder(c, kind, &value)? {
        return Err(taken(by.actor(), kind, input, &holder));
    }
    let time = now();
    let identifier = Identifier {
        id: new_id(),
        supplier_id: supplier_id.into(),
        kind: kind.as_str().into(),
        value,
        evidence: input.evidence.trim().into(),
        recorded_by: by.recorded_by().into(),
        created_at: time,
        confirmed_by: (!doubtful).then(|| "check digit".to_string()),
        confirmed_at: (!doubtful).then_some(time),
        removed_at: None,
    };
    diesel::insert_into(identifiers::table).values(&identifier).execute(c)?;
    Ok(identifier)
}

/// Id, number, name and area of the company that holds an identifier.
type Holder = (String, i64, String, String);

/// Writers take turns: what is free here is free when it is written.
fn holder(c: &mut AnyConnection, kind: Kind, value: &str) -> Result<Option<Holder>, Error> {
    Ok(identifiers::table
        .inner_join(suppliers::table.on(suppliers::id.eq(identifiers::supplier_id)))
        .filter(identifiers::kind.eq(kind.as_str()))
        .filter(identifiers::value.eq(value))
        .filter(identifiers::removed_at.is_null())
        .select((suppliers::id, suppliers::number, suppliers::legal_name, suppliers::area))
        .first(c)
        .optional()?)
}

/// The problem of an identifier that is taken; whoever may see its company is told which it is.
fn taken(actor: &Actor, kind: Kind, input: &IdentifierInput, holder: &Holder) -> Error {
    let field = if input.evidence.is_empty() { kind.as_str() } else { "value" };
    let (id, number, name, area) = holder;
    let mut problem = Problem::new(field, "identifier_taken");
    if actor.scope.allows(area) {
        problem = problem.with("id", id).with("company", format!("{} {name}", code_of(*number)));
    }
    Problems(vec![problem]).into()
}

/// Adds an identifier to a company.
pub fn add(
    c: &mut AnyConnection,
    by: &impl MayWrite,
    supplier_id: &str,
    input: &IdentifierInput,
) -> Result<Identifier, Error> {
    find(c, by.scope(), supplier_id)?;
    problems(input, "value").into_result()?;
    let identifier = insert(c, by, supplier_id, input)?;
    refresh_search(c, supplier_id)?;
    duplicates::compare(c, supplier_id)?;
    audit::append(
        c,
        by.actor(),
        "identifier.added",
        ("supplier", supplier_id),
        json!({ "kind": identifier.kind, "value": identifier.value, "evidence": identifier.evidence }),
    )?;
    Ok(identifier)
}

/// Confirms a doubtful identifier: somebody other than who recorded it.
pub fn confirm(
    c: &mut AnyConnection,
    by: &May<right::ConfirmIdentifiers>,
    supplier_id: &str,
    id: &str,
) -> Result<(), Error> {
    find(c, by.scope(), supplier_id)?;
    let identifier = of_supplier(c, supplier_id, id)?;
    if identifier.recorded_by == by.actor().account_id {
        return Err(Error::Forbidden("refused-second-person"));
    }
    let changed =
        diesel::update(identifiers::table.find(id).filter(identifiers::confirmed_at.is_null()))
            .set((
                identifiers::confirmed_at.eq(now()),
                identifiers::confirmed_by.eq(&by.actor().account_id),
            ))
            .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-done-already"));
    }
    duplicates::compare(c, supplier_id)?;
    let details = json!({ "kind": identifier.kind, "value": identifier.value });
    audit::append(c, by.actor(), "identifier.confirmed", ("supplier", supplier_id), details)
}

/// Takes an identifier off a company. The record stays, and the value is free again.
pub fn remove(
    c: &mut AnyConnection,
    by: &impl MayWrite,
    supplier_id: &str,
    id: &str,
) -> Result<(), Error> {
    find(c, by.scope(), supplier_id)?;
    let identifier = of_supplier(c, supplier_id, id)?;
    diesel::update(identifiers::table.find(id))
        .set(identifiers::removed_at.eq(now()))
        .execute(c)?;
    refresh_search(c, supplier_id)?;
    duplicates::compare(c, supplier_id)?;
    let details = json!({ "kind": identifier.kind, "value": identifier.value });
    audit::append(c, by.actor(), "identifier.removed", ("supplier", supplier_id), details)
}

fn of_supplier(c: &mut AnyConnection, supplier_id: &str, id: &str) -> Result<Identifier, Error> {
    Ok(identifiers::table
        .find(id)
        .filter(identifiers::supplier_id.eq(supplier_id))
        .filter(identifiers::removed_at.is_null())
        .select(Identifier::as_select())
        .first(c)?)
}

/// The identifiers that a company holds now.
pub fn of(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Identifier>, Error> {
    Ok(identifiers::table
        .filter(identifiers::supplier_id.eq(supplier_id))
        .filter(identifiers::removed_at.is_null())
        .order(identifiers::created_at)
        .select(Identifier::as_select())
        .load(c)?)
}
