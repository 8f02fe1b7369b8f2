//! The command line.

mod cli;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use touchstone::Settings;
use touchstone::error::Error;

/// Touchstone, a supplier and ESG supply-chain registry.
///
/// The database is named by DATABASE_URL (a path for SQLite, or postgres://…), else by
/// `database_url` in Rocket.toml, else it is data/touchstone.db.
#[derive(Parser)]
#[command(name = "touchstone", version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    Serve(cli::serve::Serve),
    Demo(cli::demo::Demo),
    Import(cli::import::Import),
    Export(cli::export::Export),
    Duplicates(cli::duplicates::Duplicates),
    Report(cli::report::Report),
    Verify(cli::verify::Verify),
    Checkpoint(cli::checkpoint::Checkpoint),
    Key(cli::key::Key),
    Token(cli::token::Token),
}

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("touchstone: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<(), Error> {
    match arguments.command.unwrap_or_default() {
        Command::Serve(serve) => serve.run(Settings::load()?),
        Command::Demo(demo) => demo.run(Settings::load()?),
        Command::Import(import) => import.run(Settings::load()?),
        Command::Export(export) => export.run(Settings::load()?),
        Command::Duplicates(duplicates) => duplicates.run(Settings::load()?),
        Command::Report(report) => report.run(Settings::load()?),
        // A receipt is verified where there is neither a register nor its settings.
        Command::Verify(verify) => verify.run(),
        Command::Checkpoint(checkpoint) => checkpoint.run(Settings::load()?),
        Command::Key(key) => key.run(Settings::load()?),
        Command::Token(token) => token.run(Settings::load()?),
    }
}

impl Default for Command {
    fn default() -> Command {
        Command::Serve(cli::serve::Serve::default())
    }
}
