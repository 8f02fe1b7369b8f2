//! `touchstone serve`: the server.

use clap::Args;
use touchstone::Settings;
use touchstone::access;
use touchstone::db::Db;
use touchstone::error::Error;
use touchstone::notices::sending::Mailer;
use touchstone::vault::Vault;

/// Serve the register (also what happens without a command).
#[derive(Args, Default)]
pub struct Serve {
    /// Listen on this port instead of the one in Rocket.toml.
    #[arg(long)]
    port: Option<u16>,
}

impl Serve {
    pub fn run(self, settings: Settings) -> Result<(), Error> {
        let settings = match self.port {
            Some(port) => settings.with("port", port)?,
            None => settings,
        };
        let db = super::open(&settings)?;
        let vault = super::vault(&settings)?;
        if let Some(link) = access::setup_link(&db, &settings)? {
            println!("There are no accounts yet. Make the first one, an administrator's, here:");
            println!("  {link}");
            println!("The link works once, for 72 hours; a new start prints a new one.");
        }
        launch(settings, db, vault)
    }
}

/// Serves until told to stop.
pub fn launch(settings: Settings, db: Db, vault: Vault) -> Result<(), Error> {
    // Better now than with the first letter.
    Mailer::of(&settings)?;
    let rocket = touchstone::rocket(settings, db, vault);
    rocket::execute(async move { rocket.launch().await.map(|_| ()) })
        .map_err(|e| Error::Internal(format!("the server stopped: {e}")))
}
