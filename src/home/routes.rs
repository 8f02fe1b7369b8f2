//! The first page of staff: what waits for them.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, routes};

use super::{AT_MOST, Waiting};
use crate::access::Staff;
use crate::db::Db;
use crate::error::Error;
use crate::page::Page;
use crate::values::now;

pub fn routes() -> Vec<Route> {
    routes![home]
}

/// Days after which something has waited for long: a working week.
const LONG: i64 = 7;

#[derive(Template, WebTemplate)]
#[template(path = "home/staff.html")]
struct HomePage {
    page: Page,
    /// The kind that the list is narrowed to, "" for all.
    kind: String,
    /// Each kind that may wait for this person, and how many do.
    kinds: Vec<(&'static str, i64)>,
    waiting: Vec<Waiting>,
}

impl HomePage {
    /// Whole days that something has waited.
    fn days(&self, waiting: &Waiting) -> i64 {
        (now() - waiting.since).num_days()
    }

    fn is_old(&self, waiting: &Waiting) -> bool {
        self.days(waiting) >= LONG
    }

    fn age(&self, waiting: &Waiting) -> String {
        self.page.tn("home-days", self.days(waiting))
    }

    /// "12", or "100 or more": no more are looked at.
    fn number(&self, number: &i64) -> String {
        let key = if *number >= AT_MOST { "home-number-many" } else { "home-number" };
        self.page.tn(key, *number)
    }

    /// The filter: address, words, whether in force. One in force is taken away by its address.
    fn chips(&self) -> Vec<(String, String, bool)> {
        let some = self.kinds.iter().filter(|(_, number)| *number > 0);
        some.map(|(kind, number)| {
            let name = self.page.tk("home-kinds", kind);
            match *kind == self.kind {
                true => ("/home".to_string(), name, true),
                false => (format!("/home?kind={kind}"), format!("{name} {number}"), false),
            }
        })
        .collect()
    }
}

#[get("/home?<kind>")]
async fn home(
    staff: Staff,
    page: Page,
    db: &State<Db>,
    kind: Option<String>,
) -> Result<HomePage, Error> {
    let actor = staff.0.actor;
    let all = {
        let actor = actor.clone();
        db.read(move |c| super::for_staff(c, &actor)).await?
    };
    let number = |kind: &str| {
        let of_kind = all.iter().filter(|waiting| waiting.kind == kind);
        of_kind.map(|waiting| waiting.number.unwrap_or(1)).sum()
    };
    let kinds: Vec<_> = super::kinds(&actor).into_iter().map(|k| (k, number(k))).collect();
    let kind = kind.filter(|kind| kinds.iter().any(|(k, _)| k == kind)).unwrap_or_default();
    let waiting =
        all.into_iter().filter(|waiting| kind.is_empty() || waiting.kind == kind).collect();
    Ok(HomePage { page, kind, kinds, waiting })
}
