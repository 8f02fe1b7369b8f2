//! Holdings are read.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::{Backer, Given, Holdings, signed};
use crate::certification::demands::Fact;
use crate::certification::{authentication, basic, category, certificates as room};
use crate::db::{AnyConnection, among};
use crate::documents::Kind;
use crate::error::Error;
use crate::schema::{
    authentications, bank_accounts, basic_audits, certificates, certification_suspensions,
    certifications, contacts, documents, identifiers, people, punishment_papers, sites, suppliers,
};
use crate::suppliers::clearance::Period;
use crate::suppliers::clearance::periods::{both, days};
use crate::suppliers::people::Part;

/// What the companies of some ids hold, in the same few queries whatever their number.
pub fn of(c: &mut AnyConnection, ids: &[&str]) -> Result<HashMap<String, Holdings>, Error> {
    let mut all = lasting_of(c, ids)?;
    for (id, kind, last) in documents::table
        .filter(among(documents::supplier_id, ids.iter().copied()))
        .filter(documents::removed_at.is_null())
        .filter(not(exists(
            punishment_papers::table.filter(punishment_papers::document_id.eq(documents::id)),
        )))
        .select((documents::supplier_id, documents::kind, documents::valid_to))
        .load::<(String, Kind, Option<NaiveDate>)>(c)?
    {
        all.entry(id).or_default().documents.push((kind, last));
    }
    for (id, fact) in facts(c, ids)? {
        all.entry(id).or_default().facts.insert(fact);
    }
    Ok(all)
}

/// As [`of`], without what is looked at only when a company is certified.
pub fn lasting_of(c: &mut AnyConnection, ids: &[&str]) -> Result<HashMap<String, Holdings>, Error> {
    let mut all: HashMap<String, Holdings> =
        ids.iter().map(|id| (id.to_string(), Holdings::default())).collect();
    for (id, of_type, period) in accepted(c, ids)? {
        let holdings = all.entry(id).or_default();
        holdings.certificates.entry(of_type).or_default().push(period);
    }
    for (id, period) in audited(c, ids)? {
        all.entry(id).or_default().basic.push(period);
    }
    for (id, backer) in backers(c, ids)? {
        all.entry(id).or_default().people.push(backer);
    }
    for (id, given) in given(c, ids)? {
        all.entry(id).or_default().given.push(given);
    }
    signed::add(c, &mut all, ids)?;
    Ok(all)
}

/// From `decided` or the first day, whichever is later, to the last day or `ended`, whichever is
/// earlier.
fn counts(
    decided: NaiveDateTime,
    from: NaiveDate,
    last: Option<NaiveDate>,
    ended: Option<NaiveDateTime>,
) -> Period {
    let term = days(from, last);
    let to = ended.map_or(term.to, |ended| term.to.min(ended));
    Period { from: term.from.max(decided), to }
}

fn accepted(c: &mut AnyConnection, ids: &[&str]) -> Result<Vec<(String, String, Period)>, Error> {
    type Row = (
        String,
        String,
        NaiveDate,
        Option<NaiveDate>,
        Option<NaiveDateTime>,
        Option<NaiveDateTime>,
    );
    let rows: Vec<Row> = certificates::table
        .filter(among(certificates::supplier_id, ids.iter().copied()))
        .filter(
            certificates::status
                .eq(room::Status::Accepted)
                .or(certificates::status.eq(room::Status::Withdrawn)),
        )
        .select((
            certificates::supplier_id,
            certificates::type_id,
            certificates::valid_from,
            certificates::valid_to,
            certificates::decided_at,
            certificates::ended_at,
        ))
        .load(c)?;
    let counted = |(id, of_type, from, last, decided, ended): Row| {
        Some((id, of_type, counts(decided?, from, last, ended)))
    };
    Ok(rows.into_iter().filter_map(counted).collect())
}

fn audited(c: &mut AnyConnection, ids: &[&str]) -> Result<Vec<(String, Period)>, Error> {
    type Row = (
        String,
        Option<NaiveDate>,
        Option<NaiveDate>,
        Option<NaiveDateTime>,
        Option<NaiveDateTime>,
    );
    let rows: Vec<Row> = basic_audits::table
        .filter(among(basic_audits::supplier_id, ids.iter().copied()))
        .filter(
            basic_audits::status
                .eq(basic::Status::Certified)
                .or(basic_audits::status.eq(basic::Status::Revoked)),
        )
        .select((
            basic_audits::supplier_id,
            basic_audits::valid_from,
            basic_audits::valid_to,
            basic_audits::decided_at,
            basic_audits::ended_at,
        ))
        .load(c)?;
    let counted =
        |(id, from, last, decided, ended): Row| Some((id, counts(decided?, from?, last, ended)));
    Ok(rows.into_iter().filter_map(counted).collect())
}

