//! Links between companies that share something. Where the company that is kept has the same link already, or where
//! it would be one of a company with itself, the other's stays with the entry that goes.

use std::collections::HashSet;

use diesel::prelude::*;

use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::evasion_links;

/// A link: id, company, case, other company, what they share.
type Link = (String, String, String, String, String);

/// Moves links from one company to another: the ids of its own, and of those of others to it.
pub(super) fn move_all(
    c: &mut AnyConnection,
    from: &str,
    to: &str,
) -> Result<(Vec<String>, Vec<String>), Error> {
    let of_either = evasion_links::supplier_id
        .eq(from)
        .or(evasion_links::supplier_id.eq(to))
        .or(evasion_links::other_id.eq(from))
        .or(evasion_links::other_id.eq(to));
    let all: Vec<Link> = evasion_links::table
        .filter(of_either)
        .order(evasion_links::id)
        .select((
            evasion_links::id,
            evasion_links::supplier_id,
            evasion_links::case_id,
            evasion_links::other_id,
            evasion_links::kind,
        ))
        .load(c)?;
    let key = |(_, supplier, case, other, kind): &Link| {
        (supplier.clone(), case.clone(), other.clone(), kind.clone())
    };
    let mut taken: HashSet<(String, String, String, String)> = all.iter().map(key).collect();
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for (id, supplier, case, other, kind) in &all {
        let moved = |end: &String| if end == from { to.to_string() } else { end.clone() };
        let (is_own, is_other) = (supplier == from, other == from);
        let after = (moved(supplier), case.clone(), moved(other), kind.clone());
        if !(is_own || is_other) || after.0 == after.2 || taken.contains(&after) {
            continue;
        }
        let row = evasion_links::table.find(id);
        diesel::update(row)
            .set((evasion_links::supplier_id.eq(&after.0), evasion_links::other_id.eq(&after.2)))
            .execute(c)?;
        taken.insert(after);
        if is_own { own.push(id.clone()) } else { others.push(id.clone()) }
    }
    Ok((own, others))
}
