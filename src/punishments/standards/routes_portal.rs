//! What companies read: the standards in force, and how a case goes.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, routes};

use super::{Standard, Version, in_force, shown, standards_of};
use crate::access::Member;
use crate::db::Db;
use crate::error::Error;
use crate::page::Page;
use crate::values::now;

pub fn routes() -> Vec<Route> {
    routes![index]
}

#[derive(Template, WebTemplate)]
#[template(path = "punishment_standards/portal.html")]
struct PortalPage {
    page: Page,
    version: Option<Version>,
    lines: Vec<Standard>,
}

impl PortalPage {
    fn groups(&self) -> Vec<&[Standard]> {
        shown::groups(&self.lines)
    }

    /// Label and text of everything that a standard says.
    fn facts(&self, line: &Standard) -> Vec<(String, String)> {
        shown::facts(&self.page, line)
    }

    /// The language of the names that stand second.
    fn other(&self) -> &'static str {
        if self.page.is_chinese() { "en" } else { "zh-CN" }
    }
}

/// Every company reads the same.
#[get("/portal/punishment-standards")]
async fn index(_member: Member, page: Page, db: &State<Db>) -> Result<PortalPage, Error> {
    db.read(move |c| {
        let version = in_force(c, now().date())?;
        let lines = match &version {
            Some(version) => standards_of(c, &version.id)?,
            None => Vec::new(),
        };
        Ok(PortalPage { page, version, lines })
    })
    .await
}
