//! What a company sees of its inspections: who comes and what will be looked at, then what was found.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::acknowledge::{self, AcknowledgementInput, acknowledge};
use super::list::of_company;
use super::sheet::{Line, Sheet};
use super::{find_announced, routes_view as view, told};
use crate::access::Member;
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::inspections::Inspection;
use crate::inspections::findings::Finding;
use crate::page::{Answer, Form, Go, Page, Submitted};

/// The page of a company's inspections.
const HERE: &str = "/portal/inspections";

pub fn routes() -> Vec<Route> {
    routes![list, show, acknowledge_one]
}

#[derive(Template, WebTemplate)]
#[template(path = "inspections/portal_list.html")]
struct ListPage {
    page: Page,
    rows: Vec<Inspection>,
}

impl ListPage {
    fn status(&self, one: &Inspection) -> (&'static str, String) {
        view::status(&self.page, one)
    }
}

#[get("/portal/inspections")]
async fn list(member: Member, page: Page, db: &State<Db>) -> Result<ListPage, Error> {
    db.read(move |c| Ok(ListPage { page, rows: of_company(c, &member.supplier_id)? })).await
}

#[derive(Template, WebTemplate)]
#[template(path = "inspections/portal_show.html")]
struct ShowPage {
    page: Page,
    form: Form,
    inspection: Inspection,
    sheet: Sheet,
    findings: Vec<Finding>,
    acknowledged_name: Option<String>,
}

impl ShowPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        supplier_id: &str,
        id: &str,
        form: Form,
    ) -> Result<ShowPage, Error> {
        let inspection = find_announced(c, supplier_id, id)?;
        let mut sheet = Sheet::load(c, &inspection)?;
        if !inspection.status.is_done() {
            // What is written down so far is not yet said.
            sheet.papers.clear();
            for line in &mut sheet.lines {
                line.result = None;
                line.papers.clear();
            }
        }
        Ok(ShowPage {
            page: page.at(&format!("{HERE}/{id}")),
            form,
            findings: told::findings_of(c, id)?,
            acknowledged_name: acknowledge::name_of(c, &inspection)?,
            sheet,
            inspection,
        })
    }

    fn is_done(&self) -> bool {
        self.inspection.status.is_done()
    }

    fn status(&self) -> (&'static str, String) {
        view::status(&self.page, &self.inspection)
    }

    fn sections(&self) -> Vec<(&str, Vec<&Line>)> {
        self.sheet.sections(self.page.language())
    }

    fn outcome(&self, line: &Line) -> (&'static str, String) {
        view::outcome(&self.page, line)
    }

    fn numbers(&self) -> Vec<(&'static str, String, usize)> {
        view::numbers(&self.page, &self.sheet)
    }

    fn severity(&self, one: &Finding) -> (&'static str, String) {
        view::severity(&self.page, one)
    }

    fn finding(&self, one: &Finding) -> (&'static str, String) {
        view::finding(&self.page, one)
    }
}

#[get("/portal/inspections/<id>")]
async fn show(member: Member, page: Page, db: &State<Db>, id: String) -> Result<ShowPage, Error> {
    db.read(move |c| ShowPage::load(c, page, &member.supplier_id, &id, Form::empty())).await
}

#[post("/portal/inspections/<id>/acknowledgement", data = "<form>")]
async fn acknowledge_one(
    member: Member,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<AcknowledgementInput>,
) -> Result<Answer<ShowPage>, Error> {
    let (supplier_id, of) = (member.supplier_id.clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            acknowledge(c, &member, &of, input)?;
            Ok(Go::to(format!("{HERE}/{of}")).saying("done-inspection-acknowledged", ""))
        },
        move |c, form| ShowPage::load(c, page, &supplier_id, &id, form),
    )
    .await
}
