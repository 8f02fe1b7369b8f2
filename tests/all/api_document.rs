//! The document of the API is the API.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::matrix::mounted;
use crate::support::TestApp;

fn document(app: &TestApp) -> Value {
    app.anonymous().get("/api/v1/openapi.json").expect(200).value()
}

/// (method and path, operation) of a document.
fn operations(document: &Value) -> Vec<(String, Value)> {
    let paths = document["paths"].as_object().expect("paths");
    let all = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().expect("methods");
        methods.iter().map(move |(m, o)| (format!("{} {path}", m.to_uppercase()), o.clone()))
    });
    all.collect()
}

#[test]
fn the_document_has_every_operation_and_no_other() {
    let app = TestApp::new();
    let described: BTreeSet<String> =
        operations(&document(&app)).into_iter().map(|(operation, _)| operation).collect();
    let routes: BTreeSet<String> = mounted(&app)
        .into_iter()
        .filter(|route| route.contains(" /api/v1/"))
        .map(|route| route.replace('<', "{").replace('>', "}"))
        .collect();
    assert_eq!(described, routes);
}

#[test]
fn every_operation_says_what_it_needs_takes_and_answers() {
    let app = TestApp::new();
    let document = document(&app);
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    let mut ids = BTreeSet::new();
    for (name, operation) in operations(&document) {
        let is_open = name.ends_with("/openapi.json");
        assert!(operation["summary"].is_string() && operation["tags"].is_array(), "{name}");
        assert!(ids.insert(operation["operationId"].to_string()), "{name}");
        assert!(is_open || operation["security"][0]["token"].is_array(), "{name}");
        let answers = operation["responses"].as_object().expect("answers");
        for status in ["400", "415", "500", "503"] {
            assert!(answers.contains_key(status), "{name} {status}");
        }
        for status in ["401", "403"] {
            assert_eq!(answers.contains_key(status), !is_open, "{name} {status}");
        }
        for (status, answer) in answers.iter().filter(|(status, _)| status.as_str() >= "400") {
            let schema = &answer["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(schema, "#/components/schemas/Problem", "{name} {status}");
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let described =
                parameter["description"].is_string() || parameter["schema"]["enum"].is_array();
            assert!(described, "{name} {}", parameter["name"]);
        }
        let has_body = !operation["requestBody"].is_null();
        assert_eq!(answers.contains_key("413"), has_body, "{name}");
        if name.contains("/{id}") {
            assert!(answers.contains_key("404"), "{name}");
        }
    }
}

#[test]
fn every_schema_that_is_named_is_there() {
    let app = TestApp::new();
    let document = document(&app);
    let text = document.to_string();
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap_or_default();
        assert!(schemas.contains_key(name), "{name}");
    }
}

#[test]
fn people_read_the_description_in_their_language() {
    let app = TestApp::new();
    let visitor = app.anonymous();
    let page = visitor.get("/api").expect(200).shows("For programs").shows("curl -X PATCH");
    let document = document(&app);
    for (name, operation) in operations(&document) {
        let id = operation["operationId"].as_str().unwrap_or_default();
        assert!(page.has(&format!("id=\"{id}\"")), "{name}");
    }
    for name in ["problem-stale", "problem-invalid"] {
        assert!(page.has(&format!("id=\"{name}\"")));
    }
    visitor.set_cookie("__Host-language", "zh-CN");
    visitor.get("/api").expect(200).shows("程序接口").shows("缺少 If-Match");
}
