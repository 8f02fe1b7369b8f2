//! Pages of region schemes: the built-in ones, and the firm's own copies.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::own::{self, CopyInput, EditInput, NEW_REGION};
use super::{
    OUTSIDE, OwnScheme, Region, Scheme, UNRESOLVED, area_name, built_in_schemes, find_own,
    find_scheme, own_schemes, province, provinces, region_code, row_name,
};
use crate::access::{Actor, May, Right, Scope, Staff, right};
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problems};
use crate::page::{Answer, Form, Go, Nothing, Page, Submitted};
use crate::reports::regions::{Count, DayCache, RegionReport, by_region};
use crate::reports::tiles::{self, TileMap};
use crate::values::now;

pub fn routes() -> Vec<Route> {
    routes![index, show, copy, edit, save, retire]
}

#[derive(Template, WebTemplate)]
#[template(path = "regions/index.html")]
struct IndexPage {
    page: Page,
    built_in: &'static [Scheme],
    own: Vec<OwnScheme>,
}

impl IndexPage {
    fn regions_of(&self, scheme: &Scheme) -> String {
        let names = scheme.regions.iter().map(|r| self.page.pick(&r.name_en, &r.name_zh));
        let comma = if self.page.is_chinese() { "、" } else { ", " };
        names.collect::<Vec<_>>().join(comma)
    }
}

#[get("/regions")]
async fn index(_staff: Staff, page: Page, db: &State<Db>) -> Result<IndexPage, Error> {
    let own = db.read(own_schemes).await?;
    Ok(IndexPage { page, built_in: built_in_schemes(), own })
}

/// A scheme: its regions with their places, the map, what it means for the register today.
#[derive(Template, WebTemplate)]
#[template(path = "regions/show.html")]
struct SchemePage {
    page: Page,
    scheme: Scheme,
    /// `None` for a built-in one.
    own: Option<OwnScheme>,
    /// The report of today, for those who may read reports.
    report: Option<RegionReport>,
    map: Option<TileMap>,
    form: Form,
}

/// A region, or the places outside, with what is in it.
struct ShownRegion {
    code: String,
    mark: String,
    name: String,
    provinces: String,
    countries: String,
    number: Option<i64>,
}

impl SchemePage {
    fn regions(&self) -> Vec<ShownRegion> {
        let codes = self.scheme.regions.iter().map(|r| r.code.as_str());
        let rows = codes.enumerate().map(|(index, code)| self.region(code, mark(index)));
        let mut rows: Vec<ShownRegion> = rows.collect();
        rows.push(self.region(OUTSIDE, "–".into()));
        if let Some(report) = self.report.as_ref().filter(|report| report.unresolved > 0) {
            rows.push(ShownRegion {
                number: Some(report.unresolved),
                ..self.region(UNRESOLVED, "?".into())
            });
        }
        rows
    }

    fn region(&self, code: &str, mark: String) -> ShownRegion {
        let areas = self.scheme.areas_of(code);
        let (inside, abroad): (Vec<&String>, Vec<&String>) =
            areas.iter().filter(|a| !a.is_empty()).partition(|a| province(a).is_some());
        ShownRegion {
            code: code.to_string(),
            mark,
            name: row_name(&self.page, &self.scheme, code),
            provinces: self.names(&inside),
            // Outside a scheme of China is the whole world: not worth a list.
            countries: if code == OUTSIDE && abroad.len() > 30 {
                self.page.tn("scheme-other-countries", abroad.len() as i64)
            } else {
                self.names(&abroad)
            },
            number: self.report.as_ref().map(|report| report.in_row(code)),
        }
    }

    fn names(&self, areas: &[&String]) -> String {
        let names = areas.iter().map(|area| area_name(area, self.page.is_chinese()));
        let comma = if self.page.is_chinese() { "、" } else { ", " };
        names.collect::<Vec<_>>().join(comma)
    }

    fn number(&self, number: &i64) -> String {
        crate::texts::grouped(*number)
    }

