//! The group before anything is decided: every company within reach, its ground, and what would stop.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::certification::category;
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::inspections;
use crate::punishments::standards::Standard;
use crate::punishments::{Case, Ground, Reach};
use crate::schema::{categories, certifications, inspections as visits, suppliers};
use crate::suppliers::groups::{self, Company, Role};
use crate::values::{now, sha256_hex};

/// The companies that a measure may hold, today.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The company that the case is against first, then by ground, the nearest first.
    pub members: Vec<PreviewMember>,
    /// SHA-256 over companies and grounds: another group has another one.
    pub hash: String,
    /// Whether there are more companies than can be looked at: nothing can be decided about such a group.
    pub is_cut: bool,
}

/// A company that a measure may hold.
#[derive(Clone, Debug)]
pub struct PreviewMember {
    pub supplier: Company,
    pub ground: Ground,
    /// How many links away, 0 for the company that the case is against.
    pub steps: usize,
    /// The categories for which it is certified: English and Chinese names.
    pub categories: Vec<(String, String)>,
    /// Inspections that are still to come or under way.
    pub open_inspections: i64,
}

impl Reach {
    /// Whether a measure may hold other companies than the one that the case is against.
    pub fn is_group(self) -> bool {
        matches!(self, Reach::Controlled | Reach::WholeGroup)
    }
}

/// Everybody whom a measure of a standard may hold, as the group is today, in a few queries whatever their number.
pub fn preview(c: &mut AnyConnection, case: &Case, standard: &Standard) -> Result<Preview, Error> {
    let (within, is_cut) = within(c, &case.supplier_id, standard.reach)?;
    let ids: Vec<&str> = within.iter().map(|(company, ..)| company.id.as_str()).collect();
    let mut certified = certified(c, &ids)?;
    let mut open = open_inspections(c, &ids)?;
    let hash = hash_of(within.iter().map(|(company, ground, _)| (company.id.as_str(), *ground)));
    let member = |(supplier, ground, steps): Within| PreviewMember {
        categories: certified.remove(&supplier.id).unwrap_or_default(),
        open_inspections: open.remove(&supplier.id).unwrap_or_default(),
        supplier,
        ground,
        steps,
    };
    Ok(Preview { members: within.into_iter().map(member).collect(), hash, is_cut })
}

/// A company within reach, its ground, and how many links away it is.
pub(super) type Within = (Company, Ground, usize);

/// The companies within a reach today, and whether there are more.
pub(super) fn within(
    c: &mut AnyConnection,
    supplier_id: &str,
    reach: Reach,
) -> Result<(Vec<Within>, bool), Error> {
    if !reach.is_group() {
        let company = suppliers::table.find(supplier_id).select(Company::as_select()).first(c)?;
        return Ok((vec![(company, Ground::Principal, 0)], false));
    }
    let group = groups::members(c, supplier_id, now().date())?;
    let mut within: Vec<Within> = Vec::with_capacity(group.members.len());
    for member in group.members {
        let ground = match member.role {
            Role::Principal => Ground::Principal,
            Role::Controls => Ground::Controls,
            Role::ControlledBy => Ground::ControlledBy,
            Role::Related => Ground::Related,
        };
        let is_below = matches!(ground, Ground::Principal | Ground::ControlledBy);
        if reach == Reach::WholeGroup || is_below {
            within.push((member.company, ground, member.steps));
        }
    }
    Ok((within, group.is_cut))
}

/// What tells one group from another.
fn hash_of<'a>(members: impl Iterator<Item = (&'a str, Ground)>) -> String {
    let mut lines: Vec<String> =
        members.map(|(id, ground)| format!("{id}\t{}\n", ground.as_str())).collect();
    lines.sort();
    sha256_hex(lines.concat())
}

/// The names of the categories that companies are certified for.
fn certified(
    c: &mut AnyConnection,
    ids: &[&str],
) -> Result<HashMap<String, Vec<(String, String)>>, Error> {
    let standing = category::Status::ALL.iter().filter(|status| status.is_standing());
    let found: Vec<(String, String, String)> = certifications::table
        .inner_join(categories::table.on(categories::id.eq(certifications::category_id)))
        .filter(among(certifications::supplier_id, ids.iter().copied()))
        .filter(among(certifications::status, standing.map(|status| status.as_str())))
        .order((certifications::supplier_id, categories::code))
        .select((certifications::supplier_id, categories::name_en, categories::name_zh))
        .load(c)?;
    let mut of: HashMap<String, Vec<(String, String)>> = HashMap::new();
    for (supplier, english, chinese) in found {
        let names = of.entry(supplier).or_default();
        let name = (english, chinese);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(of)
}

fn open_inspections(c: &mut AnyConnection, ids: &[&str]) -> Result<HashMap<String, i64>, Error> {
    let open = inspections::Status::ALL.iter().filter(|status| status.is_open());
    let found: Vec<(String, i64)> = visits::table
        .filter(among(visits::supplier_id, ids.iter().copied()))
        .filter(among(visits::status, open.map(|status| status.as_str())))
        .group_by(visits::supplier_id)
        .select((visits::supplier_id, count_star()))
        .load(c)?;
    Ok(found.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_company_or_ground_makes_another_group_and_another_order_does_not() {
        let hash = |members: &[(&str, Ground)]| hash_of(members.iter().copied());
        let [a, b] = [("a", Ground::Principal), ("b", Ground::ControlledBy)];
        assert_eq!(hash(&[a, b]), hash(&[b, a]));
        assert_ne!(hash(&[a, b]), hash(&[a]));
        assert_ne!(hash(&[a, b]), hash(&[a, ("b", Ground::Related)]));
    }
}
