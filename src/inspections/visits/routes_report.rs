//! An inspection on paper: everything that was found, to print.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, routes};

use super::sheet::{Line, Sheet};
use super::{acknowledge, find_announced, routes_view as view, told};
use crate::access::{May, Member, Scope, right};
use crate::categories::Category;
use crate::certification::category::category;
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::inspections::findings::Finding;
use crate::inspections::{Inspection, find};
use crate::page::Page;
use crate::suppliers::{self, Supplier};

pub(super) fn routes() -> Vec<Route> {
    routes![report, report_of_company]
}

/// What both reports show: `inspections/report_part.html` wants a field `report` beside `page`.
pub(super) struct Report {
    inspection: Inspection,
    supplier: Supplier,
    category: Option<Category>,
    sheet: Sheet,
    findings: Vec<Finding>,
    acknowledged_name: Option<String>,
}

impl Report {
    fn load(
        c: &mut AnyConnection,
        inspection: Inspection,
        supplier: Supplier,
    ) -> Result<Report, Error> {
        Ok(Report {
            category: inspection.category_id.as_deref().map(|id| category(c, id)).transpose()?,
            sheet: Sheet::load(c, &inspection)?,
            findings: told::findings_of(c, &inspection.id)?,
            acknowledged_name: acknowledge::name_of(c, &inspection)?,
            inspection,
            supplier,
        })
    }

    fn sections<'a>(&'a self, page: &Page) -> Vec<(&'a str, Vec<&'a Line>)> {
        self.sheet.sections(page.language())
    }

    fn outcome(&self, page: &Page, line: &Line) -> (&'static str, String) {
        view::outcome(page, line)
    }

    fn numbers(&self, page: &Page) -> Vec<(&'static str, String, usize)> {
        view::numbers(page, &self.sheet)
    }

    fn severity(&self, page: &Page, one: &Finding) -> (&'static str, String) {
        view::severity(page, one)
    }

    fn status(&self, page: &Page) -> (&'static str, String) {
        view::status(page, &self.inspection)
    }

    /// The question of a finding's item.
    fn question<'a>(&'a self, page: &Page, one: &Finding) -> &'a str {
        let line = self.sheet.lines.iter().find(|line| line.item.id == one.item_id);
        line.map_or("", |line| line.item.question(page.language()))
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "inspections/report.html")]
struct ReportPage {
    page: Page,
    report: Report,
}

#[derive(Template, WebTemplate)]
#[template(path = "inspections/portal_report.html")]
struct CompanyReportPage {
    page: Page,
    report: Report,
}

#[get("/inspections/<id>/report")]
async fn report(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<ReportPage, Error> {
    db.read(move |c| {
        let (inspection, supplier) = find(c, may.scope(), &id)?;
        Ok(ReportPage { page, report: Report::load(c, inspection, supplier)? })
    })
    .await
}

#[get("/portal/inspections/<id>/report")]
async fn report_of_company(
    member: Member,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<CompanyReportPage, Error> {
    db.read(move |c| {
        let inspection = find_announced(c, &member.supplier_id, &id)?;
        if !inspection.status.is_done() {
            return Err(Error::NotFound);
        }
        let supplier = suppliers::find(c, &Scope::Everything, &member.supplier_id)?;
        Ok(CompanyReportPage { page, report: Report::load(c, inspection, supplier)? })
    })
    .await
}
