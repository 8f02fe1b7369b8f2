//! A firm's own region schemes: editable copies of the built-in ones, kept in the database.

use std::borrow::Cow;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::{Scheme, built_in, built_in_schemes};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::region_schemes;

/// Own schemes that pages list. A firm has a handful.
const LIMIT: i64 = 200;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = region_schemes)]
pub(super) struct StoredScheme {
    pub id: String,
    pub base: String,
    pub data: String,
    pub revision: i64,
    pub created_at: NaiveDateTime,
    pub updated_at: NaiveDateTime,
    pub retired_at: Option<NaiveDateTime>,
}

/// A scheme of the firm's own. Its version is its revision.
#[derive(Clone, Debug)]
pub struct OwnScheme {
    pub scheme: Scheme,
    /// Id of the scheme it was copied from.
    pub base: String,
    /// Counts the edits: a form made from an older one is refused.
    pub revision: i64,
    pub updated_at: NaiveDateTime,
    /// No longer offered for new reports; old addresses still work.
    pub retired_at: Option<NaiveDateTime>,
}

impl OwnScheme {
    fn of(stored: StoredScheme) -> Result<OwnScheme, Error> {
        let scheme: Scheme = serde_json::from_str(&stored.data)?;
        let version = stored.revision.to_string();
        Ok(OwnScheme {
            scheme: Scheme { id: stored.id, version, ..scheme },
            base: stored.base,
            revision: stored.revision,
            updated_at: stored.updated_at,
            retired_at: stored.retired_at,
        })
    }
}

/// The scheme of an id, built in or the firm's own, retired ones included.
pub fn find_scheme(c: &mut AnyConnection, id: &str) -> Result<Cow<'static, Scheme>, Error> {
    match built_in(id) {
        Some(found) => Ok(Cow::Borrowed(found)),
        None => Ok(Cow::Owned(find_own(c, id)?.scheme)),
    }
}

/// The firm's own scheme of an id.
pub fn find_own(c: &mut AnyConnection, id: &str) -> Result<OwnScheme, Error> {
    let stored = region_schemes::table.find(id).select(StoredScheme::as_select()).first(c)?;
    OwnScheme::of(stored)
}

/// The firm's own schemes, oldest first, retired ones included.
pub fn own_schemes(c: &mut AnyConnection) -> Result<Vec<OwnScheme>, Error> {
    let stored: Vec<StoredScheme> = region_schemes::table
        .order(region_schemes::id)
        .limit(LIMIT)
        .select(StoredScheme::as_select())
        .load(c)?;
    stored.into_iter().map(OwnScheme::of).collect()
}

/// The schemes that a report can be made in: id, English name, Chinese name.
pub fn all_schemes(c: &mut AnyConnection) -> Result<Vec<(String, String, String)>, Error> {
    let name = |s: &Scheme| (s.id.clone(), s.name_en.clone(), s.name_zh.clone());
    let mut all: Vec<_> = built_in_schemes().iter().map(name).collect();
    let own = own_schemes(c)?;
    all.extend(own.iter().filter(|own| own.retired_at.is_none()).map(|own| name(&own.scheme)));
    Ok(all)
}
