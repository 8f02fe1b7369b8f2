//! `touchstone import`: lists into the register.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use indicatif::ProgressBar;
use serde_json::json;
use touchstone::Settings;
use touchstone::access::{self, Actor, May, right};
use touchstone::db::Db;
use touchstone::error::{Error, Problem, Problems};
use touchstone::imports::rows::{self, Which};
use touchstone::imports::{self, Counts, Options, Outcome, Source};
use touchstone::sheets::Limits;
use touchstone::suppliers::Stage;
use touchstone::suppliers::columns::Mapping;
use touchstone::texts::{Language, grouped};
use touchstone::vault::Vault;

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
    if text.is_empty() {
        return Ok(String::new());
    }
    day.map(|day| day.to_string()).ok_or("a day such as 2021-12-31, not in the future".into())
}

/// Errors printed; their number is printed in any case.
const SHOWN: i64 = 1_000;
/// Rows of the longest list whose companies are compared with the register at once: about a second.
const COMPARED_AT_ONCE: i64 = 1_000;
/// The exit code for rows with errors.
const ROWS_HAVE_ERRORS: i32 = 2;

impl Import {
    pub fn run(self, settings: Settings) -> Result<(), Error> {
        let What::Suppliers(suppliers) = self.what;
        suppliers.run(&settings)
    }
}

/// A row that cannot go in: its number, the header of the column, the rule broken.
struct RowError {
    row: i64,
    column: String,
    problem: Problem,
}

/// What became of the file.
struct Report {
    counts: Counts,
    errors: Vec<RowError>,
    written: bool,
}

impl Report {
    /// A short list is compared with the register before the command ends; a long one by the
    /// server, or by `touchstone duplicates --scan`.
    fn is_compared_at_once(&self) -> bool {
        self.written && self.counts.rows <= COMPARED_AT_ONCE
    }
}

impl Suppliers {
    fn run(self, settings: &Settings) -> Result<(), Error> {
        let db = super::open(settings)?;
        let vault = super::vault(settings)?;
        let by = access::command_line::<right::ImportSuppliers>();
        let source = self.source(&by)?;
        let hash = hash_of(&self.file)?;
        let id = begin(&db, &source, &hash)?;
        let source = Source { import_id: id.clone(), ..source };
        let outcome = self.carry_out(&db, &vault, source);
        // What was set down on the way is of no use any more, however it ended.
        imports::forget_rows(&db, &id)?;
        if !outcome.as_ref().is_ok_and(|report| report.written) {
            let id = id.clone();
            db.write_now(move |c| imports::forget(c, &id))?;
        }
        if outcome.as_ref().is_ok_and(|report| report.is_compared_at_once()) {
            super::duplicates::scan(&db)?;
        }
        // The next start would have to read everything that is not in the file itself.
        db.checkpoint()?;
        let report = outcome.map_err(in_words)?;
        self.print(&report);
        if report.counts.errors > 0 {
            std::process::exit(ROWS_HAVE_ERRORS);
        }
        Ok(())
    }

    fn source(&self, by: &May<right::ImportSuppliers>) -> Result<Source, Error> {
        let limits = Limits::command_line();
        let (headers, _) = imports::look_into(&self.file, &limits, 0).map_err(in_words)?;
        Ok(Source {
            import_id: String::new(),
            file: self.file.clone(),
            file_name: self.file.to_string_lossy().into_owned(),
            limits,
            mapping: self.mapping(&headers)?,
            headers,
            options: Options {
                each_row_a_supplier: self.each_row_a_supplier,
                stage: self.stage.clone(),
                since: self.since.clone(),
            },
            actor: by.actor().clone(),
        })
    }

    fn mapping(&self, headers: &[String]) -> Result<Mapping, Error> {
        let Some(file) = &self.map else {
            return Ok(Mapping::recognised(headers));
        };
        let json = std::fs::read_to_string(file)
            .map_err(|error| Error::Internal(format!("{}: {error}", file.display())))?;
        Mapping::from_json(&json, headers).map_err(|error| {
            let problem = Problem::new("file", &format!("mapping_{}", error.code()));
            let text = sentence(&problem.with("what", error.subject()));
            Error::Internal(format!("{}: {text}", file.display()))
        })
    }

    fn carry_out(&self, db: &Db, vault: &Vault, source: Source) -> Result<Report, Error> {
        let bar = super::progress("Reading", 0);
        let (id, headers, mapping) =
            (source.import_id.clone(), source.headers.clone(), source.mapping.clone());
        let counts = imports::read(db, vault, source, |progress, _| {
            bar.set_length(progress.total);
            bar.set_position(progress.done);
        })?;
        bar.finish_and_clear();
        let errors = errors_of(db, &id, &headers, &mapping)?;
        let is_good = counts.errors == 0 || self.skip_errors;
        let writes = is_good && !self.dry_run && counts.brings_something();
        if writes {
            self.confirm(db, id)?;
        }
        Ok(Report { counts, errors, written: writes })
    }

