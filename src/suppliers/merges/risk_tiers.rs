//! How much two entries of one company would harm: the one that is kept keeps its own tier, and the
//! other's goes on as history. Where the one that is kept has none, the other's goes on counting: a
//! merge does not make a company harmless.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::risk_tiers;
use crate::values::forever;

/// Moves all tiers of one company to another: their ids, and that of the one which was ended for it.
pub(super) fn move_all(
    c: &mut AnyConnection,
    from: &str,
    to: &str,
    time: NaiveDateTime,
) -> Result<(Vec<String>, Option<String>), Error> {
    let running = |c: &mut AnyConnection, id: &str| -> Result<Option<String>, Error> {
        Ok(risk_tiers::table
            .filter(risk_tiers::supplier_id.eq(id))
            .filter(risk_tiers::valid_to.eq(forever()))
            .select(risk_tiers::id)
            .first(c)
            .optional()?)
    };
    let ended = match running(c, to)? {
        Some(_) => running(c, from)?,
        None => None,
    };
    if let Some(ended) = &ended {
        diesel::update(risk_tiers::table.find(ended))
            .set(risk_tiers::valid_to.eq(time))
            .execute(c)?;
    }
    let theirs = risk_tiers::table.filter(risk_tiers::supplier_id.eq(from));
    let ids: Vec<String> = theirs.order(risk_tiers::id).select(risk_tiers::id).load(c)?;
    diesel::update(theirs).set(risk_tiers::supplier_id.eq(to)).execute(c)?;
    Ok((ids, ended))
}

/// A tier that a merge has ended at a time holds again.
pub(super) fn go_on(c: &mut AnyConnection, id: &str, ended: NaiveDateTime) -> Result<(), Error> {
    diesel::update(risk_tiers::table.find(id).filter(risk_tiers::valid_to.eq(ended)))
        .set(risk_tiers::valid_to.eq(forever()))
        .execute(c)?;
    Ok(())
}
