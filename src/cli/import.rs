//! `touchstone import`: lists into the register.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use diesel::prelude::*;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use touchstone::Settings;
use touchstone::access::{self, Actor, May, right};
use touchstone::db::Db;
use touchstone::error::{Error, Problem, Problems};
use touchstone::imports::{self, Counts, Import as Begun, Options, Outcome, Source, rows};
use touchstone::sheets::Limits;
use touchstone::suppliers::Stage;
use touchstone::suppliers::columns::{Field, Mapping};
use touchstone::texts::{Language, grouped};
use touchstone::values::hex;

/// Import lists.
#[derive(Args)]
pub struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Suppliers(Suppliers),
}

/// Import a list of suppliers (CSV or XLSX) into the register.
///
/// The columns are recognised from their headers. All rows go in, or none: rows with errors stop
/// the import unless --skip-errors leaves them out. Exit code: 0 done, 2 rows have errors, 1 the
/// file or the register cannot be used.
#[derive(Args)]
struct Suppliers {
    /// The list.
    file: PathBuf,
    /// What the columns hold, where that is not recognised: a JSON file {"Header": "field" or
    /// null}. The fields are those of `touchstone export suppliers`.
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Show what would happen and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// How to print the result.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Take every row for a supplier of its own instead of putting rows of one company together.
    #[arg(long)]
    each_row_a_supplier: bool,
    /// Import the good rows although others have errors.
    #[arg(long)]
    skip_errors: bool,
    /// The stage of rows that name none (active, candidate, …).
    #[arg(long, value_name = "STAGE", default_value = "active", value_parser = stage)]
    stage: String,
    /// Since when the companies are suppliers, where a row does not say (YYYY-MM-DD).
    #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true, value_parser = since)]
    since: String,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Text,
    Json,
}

fn stage(text: &str) -> Result<String, String> {
    let names: Vec<&str> = Stage::ALL.iter().map(|stage| stage.as_str()).collect();
    Stage::parse(text).map(|s| s.as_str().into()).ok_or(format!("one of {}", names.join(", ")))
}

fn since(text: &str) -> Result<String, String> {
    let day = imports::day(text).filter(|_| !text.is_empty());
    if text.is_empty() { return Ok(String::new()) }
    day.map(|day| day.to_string()).ok_or("a day such as 2021-12-31, not in the future".into())
}

/// Errors printed; their number is printed in any case.
const SHOWN: i64 = 1_000;
/// The exit code for rows with errors.
const ROWS_HAVE_ERRORS: i32 = 2;

impl Import {
    pub fn run(self, settings: Settings) -> Result<(), Error> {
        let What::Suppliers(suppliers) = self.what;
        suppliers.run(&settings)
    }
}

/// What became of the file.
struct Result_ {
    counts: Counts,
    errors: Vec<RowError>,
    written: bool,
}
