//! The pages of standards: all categories with theirs, and one version.

use std::collections::{HashMap, HashSet};

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use rocket::{Route, State, get, routes};

use super::draft::has_worked_on;
use super::list::{self, Standing};
use super::shortage::NAMED;
use super::{InForce, Lack, Shortage, Standard, Standards, Status, demands_of, find, published};
use super::{publish, routes_change, routes_form, shortage};
use crate::access::{Actor, May, right};
use crate::categories::{self, Category};
use crate::certification::demands::{Demand, DemandKind, words};
use crate::clauses;
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Form, Page};
use crate::values::{calendar_day, now};

pub fn routes() -> Vec<Route> {
    let own = routes![index, show];
    [own, routes_form::routes(), routes_change::routes()].concat()
}

#[derive(Template, WebTemplate)]
#[template(path = "standards/list.html")]
struct ListPage {
    page: Page,
    categories: Vec<Category>,
    standards: Standards,
    drafts: Vec<Standard>,
    certified: HashMap<String, i64>,
    today: NaiveDate,
}

impl ListPage {
    fn tree(&self) -> Vec<(&Category, usize)> {
        categories::tree(&self.categories)
    }

    fn in_force(&self, category: &Category) -> Option<&InForce> {
        self.standards.on(&category.id, self.today)
    }

    /// The name of the category that a version comes from, when it is another.
    fn from(&self, category: &Category, version: &InForce) -> Option<&str> {
        let id = Some(&version.standard.category_id).filter(|id| **id != category.id)?;
        let above = self.categories.iter().find(|one| one.id == *id);
        Some(above.map_or("?", |one| self.page.pick(&one.name_en, &one.name_zh)))
    }

    fn coming(&self, category: &Category) -> Vec<&InForce> {
        let versions = self.standards.of(&category.id).iter();
        versions.filter(|one| one.from > self.today).collect()
    }

    fn draft(&self, category: &Category) -> Option<&Standard> {
        self.drafts.iter().find(|one| one.category_id == category.id)
    }

    fn certified(&self, category: &Category) -> i64 {
        self.certified.get(&category.id).copied().unwrap_or(0)
    }

    fn demands(&self, version: &InForce) -> String {
        self.page.tn("standard-demands-number", version.demands.len() as i64)
    }
}

#[get("/standards")]
async fn index(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
) -> Result<ListPage, Error> {
    db.read(move |c| {
        let categories = categories::all(c)?;
        let ids: Vec<&str> = categories.iter().map(|one| one.id.as_str()).collect();
        Ok(ListPage {
            certified: list::certified(c, may.scope(), &ids)?,
            page,
            categories,
            standards: published(c)?,
            drafts: list::drafts(c)?,
            today: now().date(),
        })
    })
    .await
}

#[derive(Template, WebTemplate)]
#[template(path = "standards/show.html")]
pub(super) struct ShowPage {
    page: Page,
    /// The publication, or the reason for an end.
    form: Form,
    standard: Standard,
    standing: Standing,
    /// English and Chinese names of all categories, by id, and of clauses, by code.
    names: HashMap<String, (String, String)>,
    /// Codes of the clauses that can be signed.
    signable: HashSet<String>,
    demands: Vec<Demand>,
    /// The version before it with what it demands; `None` for the first.
    before: Option<InForce>,
    versions: Vec<(Standard, Standing)>,
    /// The categories below that take their standard from this one.
    inheriting: Vec<String>,
    /// Of a version that is still to come.
    shortage: Option<Shortage>,
    /// The day that the shortage is about.
    day: NaiveDate,
    /// Whether the reader had a part in the draft.
    is_mine: bool,
}

