//! The list as a file.

use rocket::{Route, State, get, routes};

use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Streamed, Streams, stream};
use crate::regions::find_scheme;
use crate::sheets::Format;
use crate::suppliers::clearance::HoldSources;
use crate::suppliers::export::{self, ExportOptions, Subject};
use crate::suppliers::query::ListQuery;
use crate::values::now;

pub(super) fn routes() -> Vec<Route> {
    // Tried before `/suppliers/<id>/…`: no id is the word "export".
    let first = |mut route: Route| {
        route.rank = -20;
        route
    };
    routes![suppliers, sites].into_iter().map(first).collect()
}

#[get("/suppliers/export/<format>?<query..>")]
async fn suppliers(
    may: May<right::ExportSuppliers>,
    db: &State<Db>,
    streams: &State<Streams>,
    sources: &State<HoldSources>,
    format: &str,
    query: ListQuery,
) -> Result<Streamed, Error> {
    send(may, db, streams, (Subject::Suppliers, **sources), format, query).await
}

#[get("/sites/export/<format>?<query..>")]
async fn sites(
    may: May<right::ExportSuppliers>,
    db: &State<Db>,
    streams: &State<Streams>,
    sources: &State<HoldSources>,
    format: &str,
    query: ListQuery,
) -> Result<Streamed, Error> {
    send(may, db, streams, (Subject::Sites, **sources), format, query).await
}

async fn send(
    may: May<right::ExportSuppliers>,
    db: &Db,
    streams: &Streams,
    (subject, sources): (Subject, HoldSources),
    format: &str,
    query: ListQuery,
) -> Result<Streamed, Error> {
    let format: Format = format.parse().map_err(|_| Error::NotFound)?;
    let name = format!("{}-{}.{}", subject.as_str(), now().date(), format.as_str());
    stream(db, streams, name, format.media_type(), move |c, pipe| {
        let filter = query.filter(c, may.scope())?;
        let scheme = find_scheme(c, query.scheme_id())?;
        // Excel garbles Chinese without the mark.
        let options = ExportOptions { format, bom: true, scheme, sources };
        let (pipe, _) = export::write(c, subject, &filter, &options, pipe)?;
        pipe.complete();
        Ok(())
    })
    .await
}
