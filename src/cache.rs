//! Results that hold until the register changes: kept with the version (the audit trail's head)
//! at which they were computed, so that a change anywhere, on any node, outdates them at once.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Mutex;

use crate::audit;
use crate::db::AnyConnection;
use crate::error::Error;

/// Entries kept; the whole cache is dropped when it is full. Keys hold filters that people
/// choose, so there must be a bound.
const LIMIT: usize = 2_000;

/// A cache of one kind of result.
pub struct Cache<K, V> {
    entries: Mutex<(i64, HashMap<K, V>)>,
    limit: usize,
}

impl<K: Hash + Eq, V: Clone> Default for Cache<K, V> {
    fn default() -> Self {
        Cache::of_at_most(LIMIT)
    }
}

impl<K, V> Cache<K, V> {
    /// A cache of results that are too large to keep many of.
    pub fn of_at_most(limit: usize) -> Self {
        Cache { entries: Mutex::new((0, HashMap::new())), limit }
    }
}

impl<K: Hash + Eq, V: Clone> Cache<K, V> {
    /// The result kept under `key`, or what `compute` finds in the same snapshot of the data.
    pub fn get(
        &self,
        c: &mut AnyConnection,
        key: K,
        compute: impl FnOnce(&mut AnyConnection) -> Result<V, Error>,
    ) -> Result<V, Error> {
        let version = audit::version(c)?;
        if let Some(found) = self.lookup(version, &key) {
            return Ok(found);
        }
        let value = compute(c)?;
        self.keep(version, key, value.clone());
        Ok(value)
    }

    fn lookup(&self, version: i64, key: &K) -> Option<V> {
        let entries = self.entries.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if entries.0 == version { entries.1.get(key).cloned() } else { None }
    }

    fn keep(&self, version: i64, key: K, value: V) {
        let mut entries = self.entries.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if entries.0 != version || entries.1.len() >= self.limit {
            *entries = (version, HashMap::new());
        }
        entries.1.insert(key, value);
    }
}
