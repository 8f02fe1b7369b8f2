//! The form of a plan: a new one, or an edited one. The regions of another scheme are shown without
//! script, by a button that shows the form again.

use askama::Template;
use askama_web::WebTemplate;
use chrono::Months;
use rocket::{Route, State, get, post, routes};

use super::inspectors::{self, Inspector};
use super::{Method, Plan, PlanInput, edit, find, record};
use crate::access::{May, right};
use crate::categories::{self, Category};
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problems};
use crate::inspections::Kind;
use crate::inspections::checklists::{self, Checklist, Version};
use crate::inspections::sampling::tables;
use crate::inspections::tiers::Tier;
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::regions::{OUTSIDE, UNRESOLVED, all_schemes, find_scheme, row_name};
use crate::suppliers::Stage;
use crate::suppliers::query::DEFAULT_SCHEME;
use crate::values::now;

pub(super) fn routes() -> Vec<Route> {
    routes![new, record_one, edit_page, edit_one]
}

/// A choice of a select or among boxes: value, label, whether it is chosen.
type Choice = (String, String, bool);

#[derive(Template, WebTemplate)]
#[template(path = "plans/form.html")]
struct FormPage {
    page: Page,
    form: Form,
    /// `None` for a new one.
    plan: Option<Plan>,
    checklists: Vec<(Version, Checklist)>,
    schemes: Vec<(String, String, String)>,
    /// Code and name.
    regions: Vec<(String, String)>,
    categories: Vec<Category>,
    inspectors: Vec<Inspector>,
}

impl FormPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        plan: Option<Plan>,
        form: Form,
    ) -> Result<FormPage, Error> {
        let mut checklists = checklists::in_force(c, now().date())?;
        if let Some(plan) = &plan {
            let kept = &plan.checklist_version_id;
            if !checklists.iter().any(|(version, _)| version.id == *kept) {
                checklists.push(checklists::find_version(c, kept)?);
            }
        }
        let scheme = match find_scheme(c, form.value("scheme")) {
            Err(Error::NotFound) => find_scheme(c, DEFAULT_SCHEME)?,
            found => found?,
        };
        let codes = scheme.regions.iter().map(|region| region.code.as_str());
        let codes = codes.chain([OUTSIDE, UNRESOLVED]);
        let regions =
            codes.map(|code| (code.to_string(), row_name(&page, &scheme, code))).collect();
        let here = match &plan {
            Some(plan) => format!("/inspection-plans/{}/edit", plan.id),
            None => "/inspection-plans/new".into(),
        };
        Ok(FormPage {
            page: page.at(&here),
            schemes: all_schemes(c)?,
            categories: categories::all(c)?,
            inspectors: inspectors::choices(c)?,
            checklists,
            regions,
            plan,
            form,
        })
    }

    /// Where the form is sent.
    fn action(&self) -> String {
        match &self.plan {
            Some(plan) => format!("/inspection-plans/{}/edit", plan.id),
            None => "/inspection-plans".into(),
        }
    }

    fn back(&self) -> String {
        match &self.plan {
            Some(plan) => format!("/inspection-plans/{}", plan.id),
            None => "/inspection-plans".into(),
        }
    }

    fn of<'a>(&self, field: &str, all: impl Iterator<Item = (&'a str, String)>) -> Vec<Choice> {
        let chosen = |value: &str| self.form.has(field, value);
        all.map(|(value, label)| (value.to_string(), label, chosen(value))).collect()
    }

    fn kinds(&self) -> Vec<Choice> {
        let all = Kind::ALL.iter().map(|one| one.as_str());
        self.of("kind", all.map(|one| (one, self.page.tk("inspection-kind", one))))
    }

    fn checklist_options(&self) -> Vec<Choice> {
        let label = |version: &Version, list: &Checklist| {
            let number = self.page.tn("plan-checklist-version", version.version);
            format!("{} · {number}", list.name(self.page.language()))
        };
        let all = self.checklists.iter();
        self.of("checklist", all.map(|(version, list)| (version.id.as_str(), label(version, list))))
    }

    fn scheme_options(&self) -> Vec<Choice> {
        let name = |en: &str, zh: &str| self.page.pick(en, zh).to_string();
        let all = self.schemes.iter();
        self.of("scheme", all.map(|(id, en, zh)| (id.as_str(), name(en, zh))))
    }

    fn region_options(&self) -> Vec<Choice> {
        let all = self.regions.iter();
        self.of("region", all.map(|(code, name)| (code.as_str(), name.clone())))
    }

    fn category_options(&self) -> Vec<Choice> {
        let name = |one: &Category| self.page.pick(&one.name_en, &one.name_zh).to_string();
        self.of("category", self.categories.iter().map(|one| (one.id.as_str(), name(one))))
    }

    fn tier_options(&self) -> Vec<Choice> {
        let all = Tier::ALL.iter().map(|one| one.as_str());
        self.of("tier", all.map(|one| (one, self.page.tk("risk-tier", one))))
    }

    fn stage_options(&self) -> Vec<Choice> {
        let all = Stage::ALL.iter().map(|one| one.as_str());
        self.of("stage", all.map(|one| (one, self.page.tk("stage", one))))
    }

    fn inspector_options(&self) -> Vec<Choice> {
        let label =
            |one: &Inspector| format!("{} · {}", one.name, self.page.tk("role", one.role.as_str()));
        let all = self.inspectors.iter();
        self.of("inspector", all.map(|one| (one.account_id.as_str(), label(one))))
    }

    fn method_options(&self) -> Vec<Choice> {
        let all = Method::ALL.iter().map(|one| one.as_str());
        self.of("method", all.map(|one| (one, self.page.tk("plan-method", one))))
    }

    fn levels(&self) -> Vec<Choice> {
        self.of("level", tables::LEVELS.iter().map(|one| (*one, one.to_string())))
    }

    fn limits(&self) -> Vec<Choice> {
        self.of("aql", tables::limits().into_iter().map(|one| (one, one.to_string())))
    }
}

