//! A company enters the register.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::held::{self, IdentifierInput};
use super::place::PlaceInput;
use super::{Stage, Supplier, SupplierInput, duplicates, names, sites};
use crate::access::{May, right};
use crate::audit;
use crate::categories;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::{supplier_versions, suppliers};
use crate::values::{forever, new_id, now};

/// The form of a new supplier: the company, its registered site, its identifiers.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct NewSupplier {
    #[serde(flatten)]
    #[validate(nested)]
    pub company: SupplierInput,
    #[serde(flatten)]
    #[validate(nested)]
    pub place: PlaceInput,
    pub stage: String,
    #[validate(length(max = 60))]
    pub uscc: String,
    #[validate(length(max = 60))]
    pub lei: String,
    #[validate(length(max = 60))]
    pub duns: String,
    #[validate(length(max = 60))]
    pub eu_vat: String,
}

/// Enters a company: its record, history, registered site and identifiers, and the audit record.
/// It begins as a candidate: who enters a company does not introduce it.
pub fn create(
    c: &mut AnyConnection,
    by: &May<right::EditSuppliers>,
    input: &NewSupplier,
) -> Result<Supplier, Error> {
    if !matches!(input.stage.as_str(), "" | "candidate") {
        let mut problems = match check(input) {
            Err(Error::Invalid(problems)) => problems,
            _ => Problems::default(),
        };
        problems.0.retain(|problem| problem.field != "stage");
        problems.add(Problem::new("stage", "stage_entered"));
        return Err(problems.into());
    }
    create_since(c, by, input, now())
}

/// [`create`], with the history beginning at `since`, also of a company introduced long ago: for a
/// register that is older than itself.
pub fn create_since(
    c: &mut AnyConnection,
    by: &May<right::EditSuppliers>,
    input: &NewSupplier,
    since: NaiveDateTime,
) -> Result<Supplier, Error> {
    let stage = check(input)?;
    let located = input.place.locate(&input.company.legal_name);
    if !by.scope().allows(&located.area) {
        return Err(Error::Forbidden("refused-outside-scope"));
    }
    let time = now();
    let supplier = Supplier {
        id: new_id(),
        number: next_number(c)?,
        legal_name: input.company.legal_name.trim().into(),
        english_name: input.company.english_name.trim().into(),
        name_key: names::name_key(&input.company.legal_name),
        sort_key: names::sort_key(display_name(&input.company)),
        search_text: String::new(),
        stage,
        area: located.area.clone(),
        city: located.city.clone(),
        registered_site_id: new_id(),
        industry: input.company.industry.trim().into(),
        website: input.company.website.trim().into(),
        note: input.company.note.trim().into(),
        import_id: None,
        revision: 1,
        created_at: time,
        updated_at: time,
        merged_into: None,
    };
    let identifiers = identifiers_of(input);
    let supplier = Supplier { search_text: search_text(&supplier, &identifiers), ..supplier };
    diesel::insert_into(suppliers::table).values(&supplier).execute(c)?;
    insert_version(c, &supplier, since)?;
    sites::insert_registered(c, &supplier, &input.place.address, &located, since)?;
    for identifier in &identifiers {
        held::insert(c, by, &supplier.id, identifier)?;
    }
    categories::assign(c, &supplier.id, &input.company.categories)?;
    duplicates::compare(c, &supplier.id)?;
    audit::append(
        c,
        by.actor(),
        "supplier.created",
        ("supplier", &supplier.id),
        json!({
            "number": supplier.number,
            "legal_name": supplier.legal_name,
            "english_name": supplier.english_name,
            "stage": supplier.stage.as_str(),
            "area": supplier.area,
            "address": input.place.address,
            "identifiers": identifiers.iter().map(|i| format!("{} {}", i.kind, i.value)).collect::<Vec<_>>(),
        }),
    )?;
    Ok(supplier)
}

fn check(input: &NewSupplier) -> Result<Stage, Error> {
    let mut problems = input.company.problems();
    problems.0.extend(input.place.problems().0);
    let stage = match input.stage.as_str() {
        "" => Some(Stage::Candidate),
        text => Stage::parse(text).filter(|s| matches!(s, Stage::Candidate | Stage::Active)),
    };
    if stage.is_none() {
        problems.add(Problem::new("stage", "unknown_choice"));
    }
    for identifier in identifiers_of(input) {
        problems.0.extend(held::problems(&identifier, &identifier.kind).0);
    }
    problems.into_result()?;
    Ok(stage.unwrap_or(Stage::Candidate))
}

fn identifiers_of(input: &NewSupplier) -> Vec<IdentifierInput> {
    [("uscc", &input.uscc), ("lei", &input.lei), ("duns", &input.duns), ("eu_vat", &input.eu_vat)]
        .into_iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(kind, value)| IdentifierInput {
            kind: kind.into(),
            value: value.trim().into(),
            evidence: String::new(),
        })
        .collect()
}

/// Sorted by the English name where there is one: the two scripts share one alphabet then.
pub(super) fn display_name(company: &SupplierInput) -> &str {
    let english = company.english_name.trim();
    if english.is_empty() { company.legal_name.trim() } else { english }
}

fn search_text(supplier: &Supplier, identifiers: &[IdentifierInput]) -> String {
    let codes: Vec<&str> = identifiers.iter().map(|i| i.value.as_str()).collect();
    search_text_of(supplier.number, &supplier.legal_name, &supplier.english_name, &codes)
}

/// Everything that a search should find a company by.
pub fn search_text_of(number: i64, legal_name: &str, english_name: &str, codes: &[&str]) -> String {
    let mut text = names::fold(legal_name);
    for other in std::iter::once(&english_name).chain(codes) {
        if !other.is_empty() {
            text.push_str(&names::fold(other));
        }
    }
    text.push_str(&names::fold(&super::code_of(number).replace('-', "")));
    text
}

/// The next supplier number. Writers take turns, so no two get the same.
pub fn next_number(c: &mut AnyConnection) -> Result<i64, Error> {
    let last: Option<i64> = suppliers::table
        .select(suppliers::number)
        .order(suppliers::number.desc())
        .first(c)
        .optional()?;
    Ok(last.unwrap_or(0) + 1)
}

/// Begins a period in the history of name, stage and region.
pub(super) fn insert_version(
    c: &mut AnyConnection,
    supplier: &Supplier,
    from: NaiveDateTime,
) -> Result<(), Error> {
    diesel::insert_into(supplier_versions::table)
        .values((
            supplier_versions::supplier_id.eq(&supplier.id),
            supplier_versions::valid_from.eq(from),
            supplier_versions::valid_to.eq(forever()),
            supplier_versions::legal_name.eq(&supplier.legal_name),
            supplier_versions::stage.eq(supplier.stage),
            supplier_versions::area.eq(&supplier.area),
        ))
        .execute(c)?;
    Ok(())
}
