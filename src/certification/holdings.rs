//! What companies hold of that which standards demand, since when and until when.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::demands::{Demand, DemandKind, Fact, Whom};
use super::periods::{at, both, days, last_day, tidy, without};
use super::{authentication, basic, category, certificates as room};
use crate::db::{AnyConnection, among};
use crate::documents::Kind;
use crate::error::Error;
use crate::schema::{
    authentications, bank_accounts, basic_audits, certificates, certification_suspensions,
    certifications, contacts, documents, identifiers, people, sites, suppliers,
};
use crate::suppliers::clearance::Period;
use crate::suppliers::people::Part;
use crate::values::end_of;

/// How a demand stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Until the end of a day, or without an end as far as is known.
    Met(Option<NaiveDate>),
    Short,
    /// Only a person can say.
    ByHand,
}

/// Somebody who was behind a company for a time, and when they counted as authenticated.
#[derive(Clone, Debug)]
struct Backer {
    part: Part,
    there: Period,
    authenticated: Vec<Period>,
}

/// A certification that was given: when it counted but for suspensions.
#[derive(Clone, Debug)]
pub struct Given {
    pub id: String,
    pub category_id: String,
    pub period: Period,
    pub revoked: bool,
    /// When it was suspended by somebody's decision, and why.
    pub decisions: Vec<(Period, String)>,
    /// When it was suspended for any cause.
    suspended: Vec<Period>,
}

/// What one company holds.
#[derive(Clone, Debug, Default)]
pub struct Holdings {
    certificates: HashMap<String, Vec<Period>>,
    basic: Vec<Period>,
    people: Vec<Backer>,
    given: Vec<Given>,
    /// Of today: kinds and their last days.
    documents: Vec<(Kind, Option<NaiveDate>)>,
    /// Of today.
    facts: HashSet<Fact>,
}

impl Holdings {
    /// How a demand stands at the end of a day. Facts and documents are those of today.
    pub fn judge(&self, demand: &Demand, on: NaiveDate) -> Judgement {
        if demand.kind.is_by_hand() {
            return Judgement::ByHand;
        }
        if demand.kind.is_lasting() {
            return match at(&self.when(demand), end_of(on)) {
                Some(period) => Judgement::Met(last_day(&period)),
                None => Judgement::Short,
            };
        }
        if demand.kind == DemandKind::Fact {
            let fact = Fact::parse(&demand.subject);
            let is_there = fact.is_some_and(|fact| self.facts.contains(&fact));
            return if is_there { Judgement::Met(None) } else { Judgement::Short };
        }
        let of_kind = self.documents.iter().filter(|(kind, _)| kind.as_str() == demand.subject);
        let last = of_kind.map(|(_, last)| last.unwrap_or(NaiveDate::MAX)).max();
        match last.filter(|last| *last >= on) {
            Some(last) => Judgement::Met((last != NaiveDate::MAX).then_some(last)),
            None => Judgement::Short,
        }
    }

    /// When a lasting demand was and will be met; never for demands of other kinds.
    pub fn when(&self, demand: &Demand) -> Vec<Period> {
        match demand.kind {
            DemandKind::Certificate => {
                tidy(self.certificates.get(&demand.subject).cloned().unwrap_or_default())
            }
            DemandKind::Basic => tidy(self.basic.clone()),
            DemandKind::Authentication => match Whom::parse(&demand.subject) {
                Some(Whom::LegalRepresentative) => self.authenticated(Part::LegalRepresentative),
                Some(Whom::Signatories) => self.authenticated(Part::Signatory),
                None => Vec::new(),
            },
            DemandKind::Category => self.certified(&demand.subject),
            _ => Vec::new(),
        }
    }

    /// When everybody of a part was authenticated, and there was somebody.
    fn authenticated(&self, part: Part) -> Vec<Period> {
        let of_part: Vec<&Backer> = self.people.iter().filter(|one| one.part == part).collect();
        let there: Vec<Period> = of_part.iter().map(|one| one.there).collect();
        let lacking: Vec<Period> =
            of_part.iter().flat_map(|one| without(&[one.there], &one.authenticated)).collect();
        without(&there, &lacking)
    }

    /// The certifications for a category that were given.
    pub fn given(&self, category_id: &str) -> impl Iterator<Item = &Given> {
        self.given.iter().filter(move |one| one.category_id == category_id)
    }

    /// The categories for which a certification was ever given.
    pub fn categories(&self) -> HashSet<&str> {
        self.given.iter().map(|one| one.category_id.as_str()).collect()
    }

    /// When the company was certified for a category, and not suspended.
    pub fn certified(&self, category_id: &str) -> Vec<Period> {
        let mut all = Vec::new();
        for one in self.given(category_id) {
            all.extend(without(&[one.period], &one.suspended));
        }
        tidy(all)
    }
}

/// What the companies of some ids hold, in the same few queries whatever their number.
pub fn of(c: &mut AnyConnection, ids: &[&str]) -> Result<HashMap<String, Holdings>, Error> {
    let mut all: HashMap<String, Holdings> =
        ids.iter().map(|id| (id.to_string(), Holdings::default())).collect();
    lasting(c, ids, &mut all)?;
    for (id, kind, last) in documents::table
        .filter(among(documents::supplier_id, ids.iter().copied()))
        .filter(documents::removed_at.is_null())
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
    lasting(c, ids, &mut all)?;
    Ok(all)
}

type All = HashMap<String, Holdings>;

fn lasting(c: &mut AnyConnection, ids: &[&str], all: &mut All) -> Result<(), Error> {
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
    Ok(())
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
        let period = counts(decided?, from?, last, ended.filter(|_| revoked));
        let (mut decisions, mut suspended) = (Vec::new(), Vec::new());
        for (_, cause, reason, from, to) in stopped.remove(&id).unwrap_or_default() {
            let stop = Period { from, to: to.unwrap_or(NaiveDateTime::MAX) };
            suspended.push(stop);
            if cause == Cause::Decision {
                decisions.push((stop, reason));
            }
        }
        Some((supplier, Given { id, category_id, period, revoked, decisions, suspended }))
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
