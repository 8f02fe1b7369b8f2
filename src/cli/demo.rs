//! `touchstone demo`.

use clap::Args;
use touchstone::Settings;
use touchstone::error::Error;

/// Create a register of invented companies and serve it.
#[derive(Args)]
pub struct Demo {}

impl Demo {
    pub fn run(self, _settings: Settings) -> Result<(), Error> {
        Err(Error::Internal("not built yet".into()))
    }
}
