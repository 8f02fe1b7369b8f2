//! The queue of addresses to settle.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Go, Page, Submitted};
use crate::regions::{self, Choice};
use crate::suppliers::settling::{self, PlaceChoice};
use crate::suppliers::sites::Site;

pub(super) fn routes() -> Vec<Route> {
    routes![addresses, settle]
}

/// Addresses on a page of the queue.
const QUEUE_PAGE: i64 = 25;

#[derive(Template, WebTemplate)]
#[template(path = "suppliers/addresses.html")]
struct AddressesPage {
    page: Page,
    /// (site, English name, legal name of its company).
    waiting: Vec<(Site, String, String)>,
    next: Option<String>,
}

impl AddressesPage {
    fn candidates(&self, site: &Site) -> Vec<(String, String, String)> {
        let chinese = self.page.is_chinese();
        let name = |area: &str, city: &str| regions::place_name(area, city, chinese);
        let all = site.candidates().into_iter();
        all.map(|c| (name(&c.area, &c.city), c.area, c.city)).collect()
    }

    /// Provinces and countries, in one select.
    fn areas(&self) -> Vec<Choice> {
        let chinese = self.page.is_chinese();
        let countries = regions::country_options(chinese, "").into_iter();
        // China alone is no answer: the province is what is asked. Hong Kong, Macao and Taiwan
        // stand among the provinces.
        let countries = countries.filter(|(code, ..)| !["CN", "HK", "MO", "TW"].contains(code));
        regions::province_options(chinese, "").into_iter().chain(countries).collect()
    }
}

#[get("/addresses?<after>")]
async fn addresses(
    may: May<right::SettleAddresses>,
    page: Page,
    db: &State<Db>,
    after: Option<String>,
) -> Result<AddressesPage, Error> {
    db.read(move |c| {
        let waiting = settling::unresolved(c, may.scope(), after.as_deref(), QUEUE_PAGE)?;
        let full = waiting.len() as i64 == QUEUE_PAGE;
        let next =
            waiting.last().filter(|_| full).map(|(s, ..)| format!("/addresses?after={}", s.id));
        Ok(AddressesPage { page, waiting, next })
    })
    .await
}

#[post("/addresses/<site>", data = "<form>")]
async fn settle(
    may: May<right::SettleAddresses>,
    db: &State<Db>,
    site: String,
    form: Submitted<PlaceChoice>,
) -> Result<Go, Error> {
    let choice = form.input()?;
    let settled = db.write(move |c| settling::settle(c, &may, &site, &choice)).await?;
    Ok(Go::to("/addresses").saying("done-address-settled", &settled.address))
}
