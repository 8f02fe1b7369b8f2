//! `touchstone verify checkpoint`: whether the register still holds what a checkpoint knows.

use std::path::PathBuf;

use clap::Args;
use touchstone::Settings;
use touchstone::error::Error;
use touchstone::proof::checkpoints::verify;
use touchstone::signing;

use super::receipt::{keys, text_of};

/// Compare the register with a checkpoint that was kept elsewhere, and name what was cut off or
/// rewritten since.
#[derive(Args)]
pub struct Checkpoint {
    /// The checkpoint as it was downloaded or exported, or the letter that it came in.
    file: PathBuf,
    /// The public key in base64url, or a file that holds it, a JWK or a JWKS. Without it, the
    /// register's own keys are believed.
    #[arg(long, value_name = "PUBLIC")]
    key: Option<String>,
}

impl Checkpoint {
    pub fn run(self) -> Result<(), Error> {
        let text = text_of(&self.file)?;
        let db = super::super::open(&Settings::load()?)?;
        let keys = match &self.key {
            Some(named) => keys(named)?,
            None => db.read_now(signing::keys)?,
        };
        let said = verify::read(&text, &keys)
            .map_err(|flaw| Error::Internal(format!("the checkpoint is not valid: {flaw}")))?;
        println!(
            "The checkpoint of {}: audit record {}, signature {}",
            said.day, said.audit_sequence, said.signature_sequence
        );
        match db.read_now(|c| verify::compare(c, &said))? {
            Some(difference) => Err(Error::Internal(difference.to_string())),
            None => {
                println!(
                    "Both are still what they were. What lies before them is proven by `touchstone \
                     verify audit` and `touchstone verify signatures`."
                );
                Ok(())
            }
        }
    }
}
