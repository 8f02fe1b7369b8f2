//! The page of a link, drawn, and the form that settles it.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::list::{self, Company, Row};
use super::{SettleInput, Status, find, settle};
use crate::access::{May, Scope, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::regions;
use crate::values::now;

/// The violation of a case against a company that gets around a measure.
const VIOLATION: &str = "evasion";
/// Letters of a name that the drawing has room for; an ideograph is as wide as two.
const WIDE: usize = 34;

pub(super) fn routes() -> Vec<Route> {
    routes![show, settle_one]
}

#[derive(Template, WebTemplate)]
#[template(path = "punishments/evasion_show.html")]
struct ShowPage {
    page: Page,
    form: Form,
    row: Row,
    /// Other links of the same company.
    others: Vec<Row>,
}

impl ShowPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        scope: &Scope,
        id: &str,
        form: Form,
    ) -> Result<ShowPage, Error> {
        let (link, today) = (find(c, scope, id)?, now().date());
        let others = list::beside(c, scope, &link, today)?;
        let row = list::rows(c, vec![link], today)?.pop().ok_or(Error::NotFound)?;
        Ok(ShowPage { page: page.at(&format!("/evasion-links/{id}")), form, row, others })
    }

    fn name<'a>(&self, company: &'a Company) -> &'a str {
        self.page.pick(&company.english_name, &company.legal_name)
    }

    /// The name as far as the drawing has room.
    fn short(&self, company: &Company) -> String {
        cut(self.name(company))
    }

    fn area(&self, company: &Company) -> String {
        regions::area_name(&company.area, self.page.is_chinese())
    }

    fn is_held(&self) -> bool {
        self.row.link.status == Status::Held
    }

    /// Whether the viewer recorded what is shared, and so does not judge it.
    fn is_own(&self) -> bool {
        let account = self.page.viewer().map(|viewer| viewer.actor.account_id.as_str());
        account.is_some_and(|account| self.row.link.was_recorded_by(account))
    }

    fn may_settle(&self) -> bool {
        self.is_held() && self.page.may("evasion.settle") && !self.is_own()
    }

    /// Where a case is opened once the link is confirmed; `None` for who opens none.
    fn case_form(&self) -> Option<String> {
        let is_confirmed = self.row.link.status == Status::Confirmed;
        (is_confirmed && self.page.may("punishments.propose")).then(|| {
            let company = &self.row.link.supplier_id;
            format!("/punishments/new?supplier={company}&violation={VIOLATION}")
        })
    }

    /// The outcomes to choose from.
    fn outcomes(&self) -> Vec<(&'static str, String, bool)> {
        [Status::Cleared, Status::Confirmed]
            .into_iter()
            .map(|status| {
                let value = status.as_str();
                let text = self.page.tk("evasion-outcome", value);
                (value, text, self.form.value("outcome") == value)
            })
            .collect()
    }

    /// The drawing in one sentence.
    fn sentence(&self) -> String {
        let kind = self.page.tk("evasion-kind", self.row.link.kind.as_str());
        let args = [
            ("company", self.name(&self.row.company)),
            ("other", self.name(&self.row.other)),
            ("kind", kind.as_str()),
        ];
        self.page.ta("evasion-sentence", &args)
    }
}

/// A name of at most so many letters.
fn cut(name: &str) -> String {
    let mut width = 0;
    let fits = |c: &char| {
        width += if c.len_utf8() >= 3 { 2 } else { 1 };
        width <= WIDE
    };
    let kept: String = name.chars().take_while(fits).collect();
    if kept.len() == name.len() { kept } else { format!("{}…", kept.trim_end()) }
}

#[get("/evasion-links/<id>")]
async fn show(
    may: May<right::ReadPunishments>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<ShowPage, Error> {
    db.read(move |c| ShowPage::load(c, page, may.scope(), &id, Form::empty())).await
}

#[post("/evasion-links/<id>/settling", data = "<form>")]
async fn settle_one(
    may: May<right::SettleEvasion>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<SettleInput>,
) -> Result<Answer<ShowPage>, Error> {
    let (scope, of) = (may.scope().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            let link = settle(c, &may, &of, input)?;
            let said = match link.status {
                Status::Confirmed => "done-evasion-confirmed",
                _ => "done-evasion-cleared",
            };
            Ok(Go::to(format!("/evasion-links/{of}")).saying(said, ""))
        },
        move |c, form| ShowPage::load(c, page, &scope, &id, form),
    )
    .await
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_name_that_is_too_wide_for_the_drawing_is_cut() {
        assert_eq!(cut("Short Ltd"), "Short Ltd");
        assert_eq!(cut(&"a".repeat(40)), format!("{}…", "a".repeat(34)));
        assert_eq!(cut(&"苏".repeat(40)), format!("{}…", "苏".repeat(17)));
    }
}