fn backers(c: &mut AnyConnection, ids: &[&str]) -> Result<Vec<(String, Backer)>, Error> {
    type Seen = (String, Option<NaiveDateTime>, Option<NaiveDate>, Option<NaiveDateTime>);
    let seen: Vec<Seen> = authentications::table
        .filter(among(authentications::supplier_id, ids.iter().copied()))
        .filter(authentications::verified_at.is_not_null())
        .filter(
            authentications::status
                .eq(authentication::Status::Verified)
                .or(authentications::status.eq(authentication::Status::Revoked)),
        )
        .select((
            authentications::person_id,
            authentications::verified_at,
            authentications::valid_to,
            authentications::ended_at,
        ))
        .load(c)?;
    let mut verified: HashMap<String, Vec<Period>> = HashMap::new();
    for (person, when, last, ended) in seen {
        if let Some(when) = when {
            verified.entry(person).or_default().push(counts(when, when.date(), last, ended));
        }
    }
    type Row = (String, String, Part, NaiveDateTime, Option<NaiveDateTime>);
    let rows: Vec<Row> = people::table
        .filter(among(people::supplier_id, ids.iter().copied()))
        .filter(people::role.ne(Part::BeneficialOwner))
        .select((
            people::supplier_id,
            people::id,
            people::role,
            people::created_at,
            people::removed_at,
        ))
        .load(c)?;
    let backer = |(supplier, id, part, from, to): Row| {
        let there = Period { from, to: to.unwrap_or(NaiveDateTime::MAX) };
        let authenticated = verified.remove(&id).unwrap_or_default();
        (supplier, Backer { part, there, authenticated: both(&[there], &authenticated) })
    };
    Ok(rows.into_iter().map(backer).collect())
}

fn given(c: &mut AnyConnection, ids: &[&str]) -> Result<Vec<(String, Given)>, Error> {
    use category::{Cause, Status};
    type Row = (
        (String, String, String, Status),
        (Option<NaiveDate>, Option<NaiveDate>, Option<NaiveDateTime>, Option<NaiveDateTime>),
    );
    let rows: Vec<Row> = certifications::table
        .filter(among(certifications::supplier_id, ids.iter().copied()))
        .filter(certifications::valid_from.is_not_null())
        .select((
            (
                certifications::supplier_id,
                certifications::id,
                certifications::category_id,
                certifications::status,
            ),
            (
                certifications::valid_from,
                certifications::valid_to,
                certifications::decided_at,
                certifications::ended_at,
            ),
        ))
        .load(c)?;
    type Stop = (String, Cause, String, NaiveDateTime, Option<NaiveDateTime>);
    let stops: Vec<Stop> = certification_suspensions::table
        .inner_join(
            certifications::table
                .on(certifications::id.eq(certification_suspensions::certification_id)),
        )
        .filter(among(certifications::supplier_id, ids.iter().copied()))
        .select((
            certification_suspensions::certification_id,
            certification_suspensions::cause,
            certification_suspensions::reason,
            certification_suspensions::begun_at,
            certification_suspensions::ended_at,
        ))
        .load(c)?;
    let mut stopped: HashMap<String, Vec<Stop>> = HashMap::new();
    for stop in stops {
        stopped.entry(stop.0.clone()).or_default().push(stop);
    }
    let one = |((supplier, id, category_id, status), (from, last, decided, ended)): Row| {
        let revoked = status == Status::Revoked;
        // One that was renewed does not come back when what took its place is revoked.
        let cut = revoked || status == Status::Renewed;
        let period = counts(decided?, from?, last, ended.filter(|_| cut));
        let (mut decisions, mut suspended) = (Vec::new(), Vec::new());
        for (_, cause, reason, from, to) in stopped.remove(&id).unwrap_or_default() {
            let stop = Period { from, to: to.unwrap_or(NaiveDateTime::MAX) };
            suspended.push(stop);
            if cause == Cause::Decision {
                decisions.push((stop, reason));
            }
        }
        Some((supplier, Given { category_id, period, revoked, decisions, suspended }))
    };
    Ok(rows.into_iter().filter_map(one).collect())
}

/// What the register holds of companies today.
fn facts(c: &mut AnyConnection, ids: &[&str]) -> Result<Vec<(String, Fact)>, Error> {
    let mut all = Vec::new();
    let mut note = |ids: Vec<String>, fact: Fact| all.extend(ids.into_iter().map(|id| (id, fact)));
    let addressed = suppliers::table
        .inner_join(sites::table.on(sites::id.eq(suppliers::registered_site_id)))
        .filter(among(suppliers::id, ids.iter().copied()))
        .filter(sites::address.ne(""))
        .select(suppliers::id)
        .load(c)?;
    note(addressed, Fact::Address);
    let reached = contacts::table
        .filter(among(contacts::supplier_id, ids.iter().copied()))
        .filter(contacts::removed_at.is_null())
        .select(contacts::supplier_id)
        .distinct()
        .load(c)?;
    note(reached, Fact::Contact);
    let identified = identifiers::table
        .filter(among(identifiers::supplier_id, ids.iter().copied()))
        .filter(identifiers::removed_at.is_null())
        .filter(identifiers::confirmed_at.is_not_null())
        .select(identifiers::supplier_id)
        .distinct()
        .load(c)?;
    note(identified, Fact::Identifier);
    let paid = bank_accounts::table
        .filter(among(bank_accounts::supplier_id, ids.iter().copied()))
        .filter(bank_accounts::removed_at.is_null())
        .filter(bank_accounts::confirmed_at.is_not_null())
        .select(bank_accounts::supplier_id)
        .distinct()
        .load(c)?;
    note(paid, Fact::BankAccount);
    let behind: Vec<(String, Part)> = people::table
        .filter(among(people::supplier_id, ids.iter().copied()))
        .filter(people::removed_at.is_null())
        .select((people::supplier_id, people::role))
        .distinct()
        .load(c)?;
    for (id, part) in behind {
        let fact = match part {
            Part::LegalRepresentative => Fact::LegalRepresentative,
            Part::BeneficialOwner => Fact::BeneficialOwner,
            Part::Signatory => Fact::Signatory,
        };
        note(vec![id], fact);
    }
    Ok(all)
}
