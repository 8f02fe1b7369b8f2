//! What the company offers.

use serde_json::{Value, json};

use super::Change;
use crate::access::Scope;
use crate::categories::{self, Category};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::onboarding::registration::apply::Accepted;
use crate::onboarding::registration::layout::{Group, Kind, Part, ROW, ask, rows, text};
use crate::suppliers::{SupplierInput, find, update};

pub const PARTS: &[Part] = &[Part::Tree(Group {
    name: "categories",
    is_expected: true,
    fields: &[ask("name", Kind::Text, 300)],
})];

pub(super) fn problems(answers: &Value) -> Problems {
    let mut problems = Problems::default();
    if rows(answers, "categories").next().is_none() {
        problems.add(Problem::new("categories", "category_needed"));
    }
    problems
}

/// The chosen categories with their names. What is no open category is left out.
pub fn named(c: &mut AnyConnection, answers: &Value) -> Result<Value, Error> {
    let all = categories::all(c)?;
    let chosen: Vec<&str> = rows(answers, "categories").map(|row| text(row, ROW)).collect();
    let kept = all.iter().filter(|category| chosen.contains(&category.id.as_str()));
    Ok(json!({ "categories": kept.map(row).collect::<Vec<_>>() }))
}

fn row(category: &Category) -> Value {
    let name = match (&category.name_en, &category.name_zh) {
        (english, chinese) if english == chinese => english.clone(),
        (english, chinese) => format!("{english} / {chinese}"),
    };
    json!({ ROW: category.id, "name": name })
}

pub(super) fn known(c: &mut AnyConnection, supplier_id: &str) -> Result<Value, Error> {
    let offered = categories::of_supplier(c, supplier_id)?;
    let open = offered.iter().filter(|category| category.closed_at.is_none());
    Ok(json!({ "categories": open.map(row).collect::<Vec<_>>() }))
}

pub(super) fn apply(
    c: &mut AnyConnection,
    by: &Accepted,
    supplier_id: &str,
    change: &Change,
) -> Result<(), Error> {
    let supplier = find(c, &Scope::Everything, supplier_id)?;
    let offered = categories::of_supplier(c, supplier_id)?;
    let mut chosen: Vec<String> = offered.into_iter().map(|category| category.id).collect();
    chosen.retain(|id| !change.removed("categories").any(|gone| gone == id));
    let open: Vec<String> = categories::all(c)?.into_iter().map(|category| category.id).collect();
    let before: Vec<&str> = rows(&change.before, "categories").map(|row| text(row, ROW)).collect();
    let added = rows(&change.after, "categories").map(|row| text(row, ROW));
    // One that was closed since it was chosen is not offered any more.
    chosen.extend(
        added
            .filter(|id| !before.contains(id) && open.iter().any(|known| known == id))
            .map(str::to_string),
    );
    let edited = SupplierInput {
        legal_name: supplier.legal_name.clone(),
        english_name: supplier.english_name.clone(),
        industry: supplier.industry.clone(),
        website: supplier.website.clone(),
        note: supplier.note.clone(),
        categories: chosen,
        revision: supplier.revision.to_string(),
    };
    update(c, by, supplier_id, &edited)?;
    Ok(())
}
