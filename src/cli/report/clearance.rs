//! `touchstone report clearance`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use touchstone::Settings;
use touchstone::access::Scope;
use touchstone::categories;
use touchstone::error::Error;
use touchstone::reports::clearance::{Question, files};
use touchstone::sheets::{Format, Options};
use touchstone::suppliers::list::Filter;
use touchstone::values::{calendar_day, now};

use super::super::output::Output;

/// May we order? Every supplier, introduced or suspended, for every category.
#[derive(Args)]
pub struct Clearance {
    /// The day whose end is asked about, as in 2026-12-31. Today when left out.
    #[arg(long, value_parser = day)]
    on: Option<NaiveDate>,
    /// csv, xlsx or jsonl.
    #[arg(long, default_value = "csv", value_parser = format)]
    format: Format,
    /// Write to this file instead of the standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn day(text: &str) -> Result<NaiveDate, &'static str> {
    calendar_day(text).ok_or("write a day as in 2026-12-31")
}

fn format(text: &str) -> Result<Format, &'static str> {
    text.parse().map_err(|_| "choose csv, xlsx or jsonl")
}

impl Clearance {
    pub fn run(self, settings: Settings) -> Result<(), Error> {
        let db = super::super::open(&settings)?;
        let filter = Filter::all(&Scope::Everything);
        let on = self.on.unwrap_or_else(|| now().date());
        let output = Output::open(self.output.as_deref(), self.format == Format::Xlsx)?;
        output.write(|out| {
            db.read_now(|c| {
                let question = Question { filter, categories: categories::all(c)?, on };
                let options = Options { bom: false };
                files::write(c, touchstone::HOLDS, &question, self.format, options, out)
            })?;
            Ok(())
        })
    }
}
