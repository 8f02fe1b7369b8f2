//! A day, read in the same few queries whatever the number of companies.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::groups::Groups;
use super::{Cell, Counted, Day, Kept};
use crate::clauses::Whom;
use crate::clauses::duties::DutyKind;
use crate::clauses::standing::{self, InForce, Published, Standing};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::{
    clause_exceptions, data_access, signature_holders, signature_voids, signatures,
    supplier_categories, supplier_versions, suppliers,
};
use crate::suppliers::COUNTED;
use crate::values::end_of;

/// What is known of a company at the moment that is asked about.
#[derive(Default)]
struct Known {
    /// Clauses and places of their versions that it has signed.
    signed: Vec<(usize, usize)>,
    /// Clauses that it need not sign.
    excepted: Vec<usize>,
    touches_data: bool,
}

/// The version of a clause in force on the day, with what decides who must sign it.
struct Asking<'p> {
    clause: usize,
    place: usize,
    version: &'p InForce,
    of_data_access: bool,
    categories: HashSet<&'p str>,
}

/// Reads the day.
pub(super) fn load(c: &mut AnyConnection, on: NaiveDate) -> Result<Day, Error> {
    let published = standing::published(c)?;
    let moment = end_of(on);
    let mut companies = counted(c, moment)?;
    let at: HashMap<String, usize> =
        companies.iter().enumerate().map(|(index, one)| (one.id.clone(), index)).collect();
    let mut known: Vec<Known> = companies.iter().map(|_| Known::default()).collect();
    signed(c, &published, moment, |company, signature| {
        if let Some(index) = at.get(company) {
            known[*index].signed.push(signature);
        }
    })?;
    for (company, clause) in excepted(c, on, moment)? {
        let place = published.clauses.iter().position(|one| one.id == clause);
        if let (Some(index), Some(clause)) = (at.get(&company), place) {
            known[*index].excepted.push(clause);
        }
    }
    let asking = asking(&published, on);
    if asking.iter().any(|one| one.of_data_access) {
        for company in touching_data(c, moment)? {
            if let Some(index) = at.get(&company) {
                known[*index].touches_data = true;
            }
        }
    }
    let mut kept = Kept::default();
    for (company, category) in offered(c)? {
        if let Some(index) = at.get(&company) {
            companies[*index].categories.push(kept.of(category));
        }
    }
    for (company, known) in companies.iter_mut().zip(&known) {
        let cells = 0..published.clauses.len();
        company.cells = cells
            .map(|clause| {
                let asking = asking.iter().find(|one| one.clause == clause);
                cell(&published, company, known, clause, asking)
            })
            .collect();
    }
    let groups = Groups::load(c, on)?;
    Ok(Day { on, companies, groups, published })
}

/// How a company stands to a clause. See [`standing::Company::standing`], which tells the same of one
/// company and every moment.
fn cell(
    published: &Published,
    company: &Counted,
    known: &Known,
    clause: usize,
    asking: Option<&Asking>,
) -> Cell {
    let versions = published.of(&published.clauses[clause].id);
    let signed = || known.signed.iter().filter(|(of, _)| *of == clause).map(|(_, place)| *place);
    let held = signed().max().map(|place| versions[place].version.version);
    let Some(asking) = asking else {
        return Cell { standing: Standing::NotAsked, is_asked: false, held };
    };
    let is_excepted = known.excepted.contains(&clause);
    let is_asked = !is_excepted && asking.asks(published, company, known.touches_data);
    let is_earlier = |place: usize| versions[place].from < asking.version.from;
    let standing = match () {
        // Also who has signed the version that is to take its place.
        _ if signed().any(|place| place >= asking.place) => Standing::Signed,
        _ if is_excepted => Standing::Excepted,
        _ if !is_asked => Standing::NotAsked,
        _ if signed().any(is_earlier) => Standing::MustSignAgain,
        _ => Standing::MustSign,
    };
    Cell { standing, is_asked, held }
}

impl Asking<'_> {
    fn asks(&self, published: &Published, company: &Counted, touches_data: bool) -> bool {
        match self.version.version.whom {
            Whom::All => true,
            Whom::Nobody => false,
            Whom::Some => {
                self.of_data_access && touches_data
                    || self.version.duties.iter().any(|duty| duty.is_of_area(&company.area))
                    || !self.categories.is_empty()
                        && company.categories.iter().any(|category| {
                            let mut all = published.with_above(category);
                            all.any(|above| self.categories.contains(above))
                        })
            }
        }
    }
}

