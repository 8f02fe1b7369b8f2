//! The files of the figures.

use rocket::{Route, State, get, routes};

use super::query::FiguresQuery;
use super::{files, load};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Streamed, Streams, stream};
use crate::reports::files::FileFormat;
use crate::sheets::Options;
use crate::values::now;

pub fn routes() -> Vec<Route> {
    routes![file]
}

#[get("/inspection-figures/export/<format>?<query..>")]
async fn file(
    may: May<right::ReadReports>,
    db: &State<Db>,
    streams: &State<Streams>,
    format: &str,
    query: FiguresQuery,
) -> Result<Streamed, Error> {
    let format = FileFormat::parse(format).ok_or(Error::NotFound)?;
    let name = format!("inspection-figures-{}.{}", now().date(), format.as_str());
    stream(db, streams, name, format.media_type(), move |c, pipe| {
        let asked = query.asked(c)?;
        let figures = load(c, asked, may.scope())?;
        // Excel garbles Chinese without the mark.
        files::write(&figures, format, Options { bom: true }, pipe)?.complete();
        Ok(())
    })
    .await
}
