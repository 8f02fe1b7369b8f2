//! The document that describes the API (OpenAPI 3.1). Each noun brings its operations; what holds
//! for all of them is added here, once.

use serde_json::Value;
use utoipa::OpenApi as _;
use utoipa::openapi::path::{Operation, ParameterIn, PathItem};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    ContactBuilder, Content, InfoBuilder, OpenApi, OpenApiBuilder, RefOr, Response,
    ResponseBuilder, Server,
};

use super::failure::ProblemDocument;

/// A problem document, for the answers that an operation lists itself.
pub type Problem = ProblemDocument;

const ABOUT: &str = "The supplier register for programs. Sign in with an access token: \
    `Authorization: Bearer …`. Staff make them on the page of their account. A token can do what \
    it was made for, and never more than the role and regions of its account allow. A record \
    outside them is as absent as one that does not exist.\n\n\
    Times are UTC. Texts are UTF-8. A body is a JSON object of 256 KiB at most; a field that is \
    not known is refused. Failures are problem documents (RFC 9457), in English or Chinese as \
    `Accept-Language` says.";

/// The document, ready to serve.
pub struct Document {
    pub json: String,
    pub value: Value,
}

#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(ProblemDocument)))]
struct Common;

impl Document {
    /// The document of a register at `base_url`, of the operations of its nouns.
    pub fn of(base_url: &str, nouns: Vec<OpenApi>) -> Document {
        let info = InfoBuilder::new()
            .title("Touchstone")
            .version(env!("CARGO_PKG_VERSION"))
            .description(Some(ABOUT))
            .contact(Some(ContactBuilder::new().name(Some("Whoever runs this register")).build()))
            .build();
        let mut whole = OpenApiBuilder::new().info(info).build();
        whole.servers = Some(vec![Server::new(base_url.trim_end_matches('/'))]);
        for noun in std::iter::once(Common::openapi()).chain(nouns) {
            whole.merge(noun);
        }
        let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        let components = whole.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(token));
        for (path, item) in &mut whole.paths.paths {
            for operation in operations(item) {
                complete(path, operation);
            }
        }
        // Made of texts, numbers and lists: it cannot fail.
        let mut value = serde_json::to_value(&whole).unwrap_or_default();
        drop_empty_defaults(&mut value);
        Document { json: value.to_string(), value }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.patch, &mut item.put, &mut item.delete]
        .into_iter()
        .filter_map(|operation| operation.as_mut())
}

/// The answers that every operation of its kind can give.
fn complete(path: &str, operation: &mut Operation) {
    let mut can = |status: &str, description: &str| {
        let all = &mut operation.responses.responses;
        all.entry(status.into()).or_insert_with(|| RefOr::T(problem(description)));
    };
    can("400", "The request cannot be read.");
    can("500", "Something went wrong on the server's side. Nothing was changed.");
    can("503", "The server has more to do than it can take. Come back later.");
    let open = SecurityRequirement::default();
    if operation.security.iter().flatten().any(|needed| *needed != open) {
        can("401", "The token is missing, unknown, expired or revoked.");
        can("403", "The token, its role or its regions do not cover this.");
    }
    if path.contains('{') {
        can("404", "There is no such record, or not for this account.");
    }
    if path.starts_with("/api/v1/suppliers/{id}") {
        can("409", "The company was merged into another one; its address leads there.");
        let merged = ResponseBuilder::new()
            .description("The company was merged into another one: `Location` is where it is now.");
        let all = &mut operation.responses.responses;
        all.insert("308".into(), RefOr::T(merged.build()));
    }
    let mut can = |status: &str, description: &str| {
        let all = &mut operation.responses.responses;
        all.entry(status.into()).or_insert_with(|| RefOr::T(problem(description)));
    };
    let has_query = operation
        .parameters
        .iter()
        .flatten()
        .any(|p| matches!(p, RefOr::T(p) if p.parameter_in == ParameterIn::Query));
    if has_query || operation.request_body.is_some() {
        can(
            "422",
            "The input breaks a rule; `errors` says which. Or the Idempotency-Key came with another request.",
        );
    }
    can("415", "The body is of a media type that is not taken here.");
    if operation.request_body.is_some() {
        can("409", "The record is no longer in the state that this starts from.");
        can("413", "The body is too large.");
    }
}

fn problem(description: &str) -> Response {
    let reference = utoipa::openapi::Ref::from_schema_name("Problem");
    ResponseBuilder::new()
        .description(description)
        .content("application/problem+json", Content::new(Some(RefOr::Ref(reference))))
        .build()
}

/// Says nothing of fields that are empty when left out: for many of them empty is no value.
fn drop_empty_defaults(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            let is_empty =
                |v: &Value| v.as_str() == Some("") || v.as_array().is_some_and(Vec::is_empty);
            if fields.get("default").is_some_and(is_empty) {
                fields.remove("default");
            }
            fields.values_mut().for_each(drop_empty_defaults);
        }
        Value::Array(list) => list.iter_mut().for_each(drop_empty_defaults),
        _ => (),
    }
}