impl ShowPage {
    pub(super) fn load(
        c: &mut AnyConnection,
        page: Page,
        actor: &Actor,
        id: &str,
        form: Form,
    ) -> Result<ShowPage, Error> {
        let (standard, demands) = (find(c, id)?, demands_of(c, id)?);
        let (standards, today) = (published(c)?, now().date());
        let standing = Standing::of(&standard, &standards, today);
        let typed = calendar_day(form.value("effective_from")).filter(|day| *day >= today);
        let earliest = publish::earliest(&standards, &standard.category_id).max(today);
        let planned = standard.effective_from.filter(|day| *day >= earliest);
        let day = match standard.status {
            Status::Draft => typed.or(planned).unwrap_or(earliest),
            _ => standard.effective_from.unwrap_or(today),
        };
        let is_to_come = matches!(standing, Standing::Draft | Standing::Coming);
        let shortage = match is_to_come {
            true => Some(shortage(c, &actor.scope, &standards, &standard, &demands, day)?),
            false => None,
        };
        let all = list::versions(c, &standard.category_id)?;
        let with_standing = |one: Standard| {
            let standing = Standing::of(&one, &standards, today);
            (one, standing)
        };
        let names = list::names(c)?;
        let own = standards.inheriting(&standard.category_id).into_iter();
        let mut inheriting: Vec<String> = own
            .filter_map(|id| names.get(id))
            .map(|(en, zh)| page.pick(en, zh).to_string())
            .collect();
        inheriting.sort();
        Ok(ShowPage {
            is_mine: has_worked_on(c, &standard, &actor.account_id)?,
            before: list::before(&standards, &standard, day).cloned(),
            versions: all.into_iter().map(with_standing).collect(),
            page,
            form,
            standing,
            names,
            signable: signable(c)?,
            demands,
            inheriting,
            shortage,
            day,
            standard,
        })
    }

    fn category(&self, id: &str) -> &str {
        self.names.get(id).map_or("?", |(en, zh)| self.page.pick(en, zh))
    }

    fn words(&self, demand: &Demand) -> String {
        let name = match demand.kind {
            DemandKind::Clause if !self.names.contains_key(&demand.subject) => "",
            _ => self.category(&demand.subject),
        };
        words(self.page.texts(), demand.kind, &demand.subject, name)
    }

    fn is_among(all: &[Demand], demand: &Demand) -> bool {
        all.iter().any(|one| one.kind == demand.kind && one.subject == demand.subject)
    }

    /// Whether a demand is not in the version before.
    fn is_new(&self, demand: &Demand) -> bool {
        self.before.as_ref().is_some_and(|before| !ShowPage::is_among(&before.demands, demand))
    }

    /// What the version before demanded and this one does not.
    fn dropped(&self) -> Vec<&Demand> {
        let before = self.before.iter().flat_map(|before| &before.demands);
        before.filter(|demand| !ShowPage::is_among(&self.demands, demand)).collect()
    }

    /// Demands that only a person can judge: clauses too that nobody can sign yet.
    fn by_hand(&self) -> Vec<&Demand> {
        let is_by_hand = |demand: &&Demand| match demand.kind {
            DemandKind::Clause => !self.signable.contains(&demand.subject),
            kind => kind.is_by_hand(),
        };
        self.demands.iter().filter(is_by_hand).collect()
    }

    fn lacks(&self, line: &Lack) -> String {
        let lacks: Vec<String> = line.lacks.iter().map(|demand| self.words(demand)).collect();
        lacks.join(" · ")
    }

    /// The categories of a line, when it is not just the version's own.
    fn categories(&self, line: &Lack) -> String {
        if line.categories == [self.standard.category_id.as_str()] {
            return String::new();
        }
        let names: Vec<&str> = line.categories.iter().map(|id| self.category(id)).collect();
        names.join(" · ")
    }

    /// The day in the form of publication.
    fn typed_day(&self) -> String {
        match self.form.value("effective_from") {
            "" => self.day.to_string(),
            typed => typed.to_string(),
        }
    }

    /// How the reader may end the version before it counts.
    fn end(&self) -> Option<&'static str> {
        match self.standing {
            Standing::Draft if self.page.may("standards.edit") => Some("discarding"),
            Standing::Coming if self.page.may("standards.publish") => Some("withdrawal"),
            _ => None,
        }
    }

    /// Companies that are short and could be named, but for their number.
    fn unnamed(&self, shortage: &Shortage) -> i64 {
        let seen = shortage.short - shortage.hidden;
        if seen > NAMED as i64 { seen - NAMED as i64 } else { 0 }
    }
}

/// The codes of the clauses that have a published version.
fn signable(c: &mut AnyConnection) -> Result<HashSet<String>, Error> {
    let published = clauses::standing::published(c)?;
    let all = published.clauses.iter().filter(|one| !published.of(&one.id).is_empty());
    Ok(all.map(|one| one.code.clone()).collect())
}

#[get("/standards/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<ShowPage, Error> {
    db.read(move |c| ShowPage::load(c, page, may.actor(), &id, Form::empty())).await
}
