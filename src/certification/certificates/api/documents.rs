//! Certificates as programs see them, and as they write them.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::certification::certificates::{
    AcceptanceInput, Certificate, CertificateInput, Method, RefusalInput, ReturnInput, Status,
    WithdrawalInput, expiry, types,
};
use crate::values::now;

/// A certificate of a company.
#[derive(Serialize, ToSchema)]
#[schema(as = Certificate)]
pub(super) struct CertificateDocument {
    id: String,
    supplier_id: String,
    #[schema(example = "iso14001")]
    r#type: String,
    type_name_en: String,
    type_name_zh: String,
    number: String,
    issuer: String,
    /// What is certified.
    scope: String,
    /// The name on the certificate.
    holder: String,
    /// The site that it is about; null for the whole company.
    site_id: Option<String>,
    document_id: Option<String>,
    valid_from: NaiveDate,
    /// The last day on which it is valid; null for no end.
    valid_to: Option<NaiveDate>,
    /// Days until it runs out: 0 on the last day, below zero afterwards; null for no end.
    days_left: Option<i64>,
    #[schema(inline)]
    status: Status,
    renews_id: Option<String>,
    /// Whether the company itself handed it in.
    by_supplier: bool,
    recorded_by: String,
    /// When it was last handed in to be checked.
    submitted_at: DateTime<Utc>,
    /// What a better copy was asked for with, "" when none was.
    return_comment: String,
    // How it was checked; "" while nobody has accepted it.
    #[schema(inline)]
    method: Method,
    /// When it was accepted or refused.
    decided_at: Option<DateTime<Utc>>,
    decided_by: String,
    decision_note: String,
    /// When it was withdrawn.
    ended_at: Option<DateTime<Utc>>,
    ended_reason: String,
}

impl From<Certificate> for CertificateDocument {
    fn from(one: Certificate) -> CertificateDocument {
        let kind = types::find(&one.type_id);
        CertificateDocument {
            type_name_en: kind.map_or("", |kind| kind.name_en).into(),
            type_name_zh: kind.map_or("", |kind| kind.name_zh).into(),
            days_left: expiry(one.valid_to, now().date()).days,
            id: one.id,
            supplier_id: one.supplier_id,
            r#type: one.type_id,
            number: one.number,
            issuer: one.issuer,
            scope: one.scope,
            holder: one.holder,
            site_id: one.site_id,
            document_id: one.document_id,
            valid_from: one.valid_from,
            valid_to: one.valid_to,
            status: one.status,
            renews_id: one.renews_id,
            by_supplier: one.by_supplier,
            recorded_by: one.recorded_name,
            submitted_at: one.submitted_at.and_utc(),
            return_comment: one.return_comment,
            method: one.method,
            decided_at: one.decided_at.map(|at| at.and_utc()),
            decided_by: one.decided_name,
            decision_note: one.decision_note,
            ended_at: one.ended_at.map(|at| at.and_utc()),
            ended_reason: one.ended_reason,
        }
    }
}

/// A certificate to record. Its file is one of the company's documents.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = NewCertificate)]
pub(super) struct CertificateBody {
    /// The id of a type that a company can hold.
    #[schema(required, max_length = 40, example = "iso14001")]
    r#type: String,
    #[schema(required, min_length = 1, max_length = 80)]
    number: String,
    /// The certification body or authority.
    #[schema(required, min_length = 1, max_length = 200)]
    issuer: String,
    /// What is certified.
    #[schema(max_length = 2000)]
    scope: String,
    /// The name on the certificate.
    #[schema(required, min_length = 1, max_length = 200)]
    holder: String,
    /// The site that it is about; left out for the whole company.
    #[schema(max_length = 40)]
    site_id: String,
    #[schema(required, format = Date, example = "2026-04-01")]
    valid_from: String,
    /// The last day on which it is valid. Left out for no end, which only licences may have.
    #[schema(format = Date, example = "2029-03-31")]
    valid_to: String,
    #[schema(required, max_length = 40)]
    document_id: String,
    /// The accepted certificate of the same type that it renews.
    #[schema(max_length = 40)]
    renews_id: String,
}

impl From<CertificateBody> for CertificateInput {
    fn from(body: CertificateBody) -> CertificateInput {
        let no_end = if body.valid_to.is_empty() { "on" } else { "" };
        CertificateInput {
            certificate_type: body.r#type,
            certificate_number: body.number,
            issuer: body.issuer,
            certificate_scope: body.scope,
            certificate_holder: body.holder,
            certificate_site: body.site_id,
            first_day: body.valid_from,
            last_day: body.valid_to,
            no_end: no_end.into(),
            document: body.document_id,
            renews: body.renews_id,
        }
    }
}

/// How a certificate was found to be true.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = CertificateAcceptance)]
pub(super) struct AcceptanceBody {
    /// `register` (looked up), `issuer` (asked) or `copy` (only the copy was looked at).
    #[schema(required)]
    method: String,
    /// Where it was looked up, or who answered. Needed for `register` and `issuer`.
    #[schema(max_length = 1000)]
    note: String,
}

impl From<AcceptanceBody> for AcceptanceInput {
    fn from(body: AcceptanceBody) -> AcceptanceInput {
        AcceptanceInput { check_method: body.method, check_note: body.note }
    }
}

/// What is asked for. The company is written to.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = CertificateReturn)]
pub(super) struct ReturnBody {
    #[schema(required, min_length = 1, max_length = 1000)]
    comment: String,
}

impl From<ReturnBody> for ReturnInput {
    fn from(body: ReturnBody) -> ReturnInput {
        ReturnInput { return_comment: body.comment }
    }
}

/// Why a certificate does not count. The company is told.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = CertificateReason)]
pub(super) struct ReasonBody {
    #[schema(required, min_length = 1, max_length = 1000)]
    reason: String,
}

impl From<ReasonBody> for RefusalInput {
    fn from(body: ReasonBody) -> RefusalInput {
        RefusalInput { refusal_reason: body.reason }
    }
}

impl From<ReasonBody> for WithdrawalInput {
    fn from(body: ReasonBody) -> WithdrawalInput {
        WithdrawalInput { withdrawal_reason: body.reason }
    }
}
