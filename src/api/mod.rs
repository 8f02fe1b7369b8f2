//! The frame of the API, as `page` is that of the pages: what comes in, what goes out, and the
//! document that describes both. The operations of a noun stand in its own `api.rs`.

mod body;
mod docs;
mod failure;
mod idempotency;
mod lists;
pub mod openapi;
mod precondition;
mod query;
mod reader;
mod reply;

pub use body::{Body, Request, fields_of};
pub use docs::{operations, routes};
pub use failure::{Failure, catchers};
pub use idempotency::{IdempotencyKey, once};
pub use lists::{Items, LIMIT, address, from_cursor, limit, place};
pub use precondition::{IfMatch, etag, write};
pub use query::Query;
pub use reader::Reader;
pub use reply::Reply;
