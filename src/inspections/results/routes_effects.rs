//! The pages of what the rules have led to: all of it, and one on which somebody decides.

use askama::Template;
use askama_web::WebTemplate;
use diesel::prelude::*;
use rocket::form::FromForm;
use rocket::{Route, State, get, post, routes};

use super::decide::certification_of;
use super::list::{self, Row};
use super::{DecisionInput, Effect, EffectStatus, Led, Rule, decide, in_force, shown};
use crate::access::{Actor, May, Right, right};
use crate::certification::category::Certification;
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problems};
use crate::inspections::findings::Finding;
use crate::inspections::{Inspection, visits};
use crate::page::filters::query_string;
use crate::page::paging::{Cursor, PAGE_SIZE};
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::schema::punishment_cases;
use crate::suppliers::Supplier;
use crate::values::now;
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![index, show, decide_one]
}

/// The query string of the list. Unknown values narrow nothing.
#[derive(Clone, Debug, Default, FromForm)]
struct ListQuery {
    status: Option<String>,
    effect: Option<String>,
    after: Option<String>,
}

impl ListQuery {
    fn status(&self) -> Option<EffectStatus> {
        self.status.as_deref().and_then(EffectStatus::parse)
    }

    fn effect(&self) -> Option<Effect> {
        self.effect.as_deref().and_then(Effect::parse)
    }

    fn is_status(&self, status: &EffectStatus) -> bool {
        self.status() == Some(*status)
    }

    fn is_effect(&self, effect: &Effect) -> bool {
        self.effect() == Some(*effect)
    }

    fn is_narrowed(&self) -> bool {
        self.status().is_some() || self.effect().is_some()
    }

    /// The address of the page at a cursor.
    fn next(&self, cursor: &Cursor) -> String {
        let after = cursor.encode();
        let fields = query_string([
            ("status", self.status().map(EffectStatus::as_str)),
            ("effect", self.effect().map(Effect::as_str)),
            ("after", Some(after.as_str())),
        ]);
        format!("/inspection-effects?{fields}")
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "results/effects.html")]
struct ListPage {
    page: Page,
    query: ListQuery,
    rows: Vec<Row>,
    next: Option<String>,
    /// Whether rules are in force today.
    has_rules: bool,
}

#[get("/inspection-effects?<query..>")]
async fn index(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    query: ListQuery,
) -> Result<ListPage, Error> {
    db.read(move |c| {
        let after = query.after.as_deref().and_then(Cursor::decode);
        let asked = (query.status(), query.effect());
        let (rows, next) = list::page(c, may.scope(), asked, after.as_ref(), PAGE_SIZE)?;
        let next = next.as_ref().map(|cursor| query.next(cursor));
        let has_rules = in_force(c, now().date())?.is_some();
        Ok(ListPage { page, query, rows, next, has_rules })
    })
    .await
}

#[derive(Template, WebTemplate)]
#[template(path = "results/effect.html")]
struct EffectPage {
    page: Page,
    form: Form,
    effect: Led,
    rule: Rule,
    inspection: Inspection,
    supplier: Supplier,
    findings: Vec<Finding>,
    /// Whether the reader had a part in the inspection.
    has_part: bool,
    /// The case that was opened of it, for who may see cases.
    case: Option<String>,
    /// The certification that accepting would suspend, or why there is none; for suspensions that wait.
    target: Option<Result<Certification, Problems>>,
}

impl EffectPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        actor: &Actor,
        id: &str,
        form: Form,
    ) -> Result<EffectPage, Error> {
        let (effect, rule, inspection, supplier) = list::find(c, &actor.scope, id)?;
        let waits = effect.status == EffectStatus::Proposed;
        let target = match effect.effect {
            Effect::Suspension if waits => Some(certification_of(c, &effect)?),
            _ => None,
        };
        Ok(EffectPage {
            findings: list::findings_of(c, &effect, &rule)?,
            case: case_of(c, actor, &effect)?,
            has_part: visits::had_part(c, &inspection.id, &actor.account_id)?,
            page: page.at(&format!("/inspection-effects/{id}")),
            form,
            effect,
            rule,
            inspection,
            supplier,
            target,
        })
    }

    /// Whether the reader may open a case of it.
    fn may_open(&self) -> bool {
        let is_due = self.effect.effect == Effect::Punishment
            && self.effect.status == EffectStatus::Applied
            && self.case.is_none();
        is_due && self.page.may("punishments.propose")
    }

    fn waits(&self) -> bool {
        self.effect.status == EffectStatus::Proposed
    }

    /// The certification that accepting would suspend.
    fn certification(&self) -> Option<&Certification> {
        self.target.as_ref()?.as_ref().ok()
    }

    /// Why nothing can be suspended.
    fn obstacle(&self) -> Option<String> {
        let problems = self.target.as_ref()?.as_ref().err()?;
        problems.0.first().map(|problem| self.page.problem(problem))
    }

    fn decisions(&self) -> Vec<(&'static str, String, bool)> {
        let choice = |value: &'static str| {
            let key = format!("{}-{value}", self.effect.effect.as_str());
            let text = self.page.tk("effect-decision", &key);
            (value, text, self.form.value("decision") == value)
        };
        // What cannot be accepted can be declined.
        let choices = ["accept", "decline"].into_iter();
        choices.filter(|one| *one == "decline" || self.obstacle().is_none()).map(choice).collect()
    }

    /// What the effect means now, in a sentence.
    fn meaning(&self) -> String {
        let kind = self.effect.effect.as_str();
        let key = format!("{kind}-{}", self.effect.status.as_str());
        self.page.tk("effect-meaning", &key)
    }
}

/// The id of the case that was opened of an effect, for who may see cases.
fn case_of(c: &mut AnyConnection, actor: &Actor, effect: &Led) -> Result<Option<String>, Error> {
    if !actor.role.may(Right::ReadPunishments) {
        return Ok(None);
    }
    Ok(punishment_cases::table
        .filter(punishment_cases::effect_id.eq(&effect.id))
        .select(punishment_cases::id)
        .first(c)
        .optional()?)
}

#[get("/inspection-effects/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<EffectPage, Error> {
    db.read(move |c| EffectPage::load(c, page, may.actor(), &id, Form::empty())).await
}

#[post("/inspection-effects/<id>/decision", data = "<form>")]
async fn decide_one(
    may: May<right::DecideResults>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    form: Submitted<DecisionInput>,
) -> Result<Answer<EffectPage>, Error> {
    let (actor, of, vault) = (may.actor().clone(), id.clone(), vault.inner().clone());
    form.write(
        db,
        move |c, input| {
            let done = match decide(c, &may, &vault, &of, input)?.status {
                EffectStatus::Declined => "done-inspection-effect-declined",
                _ => "done-inspection-effect-accepted",
            };
            Ok(Go::to(format!("/inspection-effects/{of}")).saying(done, ""))
        },
        move |c, form| EffectPage::load(c, page, &actor, &id, form),
    )
    .await
}
