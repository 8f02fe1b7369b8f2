//! Where a command writes its result.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use touchstone::error::Error;

/// A file, or the standard output.
pub enum Output {
    File(PathBuf, File),
    Standard,
}

impl Output {
    /// Opens `path` for writing, or the standard output without one. Refuses to write a workbook
    /// to a terminal.
    pub fn open(path: Option<&Path>, is_binary: bool) -> Result<Output, Error> {
        match path {
            Some(path) => {
                let file = File::create(path).map_err(|error| {
                    Error::Internal(format!("{} cannot be written: {error}", path.display()))
                })?;
                Ok(Output::File(path.to_path_buf(), file))
            }
            None if is_binary && io::stdout().is_terminal() => {
                Err(Error::Internal("a workbook is not for a terminal: add -o FILE".into()))
            }
            None => Ok(Output::Standard),
        }
    }

    /// Runs `work` with the output. A file that could not be finished is taken away.
    pub fn write(
        self,
        work: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), Error>,
    ) -> Result<(), Error> {
        match self {
            Output::Standard => work(&mut io::stdout()),
            Output::File(path, mut file) => {
                let result = work(&mut file);
                if result.is_err() {
                    let _ = std::fs::remove_file(path);
                }
                result
            }
        }
    }
}
