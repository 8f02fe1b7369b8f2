//! Where a company stands with each category that it offers, and what comes next.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::apply::{may_apply, renewable_from};
use super::{Certification, Status, of};
use crate::categories::{self, Category};
use crate::certification::certificates::{self, Certificate, Status as Paper};
use crate::certification::demands::{Demand, DemandKind};
use crate::certification::holdings::{self, Holdings, Judgement};
use crate::certification::standards::{self, InForce};
use crate::clauses;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::suppliers::Supplier;
use crate::values::now;

/// How one category stands for a company.
#[derive(Clone, Debug)]
pub struct Place {
    pub category: Category,
    /// Whether the company offers it today.
    pub is_offered: bool,
    /// What is demanded today; `None` when nothing is.
    pub in_force: Option<InForce>,
    /// Given, and not ended.
    pub standing: Option<Certification>,
    /// On its way to a decision.
    pub pending: Option<Certification>,
    /// The latest of the others.
    pub past: Option<Certification>,
    /// What the register lacks of what is demanded today, in order.
    pub short: Vec<Demand>,
    /// The first day on which a renewal may be applied for, when that is still to come.
    pub renewable_from: Option<NaiveDate>,
    /// Whether an application is possible now.
    pub may_apply: bool,
}

impl Place {
    /// The certification that says how things stand: the standing one, or else the one on its way, or
    /// else the last.
    pub fn shown(&self) -> Option<&Certification> {
        self.standing.as_ref().or(self.pending.as_ref()).or(self.past.as_ref())
    }

    /// Whether an application now would be a renewal.
    pub fn is_renewal(&self) -> bool {
        let lapsed = |one: &Certification| one.status == Status::Lapsed;
        self.standing.is_some() || self.past.as_ref().is_some_and(lapsed)
    }
}

/// What is to be done about something that is short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mend {
    /// A certificate of this type is to be handed in.
    HandIn(String),
    /// A better copy of a certificate was asked for; its id.
    BetterCopy(String),
    /// Somebody checks a certificate that was handed in; its id.
    BeingChecked(String),
    /// The registration is to say more.
    Registration,
    /// A document is to be handed in.
    Document,
    /// We audit the basic information.
    BasicAudit,
    /// We make sure who somebody is.
    Authentication,
    /// The certification for another category comes first.
    OtherCategory,
    /// A clause is to be signed.
    Sign,
}

/// The categories that a company offers, or has applied for, by code.
pub fn places(c: &mut AnyConnection, supplier: &Supplier) -> Result<Vec<Place>, Error> {
    let today = now().date();
    let published = standards::published(c)?;
    let id = supplier.id.as_str();
    let held = holdings::of(c, &[id])?.remove(id).unwrap_or_default();
    let all = of(c, id)?;
    let offered = categories::of_supplier(c, id)?;
    let mut categories = offered.clone();
    for one in &all {
        if !categories.iter().any(|known| known.id == one.category_id) {
            categories.push(super::category(c, &one.category_id)?);
        }
    }
    categories.sort_by(|a, b| a.code.cmp(&b.code));
    let place = |category: Category| {
        let mut own = all.iter().filter(|one| one.category_id == category.id);
        let standing = own.clone().find(|one| one.status.is_standing()).cloned();
        let pending = own.clone().find(|one| one.status.is_pending()).cloned();
        let is_past = |one: &&Certification| !one.status.is_standing() && !one.status.is_pending();
        let past = own.find(is_past).cloned();
        let in_force = published.on(&category.id, today).cloned();
        let is_offered = offered.iter().any(|one| one.id == category.id);
        let renewable_from =
            standing.as_ref().and_then(renewable_from).filter(|from| *from > today);
        let is_free = pending.is_none() && renewable_from.is_none();
        Place {
            short: in_force.as_ref().map(|one| short(one, &held, today)).unwrap_or_default(),
            may_apply: is_offered && is_free && in_force.is_some() && may_apply(supplier.stage),
            category,
            is_offered,
            in_force,
            standing,
            pending,
            past,
            renewable_from,
        }
    };
    Ok(categories.into_iter().map(place).collect())
}

fn short(standard: &InForce, held: &Holdings, today: NaiveDate) -> Vec<Demand> {
    let is_short = |demand: &&Demand| held.judge(demand, today) == Judgement::Short;
    standard.demands.iter().filter(is_short).cloned().collect()
}

/// The names of the categories and clauses that demands are about, by their subjects: in English and
/// in Chinese.
pub fn names_in<'a>(
    c: &mut AnyConnection,
    demands: impl IntoIterator<Item = &'a Demand>,
) -> Result<HashMap<String, (String, String)>, Error> {
    let mut names = HashMap::new();
    for demand in demands {
        if demand.kind == DemandKind::Category && !names.contains_key(&demand.subject) {
            let found = super::category(c, &demand.subject)?;
            names.insert(found.id, (found.name_en, found.name_zh));
        }
        if demand.kind == DemandKind::Clause
            && !names.contains_key(&demand.subject)
            && let Some(found) = clauses::of_code(c, &demand.subject)?
        {
            names.insert(found.code, (found.name_en, found.name_zh));
        }
    }
    Ok(names)
}

/// What is to be done about a demand that is short, with the company's certificates, newest first.
/// `None` where only a person can say.
pub fn mend(demand: &Demand, held: &[Certificate]) -> Option<Mend> {
    Some(match demand.kind {
        DemandKind::Certificate => {
            let of_type = |one: &&Certificate| one.type_id == demand.subject;
            let mut of_type = held.iter().filter(of_type);
            match of_type.find(|one| matches!(one.status, Paper::Submitted | Paper::Returned)) {
                Some(one) if one.status == Paper::Returned => Mend::BetterCopy(one.id.clone()),
                Some(one) => Mend::BeingChecked(one.id.clone()),
                None => Mend::HandIn(demand.subject.clone()),
            }
        }
        DemandKind::Fact => Mend::Registration,
        DemandKind::Document => Mend::Document,
        DemandKind::Basic => Mend::BasicAudit,
        DemandKind::Authentication => Mend::Authentication,
        DemandKind::Category => Mend::OtherCategory,
        DemandKind::Clause => Mend::Sign,
        DemandKind::Grade => return None,
    })
}

/// How many things a company itself is to do: applications to mend, certificates to hand in or to
/// copy again, clauses to sign, categories to apply for.
pub fn asked_of_company(c: &mut AnyConnection, supplier: &Supplier) -> Result<usize, Error> {
    let places = places(c, supplier)?;
    let held = certificates::of(c, &supplier.id)?;
    let mut asked: Vec<Mend> = places
        .iter()
        .flat_map(|place| &place.short)
        .filter_map(|demand| mend(demand, &held))
        .filter(|one| matches!(one, Mend::HandIn(_) | Mend::BetterCopy(_) | Mend::Sign))
        .collect();
    asked.dedup();
    let returned =
        |place: &&Place| place.pending.as_ref().is_some_and(|one| one.status == Status::Returned);
    let returned = places.iter().filter(returned).count();
    let open = places.iter().filter(|place| place.may_apply).count();
    Ok(asked.len() + returned + open)
}
