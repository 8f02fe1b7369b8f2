//! One text to read, and the form under it that signs.

use std::sync::Arc;

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::markdown::{Block, blocks};
use super::rights::{self, Lack, Signatory};
use super::routes_portal::{mark, since};
use super::signatures::{Signature, Signed, standing_of};
use super::signing::{self, By, Checked, Outstanding, SigningInput, check, outstanding};
use super::{AfterSigning, Clause, Status, Version, find_version};
use crate::access::{Client, Confirmed, Member, Passwords, accounts, confirm, still_signed_in};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::texts::Language;
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![show, sign]
}

/// Which words of a version are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    One(Language),
    /// Beside each other, to compare: what is signed is one of them.
    Both,
}

impl Shown {
    fn of(asked: Option<&str>, page: &Page) -> Shown {
        match asked {
            Some("both") => Shown::Both,
            asked => Shown::One(asked.and_then(Language::parse).unwrap_or(page.language())),
        }
    }
}

#[derive(Template, WebTemplate)]
#[template(path = "signing/text.html")]
pub(super) struct TextPage {
    page: Page,
    clause: Clause,
    version: Version,
    shown: Shown,
    /// How the clause stands, where the version is the one to sign.
    standing: Option<Outstanding>,
    signature: Option<Signed>,
    signatory: Result<Signatory, Lack>,
    has_second_factor: bool,
    form: Form,
}

impl TextPage {
    fn load(
        c: &mut AnyConnection,
        page: Page,
        (supplier_id, account_id): (&str, &str),
        id: &str,
        shown: Shown,
        form: Form,
    ) -> Result<TextPage, Error> {
        let (version, clause) = find_version(c, id)?;
        if version.status != Status::Published {
            return Err(Error::NotFound);
        }
        let mut standing = outstanding(c, supplier_id)?;
        standing.retain(|one| one.version.id == id);
        Ok(TextPage {
            page: page.at(&format!("/portal/clauses/{id}")),
            signature: standing_of(c, supplier_id, id)?,
            signatory: rights::signatory(c, supplier_id, account_id)?,
            has_second_factor: accounts::find(c, account_id)?.has_second_factor(),
            standing: standing.pop(),
            clause,
            version,
            shown,
            form,
        })
    }

    /// The languages whose words are shown.
    fn languages(&self) -> Vec<Language> {
        match self.shown {
            Shown::One(language) => vec![language],
            Shown::Both => Language::ALL.to_vec(),
        }
    }

    fn is_shown(&self, language: &Language) -> bool {
        self.shown == Shown::One(*language)
    }

    fn blocks(&self, language: &Language) -> Vec<Block> {
        blocks(self.version.text(*language))
    }

    fn name_in(&self, language: &Language) -> &str {
        name_in(&self.clause, *language)
    }

    /// Whom the form is for, and in which language, where it may be signed now.
    fn signing(&self) -> Option<(&Signatory, Language)> {
        let is_open = self.standing.as_ref().is_some_and(Outstanding::may_sign);
        match (&self.signatory, self.shown) {
            (Ok(signatory), Shown::One(language)) if is_open => Some((signatory, language)),
            _ => None,
        }
    }

    fn lack(&self) -> Option<&'static str> {
        let is_open = self.standing.as_ref().is_some_and(Outstanding::may_sign);
        self.signatory.as_ref().err().filter(|_| is_open).map(|lack| lack.as_str())
    }

    fn since(&self, one: &Outstanding) -> String {
        since(&self.page, one)
    }

    fn mark(&self, one: &Outstanding) -> (&'static str, String) {
        mark(&self.page, one)
    }
}

/// The name of a clause in a language.
pub(super) fn name_in(clause: &Clause, language: Language) -> &str {
    match language {
        Language::English => &clause.name_en,
        Language::Chinese => &clause.name_zh,
    }
}

