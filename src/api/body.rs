//! Bodies coming in: JSON objects, bounded, with known fields of the right types.

use rocket::data::{Data, FromData, Outcome, ToByteUnit};
use rocket::http::{ContentType, Status};
use serde::de::DeserializeOwned;
use serde_json::Value;
use validator::Validate;

use super::{Failure, idempotency};
use crate::error::{Problem, Problems};
use crate::values::sha256_hex;

/// Enough for the longest input of the register.
const LIMIT: u64 = 256 * 1024;

/// What a request is known by when it comes again.
pub struct Request {
    pub(super) key: Option<String>,
    /// Of its method, its address and its body.
    pub(super) hash: String,
}

impl Request {
    /// A request whose body is known by its own hash.
    pub fn of(request_line: &str, key: Option<String>, body_hash: &str) -> Request {
        Request { key, hash: sha256_hex(format!("{request_line}\n{body_hash}")) }
    }
}

/// A JSON body that came in. Handlers get nothing out of it unread: see [`Body::input`].
pub struct Body<T> {
    read: Result<T, Failure>,
    key: Result<Option<String>, Failure>,
    hash: String,
}

impl<T> Body<T> {
    /// The body, its shape checked; its rules are still to come.
    pub fn shape(self) -> Result<T, Failure> {
        self.read
    }

    /// The input that the rules of the register are written for, its own rules checked; and what
    /// the request is known by when it comes again.
    pub fn input<I: From<T> + Validate>(self) -> Result<(I, Request), Failure> {
        let input = I::from(self.read?);
        input.validate().map_err(Problems::from)?;
        Ok((input, Request { key: self.key?, hash: self.hash }))
    }
}

#[rocket::async_trait]
impl<'r, T: DeserializeOwned> FromData<'r> for Body<T> {
    type Error = ();

    async fn from_data(request: &'r rocket::Request<'_>, data: Data<'r>) -> Outcome<'r, Body<T>> {
        if !is_json(request.content_type()) {
            return Outcome::Error((Status::UnsupportedMediaType, ()));
        }
        let bytes = match data.open(LIMIT.bytes()).into_bytes().await {
            Ok(bytes) if bytes.is_complete() => bytes.into_inner(),
            Ok(_) => return Outcome::Error((Status::PayloadTooLarge, ())),
            Err(_) => return Outcome::Error((Status::BadRequest, ())),
        };
        let line = format!("{} {}", request.method(), request.uri());
        let seen = Request::of(&line, None, &sha256_hex(&bytes));
        Outcome::Success(Body {
            read: read(&bytes),
            key: idempotency::key_of(request),
            hash: seen.hash,
        })
    }
}

fn is_json(kind: Option<&ContentType>) -> bool {
    let merge =
        |kind: &ContentType| kind.top() == "application" && kind.sub() == "merge-patch+json";
    kind.is_some_and(|kind| kind.is_json() || merge(kind))
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    let unreadable = Failure::Refused(Status::BadRequest, "bad-request");
    let value: Value = serde_json::from_slice(bytes).map_err(|_| unreadable)?;
    Ok(fields_of(value)?)
}

/// The fields of a JSON object as a type: unknown fields, wrong types and null characters are
/// problems that name their field.
pub fn fields_of<T: DeserializeOwned>(value: Value) -> Result<T, Problems> {
    let Value::Object(fields) = &value else {
        return Err(Problems::one("", "not_an_object"));
    };
    // PostgreSQL keeps no text with U+0000 in it, and no text that we keep has one.
    if let Some((field, _)) = fields.iter().find(|(_, value)| has_null(value)) {
        return Err(Problems::one(&shown(field), "control_characters"));
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let field = shown(&error.path().to_string());
        let text = error.inner().to_string();
        let code = match text.starts_with("unknown field") {
            true => "unknown_field",
            false => "wrong_type",
        };
        Problems(vec![Problem::new(if field == "." { "" } else { &field }, code)])
    })
}

fn has_null(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(list) => list.iter().any(has_null),
        Value::Object(fields) => fields.values().any(has_null),
        _ => false,
    }
}

/// A name that came in, short and without what could break a line.
pub(super) fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(60).collect()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Default, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Some {
        #[allow(dead_code, reason = "only read from")]
        name: String,
        #[allow(dead_code, reason = "only read from")]
        list: Vec<String>,
    }

    #[test]
    fn what_is_wrong_with_a_body_names_its_field() {
        let problem = |value| fields_of::<Some>(value).unwrap_err().to_string();
        assert_eq!(problem(json!({ "name": 7 })), "name: wrong_type");
        assert_eq!(problem(json!({ "name": null })), "name: wrong_type");
        assert_eq!(problem(json!({ "list": ["a", 1] })), "list[1]: wrong_type");
        assert_eq!(problem(json!({ "nmae": "x" })), "nmae: unknown_field");
        assert_eq!(problem(json!({ "list": ["a\0"] })), "list: control_characters");
        assert_eq!(problem(json!([])), ": not_an_object");
        assert!(fields_of::<Some>(json!({})).is_ok());
    }
}
