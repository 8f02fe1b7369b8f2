//! One file per command.

pub mod checkpoint;
pub mod demo;
pub mod duplicates;
pub mod export;
pub mod import;
pub mod key;
mod output;
pub mod report;
pub mod serve;
pub mod token;
pub mod verify;

use std::io::IsTerminal;
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use touchstone::Settings;
use touchstone::db::Db;
use touchstone::error::Error;
use touchstone::suppliers;
use touchstone::vault::Vault;

/// A bar on a terminal for `length` steps; none where nobody looks.
fn progress(what: &str, length: i64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let template = format!("{what} {{wide_bar}} {{percent:>3}} %  {{elapsed}}");
    let style = ProgressStyle::with_template(&template);
    ProgressBar::new(length.max(0) as u64)
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Opens the register of the settings, brought up to date.
fn open(settings: &Settings) -> Result<Db, Error> {
    let db = Db::open(&settings.database_url)?;
    suppliers::bring_search_up_to_date(&db)?;
    Ok(db)
}

/// The register's keys: `TOUCHSTONE_KEY`, else a file beside the database (or in `data/`).
fn vault(settings: &Settings) -> Result<Vault, Error> {
    if let Ok(key) = std::env::var("TOUCHSTONE_KEY") {
        return Vault::of_key(&key);
    }
    let url = &settings.database_url;
    let file = if url.starts_with("postgres") {
        "data/touchstone.key".to_string()
    } else {
        format!("{}.key", url.trim_start_matches("sqlite://").trim_start_matches("sqlite:"))
    };
    if let Some(folder) = Path::new(&file).parent().filter(|f| !f.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)?;
    }
    Vault::of_file(Path::new(&file))
}
