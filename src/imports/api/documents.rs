//! An import as programs see it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::Problem;
use crate::imports::rows::ReadRow;
use crate::imports::{Counts, Import, Outcome};
use crate::suppliers::place::PlaceStatus;
use crate::texts::Language;

/// An import.
#[derive(Serialize, ToSchema)]
#[schema(as = Import)]
pub(super) struct ImportDocument {
    id: String,
    file_name: String,
    /// SHA-256 of the file in hexadecimal.
    file_sha256: String,
    #[schema(value_type = ImportState)]
    status: &'static str,
    /// How much of the file is read, in percent.
    #[schema(minimum = 0, maximum = 100)]
    percent: i64,
    counts: CountsDocument,
    /// Why the reading or the confirmation ended without a result; null when it did not.
    failure: Option<RowProblem>,
    created_at: DateTime<Utc>,
    confirmed_at: Option<DateTime<Utc>>,
    undone_at: Option<DateTime<Utc>>,
}

/// How far an import is. `ready` waits for a confirmation.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[allow(dead_code, reason = "only its schema is used")]
enum ImportState {
    Mapping,
    Reading,
    Interrupted,
    Ready,
    Confirming,
    Confirmed,
    Undone,
    Discarded,
    Failed,
}

/// What an import found. Everything but the suppliers counts rows.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportCounts)]
struct CountsDocument {
    rows: i64,
    suppliers_new: i64,
    /// Suppliers that the register had before.
    suppliers_matched: i64,
    sites_new: i64,
    /// Sites whose place a person must settle.
    unresolved: i64,
    duplicates: i64,
    errors: i64,
}

impl From<Counts> for CountsDocument {
    fn from(counts: Counts) -> CountsDocument {
        CountsDocument {
            rows: counts.rows,
            suppliers_new: counts.suppliers_new,
            suppliers_matched: counts.suppliers_matched,
            sites_new: counts.sites_new,
            unresolved: counts.unresolved,
            duplicates: counts.duplicates,
            errors: counts.errors,
        }
    }
}

/// What is wrong with a row or a file.
#[derive(Serialize, ToSchema)]
struct RowProblem {
    field: String,
    /// For programs.
    code: String,
    /// For people, in English.
    detail: String,
}

impl From<Problem> for RowProblem {
    fn from(problem: Problem) -> RowProblem {
        let args: Vec<(&str, &str)> =
            problem.args.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let detail = Language::English.texts().with(&format!("problem-{}", problem.code), &args);
        RowProblem { field: problem.field, code: problem.code, detail }
    }
}

impl From<Import> for ImportDocument {
    fn from(import: Import) -> ImportDocument {
        let problem: Option<Problem> = serde_json::from_str(&import.failure).ok();
        ImportDocument {
            status: import.shown_state(),
            percent: import.percent(),
            counts: import.counts().into(),
            failure: problem.map(RowProblem::from),
            id: import.id,
            file_name: import.file_name,
            file_sha256: import.file_hash,
            created_at: import.created_at.and_utc(),
            confirmed_at: import.confirmed_at.map(|time| time.and_utc()),
            undone_at: import.undone_at.map(|time| time.and_utc()),
        }
    }
}

/// A row of the file, as it was understood.
#[derive(Serialize, ToSchema)]
#[schema(as = ImportRow)]
pub(super) struct RowDocument {
    /// Its number in the file, the header included.
    row_number: i64,
    outcome: Outcome,
    legal_name: String,
    english_name: String,
    address: String,
    country: String,
    area: String,
    city: String,
    place_status: PlaceStatus,
    /// The row that brings the supplier; null when none does.
    first_row: Option<i64>,
    problems: Vec<RowProblem>,
}

impl From<ReadRow> for RowDocument {
    fn from(row: ReadRow) -> RowDocument {
        RowDocument {
            problems: row.problems().into_iter().map(RowProblem::from).collect(),
            row_number: row.row_number,
            outcome: row.outcome,
            legal_name: row.legal_name,
            english_name: row.english_name,
            address: row.address,
            country: row.country,
            area: row.area,
            city: row.city,
            place_status: row.place_status,
            first_row: (row.first_row > 0).then_some(row.first_row),
        }
    }
}

/// How an import is confirmed.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Confirmation {
    /// Leave out rows with errors. Without it they stop the confirmation.
    pub skip_errors: bool,
}
