//! A company's clauses: how it stands to each, what it has signed, what is asked of it, who may sign.

use std::collections::HashMap;

use askama::Template;
use askama_web::WebTemplate;
use chrono::NaiveDate;
use rocket::{Route, State, get, post, routes};

use super::data_access::{self, DataAccess};
use super::exceptions::{self, Exception, ExceptionInput};
use super::requests::{self, Request};
use super::rights::{self, RightStatus, SigningRight};
use super::signatures::{self, Signed};
use super::standing::{self, InForce, Standing};
use super::voiding::ReasonInput;
use super::{AfterSigning, Clause, routes_signature, routes_supplier_paper};
use crate::access::{Actor, May, Needed, Scope, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::suppliers::{Supplier, find, people};
use crate::values::now;
use crate::vault::Vault;

pub fn routes() -> Vec<Route> {
    let own = routes![tab, except_one, end_exception, begin_access, end_access];
    [own, routes_supplier_paper::routes(), routes_signature::routes()].concat()
}

/// A clause with how the company stands to it.
struct Row {
    clause: Clause,
    standing: Standing,
    /// The version that counts today.
    on: Option<InForce>,
    /// The version to sign.
    newest: Option<InForce>,
    /// The newest signature that counts.
    signed: Option<Signed>,
}

impl Row {
    /// Whether the newest version is asked for and not signed.
    fn is_open(&self) -> bool {
        let newest = self.newest.as_ref().map(|one| one.version.id.as_str());
        let signed = self.signed.as_ref().map(|one| one.signature.version_id.as_str());
        let is_asked = matches!(self.standing, Standing::MustSign | Standing::MustSignAgain);
        newest.is_some() && newest != signed && is_asked
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "signatures/supplier.html")]
struct TabPage {
    page: Page,
    form: Form,
    supplier: Supplier,
    rows: Vec<Row>,
    signed: Vec<Signed>,
    requests: Vec<Request>,
    exceptions: Vec<Exception>,
    access: Vec<DataAccess>,
    rights: Vec<SigningRight>,
    /// Names of the people behind the company, by id.
    people: HashMap<String, String>,
    today: NaiveDate,
}

impl TabPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        scope: &Scope,
        id: &str,
        form: Form,
    ) -> Result<TabPage, Error> {
        let supplier = find(c, scope, id)?;
        let (published, today) = (standing::published(c)?, now().date());
        let company = standing::load(c, &[id])?.remove(id).unwrap_or_default();
        let signed = signatures::of(c, id)?;
        let row = |clause: &Clause| Row {
            standing: company.standing(&published, &clause.id, today),
            on: published.on(&clause.id, today).cloned(),
            newest: published.newest(&clause.id).cloned(),
            signed: signed
                .iter()
                .find(|one| one.clause.id == clause.id && one.void.is_none())
                .cloned(),
            clause: clause.clone(),
        };
        let people = people::of(c, id)?.into_iter().map(|one| (one.id, one.name)).collect();
        Ok(TabPage {
            page: page.at(&format!("/suppliers/{id}/clauses")),
            form,
            rows: published.clauses.iter().map(row).collect(),
            requests: requests::open_of(c, id)?,
            exceptions: exceptions::of(c, id)?,
            access: data_access::of(c, id)?,
            rights: rights::of(c, id)?,
            people,
            signed,
            supplier,
            today,
        })
    }

    fn link(&self, rest: &str) -> String {
        format!("/suppliers/{}{rest}", self.supplier.id)
    }

    fn name(&self, clause_id: &str) -> &str {
        let clause = self.rows.iter().map(|row| &row.clause).find(|one| one.id == clause_id);
        clause.map_or("?", |one| self.page.pick(&one.name_en, &one.name_zh))
    }

    /// The clause and the version that a request is about.
    fn requested(&self, request: &Request) -> Option<(&Row, i64)> {
        self.rows.iter().find_map(|row| {
            let both = [&row.newest, &row.on];
            let of_request = |one: &&InForce| one.version.id == request.version_id;
            let found = both.into_iter().flatten().find(of_request)?;
            Some((row, found.version.version))
        })
    }

    /// Whether a request for what a row still needs waits for an answer.
    fn is_requested(&self, row: &Row) -> bool {
        let Some(newest) = &row.newest else { return false };
        self.requests.iter().any(|one| one.version_id == newest.version.id)
    }

    fn has_open(&self) -> bool {
        self.rows.iter().any(|row| row.is_open() && !self.is_requested(row))
    }

    fn clause_options(&self) -> Vec<(&str, String, bool)> {
        let chosen = self.form.value("clause");
        self.rows
            .iter()
            .map(|row| {
                let name = self.name(&row.clause.id).to_string();
                (row.clause.id.as_str(), name, row.clause.id == chosen)
            })
            .collect()
    }

    fn running(&self) -> Option<&DataAccess> {
        self.access.iter().find(|one| one.valid_to == crate::values::forever())
    }

    fn exception_state(&self, one: &Exception) -> (&'static str, &'static str) {
        match one {
            _ if one.ended_at.is_some() => ("none", "exception-ended"),
            _ if one.valid_to < self.today => ("none", "exception-over"),
            _ if one.valid_from > self.today => ("wait", "exception-coming"),
            _ => ("wait", "exception-running"),
        }
    }

    fn right_mark(&self, one: &SigningRight) -> &'static str {
        match one.status {
            RightStatus::Granted => "ok",
            RightStatus::Requested => "due",
            RightStatus::Declined | RightStatus::Revoked => "none",
        }
    }

    fn person(&self, one: &SigningRight) -> &str {
        self.people.get(&one.person_id).map_or("?", String::as_str)
    }
}

