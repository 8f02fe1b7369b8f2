//! From a file to rows that a person can look over. One thread reads and understands rows, another
//! matches and sets down the batch before; memory holds a few batches, however long the list.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use diesel::prelude::*;

use super::draft::{Draft, Reader};
use super::matching::is_wanted;
use super::options::Options;
use super::stage_batch::Staging;
use super::{Counts, Status};
use crate::access::Actor;
use crate::categories;
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problem, Problems};
use crate::schema::imports;
use crate::sheets::{self, Limits, Progress, Row, SheetError};
use crate::suppliers::columns::{Field, Mapping};
use crate::values::{hex, now};
use crate::vault::Vault;

/// Rows of a batch: one commit, after which other writers get their turn.
const BATCH: usize = 2_000;
/// Batches read ahead.
const AHEAD: usize = 2;

/// A file to be read, and how.
pub struct Source {
    pub import_id: String,
    pub file: PathBuf,
    pub file_name: String,
    pub limits: Limits,
    pub headers: Vec<String>,
    pub mapping: Mapping,
    pub options: Options,
    pub actor: Actor,
}

/// Headers and up to `samples` further rows of a file.
pub fn look_into(
    file: &Path,
    limits: &Limits,
    samples: usize,
) -> Result<(Vec<String>, Vec<Vec<String>>), Error> {
    let mut rows = sheets::open(file, limits).map_err(failure_of)?;
    let header = rows.next().unwrap_or(Err(SheetError::Empty)).map_err(failure_of)?;
    let mut found = Vec::new();
    for row in rows.take(samples) {
        found.push(row.map_err(failure_of)?.cells);
    }
    Ok((header.cells, found))
}

/// SHA-256 of a file in hexadecimal, read in pieces.
pub fn hash_of(file: &Path) -> std::io::Result<String> {
    use sha2::Digest;
    use std::io::Read;
    let mut hash = sha2::Sha256::new();
    let mut file = std::fs::File::open(file)?;
    let mut piece = vec![0; 1 << 16];
    loop {
        match file.read(&mut piece)? {
            0 => break,
            read => hash.update(&piece[..read]),
        }
    }
    Ok(hex(&hash.finalize()))
}

/// The header of the column that a problem is about, or its field's name where the list has no such
/// column.
pub fn column_of(problem: &Problem, headers: &[String], mapping: &Mapping) -> String {
    let column = Field::parse(&problem.field).and_then(|field| mapping.column(field));
    column.and_then(|column| headers.get(column)).unwrap_or(&problem.field).clone()
}

/// The problem of a file that cannot be read: `sheet_…` with the row, column and limit.
pub fn problem_of(error: &SheetError) -> Problem {
    let mut problem = Problem::new("file", &format!("sheet_{}", error.code()));
    if let Some(row) = error.row() {
        problem = problem.with("row", row);
    }
    if let Some(column) = error.column() {
        problem = problem.with("column", column);
    }
    if let Some(limit) = error.limit() {
        let shown = match error {
            SheetError::FileTooLarge { .. } | SheetError::Expands { .. } => limit >> 20,
            _ => limit,
        };
        problem = problem.with("limit", shown);
    }
    problem
}

/// [`problem_of`] as an error.
pub fn failure_of(error: SheetError) -> Error {
    Error::Invalid(Problems(vec![problem_of(&error)]))
}

/// Reads a file to its end, sets its rows down, and leaves the import ready for confirmation.
/// `advance` hears how far the reading is after each batch.
pub fn read(
    db: &Db,
    vault: &Vault,
    source: Source,
    mut advance: impl FnMut(Progress, &Counts),
) -> Result<Counts, Error> {
    if source.mapping.column(Field::Name).is_none()
        && source.mapping.column(Field::EnglishName).is_none()
    {
        return Err(Problems::one("file", "import_no_name").into());
    }
    let reader = Reader {
        import_id: source.import_id.clone(),
        categories: db.read_now(category_names)?,
        mapping: source.mapping,
        scope: source.actor.scope.clone(),
        vault: vault.clone(),
        options: source.options.clone(),
    };
    let mut staging = Staging {
        import_id: source.import_id.clone(),
        file_name: source.file_name,
        each_row: source.options.each_row_a_supplier,
        since: source.options.since(),
        scope: source.actor.scope,
        counts: Counts::default(),
    };
    let mut rows = sheets::open(&source.file, &source.limits).map_err(failure_of)?;
    rows.next();
    let (sender, batches) = sync_channel(AHEAD);
    std::thread::scope(|threads| {
        threads.spawn(move || understand(rows, &reader, &sender));
        take_down(db, &mut staging, batches, &mut advance)
    })?;
    let counts = staging.counts;
    finish(db, &source.import_id, &counts)?;
    Ok(counts)
}

type Batch = Result<(Vec<Draft>, Progress), SheetError>;

fn understand(mut rows: sheets::Rows, reader: &Reader, batches: &SyncSender<Batch>) {
    let mut row = Row::default();
    let mut drafts = Vec::with_capacity(BATCH);
    loop {
        let more = match rows.read_into(&mut row) {
            Ok(more) => more,
            Err(error) => {
                // Nobody listens any more when the import was discarded.
                let _ = batches.send(Err(error));
                return;
            }
        };
        if more {
            drafts.push(reader.draft(&row));
        }
        if drafts.len() == BATCH || !more && !drafts.is_empty() {
            let batch = std::mem::replace(&mut drafts, Vec::with_capacity(BATCH));
            if batches.send(Ok((batch, rows.progress()))).is_err() {
                return;
            }
        }
        if !more {
            return;
        }
    }
}

fn take_down(
    db: &Db,
    staging: &mut Staging,
    batches: Receiver<Batch>,
    advance: &mut impl FnMut(Progress, &Counts),
) -> Result<(), Error> {
    for batch in batches {
        let (drafts, progress) = batch.map_err(failure_of)?;
        let mut next = staging.clone();
        *staging = db.write_now(move |c| {
            if !is_wanted(c, &next.import_id)? {
                return Err(Error::Conflict("conflict-import-discarded"));
            }
            next.stage(c, drafts)?;
            note_progress(c, &next.import_id, progress)?;
            Ok(next)
        })?;
        advance(progress, &staging.counts);
    }
    Ok(())
}

fn note_progress(c: &mut AnyConnection, id: &str, progress: Progress) -> Result<(), Error> {
    diesel::update(imports::table.find(id))
        .set((
            imports::done.eq(progress.done as i64),
            imports::total.eq(progress.total as i64),
            imports::touched_at.eq(now()),
        ))
        .execute(c)?;
    Ok(())
}

fn finish(db: &Db, id: &str, counts: &Counts) -> Result<(), Error> {
    let (id, counts) = (id.to_string(), serde_json::to_string(counts)?);
    db.write_now(move |c| {
        let reading = imports::table.find(&id).filter(imports::status.eq(Status::Reading));
        diesel::update(reading)
            .set((
                imports::status.eq(Status::Ready),
                imports::counts.eq(counts),
                imports::touched_at.eq(now()),
            ))
            .execute(c)?;
        Ok(())
    })
}

/// Ids of the open categories by folded code and names.
fn category_names(c: &mut AnyConnection) -> Result<HashMap<String, String>, Error> {
    let mut names = HashMap::new();
    for category in categories::all(c)? {
        for name in [&category.code, &category.name_en, &category.name_zh] {
            names.entry(name.to_lowercase()).or_insert_with(|| category.id.clone());
        }
    }
    Ok(names)
}
