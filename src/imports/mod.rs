//! Supplier lists that come in: read, matched row by row, looked over by a person, then written
//! to the register all at once, and undone as long as nothing was built on them.

pub mod api;
mod confirm;
mod discard;
mod draft;
mod draft_cells;
mod matching;
mod options;
mod read;
pub mod routes;
mod routes_done;
mod routes_mapping;
mod routes_upload;
pub mod rows;
mod stage_batch;
mod tally;
mod template;
mod undo;
mod work;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde_json::json;

use crate::access::{Actor, May, Scope, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::imports;
use crate::values::{is_id, new_id, now};

pub use confirm::confirm;
pub use discard::{discard, forget_rows, tidy_up};
pub use options::{Options, day};
pub use read::{Source, column_of, failure_of, hash_of, look_into, problem_of, read};
pub use tally::Counts;
pub use template::workbook;
pub use undo::{Obstacle, obstacles, undo};
pub use work::Work;

text_enum! {
    /// How far an import is.
    Status {
        /// The file is here; a person says what the columns hold.
        Mapping = "mapping",
        Reading = "reading",
        /// Read: waits for a person's word.
        Ready = "ready",
        Confirming = "confirming",
        Confirmed = "confirmed",
        Undone = "undone",
        Discarded = "discarded",
        /// The file could not be read.
        Failed = "failed",
    }
}

text_enum! {
    /// What becomes of a row.
    Outcome {
        /// A supplier that the register does not have, with its first site.
        New = "new",
        /// Another site of a supplier that is new in this file.
        Site = "site",
        /// A supplier that the register has, at an address that it has.
        Matches = "matches",
        /// A supplier that the register has, at another address: adds a site.
        MatchesSite = "matches_site",
        /// The same company at the same address as an earlier row: adds nothing.
        Duplicate = "duplicate",
        /// Cannot go in as it is.
        Error = "error",
    }
}

impl Outcome {
    /// Whether the row brings a site into the register.
    pub fn adds_site(self) -> bool {
        matches!(self, Outcome::New | Outcome::Site | Outcome::MatchesSite)
    }
}

/// One file that came in.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = imports)]
pub struct Import {
    pub id: String,
    pub file_name: String,
    /// SHA-256 of the file.
    pub file_hash: String,
    pub account_id: String,
    pub account_name: String,
    pub status: Status,
    /// [`Options`] as JSON.
    pub options: String,
    /// The headers of the file, as a JSON list.
    pub headers: String,
    /// The mapping of its columns, as JSON.
    pub mapping: String,
    /// [`Counts`] as JSON.
    pub counts: String,
    /// The problem that ended the reading or the confirmation, as JSON; "" for none.
    pub failure: String,
    /// Bytes (or rows of a workbook) read so far, and in all; 0 when not known.
    pub done: i64,
    pub total: i64,
    /// The newest supplier number when the reading began.
    pub last_number: i64,
    pub created_at: NaiveDateTime,
    /// The last sign of life of whoever works on it.
    pub touched_at: NaiveDateTime,
    pub confirmed_at: Option<NaiveDateTime>,
    pub undone_at: Option<NaiveDateTime>,
}

/// Silence after which a reading is taken for interrupted, in seconds. Batches take less than one
/// second, but a long confirmation of another list may hold them up.
const SILENCE: i64 = 180;

impl Import {
    pub fn counts(&self) -> Counts {
        serde_json::from_str(&self.counts).unwrap_or_default()
    }

    pub fn options(&self) -> Options {
        serde_json::from_str(&self.options).unwrap_or_default()
    }

    pub fn headers(&self) -> Vec<String> {
        serde_json::from_str(&self.headers).unwrap_or_default()
    }

    /// Whether it stopped without an end: the server was restarted meanwhile.
    pub fn is_interrupted(&self) -> bool {
        let silent = (now() - self.touched_at).num_seconds() > SILENCE;
        self.status == Status::Reading && silent
    }

    /// The state as people see it.
    pub fn shown_state(&self) -> &'static str {
        if self.is_interrupted() { "interrupted" } else { self.status.as_str() }
    }

    /// Percent read, 0 to 100.
    pub fn percent(&self) -> i64 {
        if self.total <= 0 { 0 } else { (self.done.saturating_mul(100) / self.total).clamp(0, 100) }
    }
}

/// Notes that a file has come in.
pub fn begin(
    c: &mut AnyConnection,
    actor: &Actor,
    file_name: &str,
    file_hash: &str,
    headers: &[String],
) -> Result<Import, Error> {
    let time = now();
    let import = Import {
        id: new_id(),
        file_name: short_name(file_name),
        file_hash: file_hash.into(),
        account_id: actor.account_id.clone(),
        account_name: actor.name.clone(),
        status: Status::Mapping,
        options: "{}".into(),
        headers: serde_json::to_string(headers)?,
        mapping: "[]".into(),
        counts: "{}".into(),
        failure: String::new(),
        done: 0,
        total: 0,
        last_number: 0,
        created_at: time,
        touched_at: time,
        confirmed_at: None,
        undone_at: None,
    };
    diesel::insert_into(imports::table).values(&import).execute(c)?;
    Ok(import)
}

