//! Configuration: `Rocket.toml`, then the environment.

use std::net::IpAddr;
use std::path::PathBuf;

use rocket::figment::Figment;
use rocket::figment::providers::{Env, Format, Serialized, Toml};
use serde::Deserialize;

use crate::error::Error;

/// The register's own settings, beside Rocket's (address, port, limits, log level).
#[derive(Clone, Debug, Deserialize)]
pub struct Settings {
    /// A path for SQLite, or `postgres://…`. The environment's `DATABASE_URL` goes before it.
    pub database_url: String,
    /// What links in invitations begin with. Never taken from a request.
    #[serde(default = "default_base_url")]
    pub base_url: String,
    /// Proxies whose word about the client's address is believed.
    #[serde(default)]
    pub trusted_proxies: Vec<IpAddr>,
    /// Staff need a second factor. Only a register of invented data may go without.
    #[serde(default = "yes")]
    pub second_factor: bool,
    /// Webhooks may go to private addresses, and there over plain HTTP: for closed networks.
    #[serde(default)]
    pub webhook_private_addresses: bool,
    /// The mail server: `smtp://host:25`, `smtps://user:password@host:465` or
    /// `smtp://user:password@host:587?tls=required`. "" when there is none.
    #[serde(default)]
    pub smtp_url: String,
    /// From whom letters are: `Name <address>` or an address.
    #[serde(default)]
    pub mail_from: String,
    /// The folder of letters that no mail server takes.
    #[serde(default = "default_mail_folder")]
    pub mail_folder: PathBuf,
    /// Where evidence files are: a folder, or `s3://bucket/prefix`. Beside the database when "".
    #[serde(default)]
    pub documents_url: String,
    /// An S3 server other than Amazon's. Only one that is named here may be reached by plain HTTP.
    #[serde(default)]
    pub s3_endpoint: String,
    /// These three go before the usual variables of the environment (`AWS_REGION`, …).
    #[serde(default)]
    pub s3_region: String,
    #[serde(default)]
    pub s3_access_key_id: String,
    #[serde(default)]
    pub s3_secret_access_key: String,
    /// A ClamAV daemon that looks at every evidence file: `host:port`, or the path of its socket.
    #[serde(default)]
    pub clamd: String,
    /// Whose signed statements about people are taken, as they name themselves; "" for nobody's.
    #[serde(default)]
    pub identity_provider_name: String,
    /// The public key of Ed25519 that signs them: 32 bytes in base64url.
    #[serde(default)]
    pub identity_provider_key: String,
    /// To whom the daily checkpoints of both chains are mailed: addresses, separated by commas; "" for
    /// nobody.
    #[serde(default)]
    pub checkpoint_mail_to: String,
    /// How many seconds a file may take to come in.
    #[serde(default = "five_minutes")]
    pub upload_seconds: u64,
    #[serde(skip)]
    pub figment: Figment,
}

fn default_base_url() -> String {
    "http://127.0.0.1:8000".into()
}

fn default_mail_folder() -> PathBuf {
    "data/outbox".into()
}

fn yes() -> bool {
    true
}

fn five_minutes() -> u64 {
    300
}

/// What holds without a `Rocket.toml`: the binary alone is enough.
fn built_in() -> Serialized<serde_json::Value> {
    Serialized::defaults(serde_json::json!({
        "log_level": "critical",
        "keep_alive": 30,
        "cli_colors": false,
        "limits": { "form": "256 KiB", "data-form": "64 MiB", "file": "64 MiB" },
        "shutdown": { "grace": 30, "mercy": 5 },
    }))
}

impl Settings {
    /// Reads `Rocket.toml`, `ROCKET_…` and `DATABASE_URL`.
    pub fn load() -> Result<Settings, Error> {
        let rocket = Figment::from(rocket::Config::default())
            .merge(built_in())
            .merge(Toml::file(Env::var_or("ROCKET_CONFIG", "Rocket.toml")).nested())
            .merge(Env::prefixed("ROCKET_").ignore(&["PROFILE", "CONFIG"]).global());
        Settings::of(rocket.select(rocket::Config::figment().profile().clone()))
    }

    /// The settings of a prepared figment.
    pub fn of(figment: Figment) -> Result<Settings, Error> {
        let mut figment = figment
            .join(("database_url", "data/touchstone.db"))
            // Only [`crate::page::client_address`] decides whom to believe.
            .merge(("ip_header", false))
            .merge(("ident", false));
        if let Ok(url) = std::env::var("DATABASE_URL") {
            figment = figment.merge(("database_url", url));
        }
        Settings::extract(figment)
    }

    /// Whether letters leave the register.
    pub fn has_mail_server(&self) -> bool {
        !self.smtp_url.is_empty()
    }

    /// The same settings on another database.
    pub fn on_database(self, url: &str) -> Result<Settings, Error> {
        Settings::extract(self.figment.merge(("database_url", url)))
    }

    /// The same settings with one of them changed.
    pub fn with<T: serde::Serialize>(self, name: &str, value: T) -> Result<Settings, Error> {
        Settings::extract(self.figment.merge((name, value)))
    }

    fn extract(figment: Figment) -> Result<Settings, Error> {
        let settings: Settings =
            figment.extract().map_err(|e| Error::Internal(format!("a setting is wrong: {e}")))?;
        Ok(Settings { figment, ..settings })
    }
}
