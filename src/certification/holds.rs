//! What certification holds against an order, as clearance asks for it.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;

use super::certificates::types;
use super::demands::{Demand, DemandKind};
use super::holdings::{Given, Holdings, lasting_of};
use super::standards::{self, InForce, Standards};
use crate::clauses;
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::{categories, supplier_categories};
use crate::suppliers::clearance::periods::{both, days, last_day, tidy, without};
use crate::suppliers::clearance::{Area, Hold, Period};

type Names = HashMap<String, (String, String)>;

/// What stands against orders from companies: for each category that they offer, or were certified
/// for, and on each day on which a standard is in force. A category without a standard asks for
/// nothing. What a certification rests on is told only while there is one: who has none is to apply.
pub fn of(c: &mut AnyConnection, ids: &[&str]) -> Result<Vec<(String, Hold)>, Error> {
    let standards = standards::published(c)?;
    if standards.categories().next().is_none() {
        return Ok(Vec::new());
    }
    let holdings = lasting_of(c, ids)?;
    let mut asked: HashMap<String, BTreeSet<String>> = HashMap::new();
    let offered: Vec<(String, String)> = supplier_categories::table
        .filter(among(supplier_categories::supplier_id, ids.iter().copied()))
        .select((supplier_categories::supplier_id, supplier_categories::category_id))
        .load(c)?;
    for (supplier, category) in offered {
        asked.entry(supplier).or_default().insert(category);
    }
    for (supplier, held) in &holdings {
        let certified = held.categories().into_iter().map(str::to_string);
        asked.entry(supplier.clone()).or_default().extend(certified);
    }
    let names = names(c)?;
    let mut all = Vec::new();
    for (supplier, categories) in asked {
        let Some(held) = holdings.get(&supplier) else { continue };
        for category in categories {
            let holds = against(held, &standards, &category, &names);
            all.extend(holds.into_iter().map(|hold| (supplier.clone(), hold)));
        }
    }
    Ok(all)
}

fn names(c: &mut AnyConnection) -> Result<Names, Error> {
    let all: Vec<(String, String, String)> = categories::table
        .select((categories::id, categories::name_en, categories::name_zh))
        .load(c)?;
    let clauses = clauses::all(c)?.into_iter().map(|one| (one.code, one.name_en, one.name_zh));
    Ok(all.into_iter().chain(clauses).map(|(id, en, zh)| (id, (en, zh))).collect())
}

/// What stands against orders for one category.
fn against(held: &Holdings, standards: &Standards, category: &str, names: &Names) -> Vec<Hold> {
    let given: Vec<&Given> = held.given(category).collect();
    let certified = tidy(given.iter().map(|one| one.period).collect());
    let mut holds = Vec::new();
    for version in standards.of(category) {
        let window = [term(version)];
        for gap in without(&window, &certified) {
            holds.push(uncertified(&given, category, gap));
        }
        for one in &given {
            for (period, reason) in &one.decisions {
                for stop in both(&both(&window, &[one.period]), &[*period]) {
                    let args = vec![("reason", reason.clone())];
                    let (area, code) = (Area::Certification, "certification_suspended");
                    holds.push(hold(area, code, args, stop, category));
                }
            }
        }
        let covered = both(&window, &certified);
        for demand in version.demands.iter().filter(|demand| demand.kind.is_lasting()) {
            for gap in without(&covered, &held.when(demand)) {
                holds.push(missing(demand, category, gap, names));
            }
        }
    }
    holds
}

fn term(version: &InForce) -> Period {
    days(version.from, version.until.and_then(|until| until.pred_opt()))
}

/// Nothing was given for a time: because what was given ran out or was revoked, or never was.
fn uncertified(given: &[&Given], category: &str, gap: Period) -> Hold {
    let before = given.iter().filter(|one| one.period.to <= gap.from);
    let (code, args) = match before.max_by_key(|one| one.period.to) {
        Some(last) if last.revoked => ("certification_revoked", Vec::new()),
        Some(last) => {
            let day = last_day(&last.period).map(|day| day.to_string());
            ("certification_lapsed", vec![("until", day.unwrap_or_default())])
        }
        None => ("not_certified", Vec::new()),
    };
    hold(Area::Certification, code, args, gap, category)
}

/// Something that the certification rests on is missing.
fn missing(demand: &Demand, category: &str, gap: Period, names: &Names) -> Hold {
    let subject = &demand.subject;
    let (area, code, args) = match demand.kind {
        DemandKind::Certificate => {
            let (en, zh) = types::find(subject)
                .map_or((subject.as_str(), subject.as_str()), |one| (one.name_en, one.name_zh));
            let args = vec![
                ("type", subject.clone()),
                ("name_en", en.to_string()),
                ("name_zh", zh.to_string()),
            ];
            (Area::Certificates, "certificate_missing", args)
        }
        DemandKind::Category => {
            let (en, zh) = names.get(subject).cloned().unwrap_or_default();
            let args = vec![("name_en", en), ("name_zh", zh)];
            (Area::Certification, "other_category_missing", args)
        }
        DemandKind::Clause => {
            let (en, zh) = names.get(subject).cloned().unwrap_or_default();
            let args = vec![("clause", subject.clone()), ("name_en", en), ("name_zh", zh)];
            (Area::Clauses, "clause_demand_missing", args)
        }
        DemandKind::Authentication if subject == "signatories" => {
            (Area::Certification, "signatory_not_authenticated", Vec::new())
        }
        DemandKind::Authentication => {
            (Area::Certification, "representative_not_authenticated", Vec::new())
        }
        _ => (Area::Certification, "basic_not_certified", Vec::new()),
    };
    hold(area, code, args, gap, category)
}

fn hold(
    area: Area,
    code: &'static str,
    args: Vec<(&'static str, String)>,
    period: Period,
    category: &str,
) -> Hold {
    Hold { area, code, args, period, category: Some(category.into()) }
}
