//! A finding with all that belongs to it, as pages and programs show it.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{CorrectiveAction, Finding, Step, StepKind};
use crate::categories::Category;
use crate::db::AnyConnection;
use crate::documents::Document;
use crate::error::Error;
use crate::inspections::Inspection;
use crate::inspections::checklists::{Checklist, Item};
use crate::page::Page;
use crate::schema::{
    categories, checklist_items, checklist_versions, checklists, corrective_actions, documents,
    finding_evidence, finding_steps, findings, inspection_evidence, inspections,
};
use crate::texts::Texts;
use crate::values::now;

/// Steps and actions of one finding that are shown, at most.
const MOST_STEPS: i64 = 500;
/// Files of one finding that are shown, at most.
const MOST_FILES: i64 = 500;

/// A finding and all that belongs to it.
pub struct Whole {
    pub finding: Finding,
    pub inspection: Inspection,
    pub item: Item,
    pub checklist: Checklist,
    pub category: Option<Category>,
    /// What happened, in order, each with the files that came with it.
    pub steps: Vec<(Step, Vec<Document>)>,
    /// What the company said that it did, by round, each with the files that came with it.
    pub actions: Vec<(CorrectiveAction, Vec<Document>)>,
    /// What the inspector has handed in for the item, each with a note.
    pub visit: Vec<(Document, String)>,
    /// The earlier finding that it repeats.
    pub repeats: Option<Finding>,
}

impl Whole {
    pub fn load(c: &mut AnyConnection, finding: Finding) -> Result<Whole, Error> {
        let inspection: Inspection = inspections::table
            .find(&finding.inspection_id)
            .select(Inspection::as_select())
            .first(c)?;
        let (item, checklist): (Item, Checklist) = checklist_items::table
            .inner_join(
                checklist_versions::table
                    .on(checklist_versions::id.eq(checklist_items::version_id)),
            )
            .inner_join(checklists::table.on(checklists::id.eq(checklist_versions::checklist_id)))
            .filter(checklist_items::id.eq(&finding.item_id))
            .select((Item::as_select(), Checklist::as_select()))
            .first(c)?;
        let category = match &finding.category_id {
            Some(id) => {
                categories::table.find(id).select(Category::as_select()).first(c).optional()?
            }
            None => None,
        };
        let repeats = match &finding.repeats_id {
            Some(id) => {
                findings::table.find(id).select(Finding::as_select()).first(c).optional()?
            }
            None => None,
        };
        let mut files = files_of(c, &finding.id)?;
        let steps: Vec<Step> = finding_steps::table
            .filter(finding_steps::finding_id.eq(&finding.id))
            .order((finding_steps::at, finding_steps::id))
            .limit(MOST_STEPS)
            .select(Step::as_select())
            .load(c)?;
        let steps: Vec<(Step, Vec<Document>)> = steps
            .into_iter()
            .map(|step| {
                let with = files.remove(&step.id).unwrap_or_default();
                (step, with)
            })
            .collect();
        let actions: Vec<CorrectiveAction> = corrective_actions::table
            .filter(corrective_actions::finding_id.eq(&finding.id))
            .order(corrective_actions::round)
            .limit(MOST_STEPS)
            .select(CorrectiveAction::as_select())
            .load(c)?;
        // Each answer is one step and one action.
        let answers = steps.iter().filter(|(step, _)| step.kind == StepKind::Answered);
        let mut came_with = answers.map(|(_, files)| files.clone());
        let actions = actions
            .into_iter()
            .map(|action| (action, came_with.next().unwrap_or_default()))
            .collect();
        let visit = visit_of(c, &finding)?;
        Ok(Whole { finding, inspection, item, checklist, category, steps, actions, visit, repeats })
    }
}

/// The files that the company handed in, by the step that they came with.
fn files_of(
    c: &mut AnyConnection,
    finding_id: &str,
) -> Result<HashMap<String, Vec<Document>>, Error> {
    let found: Vec<(Option<String>, Document)> = finding_evidence::table
        .inner_join(documents::table.on(documents::id.eq(finding_evidence::document_id)))
        .filter(finding_evidence::finding_id.eq(finding_id))
        .order(finding_evidence::id)
        .limit(MOST_FILES)
        .select((finding_evidence::step_id, Document::as_select()))
        .load(c)?;
    let mut files: HashMap<String, Vec<Document>> = HashMap::new();
    for (step, document) in found {
        files.entry(step.unwrap_or_default()).or_default().push(document);
    }
    Ok(files)
}

/// What the inspector has handed in for the item of a finding.
fn visit_of(c: &mut AnyConnection, finding: &Finding) -> Result<Vec<(Document, String)>, Error> {
    Ok(inspection_evidence::table
        .inner_join(documents::table.on(documents::id.eq(inspection_evidence::document_id)))
        .filter(inspection_evidence::inspection_id.eq(&finding.inspection_id))
        .filter(inspection_evidence::item_id.eq(&finding.item_id))
        .filter(inspection_evidence::removed_at.is_null())
        .filter(documents::removed_at.is_null())
        .order(inspection_evidence::id)
        .limit(MOST_FILES)
        .select((Document::as_select(), inspection_evidence::note))
        .load(c)?)
}

/// How a day stands to another: "in 12 days", "today", "5 days overdue".
pub fn when(texts: &Texts, day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        0 => texts.get("finding-due-today").to_string(),
        left if left > 0 => texts.count("finding-due-in", left),
        past => texts.count("finding-overdue-days", -past),
    }
}

/// The state of a finding's next day, as a mark and in words; nothing once it is settled.
pub fn due(page: &Page, finding: &Finding) -> Option<(&'static str, String)> {
    if !finding.status.is_open() {
        return None;
    }
    let (day, today) = (finding.next_day(), now().date());
    let mark = match (day - today).num_days() {
        ..0 => "stop",
        0..=14 => "due",
        _ => "wait",
    };
    let key = if finding.is_uncontained() { "finding-to-contain" } else { "finding-to-close" };
    Some((mark, page.ta(key, &[("when", &when(page.texts(), day, today))])))
}
