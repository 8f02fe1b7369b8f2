//! What can be wrong with a signature, in words.

use std::fmt;

use serde_json::Value;

use super::known::Known;
use crate::clauses::signatures::Signature;
use crate::suppliers;

/// A record that does not hold, as people look for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    /// Its number in the chain; 0 for a key, which has none.
    pub number: i64,
    pub id: String,
    /// "S-000001 Example GmbH"; "" when that is not known any more.
    pub company: String,
    /// "anti_bribery, version 2"; "" when that is not known any more.
    pub clause: String,
    pub flaw: Flaw,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Flaw {
    /// A number in line is missing.
    Missing,
    /// The number is none that a signature has.
    OutOfLine,
    /// A column holds what cannot be there.
    Unreadable,
    /// It does not name the hash of the one before.
    Unlinked,
    /// The hash is not that of the receipt.
    Hash,
    /// Signed with a key that is not known, not what its id says, or not believed.
    Key,
    /// The receipt was not signed with its key, or was altered since.
    Receipt,
    /// A fact beside the receipt is not the one in it; names the claim.
    Differs(String),
    /// Its version is not there, or was never published.
    Version,
    /// The text is not the one that was signed.
    Text,
    /// It is held by another company than the one that signed, or what that was merged into.
    Holder,
    /// The audit trail does not tell of it.
    Untold,
    /// It was declared void, and the audit trail does not tell of that.
    VoidUntold,
    /// The audit trail tells that it was declared void, and it is not.
    VoidMissing,
    /// A key that nothing was signed with.
    KeyUnused,
    /// A key that was not written down when it was used first.
    KeyMisdated,
    /// A checkpoint that was not signed with its key, or was altered since.
    Checkpoint,
    /// A checkpoint knows of an audit record that is not there, or has another hash now.
    Trail,
    /// A checkpoint knows of a signature that is not there, or has another hash now.
    Chain,
}

impl Broken {
    pub(super) fn of(row: &Signature, version: Option<&Known>, flaw: Flaw) -> Broken {
        Broken {
            number: row.sequence,
            id: row.id.clone(),
            company: format!("{} {}", suppliers::code_of(row.company_number), row.company_name),
            clause: version
                .map(|version| format!("{}, version {}", version.clause, version.number))
                .unwrap_or_default(),
            flaw,
        }
    }

    /// A number of which nothing else is known.
    pub(super) fn missing(number: i64) -> Broken {
        Broken {
            number,
            id: String::new(),
            company: String::new(),
            clause: String::new(),
            flaw: Flaw::Missing,
        }
    }

    /// Something other than a signature, by its id.
    pub(in crate::proof) fn other(id: &str, flaw: Flaw) -> Broken {
        Broken { id: id.into(), ..Broken::missing(0) }.with(flaw)
    }

    pub(super) fn with(self, flaw: Flaw) -> Broken {
        Broken { flaw, ..self }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.flaw {
            Flaw::KeyUnused | Flaw::KeyMisdated => write!(f, "the signing key {}", self.id)?,
            Flaw::Checkpoint | Flaw::Trail | Flaw::Chain => {
                write!(f, "the checkpoint {}", self.id)?
            }
            _ => {
                write!(f, "signature {}", self.number)?;
                let known = [self.id.as_str(), &self.company, &self.clause];
                let known: Vec<&str> = known.into_iter().filter(|text| !text.is_empty()).collect();
                if !known.is_empty() {
                    write!(f, " ({})", known.join("; "))?;
                }
            }
        }
        write!(f, " {}", self.flaw)
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Flaw::Missing => "is missing",
            Flaw::OutOfLine => "stands out of line",
            Flaw::Unreadable => "cannot be read: a field holds what cannot be there",
            Flaw::Unlinked => "does not follow from the one before it",
            Flaw::Hash => "has a hash that is not its receipt's",
            Flaw::Key => "is signed with a key that is not known",
            Flaw::Receipt => "has a receipt that was not signed with its key, or was altered",
            Flaw::Differs(claim) => {
                return write!(f, "is not what its receipt says: {claim} differs");
            }
            Flaw::Version => "is under a version that is not there or was never published",
            Flaw::Text => "is under a text that is not the one that was signed",
            Flaw::Holder => "is held by a company that has not signed it",
            Flaw::Untold => "is not told of in the audit trail as it stands here",
            Flaw::VoidUntold => "is void, and the audit trail does not tell why",
            Flaw::VoidMissing => "was declared void, as the audit trail tells, and is not void",
            Flaw::KeyUnused => "has signed nothing",
            Flaw::KeyMisdated => "was not written down when it was used first",
            Flaw::Checkpoint => "was not signed with its key, or was altered",
            Flaw::Trail => "knows of an audit record that is missing or was rewritten",
            Flaw::Chain => "knows of a signature that is missing or was rewritten",
        })
    }
}

/// The first claim, by name, in which two sets of claims differ.
pub(super) fn difference(one: &Value, other: &Value) -> String {
    let (Some(one), Some(other)) = (one.as_object(), other.as_object()) else {
        return String::new();
    };
    let mut names = one.keys().chain(other.keys());
    names.find(|name| one.get(*name) != other.get(*name)).cloned().unwrap_or_default()
}
