//! `touchstone export`.

use clap::Args;
use touchstone::Settings;
use touchstone::error::Error;

/// Export the register.
#[derive(Args)]
pub struct Export {}

impl Export {
    pub fn run(self, _settings: Settings) -> Result<(), Error> {
        Err(Error::Internal("not built yet".into()))
    }
}