    fn confirm(&self, db: &Db, id: String) -> Result<(), Error> {
        let spinner = progress_spinner();
        let skip = self.skip_errors;
        let confirmed =
            db.write_now(move |c| imports::confirm(c, &access::command_line(), &id, skip))?;
        imports::tidy_up(db, &confirmed)?;
        spinner.finish_and_clear();
        Ok(())
    }

    fn print(&self, report: &Report) {
        match self.format {
            Format::Json => println!("{}", self.json(report)),
            Format::Text => self.text(report),
        }
    }

    fn json(&self, report: &Report) -> serde_json::Value {
        let counts = &report.counts;
        let errors: Vec<_> = report
            .errors
            .iter()
            .map(|error| {
                json!({
                    "row": error.row,
                    "column": error.column,
                    "code": error.problem.code,
                    "message": sentence(&error.problem),
                })
            })
            .collect();
        json!({
            "file": self.file.to_string_lossy(),
            "dry_run": self.dry_run,
            "written": report.written,
            "rows": counts.rows,
            "suppliers_new": counts.suppliers_new,
            "suppliers_matched": counts.suppliers_matched,
            "sites_new": counts.sites_new,
            "unresolved": counts.unresolved,
            "duplicates": counts.duplicates,
            "errors_total": counts.errors,
            "errors": errors,
        })
    }

    fn text(&self, report: &Report) {
        let counts = &report.counts;
        let lines = [
            ("rows read", counts.rows),
            ("new suppliers", counts.suppliers_new),
            ("suppliers already in the register", counts.suppliers_matched),
            ("new sites (registered offices included)", counts.sites_new),
            ("of these with a place to settle", counts.unresolved),
            ("likely duplicates inside the file", counts.duplicates),
            ("rows with errors", counts.errors),
        ];
        for (name, count) in lines {
            println!("{:>11}  {name}", grouped(count));
        }
        for error in &report.errors {
            println!("row {}, {}: {}", error.row, error.column, sentence(&error.problem));
        }
        let unprinted = counts.errors - report.errors.len() as i64;
        if unprinted > 0 {
            println!("… and {} more rows with errors", grouped(unprinted));
        }
        println!("{}", self.conclusion(report));
    }

    fn conclusion(&self, report: &Report) -> &'static str {
        match report {
            Report { written: true, .. } => "Written to the register.",
            _ if self.dry_run => "A dry run: nothing was written.",
            Report { counts, .. } if counts.errors > 0 && !self.skip_errors => {
                "Nothing was written. Correct these rows, or leave them out with --skip-errors."
            }
            _ => "Nothing was written: the register has all of this already.",
        }
    }
}

fn begin(db: &Db, source: &Source, hash: &str) -> Result<String, Error> {
    let (name, hash) = (source.file_name.clone(), hash.to_string());
    let (headers, mapping, options) =
        (source.headers.clone(), source.mapping.clone(), source.options.clone());
    db.write_now(move |c| {
        let begun = imports::begin(c, &Actor::command_line(), &name, &hash, &headers)?;
        imports::start_reading(c, &begun.id, &mapping, &options)?;
        Ok(begun.id)
    })
}

fn errors_of(
    db: &Db,
    id: &str,
    headers: &[String],
    mapping: &Mapping,
) -> Result<Vec<RowError>, Error> {
    let found = db.read_now(|c| rows::page(c, id, Which::Of(Outcome::Error), None, None, SHOWN))?;
    let of_row = |row: rows::ReadRow| {
        let problems = row.problems().into_iter();
        problems.take(1).map(move |problem| (row.row_number, problem)).collect::<Vec<_>>()
    };
    Ok(found
        .into_iter()
        .flat_map(of_row)
        .map(|(row, problem)| RowError {
            row,
            column: imports::column_of(&problem, headers, mapping),
            problem,
        })
        .collect())
}

/// The English sentence of a broken rule.
fn sentence(problem: &Problem) -> String {
    let args: Vec<(&str, &str)> =
        problem.args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Language::English.texts().with(&format!("problem-{}", problem.code), &args)
}

/// An error of the file with its sentences instead of codes.
fn in_words(error: Error) -> Error {
    match error {
        Error::Invalid(Problems(problems)) => {
            Error::Internal(problems.iter().map(sentence).collect::<Vec<_>>().join(" "))
        }
        Error::Conflict(key) => Error::Internal(Language::English.texts().get(key).to_string()),
        other => other,
    }
}

/// SHA-256 of a file, read in pieces.
fn hash_of(file: &Path) -> Result<String, Error> {
    imports::hash_of(file).map_err(|error| Error::Internal(format!("{}: {error}", file.display())))
}

fn progress_spinner() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let spinner = ProgressBar::new_spinner().with_message("Writing to the register");
    spinner.enable_steady_tick(std::time::Duration::from_millis(100));
    spinner
}
