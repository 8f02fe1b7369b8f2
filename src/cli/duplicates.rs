//! `touchstone duplicates`: the companies that may be in the register twice.

use std::collections::HashMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use touchstone::Settings;
use touchstone::access::Scope;
use touchstone::db::Db;
use touchstone::error::Error;
use touchstone::sheets::{self, Cell, SheetWriter};
use touchstone::suppliers::duplicates::{self, Asked, Pair, Side};
use touchstone::texts::Language;

use super::output::Output;

/// List the pairs of companies that may be one and wait for a decision, the likeliest first.
///
/// Companies that came in with a list are compared by the server, or here with --scan.
#[derive(Args)]
pub struct Duplicates {
    /// Compare first what has not been compared yet.
    #[arg(long)]
    scan: bool,
    /// How to print the pairs.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Write to this file instead of the standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    Text,
    Csv,
    /// One JSON object a line.
    Json,
}

const HEADERS: [&str; 9] = [
    "score",
    "first_number",
    "first_name",
    "first_area",
    "second_number",
    "second_name",
    "second_area",
    "reasons",
    "pair_id",
];

impl Duplicates {
    pub fn run(self, settings: Settings) -> Result<(), Error> {
        let db = super::open(&settings)?;
        if self.scan {
            scan(&db)?;
        }
        let output = Output::open(self.output.as_deref(), false)?;
        output.write(|out| match self.format {
            Format::Text => each(&db, |row| Ok(writeln!(out, "{}", row.text())?)),
            Format::Csv => sheet(&db, out, sheets::Format::Csv),
            Format::Json => sheet(&db, out, sheets::Format::Jsonl),
        })
    }
}

/// Compares everything that is due, with progress on a terminal.
pub fn scan(db: &Db) -> Result<(), Error> {
    let bar = super::progress("Comparing", db.read_now(duplicates::due)?);
    loop {
        let compared = db.write_now(duplicates::scan_some)?;
        if compared == 0 {
            bar.finish_and_clear();
            return Ok(());
        }
        bar.inc(compared as u64);
    }
}

/// A pair with its companies.
struct Row {
    pair: Pair,
    first: Side,
    second: Side,
}

impl Row {
    fn reasons(&self) -> String {
        let texts = Language::English.texts();
        let reasons = self.pair.reasons().into_iter();
        let words = reasons.map(|r| texts.get(&format!("reason-{}", r.as_str())).to_string());
        words.collect::<Vec<_>>().join("; ")
    }

    fn text(&self) -> String {
        format!(
            "{}\t{} {}\t{} {}\t{}",
            self.pair.score,
            self.first.code(),
            self.first.legal_name,
            self.second.code(),
            self.second.legal_name,
            self.reasons()
        )
    }
}

fn sheet(
    db: &Db,
    out: &mut (dyn std::io::Write + Send),
    format: sheets::Format,
) -> Result<(), Error> {
    let failed = |error: sheets::WriteError| Error::Internal(error.to_string());
    let mut sheet =
        SheetWriter::new(format, out, &HEADERS, sheets::Options::default()).map_err(failed)?;
    each(db, |row| {
        let (score, reasons) = (row.pair.score.to_string(), row.reasons());
        let (first, second) = (row.first.code(), row.second.code());
        let cells = [
            &score,
            &first,
            &row.first.legal_name,
            &row.first.area,
            &second,
            &row.second.legal_name,
            &row.second.area,
            &reasons,
            &row.pair.id,
        ];
        sheet.row(&cells.map(|cell| Cell::Text(cell))).map_err(failed)
    })?;
    sheet.finish().map_err(failed)?;
    Ok(())
}

/// Walks through the pairs page by page.
fn each(db: &Db, mut work: impl FnMut(Row) -> Result<(), Error>) -> Result<(), Error> {
    let mut asked = Asked::default();
    loop {
        let (pairs, sides, next) = db.read_now(|c| {
            let (pairs, next) = duplicates::page(c, &Scope::Everything, &asked)?;
            let ids: Vec<&str> =
                pairs.iter().flat_map(|p| [p.first_id.as_str(), &p.second_id]).collect();
            let sides: HashMap<String, Side> = duplicates::sides(c, &ids)?;
            Ok((pairs, sides, next))
        })?;
        for pair in pairs {
            if let (Some(first), Some(second)) =
                (sides.get(&pair.first_id), sides.get(&pair.second_id))
            {
                let (first, second) = (first.clone(), second.clone());
                work(Row { pair, first, second })?;
            }
        }
        if next.is_none() {
            return Ok(());
        }
        asked.after = next;
    }
}
