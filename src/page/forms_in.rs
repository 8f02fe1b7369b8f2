//! Forms coming in. The only ways to read a body check the form's token, refuse a method
//! override and bound what is read.

use std::time::Duration;

use base64::Engine;
use hmac::{Hmac, KeyInit, Mac};
use rocket::data::{Data, FromData, Outcome, ToByteUnit};
use rocket::form::{DataField, Form as MultipartForm, FromForm, FromFormField, ValueField};
use rocket::fs::TempFile;
use rocket::http::Status;
use rocket::request::Request;
use rocket::tokio::time::timeout;
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq;
use validator::Validate;

use crate::Settings;
use crate::access::{self, Actor};
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problems};
use crate::once::{Once, once};
use crate::page::failure::Refusal;
use crate::page::guard::host_cookie;
use crate::page::{Answer, Form, Go};
use crate::values::new_secret;

/// The cookie of a visitor who has not signed in: the sign-in form's token hangs on it.
const VISIT_COOKIE: &str = "__Host-visit";
/// The field that tells a form sent twice from two forms.
const FORM_KEY: &str = "form_key";
/// Enough for the longest form of the product: both texts of a clause, where an ideograph takes nine
/// bytes.
const FORM_LIMIT: u64 = 768 * 1024;

/// The value that a form must carry: made from the session's secret, so no other site, and no
/// other session, can know it.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    pub fn of(request: &Request<'_>) -> Token {
        Token(request.local_cache(|| token_text(request)).clone())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn matches(&self, given: &str) -> bool {
        self.0.as_bytes().ct_eq(given.as_bytes()).into()
    }
}

fn token_text(request: &Request<'_>) -> String {
    let secret = access::session_secret(request).unwrap_or_else(|| visit_secret(request));
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes())
        .expect("any length of key is taken");
    mac.update(b"form token");
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

fn visit_secret(request: &Request<'_>) -> String {
    if let Some(cookie) = request.cookies().get(VISIT_COOKIE) {
        return cookie.value().to_string();
    }
    let secret = new_secret();
    request.cookies().add(host_cookie(VISIT_COOKIE, secret.clone()));
    secret
}

/// A form that came in, its token checked: the typed values, and the input read from them.
pub struct Submitted<T> {
    pub values: Vec<(String, String)>,
    input: Result<T, Problems>,
}

impl<T> Submitted<T> {
    /// Does `work` with the checked input. What breaks a rule, here or in the work, comes back
    /// as the form to show again, as it was typed.
    pub async fn handle<R, F, W>(self, work: F) -> Result<Result<R, Form>, Error>
    where
        F: FnOnce(T) -> W,
        W: Future<Output = Result<R, Error>>,
    {
        let problems = match self.input {
            Err(problems) => problems,
            Ok(input) => match work(input).await {
                Ok(done) => return Ok(Ok(done)),
                Err(Error::Invalid(problems)) => problems,
                Err(error) => return Err(error),
            },
        };
        Ok(Err(Form::rejected(self.values, problems)))
    }

    /// The checked input, or the error that names the fields: for a form without a page of its own.
    pub fn input(self) -> Result<T, Error> {
        self.input.map_err(Error::Invalid)
    }

    /// What was typed in a field, checked or not.
    pub fn typed(&self, field: &str) -> &str {
        typed(&self.values, field)
    }

    /// The key of a form that makes something, for [`once`].
    pub fn key(&self) -> &str {
        self.typed(FORM_KEY)
    }
}

fn typed<'a>(values: &'a [(String, String)], field: &str) -> &'a str {
    values.iter().find(|(n, _)| n == field).map(|(_, v)| v.as_str()).unwrap_or_default()
}

