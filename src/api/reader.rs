//! In which language a program wants words.

use std::convert::Infallible;

use rocket::outcome::Outcome;
use rocket::request::{self, FromRequest, Request};

use super::failure::language_of;
use crate::texts::{Language, Texts};

/// Whoever reads an answer: `Accept-Language` says in which language.
#[derive(Clone, Copy)]
pub struct Reader(Language);

impl Reader {
    pub fn texts(self) -> &'static Texts {
        self.0.texts()
    }

    /// The one of two names that suits the language.
    pub fn pick<'a>(self, english: &'a str, chinese: &'a str) -> &'a str {
        if self.0 == Language::Chinese { chinese } else { english }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Reader {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Reader, Infallible> {
        Outcome::Success(Reader(language_of(request)))
    }
}
