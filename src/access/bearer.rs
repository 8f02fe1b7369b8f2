//! The guards of the API. They read the header `Authorization` and nothing else: a browser's
//! cookies open no door here, so no other site can make a browser act.

use std::ops::Deref;
use std::sync::Arc;

use rocket::http::Status;
use rocket::outcome::Outcome;
use rocket::request::{self, FromRequest, Request};

use super::guards::{Actor, May, MayWrite};
use super::roles::{Needed, right};
use super::scope::Scope;
use super::tokens::{self, Bearer, Signer};
use crate::db::Db;
use crate::error::Error;
use crate::page::Refusal;

/// Proof that a program may do `R`: its token is for it, and the role of its account allows it.
/// Serves wherever [`May`] is asked for.
pub struct ApiMay<R: Needed>(May<R>);

impl<R: Needed> Deref for ApiMay<R> {
    type Target = May<R>;

    fn deref(&self) -> &May<R> {
        &self.0
    }
}

impl<R: Needed> ApiMay<R> {
    /// The proof itself, for work that outlives the request.
    pub fn into_may(self) -> May<R> {
        self.0
    }
}

impl MayWrite for ApiMay<right::EditSuppliers> {
    fn actor(&self) -> &Actor {
        self.0.actor()
    }

    fn scope(&self) -> &Scope {
        self.0.scope()
    }
}

/// A program with any token that is in force: for what all of staff may read.
pub struct Program(pub Actor);

type Known = Result<Option<Bearer>, Arc<Error>>;

#[rocket::async_trait]
impl<'r, R: Needed> FromRequest<'r> for ApiMay<R> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<ApiMay<R>, ()> {
        let bearer = match bearer(request).await {
            Ok(bearer) => bearer,
            Err(status) => return Outcome::Error((status, ())),
        };
        if !bearer.role_may(R::RIGHT) {
            Refusal::note(request, "refused-role");
            return Outcome::Error((Status::Forbidden, ()));
        }
        if !bearer.grants(R::RIGHT) {
            Refusal::note(request, "refused-token-scope");
            return Outcome::Error((Status::Forbidden, ()));
        }
        Outcome::Success(ApiMay(May::proven(bearer.actor)))
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Program {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Program, ()> {
        match bearer(request).await {
            Ok(bearer) => Outcome::Success(Program(bearer.actor)),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}

async fn bearer(request: &Request<'_>) -> Result<Bearer, Status> {
    let known: &Known =
        request.local_cache_async(async { look_up(request).await.map_err(Arc::new) }).await;
    match known {
        Ok(Some(bearer)) => Ok(bearer.clone()),
        Ok(None) => Err(Status::Unauthorized),
        Err(error) => {
            log::error!("a token cannot be looked up: {error}");
            Err(Status::ServiceUnavailable)
        }
    }
}

async fn look_up(request: &Request<'_>) -> Result<Option<Bearer>, Error> {
    let (Some(text), Some(db), Some(signer)) =
        (token_of(request), request.rocket().state::<Db>(), request.rocket().state::<Signer>())
    else {
        return Ok(None);
    };
    let Some(claims) = signer.read(&text) else {
        return Ok(None);
    };
    let Some(bearer) = db.read(move |c| tokens::find(c, &claims)).await? else {
        return Ok(None);
    };
    if bearer.stale {
        let id = bearer.token_id().to_string();
        // Noting that a token is in use must not fail the request.
        let _ = db.write(move |c| tokens::touch(c, &id)).await;
    }
    Ok(Some(bearer))
}

/// The token in the one header `Authorization: Bearer …`.
fn token_of(request: &Request<'_>) -> Option<String> {
    let mut given = request.headers().get("Authorization");
    let (Some(one), None) = (given.next(), given.next()) else {
        return None;
    };
    let (kind, token) = one.split_once(' ')?;
    kind.eq_ignore_ascii_case("bearer").then(|| token.trim().to_string())
}
