//! Staff record what a company signed on paper.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::paper::{PaperInput, may_record, record, unsigned};
use super::{AfterSigning, Clause, Version};
use crate::Settings;
use crate::access::{May, Scope, right};
use crate::db::{AnyConnection, Db};
use crate::documents::check::ACCEPTED;
use crate::documents::{self, Desk, Store, Stored, Uploader};
use crate::error::{Error, Problems};
use crate::once::{Once, earlier, once};
use crate::page::{Answer, Form, Go, Page, Papers};
use crate::suppliers::{self, Supplier};
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![new_one, record_one]
}

#[derive(Template, WebTemplate)]
#[template(path = "signatures/paper.html")]
struct NewPage {
    page: Page,
    form: Form,
    supplier: Supplier,
    open: Vec<(Clause, Version)>,
}

impl NewPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        scope: &Scope,
        id: &str,
        form: Form,
    ) -> Result<NewPage, Error> {
        let supplier = suppliers::find(c, scope, id)?;
        let page = page.at(&format!("/suppliers/{id}/paper-signatures/new"));
        Ok(NewPage { page, form, open: unsigned(c, id)?, supplier })
    }

    fn clauses(&self) -> Vec<(&str, String, bool)> {
        let chosen = self.form.value("clause");
        let option = |(clause, version): &'_ (Clause, Version)| {
            let name = self.page.pick(&clause.name_en, &clause.name_zh);
            let number = version.version.to_string();
            self.page.ta("paper-version", &[("name", name), ("version", &number)])
        };
        self.open.iter().map(|one| (one.1.id.as_str(), option(one), one.1.id == chosen)).collect()
    }

    fn languages(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.form.value("paper_language");
        [("zh-CN", "中文"), ("en", "English")]
            .into_iter()
            .map(|(code, name)| (code, name.to_string(), code == chosen))
            .collect()
    }

    fn accepted(&self) -> &'static str {
        ACCEPTED
    }
}

#[get("/suppliers/<id>/paper-signatures/new")]
async fn new_one(
    may: May<right::RecordSignatures>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<NewPage, Error> {
    let language = page.lang();
    let form = Form::of(&[("paper_language", language)]);
    db.read(move |c| NewPage::load(c, page, may.scope(), &id, form)).await
}

#[post("/suppliers/<id>/paper-signatures", data = "<papers>")]
#[allow(clippy::too_many_arguments, reason = "each is a guard or a state of the server")]
async fn record_one(
    may: May<right::RecordSignatures>,
    page: Page,
    db: &State<Db>,
    store: &State<Store>,
    settings: &State<Settings>,
    vault: &State<Vault>,
    after: &State<AfterSigning>,
    id: String,
    papers: Papers<'_>,
) -> Result<Answer<NewPage>, Error> {
    let (vault, after, scope) = (vault.inner().clone(), **after, may.scope().clone());
    let may = Arc::new(may);
    let input = PaperInput::of_form(|field| papers.typed(field).to_string());
    let key = papers.key().to_string();
    let document = input.document(page.t("paper-document"));
    let asking = (Arc::clone(&may), id.clone(), input.clone(), document.clone(), key.clone());
    let ask = move |c: &mut AnyConnection, size: Option<i64>| {
        let (may, id, input, document, key) = asking;
        // Sent twice it is no second one: what was made then is the answer.
        if let Some(kept) = earlier(c, may.actor(), &key)? {
            return Ok(Some(Go::again(&kept)));
        }
        may_record(c, &may, &id, &input, size.is_some())?;
        if let Some(size) = size {
            documents::may_add(c, &Uploader::Recorder(&may), &id, &document, size)?;
        }
        Ok(None)
    };
    let of = id.clone();
    let work = move |c: &mut AnyConnection, stored: Option<Stored>| {
        let made = once(c, may.actor(), &key, |c| {
            let stored = stored.ok_or_else(|| Problems::one("file", "paper_scan"))?;
            may_record(c, &may, &of, &input, true)?;
            let scan = documents::add(c, &Uploader::Recorder(&may), &of, &stored, &document)?;
            let signature = record(c, &may, &vault, &of, &input, &scan)?;
            (after.0)(c, may.actor(), &vault, &of)?;
            let go =
                Go::to(format!("/signatures/{}", signature.id)).saying("done-paper-recorded", "");
            Ok((go.kept(), go))
        })?;
        Ok(match made {
            Once::Now(go) => go,
            Once::Before(kept) => Go::again(&kept),
        })
    };
    match (Desk { db, store, settings }).take_with(&papers, ask, work).await? {
        Ok(go) => Ok(Answer::Go(go)),
        Err(form) => {
            let again = db.read(move |c| NewPage::load(c, page, &scope, &id, form));
            Ok(Answer::Again(again.await?))
        }
    }
}