#[get("/suppliers/<id>/clauses")]
async fn tab(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    id: String,
) -> Result<TabPage, Error> {
    db.read(move |c| TabPage::load(c, page, may.scope(), &id, Form::empty())).await
}

fn back(id: &str, notice: &'static str) -> Go {
    Go::to(format!("/suppliers/{id}/clauses")).saying(notice, "")
}

/// What a form of the tab needs beside its input.
struct Change<R: Needed> {
    may: May<R>,
    after: AfterSigning,
    vault: Vault,
    supplier_id: String,
    notice: &'static str,
}

/// Does the work of a form of the tab; then what rests on a company's signatures is looked at again.
async fn act<R: Needed, T: Send + 'static>(
    (page, db): (Page, &Db),
    change: Change<R>,
    form: Submitted<T>,
    work: impl FnOnce(&mut AnyConnection, &May<R>, &str, &T) -> Result<(), Error> + Send + 'static,
) -> Result<Answer<TabPage>, Error> {
    let actor: Actor = change.may.actor().clone();
    let (scope, id) = (change.may.scope().clone(), change.supplier_id.clone());
    form.once(
        db,
        actor.clone(),
        move |c, input| {
            let of = change.supplier_id.as_str();
            work(c, &change.may, of, input)?;
            (change.after.0)(c, &actor, &change.vault, of)?;
            Ok(back(of, change.notice))
        },
        move |c, form| TabPage::load(c, page, &scope, &id, form),
    )
    .await
}

#[post("/suppliers/<id>/clause-exceptions", data = "<form>")]
async fn except_one(
    may: May<right::GrantExceptions>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    after: &State<AfterSigning>,
    id: String,
    form: Submitted<ExceptionInput>,
) -> Result<Answer<TabPage>, Error> {
    let (vault, after, notice) = (vault.inner().clone(), **after, "done-exception-granted");
    let change = Change { may, after, vault, supplier_id: id, notice };
    act((page, db), change, form, |c, may, id, input| {
        exceptions::grant(c, may, id, input).map(drop)
    })
    .await
}

#[post("/clause-exceptions/<id>/end", data = "<form>")]
async fn end_exception(
    may: May<right::GrantExceptions>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    after: &State<AfterSigning>,
    id: String,
    form: Submitted<ReasonInput>,
) -> Result<Answer<TabPage>, Error> {
    let (vault, after, scope) = (vault.inner().clone(), **after, may.scope().clone());
    let of = id.clone();
    form.write(
        db,
        move |c, input| {
            let ended = exceptions::end(c, &may, &id, input)?;
            (after.0)(c, may.actor(), &vault, &ended.supplier_id)?;
            Ok(back(&ended.supplier_id, "done-exception-ended"))
        },
        move |c, form| {
            let exception = exceptions::find(c, &scope, &of)?;
            TabPage::load(c, page, &scope, &exception.supplier_id, form)
        },
    )
    .await
}

#[post("/suppliers/<id>/data-access", data = "<form>")]
async fn begin_access(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    after: &State<AfterSigning>,
    id: String,
    form: Submitted<ReasonInput>,
) -> Result<Answer<TabPage>, Error> {
    let (vault, after, notice) = (vault.inner().clone(), **after, "done-data-access-begun");
    let change = Change { may, after, vault, supplier_id: id, notice };
    act((page, db), change, form, |c, may, id, input| {
        data_access::begin(c, may, id, input).map(drop)
    })
    .await
}

#[post("/suppliers/<id>/data-access/end", data = "<form>")]
async fn end_access(
    may: May<right::EditSuppliers>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    after: &State<AfterSigning>,
    id: String,
    form: Submitted<crate::page::Nothing>,
) -> Result<Answer<TabPage>, Error> {
    let (vault, after, notice) = (vault.inner().clone(), **after, "done-data-access-ended");
    let change = Change { may, after, vault, supplier_id: id, notice };
    act((page, db), change, form, |c, may, id, _| data_access::end(c, may, id)).await
}