#[get("/inspection-plans/new")]
async fn new(
    may: May<right::PlanInspections>,
    page: Page,
    db: &State<Db>,
) -> Result<FormPage, Error> {
    let _ = may.scope();
    let today = now().date();
    let last = (today + Months::new(3)).to_string();
    let form = Form::of(&[
        ("period_from", today.to_string().as_str()),
        ("period_to", last.as_str()),
        ("kind", "sampling"),
        ("scheme", DEFAULT_SCHEME),
        ("stage", "active"),
        ("effort_hours", "8"),
        ("method", "iso2859"),
        ("level", "II"),
        ("aql", "4.0"),
        ("bad_percent", "5"),
        ("confidence_percent", "95"),
        ("percentage", "10"),
        ("number", "20"),
        ("minimum", "2"),
        ("certain", "on"),
    ]);
    db.read(move |c| FormPage::load(c, page, None, form)).await
}

/// The next page, the form with what is wrong, or the form with other regions.
type Reply = Result<Result<Answer<FormPage>, FormPage>, Error>;

#[post("/inspection-plans", data = "<form>")]
async fn record_one(
    may: May<right::PlanInspections>,
    page: Page,
    db: &State<Db>,
    form: Submitted<PlanInput>,
) -> Reply {
    if !form.typed("more").is_empty() {
        let typed = Form::rejected(form.values, Problems::default());
        return Ok(Err(db.read(move |c| FormPage::load(c, page, None, typed)).await?));
    }
    let answer = form
        .once(
            db,
            may.actor().clone(),
            move |c, input| {
                let plan = record(c, &may, input)?;
                let go = Go::to(format!("/inspection-plans/{}", plan.id));
                Ok(go.saying("done-plan-recorded", &plan.code()))
            },
            move |c, form| FormPage::load(c, page, None, form),
        )
        .await?;
    Ok(Ok(answer))
}

#[get("/inspection-plans/<id>/edit")]
async fn edit_page(
    may: May<right::PlanInspections>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<FormPage, Error> {
    let _ = may.scope();
    db.read(move |c| {
        let plan = find(c, &id)?;
        let form = filled(c, &plan)?;
        FormPage::load(c, page, Some(plan), form)
    })
    .await
}

/// The form of a plan as it is.
fn filled(c: &mut AnyConnection, plan: &Plan) -> Result<Form, Error> {
    let (scope, sampling) = (plan.scope(), plan.sampling());
    let mut values: Vec<(&str, String)> = vec![
        ("name", plan.name.clone()),
        ("kind", plan.kind.as_str().into()),
        ("checklist", plan.checklist_version_id.clone()),
        ("period_from", plan.period_from.to_string()),
        ("period_to", plan.period_to.to_string()),
        ("scheme", plan.scheme.clone()),
        ("effort_hours", plan.effort_hours.to_string()),
        ("method", sampling.method.clone()),
        ("level", sampling.level.clone()),
        ("aql", sampling.aql.clone()),
        ("bad_percent", sampling.bad_percent.to_string()),
        ("confidence_percent", sampling.confidence_percent.to_string()),
        ("percentage", sampling.percentage.to_string()),
        ("number", sampling.number.to_string()),
        ("minimum", sampling.minimum.to_string()),
        ("note", plan.note.clone()),
        ("revision", plan.revision.to_string()),
    ];
    if sampling.certain {
        values.push(("certain", "on".into()));
    }
    values.extend(scope.regions.into_iter().map(|one| ("region", one)));
    values.extend(scope.categories.into_iter().map(|one| ("category", one)));
    values.extend(scope.tiers.into_iter().map(|one| ("tier", one)));
    values.extend(scope.stages.into_iter().map(|one| ("stage", one)));
    let inspectors = inspectors::of(c, &plan.id)?.into_iter();
    values.extend(inspectors.map(|one| ("inspector", one.account_id)));
    let values: Vec<(&str, &str)> = values.iter().map(|(n, v)| (*n, v.as_str())).collect();
    Ok(Form::of(&values))
}

#[post("/inspection-plans/<id>/edit", data = "<form>")]
async fn edit_one(
    may: May<right::PlanInspections>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<PlanInput>,
) -> Reply {
    let edited = id.clone();
    if !form.typed("more").is_empty() {
        let typed = Form::rejected(form.values, Problems::default());
        let shown = db.read(move |c| {
            let plan = find(c, &id)?;
            FormPage::load(c, page, Some(plan), typed)
        });
        return Ok(Err(shown.await?));
    }
    let answer = form
        .write(
            db,
            move |c, input| {
                let plan = edit(c, &may, &edited, input)?;
                let go = Go::to(format!("/inspection-plans/{edited}"));
                Ok(go.saying("done-plan-edited", &plan.code()))
            },
            move |c, form| {
                let plan = find(c, &id)?;
                FormPage::load(c, page, Some(plan), form)
            },
        )
        .await?;
    Ok(Ok(answer))
}
