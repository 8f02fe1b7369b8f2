//! Who sends a form of the portal: somebody of the company, or somebody whose session has run out
//! meanwhile.

use rocket::http::Status;
use rocket::outcome::Outcome;
use rocket::request::{self, FromRequest, Request};

use super::{Member, session, session_secret};
use crate::db::Db;

/// Who sends a form that must not be lost.
pub enum Writer {
    Here(Member),
    /// Signed out by time, not by hand: the account whose session it was. It opens nothing.
    Gone(String),
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Writer {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Writer, ()> {
        match Member::from_request(request).await {
            Outcome::Success(member) => Outcome::Success(Writer::Here(member)),
            Outcome::Error((Status::Unauthorized, ())) => match ran_out(request).await {
                Some(account) => Outcome::Success(Writer::Gone(account)),
                None => Outcome::Error((Status::Unauthorized, ())),
            },
            Outcome::Error(refused) => Outcome::Error(refused),
            Outcome::Forward(status) => Outcome::Forward(status),
        }
    }
}

async fn ran_out(request: &Request<'_>) -> Option<String> {
    let secret = session_secret(request)?;
    let db = request.rocket().state::<Db>()?;
    db.read(move |c| session::ran_out(c, &secret)).await.ok().flatten()
}
