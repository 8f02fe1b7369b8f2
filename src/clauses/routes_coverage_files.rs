//! The files of coverage.

use std::sync::Arc;

use rocket::{Route, State, get, routes};

use super::coverage::narrowed::Narrowed;
use super::coverage::query::{About, CoverageQuery};
use super::coverage::{DayCache, files};
use crate::access::{May, Scope, right};
use crate::db::{AnyConnection, Db};
use crate::error::Error;
use crate::page::{Streamed, Streams, stream};
use crate::sheets::{Format, Options};

pub fn routes() -> Vec<Route> {
    routes![file, figures]
}

/// The part that an address asks about, for a file.
fn write(
    c: &mut AnyConnection,
    cache: &DayCache,
    scope: &Scope,
    query: &CoverageQuery,
    work: impl FnOnce(&mut AnyConnection, &About, &Narrowed, Options) -> Result<(), Error>,
) -> Result<(), Error> {
    let about = query.about(c, cache)?;
    let asked = query.narrow(&about, scope)?;
    // Excel garbles Chinese without the mark.
    work(c, &about, &asked, Options { bom: true })
}

#[get("/clauses/coverage/export/<format>?<query..>")]
async fn file(
    may: May<right::ExportSuppliers>,
    db: &State<Db>,
    cache: &State<Arc<DayCache>>,
    streams: &State<Streams>,
    format: &str,
    query: CoverageQuery,
) -> Result<Streamed, Error> {
    let format: Format = format.parse().map_err(|_| Error::NotFound)?;
    let cache = cache.inner().clone();
    let name = format!("clause-coverage-{}.{}", query.on()?, format.as_str());
    stream(db, streams, name, format.media_type(), move |c, pipe| {
        write(c, &cache, may.scope(), &query, |c, _, asked, options| {
            files::rows(c, asked, format, options, pipe)?.complete();
            Ok(())
        })
    })
    .await
}

#[get("/clauses/coverage/figures/<format>?<query..>")]
async fn figures(
    may: May<right::ReadSuppliers>,
    db: &State<Db>,
    cache: &State<Arc<DayCache>>,
    streams: &State<Streams>,
    format: &str,
    query: CoverageQuery,
) -> Result<Streamed, Error> {
    let format: Format = format.parse().map_err(|_| Error::NotFound)?;
    let cache = cache.inner().clone();
    let name = format!("clause-figures-{}.{}", query.on()?, format.as_str());
    stream(db, streams, name, format.media_type(), move |c, pipe| {
        write(c, &cache, may.scope(), &query, |_, about, asked, options| {
            files::figures(asked, &about.categories, format, options, pipe)?.complete();
            Ok(())
        })
    })
    .await
}
