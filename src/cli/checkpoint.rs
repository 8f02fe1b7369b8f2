//! `touchstone checkpoint`: the ends of both chains, signed, to be kept elsewhere.

use std::path::PathBuf;

use clap::Args;
use touchstone::Settings;
use touchstone::access::Actor;
use touchstone::error::Error;
use touchstone::proof::checkpoints::todays;

use super::output::Output;

/// Write today's checkpoint: the ends of the audit trail and of the signatures, signed. It is made when
/// there is none yet.
#[derive(Args)]
pub struct Checkpoint {
    /// The file to write; the standard output without it.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Checkpoint {
    pub fn run(self, settings: Settings) -> Result<(), Error> {
        let (db, vault) = (super::open(&settings)?, super::vault(&settings)?);
        let made = db.write_now(move |c| todays(c, &Actor::command_line(), &vault))?;
        let output = Output::open(self.output.as_deref(), false)?;
        output.write(|to| Ok(writeln!(to, "{}", made.statement)?))
    }
}
