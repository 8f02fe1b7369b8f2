//! `touchstone report`.

use clap::Args;
use touchstone::Settings;
use touchstone::error::Error;

/// Print reports.
#[derive(Args)]
pub struct Report {}

impl Report {
    pub fn run(self, _settings: Settings) -> Result<(), Error> {
        Err(Error::Internal("not built yet".into()))
    }
}
