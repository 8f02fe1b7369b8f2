//! `touchstone export`.

use std::path::PathBuf;

use clap::Args;
use touchstone::Settings;
use touchstone::access::Scope;
use touchstone::error::Error;
use touchstone::regions::find_scheme;
use touchstone::sheets::Format;
use touchstone::suppliers::export::{self, ExportOptions, Subject};
use touchstone::suppliers::list::Filter;

use super::output::Output;

/// Export the register: all suppliers, or all their sites, as a list that can be imported again.
#[derive(Args)]
pub struct Export {
    /// What to export: suppliers or sites.
    #[arg(value_parser = subject)]
    what: Subject,
    /// csv, xlsx or jsonl.
    #[arg(long, default_value = "csv", value_parser = format)]
    format: Format,
    /// Write to this file instead of the standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The region scheme whose regions stand in the column "region".
    #[arg(long, default_value = "cn-six")]
    scheme: String,
}

fn subject(text: &str) -> Result<Subject, &'static str> {
    Subject::parse(text).ok_or("choose suppliers or sites")
}

fn format(text: &str) -> Result<Format, &'static str> {
    text.parse().map_err(|_| "choose csv, xlsx or jsonl")
}

impl Export {
    pub fn run(self, settings: Settings) -> Result<(), Error> {
        let db = super::open(&settings)?;
        let scheme =
            db.read_now(|c| find_scheme(c, &self.scheme)).map_err(|error| match error {
                Error::NotFound => Error::Internal(format!("there is no scheme {:?}", self.scheme)),
                other => other,
            })?;
        let output = Output::open(self.output.as_deref(), self.format == Format::Xlsx)?;
        let options =
            ExportOptions { format: self.format, bom: false, scheme, sources: touchstone::HOLDS };
        let filter = Filter::all(&Scope::Everything);
        output.write(|out| {
            db.read_now(|c| export::write(c, self.what, &filter, &options, out))?;
            Ok(())
        })
    }
}
