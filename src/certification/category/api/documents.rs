//! Certifications as programs see them, and what they write about them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::certification::category::apply::ApplicationInput;
use crate::certification::category::decide::DecisionInput;
use crate::certification::category::standing::StandingInput;
use crate::certification::category::{Cause, Certification, Status, Suspension, suspensions};
use crate::db::AnyConnection;
use crate::error::Error;

/// A company's certification for a category.
#[derive(Serialize, ToSchema)]
#[schema(as = Certification)]
pub(super) struct CertificationDocument {
    id: String,
    #[schema(example = "C-000012")]
    code: String,
    number: i64,
    supplier_id: String,
    category_id: String,
    /// The version of the standard that it is measured by.
    standard_id: String,
    #[schema(inline)]
    status: Status,
    /// The certification that it renews.
    renews_id: Option<String>,
    /// Whether the company itself applied.
    by_supplier: bool,
    applied_at: DateTime<Utc>,
    audited_at: Option<DateTime<Utc>>,
    decided_at: Option<DateTime<Utc>>,
    valid_from: Option<NaiveDate>,
    /// The last day.
    valid_to: Option<NaiveDate>,
    ended_at: Option<DateTime<Utc>>,
    ended_reason: String,
}

/// A certification with what suspends it now.
#[derive(Serialize, ToSchema)]
#[schema(as = CertificationDetails)]
pub(super) struct DetailsDocument {
    #[serde(flatten)]
    certification: CertificationDocument,
    suspensions: Vec<SuspensionDocument>,
}

/// Why a certification does not count.
#[derive(Serialize, ToSchema)]
#[schema(as = CertificationSuspension)]
pub(super) struct SuspensionDocument {
    #[schema(inline)]
    cause: Cause,
    /// A type of certificate, whose authentication, the id of a category, or "".
    subject: String,
    /// Of one that somebody decided.
    reason: String,
    begun_at: DateTime<Utc>,
}

impl From<Certification> for CertificationDocument {
    fn from(one: Certification) -> CertificationDocument {
        let at = |time: Option<chrono::NaiveDateTime>| time.map(|time| time.and_utc());
        CertificationDocument {
            code: one.code(),
            id: one.id,
            number: one.number,
            supplier_id: one.supplier_id,
            category_id: one.category_id,
            standard_id: one.standard_id,
            status: one.status,
            renews_id: one.renews_id,
            by_supplier: one.by_supplier,
            applied_at: one.applied_at.and_utc(),
            audited_at: at(one.audited_at),
            decided_at: at(one.decided_at),
            valid_from: one.valid_from,
            valid_to: one.valid_to,
            ended_at: at(one.ended_at),
            ended_reason: one.ended_reason,
        }
    }
}

impl DetailsDocument {
    pub(super) fn of(c: &mut AnyConnection, one: Certification) -> Result<DetailsDocument, Error> {
        let running = suspensions(c, &one.id)?.into_iter().filter(Suspension::is_running);
        let suspension = |one: Suspension| SuspensionDocument {
            cause: one.cause,
            subject: one.subject,
            reason: one.reason,
            begun_at: one.begun_at.and_utc(),
        };
        Ok(DetailsDocument {
            suspensions: running.map(suspension).collect(),
            certification: one.into(),
        })
    }
}

/// An application for a category.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = NewCertification)]
pub(super) struct ApplicationBody {
    /// The id of a category that the supplier offers.
    #[schema(max_length = 40, required)]
    category: String,
    #[schema(max_length = 1000)]
    note: String,
}

impl From<ApplicationBody> for ApplicationInput {
    fn from(body: ApplicationBody) -> ApplicationInput {
        ApplicationInput { category: body.category, note: body.note }
    }
}

/// What is decided on an application.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = CertificationDecision)]
pub(super) struct DecisionBody {
    /// `certify`, `decline` or `audit_again`.
    #[schema(max_length = 20, required)]
    decision: String,
    /// The last day, of a certification that is given.
    #[schema(max_length = 10, example = "2027-03-31")]
    valid_to: String,
    /// Needed unless it is given.
    #[schema(max_length = 1000)]
    reason: String,
}

impl From<DecisionBody> for DecisionInput {
    fn from(body: DecisionBody) -> DecisionInput {
        DecisionInput { decision: body.decision, last_day: body.valid_to, reason: body.reason }
    }
}

/// Why a certification is suspended, lifted or revoked.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = CertificationReason)]
pub(super) struct ReasonBody {
    #[schema(min_length = 1, max_length = 1000, required)]
    why: String,
}

impl From<ReasonBody> for StandingInput {
    fn from(body: ReasonBody) -> StandingInput {
        StandingInput { why: body.why }
    }
}
