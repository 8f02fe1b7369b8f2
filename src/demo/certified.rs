//! Rows of invented audits, certificates, authentications and certifications, as old as they pretend
//! to be.

use chrono::{Days, Months, NaiveDate};
use diesel::prelude::*;

use super::certification::{Company, Staff, day, morning};
use super::random::Random;
use crate::certification::basic::{self, AuditSection, BasicAudit, Outcome, Source};
use crate::certification::category::{Certification, Check, Status, Verdict};
use crate::certification::certificates::{self, Certificate, Method, types};
use crate::certification::demands::Demand;
use crate::certification::standards::Standard;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::onboarding::registration::Section;
use crate::schema::{
    basic_audit_sections, basic_audits, certificates as certificate_rows, certification_checks,
    certifications,
};
use crate::values::new_id;

/// Nobody issues certificates under this name.
const ISSUER: &str = "样例认证中心 Sample Certification Body";
/// For how many months basic information is certified.
const AUDITED_FOR: u32 = 36;

/// From a day to a day, both included.
#[derive(Clone, Copy)]
pub struct Term {
    pub from: NaiveDate,
    pub until: NaiveDate,
}

/// The audit of a company's basic information, decided some days before `by`. One in thirty is being
/// audited anew beside it.
pub fn basic_audit(
    c: &mut AnyConnection,
    random: &mut Random,
    staff: &Staff,
    company: &Company,
    number: i64,
    by: NaiveDate,
) -> Result<(), Error> {
    let decided = by - Days::new(3 + random.below(40) as u64);
    write_audit(c, staff, company, 2 * number - 1, basic::Status::Certified, decided)?;
    let again = match random.below(120) {
        0 | 1 => basic::Status::Open,
        2 | 3 => basic::Status::Proposed,
        4 => basic::Status::Failed,
        5 => basic::Status::Withdrawn,
        _ => return Ok(()),
    };
    write_audit(c, staff, company, 2 * number, again, day(-(2 + random.below(20) as i64)))
}

fn write_audit(
    c: &mut AnyConnection,
    staff: &Staff,
    company: &Company,
    number: i64,
    status: basic::Status,
    on: NaiveDate,
) -> Result<(), Error> {
    use basic::Status::*;
    let is_proposed = !matches!(status, Open | Withdrawn);
    let is_decided = matches!(status, Certified | Failed);
    let is_ended = status == Withdrawn;
    let (officer, approver) = (&staff.officer, &staff.approver);
    let until = on.checked_add_months(Months::new(AUDITED_FOR)).and_then(|day| day.pred_opt());
    let certified = status == Certified;
    let audit = BasicAudit {
        id: new_id(),
        number,
        supplier_id: company.id.clone(),
        status,
        opened_by: officer.account_id.clone(),
        opened_name: officer.name.clone(),
        created_at: morning(on - Days::new(2)),
        outcome: match status {
            Failed => Outcome::Failed,
            _ if is_proposed => Outcome::Certified,
            _ => Outcome::None,
        },
        proposed_at: is_proposed.then(|| morning(on - Days::new(1))),
        proposed_by: is_proposed.then(|| officer.account_id.clone()),
        proposed_name: if is_proposed { officer.name.clone() } else { String::new() },
        proposal_note: String::new(),
        decided_at: is_decided.then(|| morning(on)),
        decided_by: is_decided.then(|| approver.account_id.clone()),
        decided_name: if is_decided { approver.name.clone() } else { String::new() },
        decision_note: String::new(),
        valid_from: certified.then_some(on),
        valid_to: until.filter(|_| certified),
        ended_at: is_ended.then(|| morning(on)),
        ended_by: is_ended.then(|| officer.account_id.clone()),
        ended_name: if is_ended { officer.name.clone() } else { String::new() },
        ended_reason: if is_ended {
            "企业正在搬迁。 The company is moving.".into()
        } else {
            String::new()
        },
    };
    diesel::insert_into(basic_audits::table).values(&audit).execute(c)?;
    for (position, section) in Section::ALL.iter().enumerate() {
        let is_examined = is_proposed || position < 3;
        let differs = status == Failed && *section == Section::Company;
        let row = AuditSection {
            id: new_id(),
            audit_id: audit.id.clone(),
            section: *section,
            verdict: match (is_examined, differs) {
                (false, _) => basic::Verdict::None,
                (true, true) => basic::Verdict::Differs,
                (true, false) => basic::Verdict::Confirmed,
            },
            source: if is_examined { source_of(*section) } else { Source::None },
            evidence: if is_examined {
                "样例：已核对。 Sample: compared.".into()
            } else {
                String::new()
            },
            document_id: None,
            examined_at: is_examined.then(|| morning(on - Days::new(1))),
            examined_by: is_examined.then(|| officer.account_id.clone()),
            examined_name: if is_examined { officer.name.clone() } else { String::new() },
        };
        diesel::insert_into(basic_audit_sections::table).values(&row).execute(c)?;
    }
    Ok(())
}

