//! Staff pages of suppliers: the list, a company, its forms.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::contacts::{self, Contact};
use super::held::{self, Identifier};
use super::history::{self, Version};
use super::list::{self, Counts, Listing, Row, SEARCH_LIMIT};
use super::query::ListQuery;
use super::sites::{self, Site};
use super::stage::{Stage, StageInput};
use super::views::{self, SavedView};
use super::{NewSupplier, Supplier, SupplierInput, change_stage, create, find, update};
use crate::access::{May, right};
use crate::audit::view::Line;
use crate::audit::{self, AuditRecord};
use crate::categories::{self, Category};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::once::once;
use crate::page::paging::Cursor;
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::regions::{self, Scheme, area_name, city_name};
use crate::values::new_id;

pub fn routes() -> Vec<Route> {
    routes![
        index,
        new,
        create_one,
        show,
        edit,
        update_one,
        stage_form,
        change_one_stage,
        trail
    ]
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/list.html")]
struct ListPage {
    page: Page,
    query: ListQuery,
    listing: Listing,
    total: i64,
    scheme: Scheme,
    /// (area, suppliers) of what there is.
    areas: Vec<(String, i64)>,
    categories: Vec<Category>,
    views: Vec<SavedView>,
}

impl ListPage {
    fn codes_of(&self, row: &Row) -> String {
        let own = self.listing.codes.iter().filter(|(id, _)| *id == row.id);
        own.map(|(_, value)| value.as_str())
            .collect::<Vec<_>>()
            .join(" · ")
    }

    fn supplies_of(&self, row: &Row) -> String {
        let own = self
            .listing
            .supplies
            .iter()
            .filter(|(id, _, _)| *id == row.id);
        own.map(|(_, en, zh)| self.page.pick(en, zh))
            .collect::<Vec<_>>()
            .join(" · ")
    }

    fn matching(&self) -> String {
        if !self.query.q.as_deref().unwrap_or_default().is_empty()
            && self.listing.matching > SEARCH_LIMIT as i64
        {
            return self.page.tn("suppliers-match-many", SEARCH_LIMIT as i64);
        }
        self.page.tn("suppliers-match", self.listing.matching)
    }

    fn link(&self, name: &str, value: &str) -> String {
        format!("/suppliers?{}", self.query.with(name, value))
    }

    fn step(&self, name: &str, row: Option<&Row>) -> Option<String> {
        let row = row?;
        let cursor = Cursor {
            key: row.sort_key.clone(),
            number: row.number,
        };
        let filters = self.query.query_string();
        let and = if filters.is_empty() { "" } else { "&" };
        Some(format!(
            "/suppliers?{filters}{and}{name}={}",
            cursor.encode()
        ))
    }

    fn previous(&self) -> Option<String> {
        if self.listing.has_previous {
            self.step("before", self.listing.rows.first())
        } else {
            None
        }
    }

    fn next(&self) -> Option<String> {
        if self.listing.has_next {
            self.step("after", self.listing.rows.last())
        } else {
            None
        }
    }

    fn export(&self, format: &str) -> String {
        format!("/suppliers/export/{format}?{}", self.query.query_string())
    }

    fn area(&self, area: &str) -> String {
        area_name(area, self.page.is_chinese())
    }

    fn city(&self, city: &str) -> String {
        city_name(city, self.page.is_chinese())
    }

    fn is(&self, field: &Option<String>, value: &str) -> bool {
        field.as_deref() == Some(value)
    }

    /// The filters in force, for taking away one by one: name in the address, text.
    fn chips(&self) -> Vec<(&'static str, String)> {
        let mut chips = Vec::new();
        let set = |field: &Option<String>| field.clone().filter(|v| !v.is_empty());
        if let Some(q) = set(&self.query.q) {
            chips.push(("q", format!("“{q}”")));
        }
        if let Some(code) = set(&self.query.region) {
            chips.push(("region", regions::row_name(&self.page, &self.scheme, &code)));
        }
        if let Some(area) = set(&self.query.area) {
            chips.push(("area", self.area(&area)));
        }
        if let Some(stage) = set(&self.query.stage).and_then(|s| Stage::parse(&s)) {
            chips.push(("stage", self.page.tk("stage", stage.as_str())));
        }
        if let Some(id) = set(&self.query.category) {
            let category = self.categories.iter().find(|c| c.id == id);
            let name = category
                .map(|c| self.page.pick(&c.name_en, &c.name_zh))
                .unwrap_or("?");
            chips.push(("category", name.to_string()));
        }
        chips
    }
}

#[get("/suppliers?<query..>")]
async fn index(
    may: May<right::ReadSuppliers>,
    page: Page,
    query: ListQuery,
    db: &State<Db>,
    counts: &State<std::sync::Arc<Counts>>,
) -> Result<ListPage, Error> {
    let counts = counts.inner().clone();
    db.read(move |c| {
        let scope = may.scope();
        let filter = query.filter(c, scope)?;
        let listing = list::page(c, &counts, &filter, &query.from())?;
        let areas = list::areas(c, &counts, scope)?;
        Ok(ListPage {
            total: areas.iter().map(|(_, n)| n).sum(),
            areas,
            listing,
            scheme: regions::find_scheme(c, query.scheme_id())?,
            categories: categories::all(c)?,
            views: views::of(c, &may.actor().account_id)?,
            query,
            page,
        })
    })
    .await
}

/// A supplier's form: a new one, or an edited one.
#[derive(Template, WebTemplate)]
#[template(path = "suppliers/form.html")]
struct FormPage {
    page: Page,
    form: Form,
    /// `None` for a new one.
    supplier: Option<Supplier>,
    categories: Vec<Category>,
}

impl FormPage {
    fn load(c: &mut AnyConnection, page: Page, form: Form) -> Result<FormPage, Error> {
        Ok(FormPage {
            page,
            form,
            supplier: None,
            categories: categories::all(c)?,
        })
    }

    fn stages(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.form.value("stage");
        [Stage::Active, Stage::Candidate]
            .into_iter()
            .map(|s| {
                (
                    s.as_str(),
                    self.page.tk("stage", s.as_str()),
                    s.as_str() == chosen,
                )
            })
            .collect()
    }

    fn countries(&self) -> Vec<(&'static str, String, bool)> {
        regions::country_options(self.page.is_chinese(), self.form.value("country"))
    }

    fn provinces(&self) -> Vec<(&'static str, String, bool)> {
        regions::province_options(self.page.is_chinese(), self.form.value("province"))
    }
}

#[get("/suppliers/new")]
async fn new(
    _may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
) -> Result<FormPage, Error> {
    let key = new_id();
    let form = Form::of(&[("country", "CN"), ("stage", "active"), ("form_key", &key)]);
    db.read(move |c| FormPage::load(c, page, form)).await
}

#[post("/suppliers", data = "<form>")]
async fn create_one(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    form: Submitted<NewSupplier>,
) -> Result<Answer<FormPage>, Error> {
    let key = form.typed("form_key").to_string();
    let name = form.typed("legal_name").to_string();
    let created = form.handle(|input| {
        db.write(move |c| {
            let actor = may.actor().clone();
            once(c, &actor, &key, |c| {
                Ok(format!("/suppliers/{}", create(c, &may, &input)?.id))
            })
        })
    });
    match created.await? {
        Ok(location) => Ok(Answer::Go(
            Go::to(location).saying("done-supplier-created", &name),
        )),
        Err(form) => {
            let page = page.at("/suppliers/new");
            Ok(Answer::Again(
                db.read(move |c| FormPage::load(c, page, form)).await?,
            ))
        }
    }
}

/// The company's page: what it is, where, who, and its story.
#[derive(Template, WebTemplate)]
#[template(path = "suppliers/show.html")]
struct ShowPage {
    page: Page,
    supplier: Supplier,
    region: String,
    identifiers: Vec<Identifier>,
    sites: Vec<Site>,
    contacts: Vec<Contact>,
    categories: Vec<Category>,
    versions: Vec<Version>,
    lines: Vec<Line>,
    account_id: String,
}

impl ShowPage {
    fn area(&self, area: &str) -> String {
        area_name(area, self.page.is_chinese())
    }

    fn place(&self, site: &Site) -> String {
        regions::place_name(&site.area, &site.city, self.page.is_chinese())
    }

    fn is_registered(&self, site: &Site) -> bool {
        site.id == self.supplier.registered_site_id
    }

    fn may_confirm(&self, identifier: &Identifier) -> bool {
        self.page.may("identifiers.confirm") && identifier.recorded_by != self.account_id
    }

    fn link(&self, rest: impl std::fmt::Display) -> String {
        format!("/suppliers/{}{rest}", self.supplier.id)
    }
}

#[get("/suppliers/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: &str,
) -> Result<ShowPage, Error> {
    let id = id.to_string();
    db.read(move |c| {
        let supplier = find(c, may.scope(), &id)?;
        let records = audit::trail_of(c, ("supplier", &id), None, 8)?;
        let scheme = regions::find_scheme(c, super::query::DEFAULT_SCHEME)?;
        Ok(ShowPage {
            region: regions::region_name(&page, &scheme, &supplier.area),
            identifiers: held::of(c, &id)?,
            sites: sites::of(c, &id)?,
            contacts: contacts::of(c, &id)?,
            categories: categories::of_supplier(c, &id)?,
            versions: history::of(c, &id)?,
            lines: audit::view::lines(&page, &records),
            account_id: may.actor().account_id.clone(),
            supplier,
            page,
        })
    })
    .await
}

