//! The document of the API, and a page made from it for people.

use askama::Template;
use askama_web::WebTemplate;
use rocket::http::{ContentType, Status};
use rocket::{Route, State, get, routes};
use serde_json::Value;
use utoipa::OpenApi;

use super::Failure;
use super::failure::NAMES;
use super::openapi::Document;
use crate::page::Page;

/// What the document says of its own address.
#[derive(OpenApi)]
#[openapi(
    paths(document),
    tags((name = "about", description = "The description of the API."))
)]
struct Operations;

/// The operation of the document itself.
pub fn operations() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

pub fn routes() -> Vec<Route> {
    routes![document, page, refused_form, refused_address]
}

/// Read this document
#[utoipa::path(
    tag = "about",
    operation_id = "get_document",
    security(()),
    responses((status = 200, description = "The API as OpenAPI 3.1.", body = Value))
)]
#[get("/api/v1/openapi.json")]
fn document(document: &State<Document>) -> (ContentType, String) {
    (ContentType::JSON, document.json.clone())
}

/// Where `page::OriginCheck` sends a form: it could carry another method than its own.
#[get("/api/refused/form")]
fn refused_form() -> Failure {
    Failure::Refused(Status::UnsupportedMediaType, "media-type")
}

/// Where `page::OriginCheck` sends an address with a null character.
#[get("/api/refused/address")]
fn refused_address() -> Failure {
    Failure::Refused(Status::BadRequest, "bad-request")
}

#[derive(Template, WebTemplate)]
#[template(path = "api/docs.html")]
struct DocsPage {
    page: Page,
    about: Vec<String>,
    groups: Vec<Group>,
    schemas: Vec<Schema>,
}

/// The operations of one tag.
struct Group {
    name: String,
    description: String,
    operations: Vec<Operation>,
}

struct Operation {
    id: String,
    method: String,
    path: String,
    summary: String,
    description: String,
    scopes: Vec<String>,
    parameters: Vec<Field>,
    /// (media type, schema).
    bodies: Vec<(String, String)>,
    /// (status, description, schema).
    answers: Vec<(String, String, String)>,
    curl: String,
}

/// A parameter or a property.
struct Field {
    name: String,
    /// Where a parameter stands; "" for a property.
    place: String,
    kind: String,
    required: bool,
    description: String,
}

struct Schema {
    name: String,
    description: String,
    fields: Vec<Field>,
    values: Vec<String>,
}

#[get("/api")]
fn page(page: Page, document: &State<Document>) -> DocsPage {
    let value = &document.value;
    let text = text_of(&value["info"], "description");
    DocsPage {
        about: text.split("\n\n").map(str::to_string).collect(),
        groups: groups(value),
        schemas: entries(&value["components"]["schemas"])
            .map(|(name, schema)| schema_of(name, schema))
            .collect(),
        page,
    }
}

impl DocsPage {
    /// Name, title and explanation of every kind of problem.
    fn problems(&self) -> Vec<(&'static str, String, String)> {
        let text = |name: &str, part: &str| {
            self.page.texts().get(&format!("api-{name}{part}")).to_string()
        };
        NAMES.iter().map(|name| (*name, text(name, ""), text(name, "-what"))).collect()
    }
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A text without the marks that make code of a word.
fn text_of(value: &Value, field: &str) -> String {
    value[field].as_str().unwrap_or_default().replace('`', "")
}

fn groups(document: &Value) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for tag in items(&document["tags"]) {
        let name = text_of(tag, "name");
        if groups.iter().all(|group| group.name != name) {
            let description = text_of(tag, "description");
            groups.push(Group { name, description, operations: Vec::new() });
        }
    }
    for (path, methods) in entries(&document["paths"]) {
        for (method, operation) in entries(methods) {
            let tag = operation["tags"][0].as_str().unwrap_or_default();
            if let Some(group) = groups.iter_mut().find(|group| group.name == tag) {
                group.operations.push(operation_of(document, path, method, operation));
            }
        }
    }
    groups
}

fn operation_of(document: &Value, path: &str, method: &str, operation: &Value) -> Operation {
    let parameters: Vec<Field> = items(&operation["parameters"]).map(parameter_of).collect();
    let bodies: Vec<(String, String)> = entries(&operation["requestBody"]["content"])
        .map(|(kind, content)| (kind.clone(), kind_of(&content["schema"])))
        .collect();
    let answers = entries(&operation["responses"]).map(|(status, answer)| {
        let content = entries(&answer["content"]).next();
        let schema = content.map(|(_, content)| kind_of(&content["schema"])).unwrap_or_default();
        (status.clone(), text_of(answer, "description"), schema)
    });
    let scopes = items(&operation["security"]).flat_map(|needed| items(&needed["token"]));
    Operation {
        id: text_of(operation, "operationId"),
        method: method.to_uppercase(),
        path: path.to_string(),
        summary: text_of(operation, "summary"),
        description: text_of(operation, "description"),
        scopes: scopes.filter_map(|s| s.as_str().map(str::to_string)).collect(),
        answers: answers.collect(),
        curl: curl(document, path, method, operation),
        parameters,
        bodies,
    }
}

