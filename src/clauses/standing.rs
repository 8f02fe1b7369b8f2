//! Who had to sign what, when, and who had done so: as periods, in the same few queries for one company
//! or a thousand. Coverage, clearance, the portal and certification all ask here.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::duties::{Duty, DutyKind};
use super::{Clause, Status, Version, Whom};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::{
    categories, clause_duties, clause_exceptions, clause_versions, data_access, signature_holders,
    signature_voids, signatures, supplier_categories, supplier_versions,
};
use crate::suppliers::clearance::Period;
use crate::suppliers::clearance::periods::{at, both, days, tidy, without};
use crate::values::{end_of, forever};

/// A published version, who must sign it, and the day on which the next one takes its place.
#[derive(Clone, Debug)]
pub struct InForce {
    pub version: Version,
    pub duties: Vec<Duty>,
    /// The first day on which it must have been signed.
    pub from: NaiveDate,
    /// The first day on which the next version counts instead.
    pub until: Option<NaiveDate>,
}

/// All clauses with their published versions.
#[derive(Clone, Debug, Default)]
pub struct Published {
    pub clauses: Vec<Clause>,
    /// By the id of their clause, in the order of their days.
    versions: HashMap<String, Vec<InForce>>,
    /// The category above each that has one.
    parents: HashMap<String, String>,
}

text_enum! {
    /// How a company stands to a clause on a day.
    Standing {
        /// In the version that counts.
        Signed = "signed",
        MustSign = "must_sign",
        /// An earlier version was signed.
        MustSignAgain = "must_sign_again",
        /// It need not for a time.
        Excepted = "excepted",
        /// Nothing is asked of it.
        NotAsked = "not_asked",
    }
}

impl Standing {
    /// Whether it must sign and has not.
    pub fn is_outstanding(self) -> bool {
        matches!(self, Standing::MustSign | Standing::MustSignAgain)
    }

    /// The shape that it is shown with.
    pub fn mark(self) -> &'static str {
        match self {
            Standing::Signed => "ok",
            Standing::MustSign => "stop",
            Standing::MustSignAgain => "due",
            Standing::Excepted => "wait",
            Standing::NotAsked => "none",
        }
    }
}

/// Reads the clauses and their published versions.
pub fn published(c: &mut AnyConnection) -> Result<Published, Error> {
    let all = super::all(c)?;
    let found: Vec<Version> = clause_versions::table
        .filter(clause_versions::status.eq(Status::Published))
        .order((clause_versions::effective_from, clause_versions::version))
        .select(Version::as_select())
        .load(c)?;
    if found.is_empty() {
        return Ok(Published { clauses: all, ..Published::default() });
    }
    let duties: Vec<Duty> = clause_duties::table
        .inner_join(clause_versions::table.on(clause_versions::id.eq(clause_duties::version_id)))
        .filter(clause_versions::status.eq(Status::Published))
        .select(Duty::as_select())
        .load(c)?;
    let parents: Vec<(String, Option<String>)> =
        categories::table.select((categories::id, categories::parent_id)).load(c)?;
    let mut by_version: HashMap<String, Vec<Duty>> = HashMap::new();
    for duty in duties {
        by_version.entry(duty.version_id.clone()).or_default().push(duty);
    }
    let mut versions: HashMap<String, Vec<InForce>> = HashMap::new();
    for version in found {
        let Some(from) = version.effective_from else { continue };
        let of_clause = versions.entry(version.clause_id.clone()).or_default();
        if let Some(before) = of_clause.last_mut() {
            before.until = Some(from);
        }
        let duties = by_version.remove(&version.id).unwrap_or_default();
        of_clause.push(InForce { version, duties, from, until: None });
    }
    let parents = parents.into_iter().filter_map(|(id, parent)| Some((id, parent?))).collect();
    Ok(Published { clauses: all, versions, parents })
}

/// Steps from a category to the top, at most: a ring of them ends here all the same.
const DEEPEST: usize = 20;

impl Published {
    /// The published versions of a clause, in the order of their days.
    pub fn of(&self, clause_id: &str) -> &[InForce] {
        self.versions.get(clause_id).map_or(&[], Vec::as_slice)
    }

    /// The version of a clause that counts on a day.
    pub fn on(&self, clause_id: &str, day: NaiveDate) -> Option<&InForce> {
        self.of(clause_id).iter().rev().find(|one| one.counts_on(day))
    }

