//! The file of keys. It is only ever replaced as a whole: whoever reads it finds the keys of
//! before or those of after, whenever the power fails.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::keys::{self, Key};
use crate::error::Error;

/// What tells one version of the file from another without reading it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
    /// A file put in another's place is another one, however fast that went.
    inode: u64,
}

impl Stamp {
    pub fn of(path: &Path) -> Result<Stamp, Error> {
        let metadata = fs::metadata(path).map_err(|error| {
            Error::Internal(format!("the key file {} cannot be read: {error}", path.display()))
        })?;
        Ok(Stamp::from(&metadata))
    }
}

impl From<&Metadata> for Stamp {
    fn from(metadata: &Metadata) -> Stamp {
        #[cfg(unix)]
        let inode = std::os::unix::fs::MetadataExt::ino(metadata);
        #[cfg(not(unix))]
        let inode = 0;
        Stamp { modified: metadata.modified().ok(), length: metadata.len(), inode }
    }
}

/// Makes the file with a first key, readable for its owner only. Leaves one that is there.
pub fn create(path: &Path) -> Result<(), Error> {
    if path.exists() {
        return Ok(());
    }
    let mut file = private(OpenOptions::new().write(true).create_new(true)).open(path)?;
    file.write_all(Key::random()?.text().as_bytes())?;
    file.sync_all()?;
    sync_folder(path)
}

/// The keys in the file.
pub fn read(path: &Path) -> Result<Vec<Key>, Error> {
    let text = fs::read_to_string(path).map_err(|error| {
        Error::Internal(format!("the key file {} cannot be read: {error}", path.display()))
    })?;
    keys::parse(&text)
}

/// Replaces the keys by those that `change` makes of them; `None` leaves them. Two changes at
/// once take turns. True when the file was replaced.
pub fn change(
    path: &Path,
    change: impl FnOnce(&[Key]) -> Result<Option<Vec<Key>>, Error>,
) -> Result<bool, Error> {
    let _mine = lock(path)?;
    let Some(keys) = change(&read(path)?)? else {
        return Ok(false);
    };
    let text: String = keys.iter().map(|key| key.text() + "\n").collect();
    replace(path, &text)?;
    Ok(true)
}

/// The lock is on the file that is there now: one that was replaced while we waited is not it.
fn lock(path: &Path) -> Result<File, Error> {
    loop {
        let file = File::open(path)?;
        file.lock()?;
        if Stamp::from(&file.metadata()?) == Stamp::of(path)? {
            return Ok(file);
        }
    }
}

fn replace(path: &Path, text: &str) -> Result<(), Error> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    // What a run that was cut off left behind may have other permissions.
    let _ = fs::remove_file(&beside);
    let mut file = private(OpenOptions::new().write(true).create_new(true)).open(&beside)?;
    keep_owner(&file, path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    sync_folder(path)
}

/// The server may run as somebody else than whoever changes its keys, and must still read them.
fn keep_owner(new: &File, old: &Path) -> Result<(), Error> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let (owner, mine) = (fs::metadata(old)?, new.metadata()?);
        if (owner.uid(), owner.gid()) != (mine.uid(), mine.gid()) {
            fchown(new, Some(owner.uid()), Some(owner.gid()))?;
        }
    }
    #[cfg(not(unix))]
    let _ = (new, old);
    Ok(())
}

fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// A new name is on disk once its folder is.
fn sync_folder(path: &Path) -> Result<(), Error> {
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
