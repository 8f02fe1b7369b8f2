//! What companies see of draws: what was promised and when, and their own line.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, routes};

use super::of_company::{self, Own};
use super::sample::key_written;
use super::{Certain, Chosen, Draw, Entry, Status, list};
use crate::access::Member;
use crate::db::Db;
use crate::error::Error;
use crate::inspections::plans::Plan;
use crate::page::Page;
use crate::page::filters::given;
use crate::page::paging::{Cursor, PAGE_SIZE};

pub fn routes() -> Vec<Route> {
    routes![index, show]
}

#[derive(Template, WebTemplate)]
#[template(path = "draws/portal.html")]
struct DrawsPage {
    page: Page,
    draws: Vec<(Draw, Plan)>,
    /// The company's own entries, by the draws' ids.
    own: HashMap<String, Entry>,
    next: Option<String>,
}

impl DrawsPage {
    /// How the company stands to a draw: shape and words.
    fn mark(&self, draw: &Draw) -> (&'static str, &str) {
        let entry = self.own.get(&draw.id);
        let key = match (draw.status, entry) {
            (Status::Committed, _) => return ("wait", self.page.t("portal-draw-promised")),
            (Status::Discarded, _) => return ("none", self.page.t("portal-draw-discarded")),
            (_, None) => return ("none", self.page.t("portal-draw-not-listed")),
            (Status::Frozen, Some(_)) => return ("wait", self.page.t("portal-draw-listed")),
            (Status::Drawn, Some(entry)) if entry.chosen.is_in() => "portal-draw-in",
            (Status::Drawn, Some(_)) => return ("ok", self.page.t("portal-draw-not-in")),
        };
        ("due", self.page.t(key))
    }
}

#[get("/portal/draws?<after>")]
async fn index(
    member: Member,
    page: Page,
    db: &State<Db>,
    after: Option<String>,
) -> Result<DrawsPage, Error> {
    db.read(move |c| {
        let after = given(&after).and_then(Cursor::decode);
        let (draws, next) = list::draws(c, after.as_ref(), PAGE_SIZE)?;
        let frozen = draws.iter().filter(|(draw, _)| draw.is_frozen());
        let ids: Vec<&str> = frozen.map(|(draw, _)| draw.id.as_str()).collect();
        let own = of_company::listed(c, &member.supplier_id, &ids)?;
        Ok(DrawsPage {
            own: own.into_iter().map(|entry| (entry.draw_id.clone(), entry)).collect(),
            next: next.map(|cursor| format!("/portal/draws?after={}", cursor.encode())),
            page,
            draws,
        })
    })
    .await
}

#[derive(Template, WebTemplate)]
#[template(path = "draws/portal_show.html")]
struct OneDrawPage {
    page: Page,
    draw: Draw,
    plan: Plan,
    own: Option<Own>,
}

impl OneDrawPage {
    fn key(&self, key: &Option<f64>) -> String {
        key.map(key_written).unwrap_or_default()
    }

    fn is_drawn(&self) -> bool {
        self.draw.status == Status::Drawn
    }

    fn is_certain(&self, own: &Own) -> bool {
        own.entry.certain != Certain::No
    }

    /// What became of the company, in a sentence.
    fn outcome(&self, own: &Own) -> &str {
        match own.entry.chosen {
            Chosen::Certain => self.page.t("portal-draw-certain"),
            Chosen::Drawn => self.page.t("portal-draw-drawn"),
            Chosen::Replacement => self.page.t("portal-draw-replacement"),
            Chosen::Replaced => self.page.t("portal-draw-replaced"),
            Chosen::No if self.is_drawn() => self.page.t("portal-draw-not-drawn"),
            Chosen::No => self.page.t("portal-draw-listed-body"),
        }
    }
}

#[get("/portal/draws/<id>")]
async fn show(
    member: Member,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<OneDrawPage, Error> {
    db.read(move |c| {
        let (draw, plan, own) = of_company::show(c, &member.supplier_id, &id)?;
        Ok(OneDrawPage { page, draw, plan, own })
    })
    .await
}
