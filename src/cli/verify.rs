//! `touchstone verify`: proofs that the register has not been tampered with.

use clap::{Args, Subcommand};
use touchstone::Settings;
use touchstone::audit::{self, Flaw, Verdict};
use touchstone::error::Error;

/// Verify the register's records.
#[derive(Args)]
pub struct Verify {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Walk the whole audit trail and name the first bad record.
    Audit,
}

impl Verify {
    pub fn run(self, settings: Settings) -> Result<(), Error> {
        let What::Audit = self.what;
        match super::open(&settings)?.read_now(audit::verify)? {
            Verdict::Sound { records, head } => {
                println!("The audit trail is sound: {records} records, head {head}");
                Ok(())
            }
            Verdict::Broken { sequence, flaw } => {
                let what = match flaw {
                    Flaw::Missing => "is missing",
                    Flaw::Unlinked => "does not follow from the one before it",
                    Flaw::Altered => "is not what was written",
                };
                Err(Error::Internal(format!("audit record {sequence} {what}")))
            }
        }
    }
}