fn asking(published: &Published, on: NaiveDate) -> Vec<Asking<'_>> {
    let of_clause = |(clause, one): (usize, &crate::clauses::Clause)| {
        let versions = published.of(&one.id);
        let place = versions.iter().rposition(|version| version.counts_on(on))?;
        let version = &versions[place];
        let duties = version.duties.iter();
        let categories = duties.clone().filter(|duty| duty.kind == DutyKind::Category);
        Some(Asking {
            clause,
            place,
            version,
            of_data_access: duties.clone().any(|duty| duty.kind == DutyKind::DataAccess),
            categories: categories.map(|duty| duty.subject.as_str()).collect(),
        })
    };
    published.clauses.iter().enumerate().filter_map(of_clause).collect()
}

fn counted(c: &mut AnyConnection, moment: NaiveDateTime) -> Result<Vec<Counted>, Error> {
    let found: Vec<(String, i64, String, String, String)> = supplier_versions::table
        .inner_join(suppliers::table.on(suppliers::id.eq(supplier_versions::supplier_id)))
        .filter(supplier_versions::stage.eq_any(COUNTED))
        .filter(supplier_versions::valid_from.le(moment))
        .filter(supplier_versions::valid_to.gt(moment))
        .order(suppliers::number)
        .select((
            suppliers::id,
            suppliers::number,
            supplier_versions::legal_name,
            suppliers::english_name,
            supplier_versions::area,
        ))
        .load(c)?;
    let one = |(id, number, legal_name, english_name, area)| Counted {
        id,
        number,
        legal_name,
        english_name,
        area,
        categories: Vec::new(),
        cells: Vec::new(),
    };
    Ok(found.into_iter().map(one).collect())
}

/// Tells of each signature that counts at a moment: whose it is, and of which version of which clause.
fn signed(
    c: &mut AnyConnection,
    published: &Published,
    moment: NaiveDateTime,
    mut tell: impl FnMut(&str, (usize, usize)),
) -> Result<(), Error> {
    let mut places: HashMap<&str, (usize, usize)> = HashMap::new();
    for (clause, one) in published.clauses.iter().enumerate() {
        for (place, version) in published.of(&one.id).iter().enumerate() {
            places.insert(&version.version.id, (clause, place));
        }
    }
    let is_not_void =
        signature_voids::voided_at.is_null().or(signature_voids::voided_at.gt(moment));
    let found: Vec<(String, String)> = signature_holders::table
        .inner_join(signatures::table.on(signatures::id.eq(signature_holders::id)))
        .left_join(signature_voids::table.on(signature_voids::signature_id.eq(signatures::id)))
        .filter(signatures::signed_at.le(moment))
        .filter(is_not_void)
        .select((signature_holders::supplier_id, signatures::version_id))
        .load(c)?;
    for (company, version) in found {
        if let Some(place) = places.get(version.as_str()) {
            tell(&company, *place);
        }
    }
    Ok(())
}

fn excepted(
    c: &mut AnyConnection,
    on: NaiveDate,
    moment: NaiveDateTime,
) -> Result<Vec<(String, String)>, Error> {
    let runs = clause_exceptions::ended_at.is_null().or(clause_exceptions::ended_at.gt(moment));
    Ok(clause_exceptions::table
        .filter(clause_exceptions::valid_from.le(on))
        .filter(clause_exceptions::valid_to.ge(on))
        .filter(clause_exceptions::created_at.le(moment))
        .filter(runs)
        .select((clause_exceptions::supplier_id, clause_exceptions::clause_id))
        .load(c)?)
}

fn touching_data(c: &mut AnyConnection, moment: NaiveDateTime) -> Result<Vec<String>, Error> {
    Ok(data_access::table
        .filter(data_access::valid_from.le(moment))
        .filter(data_access::valid_to.gt(moment))
        .select(data_access::supplier_id)
        .load(c)?)
}

fn offered(c: &mut AnyConnection) -> Result<Vec<(String, String)>, Error> {
    Ok(supplier_categories::table
        .select((supplier_categories::supplier_id, supplier_categories::category_id))
        .load(c)?)
}
