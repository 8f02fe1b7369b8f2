//! `touchstone demo`.

use std::io::{BufWriter, stdout};

use clap::Args;
use touchstone::Settings;
use touchstone::demo::{self, PEOPLE};
use touchstone::error::Error;

/// Create a register of invented companies and serve it.
///
/// The register is demo.db unless DATABASE_URL names another. It is filled when it is empty; a
/// register that holds anything real is left alone. Staff sign in without a second factor; letters
/// are written into the mail folder, and never sent.
#[derive(Args)]
pub struct Demo {
    /// Fill the register and exit.
    #[arg(long)]
    load_only: bool,
    /// Listen on this port.
    #[arg(long, default_value_t = 8000)]
    port: u16,
    /// Print a list of so many other invented companies as CSV, ready to import, and exit.
    #[arg(long, value_name = "COMPANIES", conflicts_with_all = ["load_only", "port"])]
    list: Option<usize>,
}

/// How many companies a list may have: what the numbers in their codes have room for.
const LONGEST_LIST: usize = 5_000_000;

impl Demo {
    pub fn run(self, settings: Settings) -> Result<(), Error> {
        if let Some(count) = self.list {
            let out = BufWriter::new(stdout());
            return demo::write_list(out, count.min(LONGEST_LIST), demo::SEED);
        }
        let settings = match std::env::var("DATABASE_URL") {
            Ok(_) => settings,
            Err(_) => settings.on_database("demo.db")?,
        };
        let db = super::open(&settings)?;
        let vault = super::vault(&settings)?;
        demo::load(&db, &vault)?;
        db.checkpoint()?;
        if self.load_only {
            println!("{} holds the demo register.", settings.database_url);
            return Ok(());
        }
        let settings = settings
            .with("address", "127.0.0.1")?
            .with("port", self.port)?
            .with("base_url", format!("http://127.0.0.1:{}", self.port))?
            .with("second_factor", false)?
            // Invented people get no letters.
            .with("smtp_url", "")?;
        print_sign_ins(self.port);
        super::serve::launch(settings, db, vault)
    }
}

fn print_sign_ins(port: u16) {
    println!("A register of {} invented companies: http://127.0.0.1:{port}", demo::TOTAL);
    println!("\nSign in as\n");
    for person in PEOPLE {
        let role = person.role.as_str().replace('_', " ");
        println!("  {role:<20} {:<32} {}", person.email, person.password);
    }
    println!("\nCtrl-C stops the server.");
}
