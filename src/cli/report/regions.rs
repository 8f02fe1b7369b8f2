//! `touchstone report regions`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use touchstone::Settings;
use touchstone::access::Scope;
use touchstone::error::Error;
use touchstone::regions::find_scheme;
use touchstone::reports::files::{self, FileFormat, Subject};
use touchstone::reports::query::DEFAULT_SCHEME;
use touchstone::reports::regions::{Count, DayCache, by_region};
use touchstone::sheets::Options;
use touchstone::texts::Language;
use touchstone::values::{now, past_day};

use super::super::output::Output;

/// Number of suppliers by region (HKEX KPI B5.1).
#[derive(Args)]
pub struct Regions {
    /// The day whose end is counted, as in 2021-12-31. Today when left out.
    #[arg(long, value_parser = date)]
    as_at: Option<NaiveDate>,
    /// A region scheme: cn-six, cn-seven, m49, or the id of one of your own.
    #[arg(long, default_value = DEFAULT_SCHEME)]
    scheme: String,
    /// csv, json or xlsx.
    #[arg(long, default_value = "csv", value_parser = format)]
    format: FileFormat,
    /// What to count: suppliers or sites.
    #[arg(long, default_value = "suppliers", value_parser = count)]
    count: Count,
    /// The language of the region names: en or zh-CN.
    #[arg(long, default_value = "en", value_parser = language)]
    lang: Language,
    /// Write to this file instead of the standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

fn date(text: &str) -> Result<NaiveDate, &'static str> {
    past_day(text).map_err(|problem| match problem {
        "report_date_future" => "the date is in the future",
        _ => "write a day as in 2021-12-31",
    })
}

fn format(text: &str) -> Result<FileFormat, &'static str> {
    FileFormat::parse(text).ok_or("choose csv, json or xlsx")
}

fn count(text: &str) -> Result<Count, &'static str> {
    Count::parse(text).ok_or("choose suppliers or sites")
}

fn language(text: &str) -> Result<Language, &'static str> {
    Language::parse(text).ok_or("choose en or zh-CN")
}

impl Regions {
    pub fn run(self, settings: Settings) -> Result<(), Error> {
        let db = super::super::open(&settings)?;
        let as_at = self.as_at.unwrap_or_else(|| now().date());
        let found = db.read_now(|c| {
            let scheme = find_scheme(c, &self.scheme)?;
            let subject = Subject { as_at, scheme, count: self.count };
            let everything = Scope::Everything;
            let cache = DayCache::default();
            let report = by_region(c, &cache, &subject.scheme, as_at, self.count, &everything)?;
            Ok((subject, report))
        });
        let (subject, report) = found.map_err(|error| match error {
            Error::NotFound => Error::Internal(format!("there is no scheme {:?}", self.scheme)),
            other => other,
        })?;
        let output = Output::open(self.output.as_deref(), self.format == FileFormat::Xlsx)?;
        output.write(|out| {
            files::write(out, self.format, &subject, &report, self.lang, Options::default())
        })
    }
}
