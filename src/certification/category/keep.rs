//! Certifications are kept in step with what they rest on.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::{Value, json};

use super::letters::{self, tell};
use super::standing::{begin, end, finish, settle};
use super::{Cause, Certification, Status, Suspension, category, record};
use crate::access::Actor;
use crate::certification::demands::{self, Demand, DemandKind};
use crate::certification::holdings::{Holdings, Judgement, lasting_of};
use crate::certification::standards::{self, Standards};
use crate::clauses;
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::schema::{certification_suspensions, certifications};
use crate::texts::{Language, Texts};
use crate::values::now;
use crate::vault::Vault;

/// What a certification can lack: see [`Suspension`].
type Lack = (Cause, String);

/// Times to go over the certifications: as long as the longest chain of categories that demand one
/// another, and then some. Standards refuse a ring of them.
const ROUNDS: usize = 50;

/// Looks at the standing certifications of companies: what ran out lapses; what lacks something that
/// its standard demands all the time is suspended for that, and no longer than it lacks it. `actor`
/// is who brought it about: the one that decided on a certificate, or the clock. Returns how many
/// certifications have changed.
pub fn recheck(
    c: &mut AnyConnection,
    actor: &Actor,
    vault: &Vault,
    supplier_ids: &[&str],
) -> Result<u64, Error> {
    let today = now().date();
    let mut changed = BTreeSet::new();
    let standing = standing_of(c, supplier_ids)?;
    let (standing, over): (Vec<_>, Vec<_>) =
        standing.into_iter().partition(|one| one.valid_to.is_none_or(|last| last >= today));
    for one in &over {
        end(c, actor, one, Status::Lapsed, "")?;
        tell(c, vault, one, letters::LAPSED, |_| Vec::new())?;
        record(c, actor, one, "certification.lapsed", json!({ "valid_until": one.valid_to }))?;
        changed.insert(one.id.clone());
    }
    if standing.is_empty() {
        return Ok(changed.len() as u64);
    }
    let companies: BTreeSet<&str> = standing.iter().map(|one| one.supplier_id.as_str()).collect();
    let companies: Vec<&str> = companies.into_iter().collect();
    let keeping = Keeping { actor, vault, today, standards: standards::published(c)? };
    for _ in 0..ROUNDS {
        // A certification that was suspended in the last round does not count in this one.
        let held = lasting_of(c, &companies)?;
        let mut is_steady = true;
        for (one, running) in with_suspensions(c, &standing)? {
            let Some(held) = held.get(&one.supplier_id) else { continue };
            if keeping.bring_in_step(c, one, &running, held)? {
                changed.insert(one.id.clone());
                is_steady = false;
            }
        }
        if is_steady {
            break;
        }
    }
    Ok(changed.len() as u64)
}

/// Keeps the certifications of a company in step with what it has signed.
pub fn after_signing(
    c: &mut AnyConnection,
    actor: &Actor,
    vault: &Vault,
    supplier_id: &str,
) -> Result<(), Error> {
    recheck(c, actor, vault, &[supplier_id])?;
    Ok(())
}

/// Ids of companies with standing certifications, in order, after an id ("" for the first): for
/// whoever walks through all of them.
pub fn companies_after(
    c: &mut AnyConnection,
    after: &str,
    limit: i64,
) -> Result<Vec<String>, Error> {
    Ok(certifications::table
        .filter(certifications::supplier_id.gt(after))
        .filter(certifications::status.eq_any([Status::Certified, Status::Suspended]))
        .order(certifications::supplier_id)
        .select(certifications::supplier_id)
        .distinct()
        .limit(limit)
        .load(c)?)
}

fn standing_of(c: &mut AnyConnection, supplier_ids: &[&str]) -> Result<Vec<Certification>, Error> {
    Ok(certifications::table
        .filter(among(certifications::supplier_id, supplier_ids.iter().copied()))
        .filter(certifications::status.eq_any([Status::Certified, Status::Suspended]))
        .order(certifications::id)
        .select(Certification::as_select())
        .load(c)?)
}

/// Certifications, each with the suspensions that run.
fn with_suspensions<'a>(
    c: &mut AnyConnection,
    all: &'a [Certification],
) -> Result<Vec<(&'a Certification, Vec<Suspension>)>, Error> {
    let ids = all.iter().map(|one| one.id.as_str());
    let running: Vec<Suspension> = certification_suspensions::table
        .filter(among(certification_suspensions::certification_id, ids))
        .filter(certification_suspensions::ended_at.is_null())
        .order(certification_suspensions::id)
        .select(Suspension::as_select())
        .load(c)?;
    let mut of: HashMap<String, Vec<Suspension>> = HashMap::new();
    for one in running {
        of.entry(one.certification_id.clone()).or_default().push(one);
    }
    Ok(all.iter().map(|one| (one, of.remove(&one.id).unwrap_or_default())).collect())
}

/// What one going over has in common.
struct Keeping<'a> {
    actor: &'a Actor,
    vault: &'a Vault,
    today: NaiveDate,
    standards: Standards,
}

