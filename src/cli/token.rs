//! `touchstone token`: access tokens for programs.

use chrono::Duration;
use clap::{Args, Subcommand};
use touchstone::Settings;
use touchstone::access::tokens::{self, Grant, Signer};
use touchstone::access::{Actor, accounts};
use touchstone::error::Error;

/// Make access tokens for the programs that use the register.
#[derive(Args)]
pub struct Token {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Create(Create),
}

/// Print a new access token of an account. The register keeps its id only.
///
/// The register need not be stopped. What the token may do is also limited by the account's role.
/// Its issuer is the setting base_url: set it as the server has it.
#[derive(Args)]
struct Create {
    /// The e-mail address of an account of staff.
    #[arg(long)]
    email: String,
    /// What the token is for, with commas between: suppliers.read, suppliers.write, groups.write,
    /// imports.write, reports.read, certification.write, certification.audit, certification.decide,
    /// punishments.read.
    #[arg(long, value_delimiter = ',', required = true, value_parser = grant)]
    scopes: Vec<Grant>,
    /// How long it works.
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(i64).range(1..=365))]
    days: i64,
    /// What the program is, for the account's list of tokens.
    #[arg(long, default_value = "command line")]
    name: String,
}

fn grant(text: &str) -> Result<Grant, String> {
    let all: Vec<&str> = Grant::ALL.iter().map(|grant| grant.as_str()).collect();
    Grant::parse(text).ok_or_else(|| format!("choose among {}", all.join(", ")))
}

impl Token {
    pub fn run(self, settings: Settings) -> Result<(), Error> {
        let What::Create(create) = self.what;
        create.run(settings)
    }
}

impl Create {
    fn run(self, settings: Settings) -> Result<(), Error> {
        let db = super::open(&settings)?;
        let signer = Signer::new(&super::vault(&settings)?, &settings.base_url);
        let token = db.write_now(move |c| {
            let found = accounts::find_by_email(c, &self.email)?;
            let account =
                found.filter(|a| a.role.is_staff() && a.is_enabled()).ok_or_else(|| {
                    Error::Internal(format!("{} is no open account of staff", self.email))
                })?;
            let (by, life) = (Actor::command_line(), Duration::days(self.days));
            tokens::create(c, &by, &account.id, &self.name, &self.scopes, life)
        })?;
        println!("{}", signer.sign(&token)?);
        Ok(())
    }
}
