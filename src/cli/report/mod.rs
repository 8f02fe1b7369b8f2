//! `touchstone report`.

mod clauses;
mod clearance;
mod inspections;
mod punishments;
mod regions;

use clap::{Args, Subcommand};
use touchstone::Settings;
use touchstone::error::Error;

/// Print the figures of a report.
#[derive(Args)]
pub struct Report {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Regions(regions::Regions),
    Clearance(clearance::Clearance),
    Clauses(clauses::Clauses),
    Inspections(inspections::Inspections),
    Punishments(punishments::Punishments),
}

impl Report {
    pub fn run(self, settings: Settings) -> Result<(), Error> {
        match self.what {
            What::Regions(regions) => regions.run(settings),
            What::Clearance(clearance) => clearance.run(settings),
            What::Clauses(clauses) => clauses.run(settings),
            What::Inspections(inspections) => inspections.run(settings),
            What::Punishments(punishments) => punishments.run(settings),
        }
    }
}
