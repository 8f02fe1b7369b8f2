//! What goes out: JSON, with the headers that programs go by.

use rocket::Request;
use rocket::http::{ContentType, Header, Method, Status};
use rocket::response::{self, Responder, Response};
use serde::Serialize;

use super::lists::Items;
use super::precondition::names;
use crate::error::Error;
use crate::page::paging::Cursor;

/// An answer of the API.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    pub(super) status: u16,
    pub(super) body: String,
    pub(super) location: String,
    pub(super) etag: String,
    next: Option<String>,
}

impl Reply {
    fn with<T: Serialize>(status: Status, body: &T) -> Result<Reply, Error> {
        let body = serde_json::to_string(body)?;
        Ok(Reply {
            status: status.code,
            body,
            location: String::new(),
            etag: String::new(),
            next: None,
        })
    }

    /// 200 with what was asked for, or what it is now.
    pub fn ok<T: Serialize>(body: &T) -> Result<Reply, Error> {
        Reply::with(Status::Ok, body)
    }

    /// 200 with a page of a list. Where the list goes on at a cursor, `link` makes the address of that page.
    pub fn page<T: Serialize>(
        items: Vec<T>,
        next: Option<Cursor>,
        link: impl FnOnce(&str) -> Result<String, Error>,
    ) -> Result<Reply, Error> {
        let next_cursor = next.map(|cursor| cursor.encode());
        let next = next_cursor.as_deref().map(link).transpose()?;
        Ok(Reply { next, ..Reply::ok(&Items { items, next_cursor })? })
    }

    /// 201 with what was made, and where it is.
    pub fn created<T: Serialize>(location: String, body: &T) -> Result<Reply, Error> {
        Ok(Reply { location, ..Reply::with(Status::Created, body)? })
    }

    /// 202: it has begun; `location` tells how far it is.
    pub fn accepted<T: Serialize>(location: String, body: &T) -> Result<Reply, Error> {
        Ok(Reply { location, ..Reply::with(Status::Accepted, body)? })
    }

    /// 204: done, and nothing to say.
    pub fn done() -> Reply {
        let status = Status::NoContent.code;
        let none = String::new;
        Reply { status, body: none(), location: none(), etag: none(), next: None }
    }

    /// Names the version that the body shows.
    pub fn etag(self, etag: String) -> Reply {
        Reply { etag, ..self }
    }

    /// An answer as it was kept.
    pub(super) fn kept(status: i64, location: String, etag: String, body: String) -> Reply {
        Reply { status: status as u16, body, location, etag, next: None }
    }

    /// Whether the program has this version already.
    fn is_known(&self, request: &Request<'_>) -> bool {
        let reads = matches!(request.method(), Method::Get | Method::Head);
        let known = request.headers().get("If-None-Match").collect::<Vec<_>>().join(",");
        reads && !self.etag.is_empty() && names(&known, &self.etag, true)
    }
}

impl<'r> Responder<'r, 'static> for Reply {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::build();
        if self.is_known(request) {
            return response
                .status(Status::NotModified)
                .header(Header::new("ETag", self.etag))
                .ok();
        }
        response.status(Status::new(self.status));
        if !self.etag.is_empty() {
            response.header(Header::new("ETag", self.etag));
        }
        if !self.location.is_empty() {
            response.header(Header::new("Location", self.location));
        }
        if let Some(next) = self.next {
            response.header(Header::new("Link", format!("<{next}>; rel=\"next\"")));
        }
        if !self.body.is_empty() {
            response
                .header(ContentType::JSON)
                .sized_body(self.body.len(), std::io::Cursor::new(self.body));
        }
        response.ok()
    }
}
