//! `touchstone report clauses`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use touchstone::Settings;
use touchstone::access::Scope;
use touchstone::clauses::coverage::query::CoverageQuery;
use touchstone::clauses::coverage::{DayCache, files};
use touchstone::error::Error;
use touchstone::reports::files::FileFormat;
use touchstone::reports::query::DEFAULT_SCHEME;
use touchstone::sheets::{Format, Options};
use touchstone::values::{calendar_day, now};

use super::super::output::Output;

/// How many suppliers have signed which clause (HKEX KPI B5.2), by region, category and group.
#[derive(Args)]
pub struct Clauses {
    /// The day whose end is counted, as in 2026-12-31. Today when left out.
    #[arg(long, value_parser = day)]
    as_at: Option<NaiveDate>,
    /// A region scheme: cn-six, cn-seven, m49, or the id of one of your own.
    #[arg(long, default_value = DEFAULT_SCHEME)]
    scheme: String,
    /// csv, xlsx or json.
    #[arg(long, default_value = "csv", value_parser = format)]
    format: FileFormat,
    /// Write to this file instead of the standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn day(text: &str) -> Result<NaiveDate, &'static str> {
    calendar_day(text).ok_or("write a day as in 2026-12-31")
}

fn format(text: &str) -> Result<FileFormat, &'static str> {
    FileFormat::parse(text).ok_or("choose csv, json or xlsx")
}

impl Clauses {
    pub fn run(self, settings: Settings) -> Result<(), Error> {
        let db = super::super::open(&settings)?;
        let on = self.as_at.unwrap_or_else(|| now().date());
        let query = CoverageQuery {
            on: Some(on.to_string()),
            scheme: Some(self.scheme.clone()),
            ..CoverageQuery::default()
        };
        let about = db.read_now(|c| query.about(c, &DayCache::default()));
        let about = about.map_err(|error| match error {
            Error::Invalid(_) => Error::Internal(format!("there is no scheme {:?}", self.scheme)),
            other => other,
        })?;
        let asked = query.narrow(&about, &Scope::Everything)?;
        let output = Output::open(self.output.as_deref(), self.format == FileFormat::Xlsx)?;
        let (categories, options) = (&about.categories, Options::default());
        output.write(|out| {
            match self.format {
                FileFormat::Csv => files::figures(&asked, categories, Format::Csv, options, out)?,
                FileFormat::Xlsx => files::figures(&asked, categories, Format::Xlsx, options, out)?,
                FileFormat::Json => {
                    serde_json::to_writer_pretty(&mut *out, &files::document(&asked, categories))?;
                    out.write_all(b"\n")?;
                    out
                }
            };
            Ok(())
        })
    }
}
