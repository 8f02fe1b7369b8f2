//! Rights as types: a handler that needs a right takes a guard that only this room can make,
//! and hands it on to the function that does the work.

use std::marker::PhantomData;
use std::sync::Arc;

use rocket::http::Status;
use rocket::outcome::Outcome;
use rocket::request::{self, FromRequest, Request};

use super::roles::{Needed, Role, right};
use super::scope::Scope;
use super::session::{self, SESSION_COOKIE};
use crate::db::Db;
use crate::error::Error;
use crate::texts::Language;

/// Who does something.
#[derive(Clone, Debug)]
pub struct Actor {
    pub account_id: String,
    pub name: String,
    pub role: Role,
    pub scope: Scope,
    /// The supplier whose people these are; `None` for staff.
    pub supplier_id: Option<String>,
}

impl Actor {
    /// The program itself, by the clock: what is done because a day has come.
    pub fn clock() -> Actor {
        Actor { account_id: "clock".into(), name: "Touchstone".into(), ..Actor::command_line() }
    }

    /// The program itself, run by somebody with access to the machine.
    pub fn command_line() -> Actor {
        Actor {
            account_id: "command-line".into(),
            name: "command line".into(),
            role: Role::Administrator,
            scope: Scope::Everything,
            supplier_id: None,
        }
    }
}

/// How far somebody has come in signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The password was right; the second factor is still to come, or to be enrolled.
    Password,
    Full,
}

/// A signed-in person, as the frame of a page needs it.
#[derive(Clone, Debug)]
pub struct Signed {
    pub actor: Actor,
    pub email: String,
    pub language: Language,
    pub session_id: String,
    pub level: Level,
    pub has_second_factor: bool,
    /// Addresses waiting to be settled, at most 100; 0 for those who do not settle them.
    pub waiting: i64,
    /// Companies that may be one, waiting for a decision, at most 100; 0 for those who do not
    /// decide.
    pub pairs: i64,
}

impl Signed {
    pub fn name(&self) -> &str {
        &self.actor.name
    }

    pub fn role(&self) -> &'static str {
        self.actor.role.as_str()
    }

    pub fn is_staff(&self) -> bool {
        self.actor.role.is_staff()
    }
}

/// The session of a request, looked up once.
pub struct Session;

type Known = Result<Option<Signed>, Arc<Error>>;

impl Session {
    /// Who is signed in, at whatever level.
    pub async fn of<'r>(request: &'r Request<'_>) -> &'r Known {
        request.local_cache_async(async { find(request).await.map_err(Arc::new) }).await
    }

    /// What [`Session::of`] found earlier in this request, without looking.
    pub fn known(request: &Request<'_>) -> Option<Signed> {
        request.local_cache(|| Known::Ok(None)).as_ref().ok().cloned().flatten()
    }
}

async fn find(request: &Request<'_>) -> Result<Option<Signed>, Error> {
    let Some(secret) = session_secret(request) else {
        return Ok(None);
    };
    let Some(db) = request.rocket().state::<Db>() else {
        return Ok(None);
    };
    let found = db.read(move |c| session::find(c, &secret)).await?;
    let Some(found) = found else { return Ok(None) };
    if found.stale {
        let id = found.signed.session_id.clone();
        // Noting that a session is alive must not fail the page.
        let _ = db.write(move |c| session::touch(c, &id)).await;
    }
    Ok(Some(found.signed))
}

/// The secret in the session cookie.
pub fn session_secret(request: &Request<'_>) -> Option<String> {
    request.cookies().get(SESSION_COOKIE).map(|c| c.value().to_string())
}

/// Proof that the person may do `R`.
pub struct May<R: Needed> {
    actor: Actor,
    right: PhantomData<R>,
}

impl<R: Needed> May<R> {
    /// Only for guards, which have looked.
    pub(super) fn proven(actor: Actor) -> May<R> {
        May { actor, right: PhantomData }
    }

    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    pub fn scope(&self) -> &Scope {
        &self.actor.scope
    }
}

