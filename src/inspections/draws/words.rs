//! A draw in words.

use std::borrow::Cow;
use std::collections::HashMap;

use diesel::prelude::*;

use super::list::Row;
use super::sample::StratumSample;
use super::{Certain, Chosen, Draw, Entry, Status};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::inspections::plans::Plan;
use crate::page::Page;
use crate::regions::{Scheme, UNRESOLVED, find_scheme, row_name};
use crate::schema::categories;

/// What regions and categories are called.
pub struct Words {
    scheme: Cow<'static, Scheme>,
    /// English and Chinese names by code.
    categories: HashMap<String, (String, String)>,
}

impl Words {
    pub fn load(c: &mut AnyConnection, plan: &Plan) -> Result<Words, Error> {
        let all: Vec<(String, String, String)> = categories::table
            .select((categories::code, categories::name_en, categories::name_zh))
            .load(c)?;
        let categories = all.into_iter().map(|(code, en, zh)| (code, (en, zh))).collect();
        Ok(Words { scheme: find_scheme(c, &plan.scheme)?, categories })
    }

    /// "Medium · Eastern China · IT".
    pub fn stratum(&self, page: &Page, key: &str) -> String {
        let mut parts = key.splitn(3, '|');
        let mut next = || parts.next().unwrap_or_default();
        let (tier, region, category) = (next(), next(), next());
        let region = if region.is_empty() { UNRESOLVED } else { region };
        let category = match self.categories.get(category) {
            Some((en, zh)) => page.pick(en, zh),
            None if category.is_empty() => page.t("draw-no-category"),
            None => category,
        };
        let tier = page.tk("risk-tier", tier);
        format!("{tier} · {} · {category}", row_name(page, &self.scheme, region))
    }

    /// Why a company is in, or is not.
    pub fn why(&self, page: &Page, draw: &Draw, strata: &[StratumSample], row: &Row) -> String {
        let entry = &row.entry;
        match entry.chosen {
            Chosen::Certain => without_chance(page, entry),
            Chosen::Replaced => page.ta("draw-why-replaced", &[("reason", entry.reason.as_str())]),
            Chosen::Replacement => {
                let whom = row.replaces.as_deref().unwrap_or(page.t("audit-outside"));
                let args = [("company", whom), ("reason", entry.reason.as_str())];
                page.ta("draw-why-replacement", &args)
            }
            Chosen::No if entry.certain != Certain::No => without_chance(page, entry),
            Chosen::No if draw.status != Status::Drawn => {
                let stratum = self.stratum(page, &entry.stratum);
                page.ta("draw-why-waits", &[("stratum", stratum.as_str())])
            }
            Chosen::Drawn | Chosen::No => self.by_rank(page, strata, entry),
        }
    }

    fn by_rank(&self, page: &Page, strata: &[StratumSample], entry: &Entry) -> String {
        let stratum = strata.iter().find(|one| one.key == entry.stratum);
        let (size, drawn) = stratum.map_or((0, 0), |one| (one.size, one.drawn));
        let key = if entry.chosen == Chosen::Drawn { "draw-why-drawn" } else { "draw-why-not" };
        page.ta(
            key,
            &[
                ("rank", entry.rank.unwrap_or_default().to_string().as_str()),
                ("of", size.to_string().as_str()),
                ("stratum", self.stratum(page, &entry.stratum).as_str()),
                ("drawn", drawn.to_string().as_str()),
            ],
        )
    }
}

fn without_chance(page: &Page, entry: &Entry) -> String {
    page.tk("draw-why-certain", entry.certain.as_str())
}