fn parameter_of(parameter: &Value) -> Field {
    Field {
        name: text_of(parameter, "name"),
        place: text_of(parameter, "in"),
        kind: kind_of(&parameter["schema"]),
        required: parameter["required"].as_bool().unwrap_or(false),
        description: text_of(parameter, "description"),
    }
}

fn schema_of(name: &str, schema: &Value) -> Schema {
    let required: Vec<&str> = items(&schema["required"]).filter_map(Value::as_str).collect();
    let fields = entries(&schema["properties"]).map(|(field, property)| Field {
        name: field.clone(),
        place: String::new(),
        kind: kind_of(property),
        required: required.contains(&field.as_str()),
        description: text_of(property, "description"),
    });
    Schema {
        name: name.to_string(),
        description: text_of(schema, "description"),
        fields: fields.collect(),
        values: items(&schema["enum"]).filter_map(|v| v.as_str().map(str::to_string)).collect(),
    }
}

/// A schema in a few words: "string, at most 200", "one of a, b", the name of another schema.
fn kind_of(schema: &Value) -> String {
    if let Some(reference) = schema["$ref"].as_str() {
        return reference.rsplit('/').next().unwrap_or_default().to_string();
    }
    if let Some(some) = schema["oneOf"].as_array() {
        return some.iter().map(kind_of).collect::<Vec<_>>().join(" | ");
    }
    let values: Vec<&str> = items(&schema["enum"]).filter_map(Value::as_str).collect();
    if !values.is_empty() {
        return values.join(" | ");
    }
    let mut words = match &schema["type"] {
        Value::Array(kinds) => {
            kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | ")
        }
        kind => kind.as_str().unwrap_or_default().to_string(),
    };
    if !schema["items"].is_null() {
        words = format!("{words}<{}>", kind_of(&schema["items"]));
    }
    if let Some(format) = schema["format"].as_str() {
        words = format!("{words} ({format})");
    }
    for (name, sign) in [("minimum", "≥"), ("maximum", "≤"), ("maxLength", "≤"), ("maxItems", "≤")]
    {
        if let Some(bound) = schema[name].as_i64() {
            words = format!("{words} {sign} {bound}");
        }
    }
    words
}

/// A command that does it, with examples for what has any.
fn curl(document: &Value, path: &str, method: &str, operation: &Value) -> String {
    let mut lines = vec![format!("curl -X {}", method.to_uppercase())];
    if items(&operation["security"]).any(|needed| needed.get("token").is_some()) {
        lines.push("-H \"Authorization: Bearer $TOKEN\"".into());
    }
    for parameter in items(&operation["parameters"]) {
        let is_needed = parameter["required"].as_bool() == Some(true);
        if parameter["in"] == "header" && is_needed {
            let value = parameter["example"].as_str().unwrap_or("…");
            lines.push(format!("-H '{}: {value}'", text_of(parameter, "name")));
        }
    }
    if let Some((kind, content)) = entries(&operation["requestBody"]["content"]).next() {
        lines.push(format!("-H 'Content-Type: {kind}'"));
        lines.push(match kind.ends_with("json") {
            true => format!("-d '{}'", example_of(document, &content["schema"])),
            false => "--data-binary @suppliers.csv".to_string(),
        });
    }
    let base = text_of(&document["servers"][0], "url");
    lines.push(format!("'{base}{path}'"));
    lines.join(" \\\n  ")
}

/// An object with the fields that have an example, or must be there.
fn example_of(document: &Value, schema: &Value) -> Value {
    let name = kind_of(schema);
    let schema = &document["components"]["schemas"][&name];
    let required: Vec<&str> = items(&schema["required"]).filter_map(Value::as_str).collect();
    let fields = entries(&schema["properties"]).filter_map(|(field, property)| {
        if !property["example"].is_null() {
            return Some((field.clone(), property["example"].clone()));
        }
        let named = &document["components"]["schemas"][kind_of(property)];
        let first = named["enum"][0].as_str().unwrap_or("…");
        required.contains(&field.as_str()).then(|| (field.clone(), Value::from(first)))
    });
    Value::Object(fields.collect())
}
