//! The page of a candidate: what is known of it, how it meets the criteria, what is decided.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::{Candidate, Origin, Status, find, open_phone};
use crate::access::{May, Scope, right};
use crate::audit;
use crate::audit::view::{self, Line};
use crate::categories::{self, Category};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::onboarding::needs::criteria::{Criterion, Method};
use crate::onboarding::needs::{self, Need};
use crate::onboarding::screening::{self, Screening, ScreeningInput, Standing, screen};
use crate::page::{Answer, Form, Go, Nothing, Page, Submitted};
use crate::regions;
use crate::suppliers::opening::Opened;
use crate::suppliers::{self, Supplier, held};
use crate::vault::Vault;

/// Records of its trail that a candidate's page shows.
const TRAIL: i64 = 30;

pub(super) fn routes() -> Vec<Route> {
    routes![show, screen_one, open_one]
}

#[derive(Template, WebTemplate)]
#[template(path = "candidates/show.html")]
pub(super) struct ShowPage {
    page: Page,
    /// What was typed in one of the page's forms.
    form: Form,
    candidate: Candidate,
    need: Option<Need>,
    category: Option<Category>,
    /// The company that it is or became, if the person may see it.
    supplier: Option<Supplier>,
    standing: Standing,
    /// Open needs that a held one can be released to.
    needs: Vec<Need>,
    lines: Vec<Line>,
}

impl ShowPage {
    pub(super) fn load(
        c: &mut AnyConnection,
        page: Page,
        scope: &Scope,
        id: &str,
        form: Form,
    ) -> Result<ShowPage, Error> {
        let (candidate, need) = find(c, scope, id)?;
        let supplier = match &candidate.supplier_id {
            Some(supplier) => suppliers::find(c, scope, supplier).ok(),
            None => None,
        };
        let is_unplaced = candidate.status == Status::Held && need.is_none();
        let trail = audit::trail_of(c, ("candidate", id), None, TRAIL)?;
        let of_candidate = |one: &Category| Some(&one.id) == candidate.category_id.as_ref();
        Ok(ShowPage {
            category: categories::all(c)?.into_iter().find(of_candidate),
            standing: screening::standing(c, &candidate)?,
            needs: if is_unplaced { needs::list::all_open(c, scope)? } else { Vec::new() },
            lines: view::lines(&page, &trail),
            page: page.at(&format!("/candidates/{id}")),
            form,
            candidate,
            need,
            supplier,
        })
    }

    fn is_own(&self) -> bool {
        let viewer = self.page.viewer();
        viewer.is_some_and(|viewer| self.candidate.was_proposed_by(&viewer.actor.account_id))
    }

    fn is_running(&self) -> bool {
        matches!(self.candidate.status, Status::Held | Status::Proposed)
    }

    fn need_is_open(&self) -> bool {
        self.need.as_ref().is_some_and(Need::is_open)
    }

    fn may_screen(&self) -> bool {
        let is_ready = self.candidate.status == Status::Proposed && self.need_is_open();
        is_ready && self.page.may("candidates.screen")
    }

    fn may_decide(&self) -> bool {
        self.is_running() && !self.is_own() && self.page.may("candidates.decide")
    }

    fn may_accept(&self) -> bool {
        self.candidate.status == Status::Proposed
            && self.need_is_open()
            && self.standing.is_complete()
            && self.standing.failed_musts().is_empty()
    }

    fn country(&self) -> String {
        let found = regions::country(&self.candidate.country);
        found.map_or_else(String::new, |f| self.page.pick(f.name_en, f.name_zh).to_string())
    }

    /// What a field of the n-th criterion holds: as typed, or as it was found.
    fn typed(&self, field: &str, at: &usize, found: &Option<Screening>) -> String {
        if let Some(text) = self.form.all(field).get(*at) {
            return text.to_string();
        }
        match (field, found) {
            ("verdict", Some(found)) => found.verdict(),
            ("reason", Some(found)) => found.reason.clone(),
            _ => String::new(),
        }
    }

    fn seen<'a>(&self, found: &'a Option<Screening>) -> &'a str {
        found.as_ref().map_or("", |found| found.id.as_str())
    }

    /// The verdicts that a criterion can have: value and words.
    fn verdicts(&self, criterion: &Criterion) -> Vec<(String, String)> {
        match criterion.method {
            Method::PassFail => {
                ["pass", "fail"].map(|one| (one.to_string(), self.page.tk("verdict", one))).to_vec()
            }
            Method::Score => (0..=screening::BEST)
                .rev()
                .map(|score| (score.to_string(), self.page.tk("verdict", &score.to_string())))
                .collect(),
        }
    }

    /// Whether a decline is announced unless somebody takes the mark away: not to what may be
    /// nobody's honest word.
    fn tells(&self) -> bool {
        let was_typed = !self.form.value("decision").is_empty();
        if was_typed {
            self.form.value("tell") == "on"
        } else {
            self.candidate.status != Status::Held
        }
    }

    fn has_email(&self) -> bool {
        !self.candidate.contact_email.is_empty()
    }
}

#[get("/candidates/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<ShowPage, Error> {
    db.read(move |c| ShowPage::load(c, page, may.scope(), &id, Form::empty())).await
}

#[post("/candidates/<id>/screening", data = "<form>")]
async fn screen_one(
    may: May<right::ScreenCandidates>,
    page: Page,
    db: &State<Db>,
    id: String,
    form: Submitted<ScreeningInput>,
) -> Result<Answer<ShowPage>, Error> {
    let (scope, screened) = (may.scope().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            screen(c, &may, &screened, input)?;
            Ok(Go::to(format!("/candidates/{screened}")).saying("done-candidate-screened", ""))
        },
        move |c, form| ShowPage::load(c, page, &scope, &id, form),
    )
    .await
}

#[derive(Template, WebTemplate)]
#[template(path = "candidates/opened.html")]
struct OpenedPage {
    page: Page,
    id: String,
    opened: Opened,
}

#[post("/candidates/<id>/phone", data = "<_form>")]
async fn open_one(
    may: May<right::OpenPersonalData>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    _form: Submitted<Nothing>,
) -> Result<OpenedPage, Error> {
    let (vault, of) = (vault.inner().clone(), id.clone());
    let opened = db.write(move |c| open_phone(c, &may, &vault, &of)).await?;
    Ok(OpenedPage { page, id, opened })
}
