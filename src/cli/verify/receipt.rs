//! `touchstone verify receipt`: a proof for anybody, without the register.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};
use touchstone::error::Error;
use touchstone::proof::jwk;
use touchstone::proof::receipts::{self, Flaw};
use touchstone::signing::PublicKey;

/// Bytes of a file that is read here, at most: each is far smaller.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Verify a receipt with the register's public key alone: no database, no settings, no network.
#[derive(Args)]
pub struct Receipt {
    /// The receipt as it was downloaded.
    file: PathBuf,
    /// The public key in base64url, or a file that holds it, a JWK or a JWKS (/keys.json).
    #[arg(long, value_name = "PUBLIC")]
    key: String,
    /// The text of the clause, to compare it with the one that was signed.
    #[arg(long, value_name = "TEXTFILE")]
    text: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long)]
    json: bool,
}

impl Receipt {
    pub fn run(self) -> Result<(), Error> {
        let keys = keys(&self.key)?;
        let text = self.text.as_deref().map(bytes_of).transpose()?;
        let found = receipts::verify(&text_of(&self.file)?, &keys);
        let other_text = match (&found, &text) {
            (Ok(receipt), Some(text)) if !receipt.is_of(text) => Some(Flaw::OtherText),
            _ => None,
        };
        let flaw = found.as_ref().err().cloned().or(other_text);
        let receipt = found.ok();
        match self.json {
            true => println!("{:#}", answer(receipt.as_ref(), flaw.as_ref(), text.is_some())),
            false => {
                if let Some(receipt) = &receipt {
                    tell(receipt);
                }
                if flaw.is_none() {
                    println!("VALID{}", if text.is_some() { ", and so is the text" } else { "" });
                }
            }
        }
        match flaw {
            Some(flaw) => Err(Error::Internal(format!("NOT VALID: {flaw}"))),
            None => Ok(()),
        }
    }
}

fn answer(receipt: Option<&receipts::Receipt>, flaw: Option<&Flaw>, has_text: bool) -> Value {
    // Whether the text is the one that was signed; null when none was given, or nothing is proven.
    let is_text = receipt.filter(|_| has_text).map(|_| flaw.is_none());
    json!({
        "valid": flaw.is_none(),
        "flaw": flaw.map(Flaw::to_string),
        "hash": receipt.map(|receipt| &receipt.hash),
        "key_id": receipt.map(|receipt| &receipt.key_id),
        "text_matches": is_text,
        "claims": receipt.map(|receipt| &receipt.claims),
    })
}

fn tell(receipt: &receipts::Receipt) {
    let said = &receipt.said;
    let method = match &said.paper_date {
        Some(day) => format!("{}, dated {day}, recorded by {}", said.method, said.account_name),
        None => format!("{}, by the account of {}", said.method, said.account_name),
    };
    let lines = [
        ("Company", format!("{} {}", said.company_number, said.company_name)),
        ("Clause", format!("{}, version {}", said.clause, said.version)),
        ("Language", said.language.clone()),
        ("Text, SHA-256", said.text_sha256.clone()),
        ("Signed by", format!("{}, {}", said.name, said.title)),
        ("Authority", said.authority.clone()),
        ("Method", method),
        ("Signed at", format!("{} (the signatory's zone: {})", said.signed_at, said.time_zone)),
        ("Number", said.sequence.to_string()),
        ("Receipt, SHA-256", receipt.hash.clone()),
        ("After", said.previous_hash.clone()),
        ("Key", receipt.key_id.clone()),
    ];
    for (name, value) in lines {
        // What somebody typed does not steer the reader's terminal.
        let value: String = value.chars().filter(|c| !c.is_control()).collect();
        println!("{name:<18}{value}");
    }
}

/// The public keys that an argument names: a key itself, or a file of them.
pub fn keys(named: &str) -> Result<Vec<PublicKey>, Error> {
    if let Some(key) = PublicKey::parse(named) {
        return Ok(vec![key]);
    }
    let keys = jwk::parse(&text_of(Path::new(named))?);
    match keys.is_empty() {
        true => Err(Error::Internal(format!("{named} holds no public key of Ed25519"))),
        false => Ok(keys),
    }
}

/// The text of a file.
pub fn text_of(path: &Path) -> Result<String, Error> {
    String::from_utf8(bytes_of(path)?)
        .map_err(|_| Error::Internal(format!("{} is no text", path.display())))
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Error> {
    let unreadable = |error| Error::Internal(format!("{} cannot be read: {error}", path.display()));
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Error::Internal(format!("{} is too large", path.display())));
    }
    Ok(bytes)
}
