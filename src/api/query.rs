//! The parameters in an address. What is not known, or not of its type, is a problem that names
//! its parameter: a filter with a slip in it must not answer with everything.

use std::convert::Infallible;

use rocket::outcome::Outcome;
use rocket::request::{self, FromRequest, Request};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::body::{fields_of, shown};
use crate::error::Problems;

/// Parameters read into a type of texts.
pub struct Query<T>(Result<T, Problems>);

impl<T> Query<T> {
    pub fn checked(self) -> Result<T, Problems> {
        self.0
    }
}

#[rocket::async_trait]
impl<'r, T: DeserializeOwned> FromRequest<'r> for Query<T> {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> request::Outcome<Query<T>, Infallible> {
        let text = request.uri().query().map(|query| query.as_str()).unwrap_or_default();
        Outcome::Success(Query(read(text)))
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Problems> {
    let pairs: Vec<(String, String)> =
        serde_html_form::from_str(text).map_err(|_| Problems::one("", "unreadable"))?;
    let mut fields = Map::new();
    for (name, value) in pairs {
        if fields.insert(name.clone(), Value::String(value)).is_some() {
            return Err(Problems::one(&shown(&name), "given_twice"));
        }
    }
    fields_of(Value::Object(fields))
}
