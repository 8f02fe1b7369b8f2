//! A company applies for a category, or staff on its behalf; mends what was asked for; takes it back.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::{Certification, Status, find, of, record, standard_of};
use crate::access::{Actor, May, Member, Scope, right};
use crate::categories;
use crate::certification::standards;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::schema::certifications;
use crate::suppliers::{self, Stage, Supplier};
use crate::values::{new_id, now};

/// A renewal may be applied for this many days before the end.
pub const RENEWAL_DAYS: u64 = 120;

/// The form of an application.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct ApplicationInput {
    /// Id of a category that the company offers.
    #[validate(length(max = 40))]
    pub category: String,
    #[validate(length(max = 1000))]
    pub note: String,
}

/// What the company says when it has mended what was asked for.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct AnswerInput {
    #[validate(length(max = 1000))]
    pub note: String,
}

/// Who applies.
pub enum Applicant<'a> {
    Staff(&'a May<right::EditCertification>),
    /// Somebody of the company itself.
    Company(&'a Member),
}

impl Applicant<'_> {
    fn actor(&self) -> &Actor {
        match self {
            Applicant::Staff(may) => may.actor(),
            Applicant::Company(member) => &member.actor,
        }
    }

    fn is_company(&self) -> bool {
        matches!(self, Applicant::Company(_))
    }

    /// The company of an id, if it is the member's own or within reach.
    fn supplier(&self, c: &mut AnyConnection, id: &str) -> Result<Supplier, Error> {
        match self {
            Applicant::Staff(may) => suppliers::find(c, may.scope(), id),
            Applicant::Company(member) if member.supplier_id == id => {
                suppliers::find(c, &Scope::Everything, id)
            }
            Applicant::Company(_) => Err(Error::NotFound),
        }
    }

    /// A certification of a company within reach.
    fn find(&self, c: &mut AnyConnection, id: &str) -> Result<Certification, Error> {
        let scope = match self {
            Applicant::Staff(may) => may.scope(),
            Applicant::Company(_) => &Scope::Everything,
        };
        let (found, supplier) = find(c, scope, id)?;
        self.supplier(c, &supplier.id)?;
        Ok(found)
    }
}

/// Whether a company at this stage may apply. It is certified once it is introduced.
pub fn may_apply(stage: Stage) -> bool {
    matches!(stage, Stage::Registering | Stage::UnderReview | Stage::Active | Stage::Suspended)
}

/// The first day on which the renewal of a certification may be applied for.
pub fn renewable_from(certification: &Certification) -> Option<NaiveDate> {
    certification.valid_to.map(|last| last - Days::new(RENEWAL_DAYS))
}

/// Applies for a category, or for the renewal of a certification that runs out or has lapsed.
pub fn apply(
    c: &mut AnyConnection,
    by: &Applicant,
    supplier_id: &str,
    input: &ApplicationInput,
) -> Result<Certification, Error> {
    let supplier = by.supplier(c, supplier_id)?;
    if !may_apply(supplier.stage) {
        return Err(Error::Conflict("conflict-certification-stage"));
    }
    let offered = categories::of_supplier(c, supplier_id)?;
    let Some(category) = offered.iter().find(|one| one.id == input.category) else {
        return Err(Problems::one("category", "certification_not_offered").into());
    };
    let today = now().date();
    let published = standards::published(c)?;
    let Some(in_force) = published.on(&category.id, today) else {
        return Err(Problems::one("category", "certification_no_standard").into());
    };
    let mut known = of(c, supplier_id)?;
    known.retain(|one| one.category_id == category.id);
    if known.iter().any(|one| one.status.is_pending()) {
        return Err(Error::Conflict("conflict-certification-pending"));
    }
    let before = known
        .iter()
        .find(|one| one.status.is_standing())
        .or(known.iter().find(|one| one.status == Status::Lapsed));
    if let Some(standing) = before.filter(|one| one.status.is_standing()) {
        let from = renewable_from(standing).filter(|from| *from > today);
        if let Some(from) = from {
            let problem = Problem::new("category", "certification_too_early").with("day", from);
            return Err(Problems(vec![problem]).into());
        }
    }
    let last: Option<i64> = certifications::table
        .select(certifications::number)
        .order(certifications::number.desc())
        .first(c)
        .optional()?;
    let certification = Certification {
        id: new_id(),
        number: last.unwrap_or(0) + 1,
        supplier_id: supplier.id,
        category_id: category.id.clone(),
        standard_id: in_force.standard.id.clone(),
        status: Status::Applied,
        renews_id: before.map(|one| one.id.clone()),
        by_supplier: by.is_company(),
        applied_by: by.actor().account_id.clone(),
        applied_name: by.actor().name.clone(),
        applied_at: now(),
        note: input.note.trim().into(),
        returned_at: None,
        returned_by: None,
        returned_name: String::new(),
        return_comment: String::new(),
        audited_at: None,
        audited_by: None,
        audited_name: String::new(),
        audit_note: String::new(),
        decided_at: None,
        decided_by: None,
        decided_name: String::new(),
        decision_note: String::new(),
        valid_from: None,
        valid_to: None,
        ended_at: None,
        ended_by: None,
        ended_name: String::new(),
        ended_reason: String::new(),
    };
    diesel::insert_into(certifications::table).values(&certification).execute(c)?;
    let mut details = json!({ "version": in_force.standard.version });
    if let Some(before) = before {
        details["renewed"] = before.code().into();
    }
    if !certification.note.is_empty() {
        details["note"] = certification.note.clone().into();
    }
    record(c, by.actor(), &certification, "certification.applied", details)?;
    Ok(certification)
}

/// What was asked for is mended: the application waits for its audit again, against the standard of
/// today.
pub fn answer(
    c: &mut AnyConnection,
    by: &Applicant,
    id: &str,
    input: &AnswerInput,
) -> Result<Certification, Error> {
    let before = by.find(c, id)?;
    let standard = standard_of(c, &before, now().date())?.standard.id;
    let note = input.note.trim();
    let row = certifications::table.find(id);
    let changed = diesel::update(row.filter(certifications::status.eq(Status::Returned)))
        .set((
            certifications::status.eq(Status::Applied),
            certifications::standard_id.eq(standard),
            certifications::note.eq(if note.is_empty() { &before.note } else { note }),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-certification"));
    }
    let details = if note.is_empty() { json!({}) } else { json!({ "note": note }) };
    record(c, by.actor(), &before, "certification.answered", details)?;
    Ok(before)
}

/// Takes an application back: the company its own, staff what staff applied for.
pub fn withdraw(c: &mut AnyConnection, by: &Applicant, id: &str) -> Result<Certification, Error> {
    let before = by.find(c, id)?;
    if before.by_supplier != by.is_company() {
        return Err(Error::Forbidden("refused-certification-applicant"));
    }
    if !before.status.is_pending() {
        return Err(Error::Conflict("conflict-certification"));
    }
    let row = certifications::table.find(id);
    let changed = diesel::update(row.filter(certifications::status.eq(before.status)))
        .set((
            certifications::status.eq(Status::Withdrawn),
            certifications::ended_at.eq(now()),
            certifications::ended_by.eq(&by.actor().account_id),
            certifications::ended_name.eq(&by.actor().name),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-certification"));
    }
    record(c, by.actor(), &before, "certification.withdrawn", json!({}))?;
    Ok(before)
}