#[get("/portal/clauses/<version>?<text>")]
async fn show(
    member: Member,
    page: Page,
    db: &State<Db>,
    version: String,
    text: Option<String>,
) -> Result<TextPage, Error> {
    let shown = Shown::of(text.as_deref(), &page);
    db.read(move |c| {
        let viewer = (member.supplier_id.as_str(), member.actor.account_id.as_str());
        TextPage::load(c, page, viewer, &version, shown, Form::empty())
    })
    .await
}

/// What signing needs beside the form.
pub(super) struct Desk<'r> {
    pub db: &'r Db,
    pub vault: &'r Vault,
    pub passwords: &'r Passwords,
    pub after: AfterSigning,
}

#[post("/portal/clauses/<version>/signature", data = "<form>")]
#[allow(clippy::too_many_arguments, reason = "each is a guard or a state of the server")]
async fn sign(
    member: Member,
    page: Page,
    client: Client,
    db: &State<Db>,
    vault: &State<Vault>,
    passwords: &State<Passwords>,
    after: &State<AfterSigning>,
    version: String,
    form: Submitted<SigningInput>,
) -> Result<Answer<TextPage>, Error> {
    let desk = Desk { db, vault, passwords, after: **after };
    let shown = Shown::of(Some(form.typed("language")), &page);
    let viewer = (member.supplier_id.clone(), member.actor.account_id.clone());
    let id = version.clone();
    let signed = form.handle(|input| one(desk, member, client, id, input)).await?;
    match signed {
        Ok(signature) => {
            let to = format!("/portal/signatures/{}", signature.id);
            Ok(Answer::Go(Go::to(to).saying("done-clause-signed", "")))
        }
        Err(form) => {
            let again = db.read(move |c| {
                TextPage::load(c, page, (&viewer.0, &viewer.1), &version, shown, form)
            });
            Ok(Answer::Again(again.await?))
        }
    }
}

/// Signs one version.
async fn one(
    desk: Desk<'_>,
    member: Member,
    client: Client,
    version: String,
    input: SigningInput,
) -> Result<Signature, Error> {
    let (id, what) = (version.clone(), input.clone());
    let look = move |c: &mut AnyConnection, who: &Member| {
        Ok(match check(c, &who.actor, &who.supplier_id, &id, &what)? {
            Checked::Before(signature) => Some(*signature),
            Checked::Ready(_) => None,
        })
    };
    let typed = (input.password.clone(), input.code.clone());
    let write = move |c: &mut AnyConnection, by: &By, confirmed| {
        signing::sign(c, by, &version, &input, confirmed)
    };
    sign_confirmed(desk, member, client, typed, look, write).await
}

/// Looks whether it may be signed (or was before, which is the answer then), confirms by password or
/// code who sits there, and writes.
pub(super) async fn sign_confirmed<T: Send + 'static>(
    desk: Desk<'_>,
    member: Member,
    client: Client,
    (password, code): (String, String),
    look: impl Fn(&mut AnyConnection, &Member) -> Result<Option<T>, Error> + Clone + Send + 'static,
    write: impl FnOnce(&mut AnyConnection, &By, Confirmed) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let member = Arc::new(member);
    let who = member.clone();
    let look = move |c: &mut AnyConnection| look(c, &who);
    let again = look.clone();
    if let Some(before) = desk.db.read(look).await? {
        return Ok(before);
    }
    let account_id = &member.actor.account_id;
    let confirming = confirm(desk.db, desk.passwords, desk.vault, account_id, password, code);
    let confirmed = match confirming.await {
        Ok(confirmed) => confirmed,
        // The second click of a double click finds its code used up, by the first.
        Err(Error::Invalid(problems)) => {
            return desk.db.read(again).await?.ok_or(Error::Invalid(problems));
        }
        Err(error) => return Err(error),
    };
    let (vault, after) = (desk.vault.clone(), desk.after);
    let work = move |c: &mut AnyConnection| {
        still_signed_in(c, &client, &member.actor.account_id)?;
        let (actor, supplier_id) = (&member.actor, member.supplier_id.as_str());
        write(c, &By { actor, supplier_id, vault: &vault, after, client: &client }, confirmed)
    };
    desk.db.write(work).await
}
