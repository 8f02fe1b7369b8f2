//! A checklist with what was found so far: what pages, reports and programs show of a visit.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{Evidence, ItemResult, results_of};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::checklists::{Checklist, Item, Version, find_version, items_of};
use crate::inspections::{Inspection, Outcome};
use crate::schema::{documents, inspection_evidence};
use crate::texts::Language;

/// Photos and papers of an inspection, at most.
pub const MOST_PAPERS: i64 = 500;

/// A photo or a paper, and its document's title and file.
#[derive(Clone, Debug)]
pub struct Paper {
    pub evidence: Evidence,
    pub title: String,
    pub file_name: String,
}

/// A question with what was found.
#[derive(Clone, Debug)]
pub struct Line {
    pub item: Item,
    pub result: Option<ItemResult>,
    pub papers: Vec<Paper>,
}

/// A checklist with what was found so far.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub version: Version,
    pub checklist: Checklist,
    pub lines: Vec<Line>,
    /// Those that belong to the whole.
    pub papers: Vec<Paper>,
}

impl Line {
    pub fn outcome(&self) -> Option<Outcome> {
        self.result.as_ref().map(|result| result.outcome)
    }
}

impl Sheet {
    pub fn load(c: &mut AnyConnection, inspection: &Inspection) -> Result<Sheet, Error> {
        let (version, checklist) = find_version(c, &inspection.checklist_version_id)?;
        let mut results: HashMap<String, ItemResult> = results_of(c, &inspection.id)?
            .into_iter()
            .map(|result| (result.item_id.clone(), result))
            .collect();
        let mut of_items: HashMap<String, Vec<Paper>> = HashMap::new();
        let mut papers = Vec::new();
        for paper in papers_of(c, &inspection.id)? {
            match paper.evidence.item_id.clone() {
                Some(item) => of_items.entry(item).or_default().push(paper),
                None => papers.push(paper),
            }
        }
        let line = |item: Item| Line {
            result: results.remove(&item.id),
            papers: of_items.remove(&item.id).unwrap_or_default(),
            item,
        };
        let lines = items_of(c, &version.id)?.into_iter().map(line).collect();
        Ok(Sheet { version, checklist, lines, papers })
    }

    /// How many items have a result.
    pub fn done(&self) -> usize {
        self.lines.iter().filter(|line| line.result.is_some()).count()
    }

    pub fn all(&self) -> usize {
        self.lines.len()
    }

    pub fn is_complete(&self) -> bool {
        self.done() == self.all()
    }

    /// Items without a result.
    pub fn missing(&self) -> Vec<&Item> {
        let open = self.lines.iter().filter(|line| line.result.is_none());
        open.map(|line| &line.item).collect()
    }

    /// How many items came out so.
    pub fn number(&self, outcome: Outcome) -> usize {
        self.lines.iter().filter(|line| line.outcome() == Some(outcome)).count()
    }

    /// The lines by the sections of the checklist, in their order.
    pub fn sections(&self, language: Language) -> Vec<(&str, Vec<&Line>)> {
        let mut all: Vec<(&str, Vec<&Line>)> = Vec::new();
        for line in &self.lines {
            let section = line.item.section(language);
            match all.last_mut() {
                Some((name, lines)) if *name == section => lines.push(line),
                _ => all.push((section, vec![line])),
            }
        }
        all
    }

    /// Items with their results, of those that have one.
    pub fn results(&self) -> Vec<(Item, ItemResult)> {
        let with = |line: &Line| Some((line.item.clone(), line.result.clone()?));
        self.lines.iter().filter_map(with).collect()
    }
}

/// The photos and papers of an inspection that were not taken off, the oldest first.
pub fn papers_of(c: &mut AnyConnection, inspection_id: &str) -> Result<Vec<Paper>, Error> {
    let rows: Vec<(Evidence, String, String)> = inspection_evidence::table
        .inner_join(documents::table.on(documents::id.eq(inspection_evidence::document_id)))
        .filter(inspection_evidence::inspection_id.eq(inspection_id))
        .filter(inspection_evidence::removed_at.is_null())
        .order(inspection_evidence::id)
        .limit(MOST_PAPERS)
        .select((Evidence::as_select(), documents::title, documents::file_name))
        .load(c)?;
    let paper = |(evidence, title, file_name)| Paper { evidence, title, file_name };
    Ok(rows.into_iter().map(paper).collect())
}