impl Keeping<'_> {
    /// Suspends a certification for what it lacks, and ends the suspensions for what it has. Whether
    /// anything changed.
    fn bring_in_step(
        &self,
        c: &mut AnyConnection,
        certification: &Certification,
        running: &[Suspension],
        held: &Holdings,
    ) -> Result<bool, Error> {
        let demanded: Vec<&Demand> = self
            .standards
            .on(&certification.category_id, self.today)
            .map(|standard| standard.demands.iter().filter(|one| one.kind.is_lasting()).collect())
            .unwrap_or_default();
        let lacks: Vec<Lack> = demanded
            .iter()
            .filter(|demand| held.judge(demand, self.today) == Judgement::Short)
            .filter_map(|demand| lack(demand))
            .collect();
        let is_for = |one: &Suspension, (cause, subject): &Lack| {
            one.cause == *cause && one.subject == *subject
        };
        let begun: Vec<&Lack> =
            lacks.iter().filter(|lack| !running.iter().any(|one| is_for(one, lack))).collect();
        let ended: Vec<&Suspension> = running
            .iter()
            .filter(|one| one.cause != Cause::Decision)
            .filter(|one| !lacks.iter().any(|lack| is_for(one, lack)))
            .collect();
        if begun.is_empty() && ended.is_empty() {
            return Ok(false);
        }
        for (cause, subject) in &begun {
            begin(c, self.actor, certification, (*cause, subject), "")?;
            self.note(c, certification, "certification.suspended", (*cause, subject))?;
        }
        for one in &ended {
            let is_demanded = demanded.iter().filter_map(|demand| lack(demand));
            let is_demanded = is_demanded.into_iter().any(|lack| is_for(one, &lack));
            finish(c, self.actor, one, if is_demanded { "met" } else { "not_demanded" })?;
            self.note(c, certification, "certification.restored", (one.cause, &one.subject))?;
        }
        let after = settle(c, certification)?;
        if !begun.is_empty() {
            self.tell_lacks(c, certification, &begun)?;
        } else if after == Status::Certified {
            tell(c, self.vault, certification, letters::RESTORED, |_| Vec::new())?;
        }
        Ok(true)
    }

    fn note(
        &self,
        c: &mut AnyConnection,
        certification: &Certification,
        action: &str,
        (cause, subject): (Cause, &str),
    ) -> Result<(), Error> {
        let subject: Value = match cause {
            Cause::Category => category(c, subject)?.code.into(),
            _ => subject.into(),
        };
        let details = json!({ "cause": cause.as_str(), "subject": subject });
        record(c, self.actor, certification, action, details)
    }

    /// The letter of a suspension: what is missing, and what to do.
    fn tell_lacks(
        &self,
        c: &mut AnyConnection,
        certification: &Certification,
        begun: &[&Lack],
    ) -> Result<(), Error> {
        let mut names = HashMap::new();
        for (cause, subject) in begun {
            if let Some(name) = name_of(c, *cause, subject)? {
                names.insert(subject.as_str(), name);
            }
        }
        let lines = |texts: &Texts| {
            let name = |subject: &str| match (names.get(subject), texts.language()) {
                (None, _) => String::new(),
                (Some((english, _)), Language::English) => english.clone(),
                (Some((_, chinese)), Language::Chinese) => chinese.clone(),
            };
            let line = |(cause, subject): &&Lack| {
                let what = words(texts, *cause, subject, &name(subject));
                let todo = texts.get(&format!("certification-mend-{}", cause.as_str())).to_string();
                texts.with("letter-line-lack", &[("what", &what), ("todo", &todo)])
            };
            begun.iter().map(line).collect()
        };
        tell(c, self.vault, certification, letters::SUSPENDED, lines)
    }
}

/// What is lacking where a lasting demand is not met.
fn lack(demand: &Demand) -> Option<Lack> {
    let cause = match demand.kind {
        DemandKind::Certificate => Cause::Certificate,
        DemandKind::Basic => Cause::Basic,
        DemandKind::Authentication => Cause::Authentication,
        DemandKind::Category => Cause::Category,
        DemandKind::Clause => Cause::Clause,
        _ => return None,
    };
    Some((cause, demand.subject.clone()))
}

/// The English and the Chinese name of the category or the clause that a cause is about.
pub fn name_of(
    c: &mut AnyConnection,
    cause: Cause,
    subject: &str,
) -> Result<Option<(String, String)>, Error> {
    Ok(match cause {
        Cause::Category => Some(category(c, subject)?).map(|one| (one.name_en, one.name_zh)),
        Cause::Clause => clauses::of_code(c, subject)?.map(|one| (one.name_en, one.name_zh)),
        _ => None,
    })
}

/// What is missing, in words; "" for a suspension that somebody decided. `named` is the name of the
/// category or the clause that it is about.
pub fn words(texts: &Texts, cause: Cause, subject: &str, named: &str) -> String {
    let kind = match cause {
        Cause::Certificate => DemandKind::Certificate,
        Cause::Basic => DemandKind::Basic,
        Cause::Authentication => DemandKind::Authentication,
        Cause::Category => DemandKind::Category,
        Cause::Clause => DemandKind::Clause,
        Cause::Decision => return String::new(),
    };
    demands::words(texts, kind, subject, named)
}
