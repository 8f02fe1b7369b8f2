//! `touchstone key`: the keys that seal personal data and sign.

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use touchstone::Settings;
use touchstone::error::Error;
use touchstone::resealing::{self, Outcome, Progress};
use touchstone::signing;
use touchstone::vault::Vault;

/// Look at the keys that seal personal data, or replace them.
#[derive(Args)]
pub struct Key {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Say which keys there are and how much each has sealed.
    Status,
    /// Make a new key, seal everything with it, and drop the old one. The server may run on.
    Rotate,
    /// Seal everything with the newest key, and leave the keys as they are.
    Reseal,
}

/// What to do where the keys are not ours to write.
const BY_HAND: &str = "the keys come from TOUCHSTONE_KEY, which this program cannot change.
To rotate them:
  1. make a new key:          head -c 32 /dev/urandom | base64
  2. put it first:            TOUCHSTONE_KEY=<new>,<old>   and restart every server
     (several servers: put it second everywhere before you put it first anywhere)
  3. seal everything with it: touchstone key reseal
  4. when that says so, drop the old key: TOUCHSTONE_KEY=<new>   and restart every server";

impl Key {
    pub fn run(self, settings: Settings) -> Result<(), Error> {
        let vault = super::vault(&settings)?;
        match self.what {
            What::Status => status(&settings, &vault),
            What::Rotate if vault.file().is_none() => Err(Error::Internal(BY_HAND.into())),
            What::Rotate => {
                let db = super::open(&settings)?;
                let bar = progress_bar();
                let outcome = resealing::rotate(&db, &vault, |progress| show(&bar, progress));
                bar.finish_and_clear();
                report(outcome?, &format!("The key is now {}.", vault.newest()?))
            }
            What::Reseal => {
                let db = super::open(&settings)?;
                let bar = progress_bar();
                let outcome = resealing::reseal(&db, &vault, |progress| show(&bar, progress));
                bar.finish_and_clear();
                let newest = vault.newest()?;
                report(outcome?, &format!("Every key but {newest} may be dropped now."))
            }
        }
    }
}

fn status(settings: &Settings, vault: &Vault) -> Result<(), Error> {
    let newest = vault.newest()?;
    match vault.file() {
        Some(file) => println!("Keys in {}:", file.display()),
        None => println!("Keys in TOUCHSTONE_KEY:"),
    }
    for id in vault.key_ids()? {
        println!("  {id}{}", if id == newest { "  seals" } else { "  opens only" });
    }
    let public = signing::Signer::of(vault)?.public;
    println!("Signs clauses and checkpoints: key {}, public {}", public.id, public.public_key);
    println!("Sealed texts:");
    for count in super::open(settings)?.read_now(resealing::counts)? {
        let key = match count.key_id.as_str() {
            "" => "without a key's id (version 0.1.0)",
            id => id,
        };
        println!("  {:<16} {:>9}  {key}", count.table_name, count.texts);
    }
    Ok(())
}

fn report(outcome: Outcome, complete: &str) -> Result<(), Error> {
    println!("{} texts sealed anew.", outcome.resealed);
    if outcome.is_complete {
        println!("{complete}");
        return Ok(());
    }
    if outcome.unreadable.is_empty() {
        return Err(Error::Internal(
            "texts were sealed with an older key meanwhile, or a list is being read: every key \
             stays. Run the command again in a while"
                .into(),
        ));
    }
    Err(Error::Internal(format!(
        "these open with none of the keys: {}. Every key stays. Put the key that they were sealed \
         with last in the list of keys, and run the command again",
        outcome.unreadable.join(", ")
    )))
}

fn progress_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} texts");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn show(bar: &ProgressBar, progress: Progress) {
    bar.set_length(progress.total.unsigned_abs());
    bar.set_position(progress.done.unsigned_abs());
}