    fn row_link(&self, row: &ShownRegion) -> String {
        format!("/reports/regions/rows?scheme={}&region={}", self.scheme.id, row.code)
    }
}

/// What stands on a tile for its region: its place in the list.
fn mark(index: usize) -> String {
    (index + 1).to_string()
}

/// The map by region. A scheme that only knows countries has none.
fn map_of(page: &Page, scheme: &Scheme) -> Option<TileMap> {
    if scheme.provinces.is_empty() {
        return None;
    }
    Some(tiles::map(page.is_chinese(), |province| {
        let code = region_code(scheme, province.code);
        match scheme.regions.iter().position(|region| region.code == code) {
            Some(index) => (format!("#row-{code}"), mark(index), format!("g{}", index % 8)),
            None => (format!("#row-{OUTSIDE}"), "–".into(), "t0".into()),
        }
    }))
}

fn load(
    c: &mut AnyConnection,
    cache: &DayCache,
    viewer: &Viewer,
    page: Page,
    id: &str,
    form: Form,
) -> Result<SchemePage, Error> {
    let scheme = find_scheme(c, id)?.into_owned();
    let own = match super::built_in(id) {
        Some(_) => None,
        None => Some(find_own(c, id)?),
    };
    let report = match viewer.reads_reports {
        true => {
            let today = now().date();
            Some(by_region(c, cache, &scheme, today, Count::Suppliers, &viewer.scope)?)
        }
        false => None,
    };
    let map = map_of(&page, &scheme);
    Ok(SchemePage { page, scheme, own, report, map, form })
}

struct Viewer {
    scope: Scope,
    reads_reports: bool,
}

impl Viewer {
    fn of(actor: &Actor) -> Viewer {
        Viewer { scope: actor.scope.clone(), reads_reports: actor.role.may(Right::ReadReports) }
    }
}

#[get("/regions/<id>")]
async fn show(
    staff: Staff,
    page: Page,
    db: &State<Db>,
    cache: &State<Arc<DayCache>>,
    id: &str,
) -> Result<SchemePage, Error> {
    let (cache, id) = (cache.inner().clone(), id.to_string());
    let viewer = Viewer::of(&staff.0.actor);
    db.read(move |c| load(c, &cache, &viewer, page, &id, Form::empty())).await
}

#[post("/regions/<id>/copies", data = "<form>")]
async fn copy(
    may: May<right::EditRegions>,
    page: Page,
    db: &State<Db>,
    cache: &State<Arc<DayCache>>,
    id: String,
    form: Submitted<CopyInput>,
) -> Result<Answer<SchemePage>, Error> {
    let (cache, base) = (cache.inner().clone(), id.clone());
    let actor = may.actor().clone();
    let viewer = Viewer::of(&actor);
    form.once(
        db,
        actor,
        move |c, input| {
            let name = if input.name_en.is_empty() { &input.name_zh } else { &input.name_en };
            let to = format!("/regions/{}/edit", own::copy(c, &may, &base, input)?);
            Ok(Go::to(to).saying("done-scheme-copied", name.trim()))
        },
        move |c, form| {
            let page = page.at(&format!("/regions/{id}"));
            load(c, &cache, &viewer, page, &id, form)
        },
    )
    .await
}

#[derive(Template, WebTemplate)]
#[template(path = "regions/edit.html")]
struct EditPage {
    page: Page,
    own: OwnScheme,
    form: Form,
}

