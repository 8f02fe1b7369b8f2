//! The register of signatures: the newest first for people, in the order of the chain for files.

use diesel::prelude::*;

use super::{Method, Row, Signature, Signed, Void};
use crate::access::Scope;
use crate::clauses::{Clause, Version};
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::schema::{
    clause_versions, clauses, signature_holders, signature_voids, signatures, suppliers,
};

text_enum! {
    /// Whether signatures count.
    Counting {
        Counting = "counting",
        Void = "void",
    }
}

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Code of a clause.
    pub clause: Option<String>,
    pub method: Option<Method>,
    pub state: Option<Counting>,
}

/// Where a page begins, and which way it reads.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// The newest ones before a number, or of all.
    Before(Option<i64>),
    /// The oldest ones after a number.
    After(i64),
}

/// Up to `limit` signatures whose companies are within reach, and whether there are more.
pub fn page(
    c: &mut AnyConnection,
    scope: &Scope,
    asked: &Asked,
    place: Place,
    limit: usize,
) -> Result<(Vec<Signed>, bool), Error> {
    let mut query = super::signed!()
        .inner_join(suppliers::table.on(suppliers::id.eq(signature_holders::supplier_id)))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    if let Some(code) = &asked.clause {
        query = query.filter(clauses::code.eq(code));
    }
    if let Some(method) = asked.method {
        query = query.filter(signatures::method.eq(method));
    }
    query = match asked.state {
        Some(Counting::Void) => query.filter(signature_voids::signature_id.is_not_null()),
        Some(Counting::Counting) => query.filter(signature_voids::signature_id.is_null()),
        None => query,
    };
    query = match place {
        Place::Before(number) => {
            let query = query.order(signatures::sequence.desc());
            match number {
                Some(number) => query.filter(signatures::sequence.lt(number)),
                None => query,
            }
        }
        Place::After(number) => {
            query.filter(signatures::sequence.gt(number)).order(signatures::sequence)
        }
    };
    let rows: Vec<Row> = query.limit(limit as i64 + 1).load(c)?;
    let mut all: Vec<Signed> = rows.into_iter().map(Signed::from).collect();
    let has_more = all.len() > limit;
    all.truncate(limit);
    Ok((all, has_more))
}