    /// The version that companies sign on a day: the newest published, also before it counts.
    pub fn newest(&self, clause_id: &str) -> Option<&InForce> {
        self.of(clause_id).last()
    }

    /// The clause of a code.
    pub fn by_code(&self, code: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.code == code)
    }

    /// A category and those above it.
    pub(super) fn with_above<'a>(&'a self, category_id: &'a str) -> impl Iterator<Item = &'a str> {
        let mut next = Some(category_id);
        std::iter::from_fn(move || {
            let now = next?;
            next = self.parents.get(now).map(String::as_str);
            Some(now)
        })
        .take(DEEPEST)
    }
}

impl InForce {
    pub fn counts_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// From its first moment to the next version's.
    pub fn period(&self) -> Period {
        days(self.from, self.until.and_then(|until| until.pred_opt()))
    }
}

/// What is known of a company as far as clauses ask.
#[derive(Clone, Debug, Default)]
pub struct Company {
    /// Where it was when.
    areas: Vec<(Period, String)>,
    /// The categories that it offers today: since when is not kept.
    categories: HashSet<String>,
    data_access: Vec<Period>,
    /// When a signature counted, by version.
    signed: HashMap<String, Vec<Period>>,
    /// By clause.
    excepted: HashMap<String, Vec<Period>>,
}

fn period(from: NaiveDateTime, to: NaiveDateTime) -> Period {
    Period { from, to: if to == forever() { NaiveDateTime::MAX } else { to } }
}

/// Reads what is known of the companies of some ids.
pub fn load(c: &mut AnyConnection, ids: &[&str]) -> Result<HashMap<String, Company>, Error> {
    let mut all: HashMap<String, Company> =
        ids.iter().map(|id| (id.to_string(), Company::default())).collect();
    let areas: Vec<(String, NaiveDateTime, NaiveDateTime, String)> = supplier_versions::table
        .filter(among(supplier_versions::supplier_id, ids.iter().copied()))
        .select((
            supplier_versions::supplier_id,
            supplier_versions::valid_from,
            supplier_versions::valid_to,
            supplier_versions::area,
        ))
        .load(c)?;
    for (id, from, to, area) in areas {
        all.entry(id).or_default().areas.push((period(from, to), area));
    }
    let offers: Vec<(String, String)> = supplier_categories::table
        .filter(among(supplier_categories::supplier_id, ids.iter().copied()))
        .select((supplier_categories::supplier_id, supplier_categories::category_id))
        .load(c)?;
    for (id, category) in offers {
        all.entry(id).or_default().categories.insert(category);
    }
    let access: Vec<(String, NaiveDateTime, NaiveDateTime)> = data_access::table
        .filter(among(data_access::supplier_id, ids.iter().copied()))
        .select((data_access::supplier_id, data_access::valid_from, data_access::valid_to))
        .load(c)?;
    for (id, from, to) in access {
        all.entry(id).or_default().data_access.push(period(from, to));
    }
    let signed: Vec<(String, String, NaiveDateTime, Option<NaiveDateTime>)> =
        signature_holders::table
            .inner_join(signatures::table.on(signatures::id.eq(signature_holders::id)))
            .left_join(signature_voids::table.on(signature_voids::signature_id.eq(signatures::id)))
            .filter(among(signature_holders::supplier_id, ids.iter().copied()))
            .select((
                signature_holders::supplier_id,
                signatures::version_id,
                signatures::signed_at,
                signature_voids::voided_at.nullable(),
            ))
            .load(c)?;
    for (id, version, from, void) in signed {
        let counts = Period { from, to: void.unwrap_or(NaiveDateTime::MAX) };
        all.entry(id).or_default().signed.entry(version).or_default().push(counts);
    }
    type Excepted = (String, String, NaiveDate, NaiveDate, NaiveDateTime, Option<NaiveDateTime>);
    let excepted: Vec<Excepted> = clause_exceptions::table
        .filter(among(clause_exceptions::supplier_id, ids.iter().copied()))
        .select((
            clause_exceptions::supplier_id,
            clause_exceptions::clause_id,
            clause_exceptions::valid_from,
            clause_exceptions::valid_to,
            clause_exceptions::created_at,
            clause_exceptions::ended_at,
        ))
        .load(c)?;
    for (id, clause, from, last, granted, ended) in excepted {
        let term = days(from, Some(last));
        let to = ended.map_or(term.to, |ended| term.to.min(ended));
        let counts = Period { from: term.from.max(granted), to };
        all.entry(id).or_default().excepted.entry(clause).or_default().push(counts);
    }
    Ok(all)
}