#[get("/suppliers/<id>/edit")]
async fn edit(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: &str,
) -> Result<FormPage, Error> {
    let id = id.to_string();
    db.read(move |c| {
        let supplier = find(c, may.scope(), &id)?;
        let mut values = vec![
            ("legal_name", supplier.legal_name.clone()),
            ("english_name", supplier.english_name.clone()),
            ("industry", supplier.industry.clone()),
            ("website", supplier.website.clone()),
            ("note", supplier.note.clone()),
            ("revision", supplier.revision.to_string()),
        ];
        for category in categories::of_supplier(c, &id)? {
            values.push(("categories", category.id));
        }
        let values: Vec<(&str, &str)> = values.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let form = Form::of(&values);
        Ok(FormPage {
            supplier: Some(supplier),
            ..FormPage::load(c, page, form)?
        })
    })
    .await
}

#[post("/suppliers/<id>", data = "<form>")]
async fn update_one(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: &str,
    form: Submitted<SupplierInput>,
) -> Result<Answer<FormPage>, Error> {
    let scope = may.scope().clone();
    let id = id.to_string();
    let supplier = id.clone();
    let edited = form.handle(|input| db.write(move |c| update(c, &may, &supplier, &input)));
    let form = match edited.await? {
        Ok(after) => {
            let go = Go::to(format!("/suppliers/{id}"));
            return Ok(Answer::Go(
                go.saying("done-supplier-edited", &after.legal_name),
            ));
        }
        Err(form) => form,
    };
    let page = page.at(&format!("/suppliers/{id}/edit"));
    db.read(move |c| {
        let supplier = find(c, &scope, &id)?;
        let again = FormPage {
            supplier: Some(supplier),
            ..FormPage::load(c, page, form)?
        };
        Ok(Answer::Again(again))
    })
    .await
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/stage.html")]
struct StagePage {
    page: Page,
    supplier: Supplier,
    form: Form,
}

impl StagePage {
    fn stages(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.form.value("stage");
        let next = self.supplier.stage.next().iter();
        next.map(|s| {
            (
                s.as_str(),
                self.page.tk("stage", s.as_str()),
                s.as_str() == chosen,
            )
        })
        .collect()
    }
}

#[get("/suppliers/<id>/stage")]
async fn stage_form(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: &str,
) -> Result<StagePage, Error> {
    let id = id.to_string();
    db.read(move |c| {
        Ok(StagePage {
            page,
            supplier: find(c, may.scope(), &id)?,
            form: Form::empty(),
        })
    })
    .await
}

#[post("/suppliers/<id>/stage", data = "<form>")]
async fn change_one_stage(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    id: &str,
    form: Submitted<StageInput>,
) -> Result<Answer<StagePage>, Error> {
    let scope = may.scope().clone();
    let id = id.to_string();
    let supplier = id.clone();
    let changed = form.handle(|input| db.write(move |c| change_stage(c, &may, &supplier, &input)));
    match changed.await? {
        Ok(after) => {
            let go = Go::to(format!("/suppliers/{id}"));
            Ok(Answer::Go(
                go.saying("done-stage-changed", &after.legal_name),
            ))
        }
        Err(form) => {
            let again = db.read(move |c| {
                Ok(StagePage {
                    page,
                    supplier: find(c, &scope, &id)?,
                    form,
                })
            });
            Ok(Answer::Again(again.await?))
        }
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/trail.html")]
struct TrailPage {
    page: Page,
    supplier: Supplier,
    lines: Vec<Line>,
    earlier: Option<i64>,
}

/// Records on a page of a trail.
const TRAIL_PAGE: i64 = 50;

#[get("/suppliers/<id>/trail?<before>")]
async fn trail(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: &str,
    before: Option<i64>,
) -> Result<TrailPage, Error> {
    let id = id.to_string();
    db.read(move |c| {
        let supplier = find(c, may.scope(), &id)?;
        let records: Vec<AuditRecord> = audit::trail_of(c, ("supplier", &id), before, TRAIL_PAGE)?;
        let full = records.len() as i64 == TRAIL_PAGE;
        Ok(TrailPage {
            lines: audit::view::lines(&page, &records),
            earlier: records.last().filter(|_| full).map(|r| r.sequence),
            supplier,
            page,
        })
    })
    .await
}
