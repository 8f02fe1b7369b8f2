//! The files of the figures.

use rocket::{Route, State, get, routes};

use super::query::CasesQuery;
use super::{files, load};
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::page::{Streamed, Streams, stream};
use crate::sheets::{Format, Options};
use crate::values::now;

pub fn routes() -> Vec<Route> {
    routes![file]
}

#[get("/punishment-figures/export/<format>?<query..>")]
async fn file(
    may: May<right::ReadPunishments>,
    db: &State<Db>,
    streams: &State<Streams>,
    format: &str,
    query: CasesQuery,
) -> Result<Streamed, Error> {
    let format: Format = format.parse().map_err(|_| Error::NotFound)?;
    let name = format!("punishment-figures-{}.{}", now().date(), format.as_str());
    stream(db, streams, name, format.media_type(), move |c, pipe| {
        let asked = query.asked(c)?;
        let figures = load(c, asked, may.scope())?;
        // Excel garbles Chinese without the mark.
        files::write(&figures, format, Options { bom: true }, pipe)?.complete();
        Ok(())
    })
    .await
}
