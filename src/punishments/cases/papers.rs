//! Documents that belong to steps of a case. They are not among those of the company, and the trail of the
//! case tells of them.

use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::documents::{self, Document, DocumentInput, Kind, Stored, Uploader};
use crate::error::{Error, Problem, Problems};
use crate::punishments::{Case, Paper};
use crate::schema::{documents as table, punishment_papers};
use crate::values::new_id;

/// Documents of a case, at most.
pub const MOST_PAPERS: usize = 200;

/// The documents of a case by the ids of their steps, the oldest first.
pub fn papers_of(c: &mut AnyConnection, case_id: &str) -> Result<Vec<(String, Document)>, Error> {
    Ok(punishment_papers::table
        .inner_join(table::table.on(table::id.eq(punishment_papers::document_id)))
        .filter(punishment_papers::case_id.eq(case_id))
        .order(punishment_papers::id)
        .limit(MOST_PAPERS as i64)
        .select((punishment_papers::step_id, Document::as_select()))
        .load(c)?)
}

/// Says that a document belongs to a step of a case.
pub fn attach(
    c: &mut AnyConnection,
    case_id: &str,
    step_id: &str,
    document_id: &str,
) -> Result<(), Error> {
    let paper = Paper {
        id: new_id(),
        case_id: case_id.into(),
        step_id: step_id.into(),
        document_id: document_id.into(),
    };
    diesel::insert_into(punishment_papers::table).values(&paper).execute(c)?;
    Ok(())
}

/// What is said of a paper: its name is that of the file.
fn about() -> DocumentInput {
    DocumentInput { kind: Kind::Other.as_str().into(), ..Default::default() }
}

/// Passes where a case has room for one more document.
fn has_room(c: &mut AnyConnection, case_id: &str) -> Result<(), Error> {
    let have: i64 = punishment_papers::table
        .filter(punishment_papers::case_id.eq(case_id))
        .count()
        .get_result(c)?;
    if have < MOST_PAPERS as i64 {
        return Ok(());
    }
    let problem = Problem::new("file", "punishment_papers").with("max", MOST_PAPERS);
    Err(Problems(vec![problem]).into())
}

/// Passes where a file of `size` bytes may come with a step; `case_id` is missing for a case that is only now
/// brought.
pub fn may_take(
    c: &mut AnyConnection,
    by: &Uploader,
    (supplier_id, case_id): (&str, Option<&str>),
    size: i64,
) -> Result<(), Error> {
    if let Some(id) = case_id {
        has_room(c, id)?;
    }
    documents::may_add(c, by, supplier_id, &about(), size)
}

/// Adds a file that is stored to a step of a case.
pub fn take(
    c: &mut AnyConnection,
    by: &Uploader,
    case: &Case,
    step_id: &str,
    stored: &Stored,
) -> Result<Document, Error> {
    has_room(c, &case.id)?;
    let subject = ("punishment_case", case.id.as_str());
    let document = documents::add_told_in(c, by, &case.supplier_id, (stored, &about()), subject)?;
    attach(c, &case.id, step_id, &document.id)?;
    Ok(document)
}