fn source_of(section: Section) -> Source {
    match section {
        Section::Company | Section::Ownership => Source::PublicRegister,
        Section::Bank => Source::BankLetter,
        Section::Contacts => Source::CallBack,
        _ => Source::LicenceCopy,
    }
}

/// A certificate of a type, held since before `from`: it ran out lately, or it holds for a while. Now
/// and then its renewal is on its way.
pub fn certificate(
    c: &mut AnyConnection,
    random: &mut Random,
    staff: &Staff,
    company: &Company,
    of_type: &str,
    from: NaiveDate,
    is_out: bool,
) -> Result<(), Error> {
    let until = match random.below(40) {
        _ if is_out => day(-(1 + random.below(50) as i64)),
        0 => day(2 + random.below(6) as i64),
        1 | 2 => day(8 + random.below(50) as i64),
        _ => day(60 + random.below(900) as i64),
    };
    let usual = types::find(of_type).and_then(|one| one.usual_months).unwrap_or(36);
    let began = until.checked_sub_months(Months::new(usual)).map_or(from, |day| day.min(from));
    let term = Term { from: began - Days::new(10), until };
    let number = format!("SAMPLE-{}-{}", of_type.to_uppercase(), random.digits(7));
    let status = certificates::Status::Accepted;
    let old = write_certificate(c, staff, company, of_type, &number, term, (status, None))?;
    let status = match random.below(60) {
        0 | 1 => certificates::Status::Submitted,
        2 => certificates::Status::Returned,
        3 => certificates::Status::Refused,
        4 => certificates::Status::Withdrawn,
        _ => return Ok(()),
    };
    let next = Term { from: day(-20), until: day(1_075) };
    let number = format!("{number}-R1");
    write_certificate(c, staff, company, of_type, &number, next, (status, Some(old)))?;
    Ok(())
}

fn write_certificate(
    c: &mut AnyConnection,
    staff: &Staff,
    company: &Company,
    of_type: &str,
    number: &str,
    term: Term,
    (status, renews_id): (certificates::Status, Option<String>),
) -> Result<String, Error> {
    use certificates::Status::*;
    let is_decided = matches!(status, Accepted | Refused | Withdrawn);
    let (is_returned, is_ended) = (status == Returned, status == Withdrawn);
    let (officer, approver) = (&staff.officer, &staff.approver);
    let name = |yes: bool, name: &str| if yes { name.to_string() } else { String::new() };
    let recorded = term.from + Days::new(5);
    let certificate = Certificate {
        id: new_id(),
        supplier_id: company.id.clone(),
        type_id: of_type.into(),
        number: number.into(),
        number_key: number.replace('-', ""),
        issuer: ISSUER.into(),
        scope: String::new(),
        holder: company.legal_name.clone(),
        site_id: None,
        document_id: None,
        valid_from: term.from,
        valid_to: Some(term.until),
        status,
        renews_id,
        by_supplier: false,
        recorded_by: officer.account_id.clone(),
        recorded_name: officer.name.clone(),
        created_at: morning(recorded),
        submitted_at: morning(recorded),
        returned_at: is_returned.then(|| morning(day(-4))),
        returned_name: name(is_returned, &approver.name),
        return_comment: name(
            is_returned,
            "扫描件第二页不清晰。 Page 2 of the scan cannot be read.",
        ),
        method: if is_decided { Method::Register } else { Method::Unchecked },
        decided_at: is_decided.then(|| morning(recorded)),
        decided_by: is_decided.then(|| approver.account_id.clone()),
        decided_name: name(is_decided, &approver.name),
        decision_note: name(status == Refused, "查无此证。 The issuer knows no such certificate."),
        ended_at: is_ended.then(|| morning(day(-2))),
        ended_by: is_ended.then(|| approver.account_id.clone()),
        ended_name: name(is_ended, &approver.name),
        ended_reason: name(is_ended, "发证机构撤销。 The issuer took it back."),
    };
    diesel::insert_into(certificate_rows::table).values(&certificate).execute(c)?;
    Ok(certificate.id)
}

