//! All that is to be signed on one page: each text with its own box, one name and confirmation, and as
//! many signatures.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::markdown::{Block, blocks};
use super::rights::{self, Lack, Signatory};
use super::routes_portal::{HERE, mark, since};
use super::routes_portal_text::{Desk, name_in, sign_confirmed};
use super::signatures::Signature;
use super::signing::{self, By, Checked, Outstanding, SeveralInput, check_several, outstanding};
use super::{AfterSigning, Clause};
use crate::access::{Client, Member, Passwords, accounts};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::texts::Language;
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![show, sign]
}

#[derive(Template, WebTemplate)]
#[template(path = "signing/several.html")]
struct SeveralPage {
    page: Page,
    clauses: Vec<Outstanding>,
    language: Language,
    signatory: Result<Signatory, Lack>,
    has_second_factor: bool,
    form: Form,
}

impl SeveralPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        (supplier_id, account_id): (&str, &str),
        language: Language,
        form: Form,
    ) -> Result<SeveralPage, Error> {
        let mut clauses = outstanding(c, supplier_id)?;
        clauses.retain(Outstanding::is_wanted);
        Ok(SeveralPage {
            page: page.at("/portal/clauses/signing"),
            signatory: rights::signatory(c, supplier_id, account_id)?,
            has_second_factor: accounts::find(c, account_id)?.has_second_factor(),
            clauses,
            language,
            form,
        })
    }

    fn name(&self, clause: &Clause) -> String {
        name_in(clause, self.language).to_string()
    }

    fn blocks(&self, one: &Outstanding) -> Vec<Block> {
        blocks(one.version.text(self.language))
    }

    fn sha256(&self, one: &Outstanding) -> String {
        one.version.sha256(self.language).to_string()
    }

    fn is_shown(&self, language: &Language) -> bool {
        self.language == *language
    }

    fn lack(&self) -> Option<&'static str> {
        self.signatory.as_ref().err().map(|lack| lack.as_str())
    }

    fn since(&self, one: &Outstanding) -> String {
        since(&self.page, one)
    }

    fn mark(&self, one: &Outstanding) -> (&'static str, String) {
        mark(&self.page, one)
    }

    fn problem(&self, one: &Outstanding) -> Option<String> {
        self.form.problem(&self.page, &format!("sign-{}", one.version.id))
    }
}

#[get("/portal/clauses/signing?<text>")]
async fn show(
    member: Member,
    page: Page,
    db: &State<Db>,
    text: Option<String>,
) -> Result<SeveralPage, Error> {
    let language = text.as_deref().and_then(Language::parse).unwrap_or(page.language());
    db.read(move |c| {
        let viewer = (member.supplier_id.as_str(), member.actor.account_id.as_str());
        SeveralPage::load(c, page, viewer, language, Form::empty())
    })
    .await
}

#[post("/portal/clauses/signing", data = "<form>")]
#[allow(clippy::too_many_arguments, reason = "each is a guard or a state of the server")]
async fn sign(
    member: Member,
    page: Page,
    client: Client,
    db: &State<Db>,
    vault: &State<Vault>,
    passwords: &State<Passwords>,
    after: &State<AfterSigning>,
    form: Submitted<SeveralInput>,
) -> Result<Answer<SeveralPage>, Error> {
    let desk = Desk { db, vault, passwords, after: **after };
    let language = Language::parse(form.typed("language")).unwrap_or(page.language());
    let viewer = (member.supplier_id.clone(), member.actor.account_id.clone());
    match form.handle(|input| several(desk, member, client, input)).await? {
        Ok(signatures) => {
            let number = signatures.len().to_string();
            Ok(Answer::Go(match signatures.as_slice() {
                [one] => Go::to(format!("/portal/signatures/{}", one.id))
                    .saying("done-clause-signed", ""),
                _ => Go::to(HERE).saying("done-clauses-signed", &number),
            }))
        }
        Err(form) => {
            let again = db
                .read(move |c| SeveralPage::load(c, page, (&viewer.0, &viewer.1), language, form));
            Ok(Answer::Again(again.await?))
        }
    }
}

/// Signs each of several versions, in one write.
async fn several(
    desk: Desk<'_>,
    member: Member,
    client: Client,
    input: SeveralInput,
) -> Result<Vec<Signature>, Error> {
    let what = input.clone();
    let look = move |c: &mut AnyConnection, who: &Member| {
        let checked = check_several(c, &who.actor, &who.supplier_id, &what)?;
        Ok(given_before(checked.into_iter().map(|(_, one)| one)))
    };
    let typed = (input.password.clone(), input.code.clone());
    let write = move |c: &mut AnyConnection, by: &By, confirmed| {
        signing::sign_several(c, by, &input, confirmed)
    };
    sign_confirmed(desk, member, client, typed, look, write).await
}

/// The signatures that there are, where all were given before.
fn given_before(all: impl Iterator<Item = Checked>) -> Option<Vec<Signature>> {
    let one = |checked| match checked {
        Checked::Before(signature) => Some(*signature),
        Checked::Ready(_) => None,
    };
    all.map(one).collect()
}