/// The file's own name, without a path and without what could break a line.
fn short_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().filter(|c| !c.is_control()).take(120).collect()
}

/// The import of an id, if the person may see it: whoever is limited to regions sees only their
/// own, because a list shows companies of every region.
pub fn find(
    c: &mut AnyConnection,
    by: &May<right::ImportSuppliers>,
    id: &str,
) -> Result<Import, Error> {
    if !is_id(id) {
        return Err(Error::NotFound);
    }
    let import: Import = imports::table.find(id).select(Import::as_select()).first(c)?;
    let own = import.account_id == by.actor().account_id;
    if own || *by.scope() == Scope::Everything { Ok(import) } else { Err(Error::NotFound) }
}

/// The newest imports that the person may see, before the id `before`. Ids sort by time.
pub fn newest(
    c: &mut AnyConnection,
    by: &May<right::ImportSuppliers>,
    before: Option<&str>,
    limit: i64,
) -> Result<Vec<Import>, Error> {
    let mut query = imports::table.into_boxed::<crate::db::MultiBackend>();
    if *by.scope() != Scope::Everything {
        query = query.filter(imports::account_id.eq(&by.actor().account_id));
    }
    if let Some(before) = before {
        query = query.filter(imports::id.lt(before));
    }
    Ok(query.order(imports::id.desc()).limit(limit).select(Import::as_select()).load(c)?)
}

/// Moves an import from one of the states `from` to `to`; false when it is in none of them.
fn advance(c: &mut AnyConnection, id: &str, from: &[Status], to: Status) -> Result<bool, Error> {
    let from: Vec<&str> = from.iter().map(|s| s.as_str()).collect();
    let changed = diesel::update(
        imports::table.filter(imports::id.eq(id)).filter(imports::status.eq_any(from)),
    )
    .set((imports::status.eq(to), imports::touched_at.eq(now())))
    .execute(c)?;
    Ok(changed == 1)
}

/// Settles how a file is read, and begins it. False when it was begun already.
pub fn start_reading(
    c: &mut AnyConnection,
    id: &str,
    mapping: &crate::suppliers::columns::Mapping,
    options: &Options,
) -> Result<bool, Error> {
    if !advance(c, id, &[Status::Mapping], Status::Reading)? {
        return Ok(false);
    }
    let last = crate::suppliers::next_number(c)? - 1;
    diesel::update(imports::table.find(id))
        .set((
            imports::mapping.eq(serde_json::to_string(mapping)?),
            imports::options.eq(serde_json::to_string(options)?),
            imports::last_number.eq(last),
        ))
        .execute(c)?;
    Ok(true)
}

/// Notes why an import ended without a result.
pub fn fail(c: &mut AnyConnection, id: &str, problem: &crate::error::Problem) -> Result<(), Error> {
    diesel::update(imports::table.find(id))
        .set((
            imports::status.eq(Status::Failed),
            imports::failure.eq(serde_json::to_string(problem)?),
        ))
        .execute(c)?;
    Ok(())
}

/// Deletes an import that wrote nothing, once its rows are forgotten.
pub fn forget(c: &mut AnyConnection, id: &str) -> Result<(), Error> {
    let unwritten = imports::table.find(id).filter(imports::confirmed_at.is_null());
    diesel::delete(unwritten).execute(c)?;
    Ok(())
}

/// Begins a confirmation that is carried out in the background. False when it has begun already.
pub fn start_confirming(
    c: &mut AnyConnection,
    by: &May<right::ImportSuppliers>,
    id: &str,
) -> Result<bool, Error> {
    find(c, by, id)?;
    advance(c, id, &[Status::Ready], Status::Confirming)
}

/// Gives a confirmation back that could not be carried out.
pub fn stop_confirming(
    c: &mut AnyConnection,
    id: &str,
    problem: &crate::error::Problem,
) -> Result<(), Error> {
    if advance(c, id, &[Status::Confirming], Status::Ready)? {
        diesel::update(imports::table.find(id))
            .set(imports::failure.eq(serde_json::to_string(problem)?))
            .execute(c)?;
    }
    Ok(())
}

/// The record in the audit trail of what was done with an import.
fn record(
    c: &mut AnyConnection,
    actor: &Actor,
    action: &str,
    import: &Import,
) -> Result<(), Error> {
    let details = json!({
        "file": import.file_name,
        "sha256": import.file_hash,
        "counts": serde_json::from_str::<serde_json::Value>(&import.counts)?,
    });
    audit::append(c, actor, action, ("import", &import.id), details)
}
