//! What a version changes in the one before it.

use super::{Standard, Status, Version, versions};
use crate::db::AnyConnection;
use crate::error::Error;

/// The standards in which two versions differ, by violation and severity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Differences {
    pub added: Vec<Standard>,
    pub removed: Vec<Standard>,
    /// Before, and after.
    pub changed: Vec<(Standard, Standard)>,
}

impl Differences {
    /// How many standards differ.
    pub fn number(&self) -> i64 {
        (self.added.len() + self.removed.len() + self.changed.len()) as i64
    }
}

/// The newest published version before a version.
pub fn version_before(c: &mut AnyConnection, version: &Version) -> Result<Option<Version>, Error> {
    let mut all = versions(c)?.into_iter();
    Ok(all.find(|one| one.status == Status::Published && one.version < version.version))
}

/// Compares the standards of two versions. Their order does not count.
pub fn differences(before: &[Standard], after: &[Standard]) -> Differences {
    let mut found = Differences::default();
    for line in after {
        match twin(before, line) {
            None => found.added.push(line.clone()),
            Some(old) if says_the_same(old, line) => {}
            Some(old) => found.changed.push((old.clone(), line.clone())),
        }
    }
    let gone = before.iter().filter(|line| twin(after, line).is_none());
    found.removed.extend(gone.cloned());
    found
}

fn twin<'a>(lines: &'a [Standard], line: &Standard) -> Option<&'a Standard> {
    lines.iter().find(|one| (&one.violation, one.severity) == (&line.violation, line.severity))
}

fn says_the_same(one: &Standard, other: &Standard) -> bool {
    let bare = |line: &Standard| Standard {
        id: String::new(),
        version_id: String::new(),
        position: 0,
        ..line.clone()
    };
    bare(one) == bare(other)
}
