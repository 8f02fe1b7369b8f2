//! `touchstone report punishments`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use touchstone::Settings;
use touchstone::access::Scope;
use touchstone::error::Error;
use touchstone::punishments::figures::query::CasesQuery;
use touchstone::punishments::figures::{files, load};
use touchstone::reports::query::DEFAULT_SCHEME;
use touchstone::sheets::{Format, Options};
use touchstone::values::calendar_day;

use super::super::output::Output;

/// Cases of punishment of a period: by measure, region, violation, severity, term and outcome of appeals.
#[derive(Args)]
pub struct Punishments {
    /// The first day, as in 2026-01-01. That of the year when left out.
    #[arg(long, value_parser = day)]
    from: Option<NaiveDate>,
    /// The last day, as in 2026-12-31. That of the year when left out.
    #[arg(long, value_parser = day)]
    to: Option<NaiveDate>,
    /// A region scheme: cn-six, cn-seven, m49, or the id of one of your own.
    #[arg(long, default_value = DEFAULT_SCHEME)]
    scheme: String,
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

impl Punishments {
    pub fn run(self, settings: Settings) -> Result<(), Error> {
        let db = super::super::open(&settings)?;
        let query = CasesQuery {
            from: self.from.map(|day| day.to_string()),
            to: self.to.map(|day| day.to_string()),
            scheme: Some(self.scheme.clone()),
            ..CasesQuery::default()
        };
        let figures = db.read_now(|c| {
            let asked = query.asked(c)?;
            load(c, asked, &Scope::Everything)
        });
        let figures = figures.map_err(|error| self.told(error))?;
        let output = Output::open(self.output.as_deref(), self.format == Format::Xlsx)?;
        output.write(|out| {
            files::write(&figures, self.format, Options::default(), out)?;
            Ok(())
        })
    }

    /// What is wrong, in words for the command line.
    fn told(&self, error: Error) -> Error {
        let Error::Invalid(problems) = error else { return error };
        let has = |code: &str| problems.0.iter().any(|problem| problem.code == code);
        if has("figures_order") {
            return Error::Internal("the last day is before the first".into());
        }
        if has("figures_long") {
            return Error::Internal("choose at most ten years".into());
        }
        Error::Internal(format!("there is no scheme {:?}", self.scheme))
    }
}