/// A province of the form: code, name, and the regions it may be in (value, text, chosen).
type ProvinceChoice = (&'static str, String, Vec<(String, String, bool)>);

impl EditPage {
    fn regions(&self) -> &[Region] {
        &self.own.scheme.regions
    }

    fn title(&self) -> &str {
        self.page.pick(&self.own.scheme.name_en, &self.own.scheme.name_zh)
    }

    fn value(&self, part: &str, code: &str) -> &str {
        self.form.value(&format!("{part}-{code}"))
    }

    fn problem(&self, part: &str, code: &str) -> Option<String> {
        self.form.problem(&self.page, &format!("{part}-{code}"))
    }

    /// Code, name and choices of each province.
    fn provinces(&self) -> Vec<ProvinceChoice> {
        let all = provinces().iter();
        all.map(|found| {
            let chosen = self.value("province", found.code);
            let name = area_name(found.code, self.page.is_chinese());
            (found.code, name, self.choices(chosen))
        })
        .collect()
    }

    fn choices(&self, chosen: &str) -> Vec<(String, String, bool)> {
        let scheme = &self.own.scheme;
        let outside =
            if scheme.countries.is_empty() { "region-outside" } else { "scheme-as-country" };
        let mut choices: Vec<(String, String)> = vec![(String::new(), self.page.t(outside).into())];
        for region in &scheme.regions {
            let name = self.page.pick(&region.name_en, &region.name_zh);
            choices.push((region.code.clone(), name.to_string()));
        }
        choices.push((NEW_REGION.into(), self.page.t("scheme-new-region-choice").into()));
        choices
            .into_iter()
            .map(|(code, name)| {
                let on = code == chosen;
                (code, name, on)
            })
            .collect()
    }
}

fn form_of(own: &OwnScheme) -> Form {
    let scheme = &own.scheme;
    let mut values: Vec<(String, String)> = vec![
        ("name_en".into(), scheme.name_en.clone()),
        ("name_zh".into(), scheme.name_zh.clone()),
        ("note_en".into(), scheme.note_en.clone()),
        ("note_zh".into(), scheme.note_zh.clone()),
        ("revision".into(), own.revision.to_string()),
    ];
    for region in &scheme.regions {
        values.push((format!("region_en-{}", region.code), region.name_en.clone()));
        values.push((format!("region_zh-{}", region.code), region.name_zh.clone()));
    }
    for (province, region) in &scheme.provinces {
        values.push((format!("province-{province}"), region.clone()));
    }
    Form::rejected(values, Problems::default())
}

#[get("/regions/<id>/edit")]
async fn edit(
    _may: May<right::EditRegions>,
    page: Page,
    db: &State<Db>,
    id: &str,
) -> Result<EditPage, Error> {
    let id = id.to_string();
    let own = db.read(move |c| find_own(c, &id)).await?;
    if own.retired_at.is_some() {
        return Err(Error::Conflict("conflict-scheme-retired"));
    }
    Ok(EditPage { form: form_of(&own), own, page })
}

#[post("/regions/<id>/edit", data = "<form>")]
async fn save(
    may: May<right::EditRegions>,
    page: Page,
    db: &State<Db>,
    id: &str,
    form: Submitted<EditInput>,
) -> Result<Answer<EditPage>, Error> {
    let id = id.to_string();
    let (typed, scheme) = (form.values.clone(), id.clone());
    let saved = form
        .handle(|input| async move {
            db.write(move |c| own::edit(c, &may, &scheme, &input, &typed)).await
        })
        .await?;
    match saved {
        Ok(own) => {
            let name = page.pick(&own.scheme.name_en, &own.scheme.name_zh);
            let to = Go::to(format!("/regions/{id}"));
            Ok(Answer::Go(to.saying("done-scheme-saved", name)))
        }
        Err(form) => {
            let own = db.read(move |c| find_own(c, &id)).await?;
            Ok(Answer::Again(EditPage { page, own, form }))
        }
    }
}

#[post("/regions/<id>/retirement", data = "<_form>")]
async fn retire(
    may: May<right::EditRegions>,
    page: Page,
    db: &State<Db>,
    id: String,
    _form: Submitted<Nothing>,
) -> Result<Go, Error> {
    db.write(move |c| {
        own::retire(c, &may, &id)?;
        let scheme = find_own(c, &id)?.scheme;
        let name = page.pick(&scheme.name_en, &scheme.name_zh);
        Ok(Go::to("/regions").saying("done-scheme-retired", name))
    })
    .await
}
