//! The style, the script and the icon, from the binary itself. And the trivial route: `/health`.

use rocket::http::{ContentType, Header, Status};
use rocket::response::{Responder, Response};
use rocket::{Request, Route, get, routes};

const FILES: &[(&str, &str, &str)] = &[
    ("bootstrap.min.css", "text/css", include_str!("../static/bootstrap.min.css")),
    ("touchstone.css", "text/css", include_str!("../static/touchstone.css")),
    ("touchstone.js", "text/javascript", include_str!("../static/touchstone.js")),
    ("visit.js", "text/javascript", include_str!("../static/visit.js")),
    ("favicon.svg", "image/svg+xml", include_str!("../static/favicon.svg")),
];

struct StaticFile {
    kind: &'static str,
    text: &'static str,
}

impl<'r> Responder<'r, 'static> for StaticFile {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'static> {
        // A release has its own files: its version is their tag.
        let tag = concat!("\"", env!("CARGO_PKG_VERSION"), "\"");
        if request.headers().get_one("If-None-Match") == Some(tag) {
            return Response::build().status(Status::NotModified).ok();
        }
        Response::build()
            .header(ContentType::parse_flexible(self.kind).unwrap_or(ContentType::Plain))
            .header(Header::new("ETag", tag))
            .header(Header::new("Cache-Control", "public, max-age=3600"))
            .sized_body(self.text.len(), std::io::Cursor::new(self.text))
            .ok()
    }
}

#[get("/static/<name>")]
fn file(name: &str) -> Option<StaticFile> {
    let (_, kind, text) = FILES.iter().find(|(file, _, _)| *file == name)?;
    Some(StaticFile { kind, text })
}

#[get("/health")]
fn health() -> &'static str {
    "ok"
}

pub fn routes() -> Vec<Route> {
    routes![file, health]
}
