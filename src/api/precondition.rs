//! Nobody overwrites what they have not seen: a change names the version that it was made from.

use std::convert::Infallible;

use rocket::http::Status;
use rocket::outcome::Outcome;
use rocket::request::{self, FromRequest, Request};

use super::Failure;
use crate::db::{AnyConnection, Db};

/// The ETag of a revision.
pub fn etag(revision: i64) -> String {
    format!("\"{revision}\"")
}

/// The header `If-Match`, which a change must have.
pub struct IfMatch(Option<String>);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for IfMatch {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<IfMatch, Infallible> {
        let given: Vec<&str> = request.headers().get("If-Match").collect();
        Outcome::Success(IfMatch((!given.is_empty()).then(|| given.join(","))))
    }
}

impl IfMatch {
    /// Fails with 428 when the header is missing.
    pub fn required(self) -> Result<Matching, Failure> {
        let missing = Failure::Refused(Status::PreconditionRequired, "precondition");
        self.0.map(Matching).ok_or(missing)
    }
}

/// The versions that a change may be made to.
pub struct Matching(String);

impl Matching {
    /// Fails with 412 when the record is at another version.
    pub fn check(&self, current: &str) -> Result<(), Failure> {
        let stale = Failure::Refused(Status::PreconditionFailed, "stale");
        if names(&self.0, current, false) { Ok(()) } else { Err(stale) }
    }
}

/// Whether a list of ETags (or `*`) names one; a weak one counts only where `weak` is enough.
pub(super) fn names(list: &str, etag: &str, weak: bool) -> bool {
    list.split(',').map(str::trim).any(|one| {
        let plain = if weak { one.strip_prefix("W/").unwrap_or(one) } else { one };
        one == "*" || plain == etag
    })
}

/// One change, in one transaction. What is refused other than by an [`crate::error::Error`] must
/// be refused before the first change: it does not roll back.
pub async fn write<T, W>(db: &Db, work: W) -> Result<T, Failure>
where
    T: Send + 'static,
    W: FnOnce(&mut AnyConnection) -> Result<T, Failure> + Send + 'static,
{
    let outcome = db.write(move |c| match work(c) {
        Ok(done) => Ok(Ok(done)),
        Err(Failure::Of(error)) => Err(error),
        Err(refused) => Ok(Err(refused)),
    });
    outcome.await?
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_weak_tag_is_enough_to_read_and_not_to_change() {
        assert!(names("\"1\", \"2\"", "\"2\"", false) && names("*", "\"2\"", false));
        assert!(names("W/\"2\"", "\"2\"", true) && !names("W/\"2\"", "\"2\"", false));
        assert!(!names("\"3\"", "\"2\"", true) && !names("2", "\"2\"", false));
    }
}