/// A certification that has come as far as `state`. Returns its id.
pub fn certification(
    c: &mut AnyConnection,
    staff: &Staff,
    company: &Company,
    (standard, demands): (&Standard, &[Demand]),
    number: i64,
    state: Status,
    term: Term,
) -> Result<String, Error> {
    use Status::*;
    // Those that lack something are suspended by the register itself.
    let status = if state == Suspended { Certified } else { state };
    let is_given = matches!(status, Certified | Lapsed | Revoked);
    let is_decided = is_given || status == Declined;
    let is_audited = is_decided || status == Audited;
    let is_ended = matches!(status, Lapsed | Revoked | Withdrawn);
    let is_returned = status == Returned;
    let applied = if is_given { term.from - Days::new(30) } else { day(-12) };
    let decided = if is_given { term.from } else { day(-3) };
    let (officer, approver) = (&staff.officer, &staff.approver);
    let name = |yes: bool, name: &str| if yes { name.to_string() } else { String::new() };
    let certification = Certification {
        id: new_id(),
        number,
        supplier_id: company.id.clone(),
        category_id: company.category.clone(),
        standard_id: standard.id.clone(),
        status,
        renews_id: None,
        by_supplier: false,
        applied_by: officer.account_id.clone(),
        applied_name: officer.name.clone(),
        applied_at: morning(applied),
        note: String::new(),
        returned_at: is_returned.then(|| morning(day(-5))),
        returned_by: is_returned.then(|| officer.account_id.clone()),
        returned_name: name(is_returned, &officer.name),
        return_comment: name(
            is_returned,
            "请补充最近一次监督审核报告。 Please add the latest surveillance report.",
        ),
        audited_at: is_audited.then(|| morning(decided - Days::new(2))),
        audited_by: is_audited.then(|| officer.account_id.clone()),
        audited_name: name(is_audited, &officer.name),
        audit_note: String::new(),
        decided_at: is_decided.then(|| morning(decided)),
        decided_by: is_decided.then(|| approver.account_id.clone()),
        decided_name: name(is_decided, &approver.name),
        decision_note: name(status == Declined, "样品不合格。 The samples failed."),
        valid_from: is_given.then_some(term.from),
        valid_to: is_given.then_some(term.until),
        ended_at: is_ended.then(|| ended_at(status, term)),
        ended_by: is_ended.then(|| approver.account_id.clone()),
        ended_name: name(is_ended, &approver.name),
        ended_reason: name(status == Revoked, "提供虚假检测报告。 A test report was forged."),
    };
    diesel::insert_into(certifications::table).values(&certification).execute(c)?;
    for demand in demands.iter().filter(|_| is_audited) {
        let check = Check {
            id: new_id(),
            certification_id: certification.id.clone(),
            demand_id: demand.id.clone(),
            verdict: Verdict::Met,
            note: name(demand.kind.is_by_hand(), "样例：已核对。 Sample: seen."),
            checked_by: officer.account_id.clone(),
            checked_name: officer.name.clone(),
            created_at: morning(decided - Days::new(2)),
        };
        diesel::insert_into(certification_checks::table).values(&check).execute(c)?;
    }
    Ok(certification.id)
}

fn ended_at(status: Status, term: Term) -> chrono::NaiveDateTime {
    match status {
        Status::Lapsed => morning(term.until + Days::new(1)),
        _ => morning(day(-10)),
    }
}
