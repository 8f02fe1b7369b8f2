//! Those who must sign today and have not been asked to, counted for the list of what is to be done.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use crate::access::Scope;
use crate::clauses::duties::DutyKind;
use crate::clauses::standing::{self, InForce, Published};
use crate::clauses::{Clause, Whom};
use crate::db::{AnyConnection, MultiBackend};
use crate::error::Error;
use crate::regions::{countries, provinces};
use crate::schema::{
    categories, clause_exceptions, clause_requests, clause_versions, data_access,
    signature_holders, signature_voids, signatures, supplier_categories, suppliers,
};
use crate::suppliers::COUNTED;
use crate::values::{end_of, now};

/// A clause that some companies must sign, of which nobody has asked them in any version.
#[derive(Clone, Debug)]
pub struct Unasked {
    pub clause: Clause,
    pub companies: i64,
    /// Since when it must be signed.
    pub since: NaiveDateTime,
}

/// The clauses with such companies, within a scope: a query each.
pub fn today(c: &mut AnyConnection, scope: &Scope) -> Result<Vec<Unasked>, Error> {
    let published = standing::published(c)?;
    let day = now().date();
    let mut all = Vec::new();
    for clause in &published.clauses {
        let Some(one) = published.on(&clause.id, day) else { continue };
        let companies = number(c, &published, one, day, scope)?;
        if companies > 0 {
            let since = one.from.and_time(NaiveTime::MIN);
            all.push(Unasked { clause: clause.clone(), companies, since });
        }
    }
    Ok(all)
}

fn number(
    c: &mut AnyConnection,
    published: &Published,
    one: &InForce,
    day: NaiveDate,
    scope: &Scope,
) -> Result<i64, Error> {
    let (moment, clause) = (end_of(day), &one.version.clause_id);
    let is_not_void =
        signature_voids::voided_at.is_null().or(signature_voids::voided_at.gt(moment));
    let runs = clause_exceptions::ended_at.is_null().or(clause_exceptions::ended_at.gt(moment));
    // Who has signed the version that is to take its place has signed enough until then.
    let later = published.of(clause).iter().filter(|other| other.from >= one.from);
    let enough: Vec<&str> = later.map(|other| other.version.id.as_str()).collect();
    let signed = signature_holders::table
        .inner_join(signatures::table.on(signatures::id.eq(signature_holders::id)))
        .left_join(signature_voids::table.on(signature_voids::signature_id.eq(signatures::id)))
        .filter(signature_holders::supplier_id.eq(suppliers::id))
        .filter(signatures::version_id.eq_any(enough))
        .filter(signatures::signed_at.le(moment))
        .filter(is_not_void);
    let excepted = clause_exceptions::table
        .filter(clause_exceptions::supplier_id.eq(suppliers::id))
        .filter(clause_exceptions::clause_id.eq(clause))
        .filter(clause_exceptions::valid_from.le(day))
        .filter(clause_exceptions::valid_to.ge(day))
        .filter(clause_exceptions::created_at.le(moment))
        .filter(runs);
    let asked = clause_requests::table
        .inner_join(clause_versions::table.on(clause_versions::id.eq(clause_requests::version_id)))
        .filter(clause_requests::supplier_id.eq(suppliers::id))
        .filter(clause_versions::clause_id.eq(clause))
        .filter(clause_requests::settled_at.is_null());
    let mut query = suppliers::table
        .filter(suppliers::stage.eq_any(COUNTED))
        .filter(not(exists(signed)))
        .filter(not(exists(excepted)))
        .filter(not(exists(asked)))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    match one.version.whom {
        Whom::All => {}
        Whom::Nobody => return Ok(0),
        Whom::Some => {
            let touches = one.duties.iter().any(|duty| duty.kind == DutyKind::DataAccess);
            let offers = supplier_categories::table
                .filter(supplier_categories::supplier_id.eq(suppliers::id))
                .filter(supplier_categories::category_id.eq_any(categories(c, published, one)?));
            let touching = data_access::table
                .filter(data_access::supplier_id.eq(suppliers::id))
                .filter(data_access::valid_from.le(moment))
                .filter(data_access::valid_to.gt(moment));
            let is_meant = suppliers::area.eq_any(areas(one)).or(exists(offers));
            query = match touches {
                true => query.filter(is_meant.or(exists(touching))),
                false => query.filter(is_meant),
            };
        }
    }
    Ok(query.count().get_result(c)?)
}

/// The categories whose suppliers must sign: those of the duties and all below them.
fn categories(
    c: &mut AnyConnection,
    published: &Published,
    one: &InForce,
) -> Result<Vec<String>, Error> {
    let mut all: Vec<String> = categories::table.select(categories::id).load(c)?;
    all.retain(|id| {
        let mut above = published.with_above(id);
        above.any(|above| {
            let mut duties = one.duties.iter();
            duties.any(|duty| duty.kind == DutyKind::Category && duty.subject == above)
        })
    });
    Ok(all)
}

/// The areas whose suppliers must sign.
fn areas(one: &InForce) -> Vec<&'static str> {
    let known =
        provinces().iter().map(|one| one.code).chain(countries().iter().map(|one| one.code));
    known.filter(|area| one.duties.iter().any(|duty| duty.is_of_area(area))).collect()
}
