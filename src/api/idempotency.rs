//! A program that does not know whether its request arrived sends it again with the same
//! `Idempotency-Key`, and gets the same answer for the same record
//! (draft-ietf-httpapi-idempotency-key-header).

use std::convert::Infallible;

use chrono::Duration;
use diesel::prelude::*;
use rocket::http::Status;
use rocket::outcome::Outcome;
use rocket::request::{self, FromRequest};

use super::{Failure, Reply, Request};
use crate::access::Actor;
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::schema::api_answers;
use crate::values::now;

/// How long an answer is kept.
const HOURS: i64 = 24;
/// Old answers forgotten when a new one is kept: more than one, so that they become fewer.
const FORGOTTEN: i64 = 100;
/// Characters of a key.
const LONGEST: usize = 200;

/// The header `Idempotency-Key`, `None` when there is none.
pub struct IdempotencyKey(pub Result<Option<String>, Failure>);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for IdempotencyKey {
    type Error = Infallible;

    async fn from_request(
        request: &'r rocket::Request<'_>,
    ) -> request::Outcome<IdempotencyKey, Infallible> {
        Outcome::Success(IdempotencyKey(key_of(request)))
    }
}

/// The key as a text: the draft writes it in quotes, many programs without.
pub(super) fn key_of(request: &rocket::Request<'_>) -> Result<Option<String>, Failure> {
    let Some(given) = request.headers().get_one("Idempotency-Key") else {
        return Ok(None);
    };
    let bare = given.trim();
    let key = bare.strip_prefix('"').and_then(|k| k.strip_suffix('"')).unwrap_or(bare);
    let is_plain = key.bytes().all(|b| b.is_ascii_graphic());
    if key.is_empty() || key.len() > LONGEST || !is_plain {
        return Err(Failure::Refused(Status::BadRequest, "key"));
    }
    Ok(Some(key.to_string()))
}

/// Does `work` and keeps its answer, or gives the answer that was kept for the same request. A key
/// that came with another request is refused (422). Everything is one transaction.
pub async fn once<W>(db: &Db, actor: &Actor, request: Request, work: W) -> Result<Reply, Failure>
where
    W: FnOnce(&mut AnyConnection) -> Result<Reply, Error> + Send + 'static,
{
    let account = actor.account_id.clone();
    let answer = db.write(move |c| answer(c, &account, request, work)).await?;
    answer.ok_or(Failure::Refused(Status::UnprocessableEntity, "key-reused"))
}

/// `None` when the key belongs to another request.
fn answer(
    c: &mut AnyConnection,
    account: &str,
    request: Request,
    work: impl FnOnce(&mut AnyConnection) -> Result<Reply, Error>,
) -> Result<Option<Reply>, Error> {
    let Some(key) = request.key else {
        return work(c).map(Some);
    };
    let since = now() - Duration::hours(HOURS);
    forget(c, since)?;
    // A key belongs to its account: another's is another key.
    let id = format!("{account}:{key}");
    type Kept = (String, i64, String, String, String);
    let kept: Option<Kept> = api_answers::table
        .find(&id)
        .select((
            api_answers::request_hash,
            api_answers::status,
            api_answers::location,
            api_answers::etag,
            api_answers::body,
        ))
        .first(c)
        .optional()?;
    if let Some((hash, status, location, etag, body)) = kept {
        let same = hash == request.hash;
        return Ok(same.then(|| Reply::kept(status, location, etag, body)));
    }
    let reply = work(c)?;
    diesel::insert_into(api_answers::table)
        .values((
            api_answers::id.eq(id),
            api_answers::request_hash.eq(request.hash),
            api_answers::status.eq(i64::from(reply.status)),
            api_answers::location.eq(&reply.location),
            api_answers::etag.eq(&reply.etag),
            api_answers::body.eq(&reply.body),
            api_answers::created_at.eq(now()),
        ))
        .execute(c)?;
    Ok(Some(reply))
}

/// Deletes some answers that are too old. All that are too old are gone before long: each new
/// answer takes many with it.
fn forget(c: &mut AnyConnection, since: chrono::NaiveDateTime) -> Result<(), Error> {
    let old: Vec<String> = api_answers::table
        .filter(api_answers::created_at.le(since))
        .order(api_answers::created_at)
        .limit(FORGOTTEN)
        .select(api_answers::id)
        .load(c)?;
    if !old.is_empty() {
        diesel::delete(api_answers::table.filter(api_answers::id.eq_any(old))).execute(c)?;
    }
    Ok(())
}
