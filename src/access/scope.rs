//! The part of the register that somebody may see: everything, or some regions.

use std::collections::BTreeSet;

use crate::regions;

/// Areas that an account is limited to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    Everything,
    /// Area codes (provinces, countries). Suppliers whose place is unknown are outside.
    Areas(BTreeSet<String>),
}

impl Scope {
    /// The scope of an account's columns: a built-in scheme and its region codes, comma-separated.
    /// A scheme that does not exist limits to nothing rather than to everything.
    pub fn of(scheme: Option<&str>, regions: Option<&str>) -> Scope {
        let (Some(scheme), Some(regions)) = (scheme, regions) else {
            return Scope::Everything;
        };
        let Some(scheme) = regions::built_in(scheme) else {
            return Scope::Areas(BTreeSet::new());
        };
        let codes = regions.split(',').map(str::trim);
        Scope::Areas(codes.flat_map(|code| scheme.areas_of(code)).collect())
    }

    pub fn allows(&self, area: &str) -> bool {
        match self {
            Scope::Everything => true,
            Scope::Areas(areas) => areas.contains(area),
        }
    }

    /// The areas to filter by, `None` for no limit.
    pub fn areas(&self) -> Option<Vec<String>> {
        match self {
            Scope::Everything => None,
            Scope::Areas(areas) => Some(areas.iter().cloned().collect()),
        }
    }
}
