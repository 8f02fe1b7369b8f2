//! Categories: the tree of what we buy.

pub mod api;
pub mod routes;

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use validator::Validate;

use crate::access::{May, right};
use crate::audit;
use crate::db::{AnyConnection, is_unique_violation};
use crate::error::{Error, Problem, Problems};
use crate::schema::{categories, supplier_categories};
use crate::values::{new_id, now};

/// Something we buy.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = categories)]
pub struct Category {
    pub id: String,
    /// Short and stable: what lists and exports carry.
    pub code: String,
    pub name_en: String,
    pub name_zh: String,
    pub parent_id: Option<String>,
    pub created_at: NaiveDateTime,
    pub closed_at: Option<NaiveDateTime>,
}

#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct CategoryInput {
    #[validate(length(max = 40))]
    pub code: String,
    #[validate(length(max = 100))]
    pub name_en: String,
    #[validate(length(max = 100))]
    pub name_zh: String,
    pub parent_id: String,
}

/// Adds a category.
pub fn create(
    c: &mut AnyConnection,
    by: &May<right::EditCategories>,
    input: &CategoryInput,
) -> Result<Category, Error> {
    let mut problems = Problems::default();
    let code = input.code.trim().to_lowercase();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    if code.is_empty() || !code.chars().all(plain) {
        problems.add(Problem::new("code", "category_code"));
    }
    let name_en = input.name_en.trim();
    let name_zh = input.name_zh.trim();
    if name_en.is_empty() && name_zh.is_empty() {
        problems.add(Problem::new("name_en", "missing"));
    }
    let parent = (!input.parent_id.is_empty()).then(|| input.parent_id.clone());
    if let Some(parent) = &parent {
        let known: Option<String> =
            categories::table.find(parent).select(categories::id).first(c).optional()?;
        if known.is_none() {
            problems.add(Problem::new("parent_id", "unknown_choice"));
        }
    }
    problems.into_result()?;
    let category = Category {
        id: new_id(),
        code,
        name_en: if name_en.is_empty() { name_zh } else { name_en }.into(),
        name_zh: if name_zh.is_empty() { name_en } else { name_zh }.into(),
        parent_id: parent,
        created_at: now(),
        closed_at: None,
    };
    diesel::insert_into(categories::table).values(&category).execute(c).map_err(|error| {
        if is_unique_violation(&error) {
            Error::Invalid(Problems::one("code", "code_taken"))
        } else {
            error.into()
        }
    })?;
    let details =
        json!({ "code": category.code, "name_en": category.name_en, "name_zh": category.name_zh });
    audit::append(c, by.actor(), "category.created", ("category", &category.id), details)?;
    Ok(category)
}

/// The open categories, by code. A firm has some hundreds at most.
pub fn all(c: &mut AnyConnection) -> Result<Vec<Category>, Error> {
    Ok(categories::table
        .filter(categories::closed_at.is_null())
        .order(categories::code)
        .limit(2000)
        .select(Category::as_select())
        .load(c)?)
}

/// Categories as a tree: those at the top, each followed by those below it, and how deep each is.
/// One whose category above is closed stands at the top.
pub fn tree(all: &[Category]) -> Vec<(&Category, usize)> {
    let is_top = |one: &&Category| {
        let parent = one.parent_id.as_ref();
        parent.is_none_or(|parent| !all.iter().any(|other| other.id == *parent))
    };
    let mut tree = Vec::with_capacity(all.len());
    for top in all.iter().filter(is_top) {
        branch(all, top, 0, &mut tree);
    }
    tree
}

fn branch<'a>(
    all: &'a [Category],
    top: &'a Category,
    depth: usize,
    tree: &mut Vec<(&'a Category, usize)>,
) {
    tree.push((top, depth.min(4)));
    for below in all.iter().filter(|one| one.parent_id.as_deref() == Some(&top.id)) {
        branch(all, below, depth + 1, tree);
    }
}

/// Those of the categories that are one of an id, or below it.
pub fn with_below(categories: Vec<Category>, group: &str) -> Vec<Category> {
    let mut wanted = vec![group.to_string()];
    let mut at = 0;
    while let Some(parent) = wanted.get(at).cloned() {
        let children = categories.iter().filter(|one| one.parent_id.as_ref() == Some(&parent));
        let new: Vec<String> =
            children.map(|one| one.id.clone()).filter(|id| !wanted.contains(id)).collect();
        wanted.extend(new);
        at += 1;
    }
    categories.into_iter().filter(|one| wanted.contains(&one.id)).collect()
}

/// The categories that a supplier offers.
pub fn of_supplier(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Category>, Error> {
    Ok(categories::table
        .inner_join(
            supplier_categories::table.on(supplier_categories::category_id.eq(categories::id)),
        )
        .filter(supplier_categories::supplier_id.eq(supplier_id))
        .order(categories::code)
        .select(Category::as_select())
        .load(c)?)
}

/// Makes `chosen` (ids) the categories of a supplier. Returns `[removed, added]` codes for the
/// audit record, or null when nothing changes.
pub fn assign(c: &mut AnyConnection, supplier_id: &str, chosen: &[String]) -> Result<Value, Error> {
    let before = of_supplier(c, supplier_id)?;
    if before.is_empty() && chosen.is_empty() {
        return Ok(Value::Null);
    }
    // Named twice is named once.
    let chosen: BTreeSet<&String> = chosen.iter().collect();
    let all = all(c)?;
    let mut removed = Vec::new();
    for category in before.iter().filter(|b| !chosen.contains(&b.id)) {
        diesel::delete(supplier_categories::table.find((supplier_id, &category.id))).execute(c)?;
        removed.push(category.code.clone());
    }
    let mut added = Vec::new();
    for id in chosen.into_iter().filter(|id| !before.iter().any(|b| b.id == **id)) {
        let Some(category) = all.iter().find(|a| a.id == *id) else {
            return Err(Problems::one("categories", "unknown_choice").into());
        };
        diesel::insert_into(supplier_categories::table)
            .values((
                supplier_categories::supplier_id.eq(supplier_id),
                supplier_categories::category_id.eq(id),
            ))
            .execute(c)?;
        added.push(category.code.clone());
    }
    if removed.is_empty() && added.is_empty() {
        Ok(Value::Null)
    } else {
        Ok(json!([removed, added]))
    }
}
