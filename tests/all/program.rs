//! A program that uses the API with an access token.

#![allow(dead_code, reason = "what the tests of one room need, another may not")]

use chrono::Duration;
use rocket::http::{ContentType, Method};
use serde_json::Value;
use touchstone::access::tokens::{self, Grant, Signer, Token};
use touchstone::access::{Actor, Role};

use crate::person::Reply;
use crate::support::{Person, TestApp, settings, vault};

/// A program, and the account that it acts for.
pub struct Program {
    pub token: String,
    pub row: Token,
    pub person: Person,
    browser: Person,
}

/// The signer of every test's register.
pub fn signer() -> Signer {
    Signer::new(&vault(), &settings().base_url)
}

impl TestApp {
    /// A program with everything that somebody of a role can give it.
    pub fn program(&self, role: Role) -> Program {
        self.program_for(self.staff(role), Grant::ALL)
    }

    /// A program with a token of somebody's for some things.
    pub fn program_for(&self, person: Person, grants: &[Grant]) -> Program {
        let (account, grants) = (person.account_id.clone(), grants.to_vec());
        let made = self.db().write_now(move |c| {
            let by = Actor::command_line();
            tokens::create(c, &by, &account, "test", &grants, Duration::days(30))
        });
        let row = made.expect("a token");
        let token = signer().sign(&row).expect("a signature");
        Program { token, row, person, browser: self.anonymous() }
    }
}

impl Program {
    pub fn get(&self, path: &str) -> Reply<'_> {
        self.send(Method::Get, path, &[], None, b"")
    }

    pub fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Reply<'_> {
        self.send(Method::Get, path, headers, None, b"")
    }

    pub fn post(&self, path: &str, body: Value) -> Reply<'_> {
        self.json(Method::Post, path, &[], body)
    }

    pub fn json(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Value,
    ) -> Reply<'_> {
        let body = body.to_string();
        self.send(method, path, headers, Some(ContentType::JSON), body.as_bytes())
    }

    pub fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        kind: Option<ContentType>,
        body: &[u8],
    ) -> Reply<'_> {
        let bearer = format!("Bearer {}", self.token);
        let mut all = vec![("Authorization", bearer.as_str())];
        all.extend(headers);
        self.browser.send(method, path, &all, kind, body)
    }
}

impl Reply<'_> {
    #[track_caller]
    pub fn value(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("no JSON: {}", self.body()))
    }

    /// The fields that a problem document names, each with its rule: "stage: unknown_choice".
    #[track_caller]
    pub fn problems(&self) -> Vec<String> {
        assert_eq!(self.header("Content-Type"), Some("application/problem+json"), "{}", self.path);
        let value = self.value();
        assert_eq!(value["status"], self.status, "{value}");
        let errors = value["errors"].as_array().cloned().unwrap_or_default();
        let text = |error: &Value| {
            assert!(!error["detail"].as_str().unwrap_or_default().is_empty());
            format!("{}: {}", error["field"].as_str().unwrap(), error["code"].as_str().unwrap())
        };
        errors.iter().map(text).collect()
    }
}
