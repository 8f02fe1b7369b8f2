//! Somebody at a browser without scripts: cookies, forms with their token, redirects.

#![allow(dead_code, reason = "what the tests of one room need, another may not")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use rocket::http::{ContentType, Cookie, Header, Method};
use rocket::local::blocking::Client;

/// Somebody with cookies of their own.
pub struct Person {
    /// "" for somebody who has not signed in.
    pub account_id: String,
    client: Rc<Client>,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl Person {
    pub fn new(client: Rc<Client>, account_id: &str) -> Person {
        Person { account_id: account_id.into(), client, cookies: RefCell::default() }
    }

    pub fn get(&self, path: &str) -> Reply<'_> {
        self.send(Method::Get, path, &[], None, b"")
    }

    /// Posts a form as its page would: with the token.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply<'_> {
        let token = self.token();
        let mut all = vec![("_token", token.as_str())];
        all.extend(fields);
        self.post_bare(path, &all)
    }

    /// Posts exactly these fields: what somebody who forges requests would do.
    pub fn post_bare(&self, path: &str, fields: &[(&str, &str)]) -> Reply<'_> {
        self.post_with(path, fields, &[])
    }

    /// Posts exactly these fields with these headers.
    pub fn post_with(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Reply<'_> {
        let body = serde_html_form::to_string(fields).expect("fields");
        self.send(Method::Post, path, headers, Some(ContentType::Form), body.as_bytes())
    }

    /// Posts a form with a file in its field `file`.
    pub fn upload(
        &self,
        path: &str,
        file_name: &str,
        contents: &[u8],
        fields: &[(&str, &str)],
    ) -> Reply<'_> {
        const LINE: &str = "line-between-the-parts";
        let token = self.token();
        let mut body = Vec::new();
        for (name, value) in [("_token", token.as_str())].iter().chain(fields) {
            body.extend(
                format!(
                    "--{LINE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                )
                .bytes(),
            );
        }
        let head = format!(
            "--{LINE}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file_name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend(contents);
        body.extend(format!("\r\n--{LINE}--\r\n").bytes());
        let kind = ContentType::new("multipart", "form-data").with_params(("boundary", LINE));
        self.send(Method::Post, path, &[], Some(kind), &body)
    }

    /// Sends anything at all.
    pub fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        kind: Option<ContentType>,
        body: &[u8],
    ) -> Reply<'_> {
        let mut request = self.client.req(method, path.to_string());
        for (name, value) in self.cookies.borrow().iter() {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        for (name, value) in headers {
            request.add_header(Header::new(name.to_string(), value.to_string()));
        }
        if let Some(kind) = kind {
            request.add_header(kind);
        }
        let response = request.body(body).dispatch();
        for cookie in response.cookies().iter() {
            // A cookie that is taken back comes empty.
            if cookie.value().is_empty() {
                self.cookies.borrow_mut().remove(cookie.name());
            } else {
                self.set_cookie(cookie.name(), cookie.value());
            }
        }
        let headers = response.headers().iter();
        Reply {
            status: response.status().code,
            location: response.headers().get_one("Location").map(str::to_string),
            headers: headers.map(|h| (h.name().to_string(), h.value().to_string())).collect(),
            path: path.to_string(),
            bytes: response.into_bytes().unwrap_or_default(),
            person: self,
        }
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.borrow_mut().insert(name.to_string(), value.to_string());
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.borrow().get(name).cloned()
    }

    /// The token that this person's forms carry now. Every page for somebody signed in has the
    /// form that signs out; visitors have the one that signs in.
    pub fn token(&self) -> String {
        let pages = ["/no-such-page", "/sign-in"];
        let found = pages.iter().find_map(|path| self.get(path).hidden("_token"));
        found.unwrap_or_default()
    }
}

/// What came back.
pub struct Reply<'p> {
    pub status: u16,
    pub location: Option<String>,
    pub headers: Vec<(String, String)>,
    pub bytes: Vec<u8>,
    pub path: String,
    person: &'p Person,
}

impl<'p> Reply<'p> {
    /// The answer as text; bytes that are none become question marks.
    pub fn body(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub fn has(&self, text: &str) -> bool {
        self.body().contains(text)
    }

    /// Fails, showing the page, unless the status is this one.
    #[track_caller]
    pub fn expect(self, status: u16) -> Reply<'p> {
        let (path, body) = (&self.path, self.main());
        assert_eq!(self.status, status, "{path} → {:?}\n{body}", self.location);
        self
    }

    /// Fails, showing the page, unless this text is on it.
    #[track_caller]
    pub fn shows(self, text: &str) -> Reply<'p> {
        assert!(self.has(text), "{text:?} is not on {}:\n{}", self.path, self.main());
        self
    }

    /// Goes where the answer leads.
    #[track_caller]
    pub fn follow(self) -> Reply<'p> {
        let to = self.location.as_deref().unwrap_or_else(|| {
            panic!("{} leads nowhere: {}\n{}", self.path, self.status, self.main())
        });
        self.person.get(to)
    }

    /// The value of the first input of that name.
    pub fn hidden(&self, name: &str) -> Option<String> {
        let body = self.body();
        let (_, after) = body.split_once(&format!("name=\"{name}\""))?;
        let (input, _) = after.split_once('>')?;
        let (_, value) = input.split_once("value=\"")?;
        Some(value.split('"').next().unwrap_or_default().to_string())
    }

    /// True when the form says that something is wrong with the field.
    pub fn blames(&self, field: &str) -> bool {
        self.has(&format!("id=\"e-{field}\""))
    }

    /// Every link of the page.
    pub fn links(&self) -> Vec<String> {
        let body = self.body();
        let links = body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        links.map(|link| link.replace("&amp;", "&").replace("&#38;", "&")).collect()
    }

    /// The page without its frame.
    fn main(&self) -> String {
        let body = self.body();
        match body.split_once("<main") {
            Some((_, main)) => main.split("</main>").next().unwrap_or_default().to_string(),
            None => body.chars().take(2000).collect(),
        }
    }
}