impl<T: Send + 'static> Submitted<T> {
    /// Does `work` with the checked input in one transaction, and goes where it says. What breaks
    /// a rule leads to the form, which `again` shows as it was typed.
    pub async fn write<P, W, A>(self, db: &Db, work: W, again: A) -> Result<Answer<P>, Error>
    where
        P: Send + 'static,
        W: FnOnce(&mut AnyConnection, &T) -> Result<Go, Error> + Send + 'static,
        A: FnOnce(&mut AnyConnection, Form) -> Result<P, Error> + Send + 'static,
    {
        match self.handle(|input| db.write(move |c| work(c, &input))).await? {
            Ok(go) => Ok(Answer::Go(go)),
            Err(form) => Ok(Answer::Again(db.read(move |c| again(c, form)).await?)),
        }
    }

    /// [`Submitted::write`] for a form that makes something. Sent twice it makes one, and gives
    /// the same answer; its template begins it with the macro `csrf_once`.
    pub async fn once<P, W, A>(
        self,
        db: &Db,
        actor: Actor,
        work: W,
        again: A,
    ) -> Result<Answer<P>, Error>
    where
        P: Send + 'static,
        W: FnOnce(&mut AnyConnection, &T) -> Result<Go, Error> + Send + 'static,
        A: FnOnce(&mut AnyConnection, Form) -> Result<P, Error> + Send + 'static,
    {
        let key = self.key().to_string();
        let work = move |c: &mut AnyConnection, input: &T| {
            let kept = |go: Go| (go.kept(), go);
            match once(c, &actor, &key, |c| work(c, input).map(kept))? {
                Once::Now(go) => Ok(go),
                Once::Before(kept) => Ok(Go::again(&kept)),
            }
        };
        self.write(db, work, again).await
    }
}

impl Submitted<Nothing> {
    /// Does the work of a button in one transaction, then goes.
    pub async fn press<R: Send + 'static>(
        self,
        db: &Db,
        go: Go,
        work: impl FnOnce(&mut AnyConnection) -> Result<R, Error> + Send + 'static,
    ) -> Result<Go, Error> {
        db.write(work).await?;
        Ok(go)
    }
}

#[rocket::async_trait]
impl<'r, T: DeserializeOwned + Validate + Send> FromData<'r> for Submitted<T> {
    type Error = Error;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self, Error> {
        let body = match data.open(FORM_LIMIT.bytes()).into_bytes().await {
            Ok(body) if body.is_complete() => body.into_inner(),
            Ok(_) => return Outcome::Error((Status::PayloadTooLarge, Error::Busy)),
            Err(error) => return Outcome::Error((Status::BadRequest, error.into())),
        };
        let Ok(values) = serde_html_form::from_bytes::<Vec<(String, String)>>(&body) else {
            return Outcome::Error((Status::BadRequest, Error::NotFound));
        };
        // Part of no text that we keep, and PostgreSQL takes none.
        if values.iter().any(|(_, value)| value.contains('\0')) {
            return Outcome::Error((Status::BadRequest, Error::NotFound));
        }
        if !is_genuine(request, &values) {
            return Outcome::Error((Status::Forbidden, Error::Forbidden("refused-token")));
        }
        let input = parse::<T>(&body);
        Outcome::Success(Submitted { values, input })
    }
}

/// Whether a form carries the token of this request's session; why not is noted.
fn is_genuine(request: &Request<'_>, values: &[(String, String)]) -> bool {
    let is_ours = Token::of(request).matches(typed(values, "_token"));
    if !is_ours {
        Refusal::note(request, "refused-token");
    }
    is_ours
}

/// Inputs take text for every field, so that a wrong value is a rule broken, not a parse error.
fn parse<T: DeserializeOwned + Validate>(body: &[u8]) -> Result<T, Problems> {
    let input: T =
        serde_html_form::from_bytes(body).map_err(|_| Problems::one("form", "unreadable"))?;
    input.validate().map_err(Problems::from)?;
    Ok(input)
}

/// A file that came in with a form, its token checked, kept in a temporary file that vanishes.
pub struct Upload<'r> {
    pub file: TempFile<'r>,
    pub fields: Vec<(String, String)>,
}

