//! `touchstone verify`: proofs that the register has not been tampered with.

mod checkpoint;
mod draw;
mod receipt;

use clap::{Args, Subcommand};
use touchstone::Settings;
use touchstone::audit::{self, Flaw, Verdict};
use touchstone::db::Db;
use touchstone::documents::{self, Store, verify};
use touchstone::error::Error;
use touchstone::proof::signatures;
use touchstone::signing::PublicKey;
use touchstone::suppliers;

/// Verify the register's records, or a receipt that it has given.
#[derive(Args)]
pub struct Verify {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Walk the whole audit trail and name the first bad record.
    Audit,
    /// Compare every evidence file with its checksum, and name those missing or altered.
    Documents,
    /// Walk all signatures under clauses and name the first bad record.
    Signatures {
        /// The keys that are believed: one in base64url, or a file that holds one, a JWK or a JWKS as it
        /// was downloaded earlier. Without it, the register's own keys are.
        #[arg(long, value_name = "PUBLIC")]
        key: Option<String>,
    },
    Receipt(receipt::Receipt),
    Checkpoint(checkpoint::Checkpoint),
    Draw(draw::Draw),
}

impl Verify {
    pub fn run(self) -> Result<(), Error> {
        match self.what {
            What::Audit => audit_trail(&super::open(&Settings::load()?)?),
            What::Documents => {
                let settings = Settings::load()?;
                evidence(&super::open(&settings)?, &Store::open(&settings)?)
            }
            What::Signatures { key } => {
                let trusted = key.as_deref().map(receipt::keys).transpose()?.unwrap_or_default();
                all_signatures(&super::open(&Settings::load()?)?, &trusted)
            }
            What::Receipt(receipt) => receipt.run(),
            What::Checkpoint(checkpoint) => checkpoint.run(),
            What::Draw(draw) => draw.run(),
        }
    }
}

fn all_signatures(db: &Db, trusted: &[PublicKey]) -> Result<(), Error> {
    match db.read_now(|c| signatures::verify(c, trusted))? {
        signatures::Verdict::Sound { signatures, checkpoints, head } => {
            println!(
                "The signatures are sound: {signatures} signatures, {checkpoints} checkpoints, head {head}"
            );
            Ok(())
        }
        signatures::Verdict::Broken(broken) => Err(Error::Internal(broken.to_string())),
    }
}

fn audit_trail(db: &Db) -> Result<(), Error> {
    match db.read_now(audit::verify)? {
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

fn evidence(db: &Db, store: &Store) -> Result<(), Error> {
    let contents = db.read_now(verify::contents)?;
    let bar = super::progress("Documents", contents.len() as i64);
    let bad = rocket::execute(async {
        let mut bad = 0;
        for content in &contents {
            if let Some(flaw) = verify::flaw(store, content).await? {
                bad += 1;
                let what = match flaw {
                    documents::Flaw::Missing => "missing",
                    documents::Flaw::Altered => "altered",
                };
                let company = suppliers::code_of(content.supplier);
                let (id, sha256) = (&content.document_id, &content.sha256);
                println!("{what}: {company}, document {id}, SHA-256 {sha256}: {}", content.title);
            }
            bar.inc(1);
        }
        Ok::<_, Error>(bad)
    })?;
    bar.finish_and_clear();
    if bad > 0 {
        let all = contents.len();
        return Err(Error::Internal(format!("{bad} of {all} evidence files are not sound")));
    }
    println!("The evidence files are sound: {} files", contents.len());
    Ok(())
}