/// Proof that somebody may write into the register of companies: the right to edit suppliers, or
/// answers of a company that were accepted.
pub trait MayWrite {
    fn actor(&self) -> &Actor;
    fn scope(&self) -> &Scope;

    /// Id of the account that says so, which a second person confirms.
    fn recorded_by(&self) -> &str {
        &self.actor().account_id
    }
}

impl MayWrite for May<right::EditSuppliers> {
    fn actor(&self) -> &Actor {
        &self.actor
    }

    fn scope(&self) -> &Scope {
        &self.actor.scope
    }
}

/// The command line works on the database file itself: who may run it may do everything.
pub fn command_line<R: Needed>() -> May<R> {
    May { actor: Actor::command_line(), right: PhantomData }
}

type Refused = (Status, ());

#[rocket::async_trait]
impl<'r, R: Needed> FromRequest<'r> for May<R> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<May<R>, ()> {
        match full(request).await {
            Err(refused) => Outcome::Error(refused),
            Ok(signed) if !signed.actor.role.may(R::RIGHT) => Outcome::Error(without(&signed)),
            Ok(signed) => Outcome::Success(May { actor: signed.actor, right: PhantomData }),
        }
    }
}

/// Somebody of staff, wholly signed in, whatever the role.
pub struct Staff(pub Signed);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Staff {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Staff, ()> {
        match full(request).await {
            Err(refused) => Outcome::Error(refused),
            Ok(signed) if !signed.is_staff() => Outcome::Error(without(&signed)),
            Ok(signed) => Outcome::Success(Staff(signed)),
        }
    }
}

/// Somebody of a supplier. The supplier comes from the account, never from the request.
pub struct Member {
    pub actor: Actor,
    pub supplier_id: String,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Member {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Member, ()> {
        let signed = match full(request).await {
            Ok(signed) => signed,
            Err(refused) => return Outcome::Error(refused),
        };
        match signed.actor.supplier_id.clone() {
            Some(supplier_id) if !signed.is_staff() => {
                Outcome::Success(Member { actor: signed.actor, supplier_id })
            }
            _ => Outcome::Error((Status::Forbidden, ())),
        }
    }
}

/// Somebody of a supplier who is responsible for its account.
pub struct Owner(pub Member);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Owner {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Owner, ()> {
        match Member::from_request(request).await {
            Outcome::Success(member) if member.actor.role == Role::SupplierOwner => {
                Outcome::Success(Owner(member))
            }
            Outcome::Success(_) => Outcome::Error((Status::Forbidden, ())),
            Outcome::Error(refused) => Outcome::Error(refused),
            Outcome::Forward(status) => Outcome::Forward(status),
        }
    }
}

/// Anybody wholly signed in, of staff or of a supplier: for the pages of one's own account.
pub struct Person(pub Signed);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Person {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Person, ()> {
        match full(request).await {
            Ok(signed) => Outcome::Success(Person(signed)),
            Err(refused) => Outcome::Error(refused),
        }
    }
}

/// Anybody signed in at any level: for the second factor's own pages.
pub struct SignedIn(pub Signed);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SignedIn {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<SignedIn, ()> {
        match present(request).await {
            Ok(signed) => Outcome::Success(SignedIn(signed)),
            Err(refused) => Outcome::Error(refused),
        }
    }
}

/// Without the right: staff are told so. To a supplier's people what is for staff is not there,
/// whatever id they ask for.
fn without(signed: &Signed) -> Refused {
    (if signed.is_staff() { Status::Forbidden } else { Status::NotFound }, ())
}

async fn present(request: &Request<'_>) -> Result<Signed, Refused> {
    match Session::of(request).await {
        Ok(Some(signed)) => Ok(signed.clone()),
        Ok(None) => Err((Status::Unauthorized, ())),
        Err(error) => {
            log::error!("the session cannot be read: {error}");
            Err((Status::ServiceUnavailable, ()))
        }
    }
}

/// Wholly signed in. Who still owes the second factor is sent there by the 401 page.
async fn full(request: &Request<'_>) -> Result<Signed, Refused> {
    let signed = present(request).await?;
    if signed.level != Level::Full {
        return Err((Status::Unauthorized, ()));
    }
    Ok(signed)
}
