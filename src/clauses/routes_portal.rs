//! "Clauses" in the portal: what a company has to sign, who may sign for it, and the form that asks for
//! the right.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::rights::list::{self, Row};
use super::rights::request::{self, RightInput};
use super::rights::{self, Lack, RightStatus, Signatory};
use super::signatures::{self, Signed};
use super::signing::{Ask, Outstanding, outstanding};
use crate::access::Member;
use crate::db::{AnyConnection, Db};
use crate::documents::{self, Document};
use crate::error::Error;
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::suppliers::people::Person;

/// The page of what is to be signed.
pub(super) const HERE: &str = "/portal/clauses";

pub fn routes() -> Vec<Route> {
    let own = routes![index, ask_for];
    let others = [
        super::routes_portal_text::routes(),
        super::routes_portal_several::routes(),
        super::routes_receipt::routes(),
    ];
    [own, others.concat()].concat()
}

/// Somebody of the company with a right to sign, or who had or wanted one.
struct Holder {
    row: Row,
    /// Whether they may sign now.
    may_sign: bool,
}

#[derive(Template, WebTemplate)]
#[template(path = "signing/portal.html")]
struct ClausesPage {
    page: Page,
    clauses: Vec<Outstanding>,
    /// Signatures under earlier versions, and those declared void.
    earlier: Vec<Signed>,
    signatory: Result<Signatory, Lack>,
    holders: Vec<Holder>,
    /// The authentication in which the company is to act.
    transfer: Option<String>,
    candidates: Vec<Person>,
    documents: Vec<Document>,
    account_id: String,
    form: Form,
}

impl ClausesPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        (supplier_id, account_id): (&str, &str),
        form: Form,
    ) -> Result<ClausesPage, Error> {
        let clauses = outstanding(c, supplier_id)?;
        let mut earlier = signatures::of(c, supplier_id)?;
        let is_shown = |id: &str| {
            let mut signed = clauses.iter().filter_map(|one| one.signature.as_ref());
            signed.any(|one| one.signature.id == id)
        };
        earlier.retain(|one| !is_shown(&one.signature.id));
        let mut holders = Vec::new();
        for row in list::of_company(c, supplier_id)? {
            let now = match row.right.status {
                RightStatus::Granted => rights::signatory(c, supplier_id, &row.right.account_id)?,
                _ => Err(Lack::Right),
            };
            let may_sign = now.is_ok_and(|one| one.right.id == row.right.id);
            holders.push(Holder { row, may_sign });
        }
        Ok(ClausesPage {
            page: page.at(HERE),
            earlier,
            signatory: rights::signatory(c, supplier_id, account_id)?,
            holders,
            transfer: list::open_transfer(c, supplier_id)?,
            candidates: request::candidates(c, supplier_id)?,
            documents: documents::of(c, supplier_id)?,
            account_id: account_id.into(),
            clauses,
            form,
        })
    }

    /// The clauses of which something is asked, or nothing.
    fn with(&self, asks: &[Ask]) -> Vec<&Outstanding> {
        self.clauses.iter().filter(|one| asks.contains(&one.ask)).collect()
    }

    fn wanted(&self) -> Vec<&Outstanding> {
        self.clauses.iter().filter(|one| one.is_wanted()).collect()
    }

    /// What may be signed without being asked for.
    fn voluntary(&self) -> Vec<&Outstanding> {
        self.with(&[Ask::May]).into_iter().filter(|one| !one.is_wanted()).collect()
    }

    fn signed(&self) -> Vec<&Outstanding> {
        self.with(&[Ask::Signed])
    }

    fn excepted(&self) -> Vec<&Outstanding> {
        self.with(&[Ask::Excepted])
    }

    /// What the viewer lacks to sign.
    fn lack(&self) -> Option<&'static str> {
        self.signatory.as_ref().err().map(|lack| lack.as_str())
    }

    /// Whether the viewer can ask for the right: nothing of theirs is under way.
    fn may_ask(&self) -> bool {
        matches!(self.signatory, Err(Lack::Right | Lack::Person))
            && !self.holders.iter().any(|one| {
                let right = &one.row.right;
                right.account_id == self.account_id && right.status == RightStatus::Requested
            })
    }

    fn people(&self) -> Vec<(&str, String, bool)> {
        let chosen = self.form.value("person");
        let line = |one: &Person| {
            let part = self.page.tk("registration-person", one.role.as_str());
            format!("{} · {part}", one.name)
        };
        let all = self.candidates.iter();
        all.map(|one| (one.id.as_str(), line(one), one.id == chosen)).collect()
    }

    fn papers(&self) -> Vec<(&str, &str, bool)> {
        let chosen = self.form.value("document");
        let all = self.documents.iter();
        all.map(|one| (one.id.as_str(), one.title.as_str(), one.id == chosen)).collect()
    }

    /// Since when, or from when on, and who asked.
    fn since(&self, one: &Outstanding) -> String {
        since(&self.page, one)
    }

    fn mark(&self, one: &Outstanding) -> (&'static str, String) {
        mark(&self.page, one)
    }
}

/// Since when a signature is asked for, or from when on; and who asked.
pub(super) fn since(page: &Page, one: &Outstanding) -> String {
    let day = page.day(one.from);
    let since = match one.ask {
        Ask::Must => page.ta("signing-since", &[("day", &day)]),
        Ask::Soon => page.ta("signing-from", &[("day", &day)]),
        _ => String::new(),
    };
    let asked = one.request.as_ref().map(|request| {
        let day = page.day(request.requested_at.date());
        page.ta("signing-asked-by", &[("name", &request.requested_name), ("day", &day)])
    });
    let said: Vec<String> =
        [Some(since), asked].into_iter().flatten().filter(|text| !text.is_empty()).collect();
    said.join(" · ")
}

/// How urgent a clause is, as a mark and in words.
pub(super) fn mark(page: &Page, one: &Outstanding) -> (&'static str, String) {
    let (mark, key) = match one.ask {
        Ask::Must if one.signed_before => ("due", "must_sign_again"),
        Ask::Must => ("stop", "must_sign"),
        Ask::Soon if one.signed_before => ("wait", "must_sign_again"),
        Ask::Soon => ("wait", "must_sign"),
        Ask::Excepted => ("wait", "excepted"),
        Ask::Signed => ("ok", "signed"),
        Ask::May => ("none", "not_asked"),
    };
    (mark, page.tk("clause-standing", key))
}

#[get("/portal/clauses")]
async fn index(member: Member, page: Page, db: &State<Db>) -> Result<ClausesPage, Error> {
    db.read(move |c| {
        let viewer = (member.supplier_id.as_str(), member.actor.account_id.as_str());
        ClausesPage::load(c, page, viewer, Form::empty())
    })
    .await
}

#[post("/portal/signing-rights", data = "<form>")]
async fn ask_for(
    member: Member,
    page: Page,
    db: &State<Db>,
    form: Submitted<RightInput>,
) -> Result<Answer<ClausesPage>, Error> {
    let (supplier_id, account_id) = (member.supplier_id.clone(), member.actor.account_id.clone());
    form.once(
        db,
        member.actor.clone(),
        move |c, input| {
            request::request(c, &member, input)?;
            Ok(Go::to(HERE).saying("done-right-requested", ""))
        },
        move |c, form| ClausesPage::load(c, page, (&supplier_id, &account_id), form),
    )
    .await
}