impl Company {
    /// When a version must have been signed: for any order, or only for orders in a category that the
    /// company offers. Exceptions are left out.
    pub fn asked(&self, published: &Published, one: &InForce) -> Vec<(Period, Option<String>)> {
        let window = [one.period()];
        let mut asked: Vec<(Period, Option<String>)> = Vec::new();
        let mut whole: Vec<Period> = Vec::new();
        match one.version.whom {
            Whom::All => whole.extend(window),
            Whom::Nobody => {}
            Whom::Some => {
                let of_area = |(when, area): &(Period, String)| {
                    one.duties.iter().any(|duty| duty.is_of_area(area)).then_some(*when)
                };
                let there: Vec<Period> = self.areas.iter().filter_map(of_area).collect();
                whole.extend(both(&window, &there));
                if one.duties.iter().any(|duty| duty.kind == DutyKind::DataAccess) {
                    whole.extend(both(&window, &self.data_access));
                }
            }
        }
        let whole = tidy(whole);
        for category in &self.categories {
            let is_asked = published.with_above(category).any(|above| {
                let about = |duty: &Duty| duty.kind == DutyKind::Category && duty.subject == above;
                one.duties.iter().any(about)
            });
            if one.version.whom == Whom::Some && is_asked {
                let rest = without(&window, &whole).into_iter();
                asked.extend(rest.map(|period| (period, Some(category.clone()))));
            }
        }
        asked.extend(whole.into_iter().map(|period| (period, None)));
        let excepted = self.excepted.get(&one.version.clause_id);
        let excepted = excepted.map_or(&[][..], Vec::as_slice);
        let mut left = Vec::new();
        for (period, category) in asked {
            let rest = without(&[period], excepted).into_iter();
            left.extend(rest.map(|period| (period, category.clone())));
        }
        left
    }

    /// When a signature under a version counted.
    pub fn signed(&self, version_id: &str) -> Vec<Period> {
        tidy(self.signed.get(version_id).cloned().unwrap_or_default())
    }

    /// When a version was signed, or one that is to take its place: only the newest can be signed, so
    /// who signs it before its day has signed enough until then.
    pub fn signed_or_later(&self, published: &Published, one: &InForce) -> Vec<Period> {
        let later = published.of(&one.version.clause_id).iter();
        let later = later.filter(|other| other.from >= one.from);
        tidy(later.flat_map(|other| self.signed(&other.version.id)).collect())
    }

    /// Whether a signature under a version counted at a moment.
    pub fn has_signed(&self, version_id: &str, moment: NaiveDateTime) -> bool {
        at(&self.signed(version_id), moment).is_some()
    }

    /// When a clause was signed in the version that counted, or need not be by an exception.
    pub fn settled(&self, published: &Published, clause_id: &str) -> Vec<Period> {
        let mut all = self.excepted.get(clause_id).cloned().unwrap_or_default();
        for one in published.of(clause_id) {
            all.extend(both(&[one.period()], &self.signed_or_later(published, one)));
        }
        tidy(all)
    }

    /// Whether an earlier version than `one` had been signed at a moment.
    pub fn had_signed_before(
        &self,
        published: &Published,
        one: &InForce,
        moment: NaiveDateTime,
    ) -> bool {
        let earlier = published.of(&one.version.clause_id).iter();
        earlier
            .filter(|other| other.from < one.from)
            .any(|other| at(&self.signed(&other.version.id), moment).is_some())
    }

    /// How it stands to a clause at the end of a day.
    pub fn standing(&self, published: &Published, clause_id: &str, day: NaiveDate) -> Standing {
        let Some(one) = published.on(clause_id, day) else { return Standing::NotAsked };
        let moment = end_of(day);
        if at(&self.signed_or_later(published, one), moment).is_some() {
            return Standing::Signed;
        }
        let excepted = self.excepted.get(clause_id).map_or(&[][..], Vec::as_slice);
        if at(excepted, moment).is_some() {
            return Standing::Excepted;
        }
        if !self.asked(published, one).iter().any(|(when, _)| at(&[*when], moment).is_some()) {
            return Standing::NotAsked;
        }
        match self.had_signed_before(published, one, moment) {
            true => Standing::MustSignAgain,
            false => Standing::MustSign,
        }
    }
}
