//! `touchstone import`.

use clap::Args;
use touchstone::Settings;
use touchstone::error::Error;

/// Import lists.
#[derive(Args)]
pub struct Import {}

impl Import {
    pub fn run(self, _settings: Settings) -> Result<(), Error> {
        Err(Error::Internal("not built yet".into()))
    }
}
