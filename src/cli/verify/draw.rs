//! `touchstone verify draw`: anybody draws again, without the register.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use touchstone::error::Error;
use touchstone::inspections::draws::verify::{Report, verify};

/// Bytes of a file, at most: a roster of a million companies has fewer.
const LARGEST: u64 = 512 * 1024 * 1024;

/// Draw again from the file of a draw, and name the first company or field that does not fit: no
/// database, no settings, no network.
#[derive(Args)]
pub struct Draw {
    /// The file as it was downloaded from the page of the draw.
    file: PathBuf,
}

impl Draw {
    pub fn run(self) -> Result<(), Error> {
        match verify(&text_of(&self.file)?) {
            Ok(report) => {
                tell(&report);
                Ok(())
            }
            Err(flaw) => {
                // What somebody wrote into a file does not steer the reader's terminal.
                let flaw: String = flaw.to_string().chars().filter(|c| !c.is_control()).collect();
                Err(Error::Internal(format!("NOT REPRODUCED: {flaw}")))
            }
        }
    }
}

fn tell(report: &Report) {
    let Report { roster, chosen, replacements, strata, is_drawn } = report;
    println!("roster        {roster} companies, and its hash is theirs");
    println!("sizes         {strata} strata, as the plan's numbers say");
    if !is_drawn {
        println!("NOT DRAWN YET: the seed is still sealed");
        return;
    }
    println!("seed          its SHA-256 is the commitment");
    println!("keys, ranks   each drawn again from seed, salt and number");
    println!("chosen        the first of each stratum, and those who are in without chance");
    println!("replacements  {replacements}, each the next by rank of the same stratum");
    println!("{chosen} of {roster} drawn; reproduced");
}

fn text_of(path: &Path) -> Result<String, Error> {
    let unreadable = |error| Error::Internal(format!("{} cannot be read: {error}", path.display()));
    let mut text = String::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(LARGEST + 1).read_to_string(&mut text).map_err(unreadable)?;
    if text.len() as u64 > LARGEST {
        return Err(Error::Internal(format!("{} is too large", path.display())));
    }
    Ok(text)
}
