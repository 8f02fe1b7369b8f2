//! A long list of invented companies, as a file to import: for trying the register's size.

use std::io::Write;

use super::companies::Companies;
use crate::error::Error;
use crate::sheets::{Cell, Format, Options, SheetWriter};

const COLUMNS: &[&str] = &[
    "legal_name",
    "english_name",
    "address",
    "uscc",
    "category",
    "stage",
    "since",
    "industry",
    "website",
];

/// Writes `count` companies as CSV, none of them one of the demo register's.
pub fn write<W: Write + Send>(out: W, count: usize, seed: u64) -> Result<(), Error> {
    let mut companies = Companies::of_seed(seed);
    // Draws the register's own first, so that none comes twice.
    companies.register();
    let mut sheet =
        SheetWriter::new(Format::Csv, out, COLUMNS, Options::default()).map_err(lost)?;
    for _ in 0..count {
        let company = companies.another();
        let since = company.since.date().to_string();
        let website = company.website();
        let cells: Vec<Cell> = [
            &company.legal_name,
            &company.english_name,
            &company.address,
            &company.uscc,
            company.trade.code,
            "active",
            &since,
            company.trade.industry,
            &website,
        ]
        .map(|text: &str| Cell::Text(text))
        .into();
        sheet.row(&cells).map_err(lost)?;
    }
    sheet.finish().map_err(lost)?;
    Ok(())
}

fn lost(error: impl std::fmt::Display) -> Error {
    Error::Internal(format!("the list cannot be written: {error}"))
}