impl Upload<'_> {
    /// The key of the form, for [`once`].
    pub fn key(&self) -> &str {
        self.typed(FORM_KEY)
    }

    /// What was typed in a field beside the file.
    pub fn typed(&self, field: &str) -> &str {
        typed(&self.fields, field)
    }
}

/// A form that may have a file with it, its token checked.
pub struct Papers<'r> {
    /// A field of the form without a file in it is none.
    pub file: Option<TempFile<'r>>,
    pub fields: Vec<(String, String)>,
}

impl Papers<'_> {
    /// The key of the form, for [`once`].
    pub fn key(&self) -> &str {
        self.typed(FORM_KEY)
    }

    /// What was typed in a field.
    pub fn typed(&self, field: &str) -> &str {
        typed(&self.fields, field)
    }
}

/// The parts of a multipart form: `file`, the token and short texts.
#[derive(Default)]
struct Parts<'r> {
    file: Option<TempFile<'r>>,
    fields: Vec<(String, String)>,
    problem: Option<rocket::form::Errors<'r>>,
}

#[rocket::async_trait]
impl<'r> FromForm<'r> for Parts<'r> {
    type Context = Parts<'r>;

    fn init(_: rocket::form::Options) -> Parts<'r> {
        Default::default()
    }

    fn push_value(parts: &mut Parts<'r>, field: ValueField<'r>) {
        if parts.fields.len() < 50 && !field.value.contains('\0') {
            parts.fields.push((field.name.to_string(), field.value.to_string()));
        }
    }

    async fn push_data(parts: &mut Parts<'r>, field: DataField<'r, '_>) {
        match <TempFile as FromFormField>::from_data(field).await {
            Ok(file) => parts.file = Some(file),
            Err(errors) => parts.problem = Some(errors),
        }
    }

    fn finalize(parts: Parts<'r>) -> rocket::form::Result<'r, Parts<'r>> {
        match parts.problem {
            Some(errors) => Err(errors),
            None => Ok(parts),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromData<'r> for Upload<'r> {
    type Error = Error;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self, Error> {
        read_parts(request, data).await.and_then(|parts| match parts.file {
            Some(file) => Outcome::Success(Upload { file, fields: parts.fields }),
            None => Outcome::Error((Status::UnprocessableEntity, Error::NotFound)),
        })
    }
}

#[rocket::async_trait]
impl<'r> FromData<'r> for Papers<'r> {
    type Error = Error;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self, Error> {
        read_parts(request, data).await.map(|parts| {
            let file = parts.file.filter(|file| file.len() > 0);
            Papers { file, fields: parts.fields }
        })
    }
}

/// A multipart form, its token checked.
async fn read_parts<'r>(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Parts<'r>, Error> {
    // What came in of a file that does not arrive goes with the reading of it.
    let reading = <MultipartForm<Parts<'r>> as FromData>::from_data(request, data);
    let Ok(read) = timeout(patience(request), reading).await else {
        Refusal::note(request, "refused-slow");
        return Outcome::Error((Status::RequestTimeout, Error::Busy));
    };
    let parts = match read {
        Outcome::Success(form) => form.into_inner(),
        Outcome::Error((status, _)) => return Outcome::Error((status, Error::NotFound)),
        Outcome::Forward((data, status)) => return Outcome::Forward((data, status)),
    };
    if !is_genuine(request, &parts.fields) {
        return Outcome::Error((Status::Forbidden, Error::Forbidden("refused-token")));
    }
    Outcome::Success(parts)
}

/// How long a file may take to come in.
fn patience(request: &Request<'_>) -> Duration {
    let seconds = request.rocket().state::<Settings>().map(|settings| settings.upload_seconds);
    Duration::from_secs(seconds.unwrap_or_default())
}

/// The input of a form that is only a button.
#[derive(Default, serde::Deserialize, Validate)]
#[serde(default)]
pub struct Nothing {}
