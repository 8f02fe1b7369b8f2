//! Who the company is: names, trade, identifiers.

use serde::Deserialize;
use serde_json::{Value, json};
use validator::Validate;

use super::{Change, input, said};
use crate::access::Scope;
use crate::categories;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::onboarding::registration::apply::Accepted;
use crate::onboarding::registration::layout::{Kind, Part, ask};
use crate::suppliers::held::{self, IdentifierInput};
use crate::suppliers::identifiers::{self, Checked};
use crate::suppliers::{SupplierInput, find, update};

pub const PARTS: &[Part] = &[
    Part::One(ask("legal_name", Kind::Text, 200).required().hinted()),
    Part::One(ask("english_name", Kind::Text, 200).hinted()),
    Part::One(ask("industry", Kind::Text, 100)),
    Part::One(ask("website", Kind::Text, 200).hinted()),
    Part::One(ask("uscc", Kind::Text, 60).hinted()),
    Part::One(ask("lei", Kind::Text, 60).hinted()),
    Part::One(ask("duns", Kind::Text, 60).hinted()),
    Part::One(ask("eu_vat", Kind::Text, 60).hinted()),
    Part::One(ask("evidence", Kind::Text, 500).hinted()),
];

/// The kinds of identifier that are asked for, each a question of its own.
const IDENTIFIERS: &[&str] = &["uscc", "lei", "duns", "eu_vat"];

/// What a company says of itself.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct CompanyInput {
    #[serde(flatten)]
    #[validate(nested)]
    pub company: SupplierInput,
    /// Where an identifier that our check doubts can be seen.
    #[validate(length(max = 500))]
    pub evidence: String,
}

pub(super) fn problems(answers: &Value) -> Problems {
    let Ok(typed) = input::<CompanyInput>(answers) else {
        return Problems::one("legal_name", "unreadable");
    };
    let mut problems = typed.validate().map_err(Problems::from).err().unwrap_or_default();
    problems.0.extend(typed.company.problems().0);
    for kind in IDENTIFIERS {
        let Some(identifier) = identifier(kind, answers) else { continue };
        for mut problem in held::problems(&identifier, kind).0 {
            if is_doubtful(&identifier) {
                problem.code = "identifier_doubtful".into();
            }
            problems.add(problem);
        }
    }
    problems
}

fn identifier(kind: &str, answers: &Value) -> Option<IdentifierInput> {
    let value = said(answers, kind).to_string();
    let mut identifier = IdentifierInput { kind: kind.into(), value, ..Default::default() };
    if is_doubtful(&identifier) {
        identifier.evidence = said(answers, "evidence").into();
    }
    (!identifier.value.is_empty()).then_some(identifier)
}

/// Whether the value has the right form and the wrong check digit.
fn is_doubtful(identifier: &IdentifierInput) -> bool {
    let kind = identifiers::Kind::parse(&identifier.kind);
    kind.is_some_and(|kind| {
        matches!(identifiers::check(kind, &identifier.value), Checked::Doubtful(..))
    })
}

pub(super) fn known(c: &mut AnyConnection, supplier_id: &str) -> Result<Value, Error> {
    let supplier = find(c, &Scope::Everything, supplier_id)?;
    let held = held::of(c, supplier_id)?;
    let mut known = json!({
        "legal_name": supplier.legal_name,
        "english_name": supplier.english_name,
        "industry": supplier.industry,
        "website": supplier.website,
    });
    let mut evidence = "";
    for kind in IDENTIFIERS {
        let first = held.iter().find(|identifier| identifier.kind == *kind);
        known[*kind] = first.map(|identifier| identifier.value.as_str()).unwrap_or_default().into();
        evidence = first
            .map(|found| found.evidence.as_str())
            .filter(|e| !e.is_empty())
            .unwrap_or(evidence);
    }
    known["evidence"] = evidence.into();
    Ok(known)
}

pub(super) fn apply(
    c: &mut AnyConnection,
    by: &Accepted,
    supplier_id: &str,
    change: &Change,
) -> Result<(), Error> {
    let supplier = find(c, &Scope::Everything, supplier_id)?;
    let categories = categories::of_supplier(c, supplier_id)?;
    let new = |name: &str, present: &str| change.single(name).unwrap_or(present).to_string();
    let edited = SupplierInput {
        legal_name: new("legal_name", &supplier.legal_name),
        english_name: new("english_name", &supplier.english_name),
        industry: new("industry", &supplier.industry),
        website: new("website", &supplier.website),
        note: supplier.note.clone(),
        categories: categories.into_iter().map(|category| category.id).collect(),
        revision: supplier.revision.to_string(),
    };
    update(c, by, supplier_id, &edited)?;
    for kind in IDENTIFIERS {
        let Some(value) = change.single(kind) else { continue };
        let (new, old) = (normal(kind, value), normal(kind, said(&change.before, kind)));
        let held = held::of(c, supplier_id)?;
        if held.iter().any(|known| known.kind == *kind && known.value == new) {
            continue;
        }
        if let Some(known) = held.iter().find(|known| known.kind == *kind && known.value == old) {
            held::remove(c, by, supplier_id, &known.id)?;
        }
        if let Some(identifier) = identifier(kind, &change.after) {
            held::add(c, by, supplier_id, &identifier).map_err(|error| at_field(error, kind))?;
        }
    }
    Ok(())
}

/// The value as it is recorded.
fn normal(kind: &str, value: &str) -> String {
    let checked = identifiers::Kind::parse(kind).map(|kind| identifiers::check(kind, value));
    match checked {
        Some(Checked::Valid(value) | Checked::Doubtful(value, _)) => value,
        _ => value.to_string(),
    }
}

/// Problems of an identifier are said at its own question.
fn at_field(error: Error, kind: &str) -> Error {
    let Error::Invalid(problems) = error else { return error };
    let moved = problems.0.into_iter().map(|p| Problem { field: kind.into(), ..p });
    Error::Invalid(Problems(moved.collect()))
}
