//! Standards and cases that tests of punishments begin with.

use chrono::{Days, Months, NaiveDate};
use diesel::prelude::*;
use touchstone::inspections::Severity::{self, Critical, Major, Minor};
use touchstone::punishments::body::Body;
use touchstone::punishments::cases::{DECIDE_DAYS, Interim};
use touchstone::punishments::standards::{self, Standard, Version};
use touchstone::punishments::{
    Case, Ground, Held, Measure, MemberStatus, Orders, Origin, Reach, Release, Status, Step,
    StepKind,
};
use touchstone::schema::{
    punishment_cases, punishment_interims, punishment_members, punishment_standard_versions,
    punishment_standards, punishment_steps,
};
use touchstone::suppliers::Supplier;
use touchstone::values::{new_id, now};

use crate::certified::today;
use crate::support::{Person, TestApp};

/// What is said of every case, for tests that look for it.
pub const FACTS: &str = "Seen by two witnesses at the gate";

/// A violation and its names.
type Names = (&'static str, &'static str, &'static str);

/// Violation, its names, severity, measure, terms, reach, orders, body, days (notice, reply, appeal, interim),
/// release, points.
type Line = (
    Names,
    Severity,
    Measure,
    (i64, Option<i64>),
    Reach,
    Orders,
    Body,
    (i64, i64, i64, i64),
    Release,
    i64,
);

const LATE: Names = ("late_delivery", "Late or failed delivery", "交付违约");
const QUALITY: Names = ("quality", "Quality or service failure", "质量或服务不合格");
const FALSE: Names = ("false_material", "False or forged material", "提供虚假材料");
const BRIBERY: Names = ("bribery", "Commercial bribery or kick-back", "商业贿赂");
const CHILDREN: Names = ("child_labour", "Child labour", "使用童工");
const SAFETY: Names = ("safety", "Health and safety breach", "安全生产违规");
const DATA: Names = ("data_breach", "Data leak or confidentiality breach", "数据泄露或泄密");
#[rustfmt::skip]
const LISTED: Names =
    ("money_laundering", "Money laundering, sanctions or terrorism list match", "洗钱或涉制裁涉恐名单");
const EVASION: Names = ("evasion", "Evading a measure through another entity", "借壳规避处罚");

/// The longest days: notice, reply, appeal, interim.
const LONG: (i64, i64, i64, i64) = (5, 10, 15, 30);

#[rustfmt::skip]
const LINES: [Line; 15] = [
    (LATE, Minor, Measure::Warning, (0, Some(0)), Reach::Nobody, Orders::Allowed, Body::Manager, (3, 5, 5, 0), Release::Never, 5),
    (LATE, Major, Measure::Rectification, (1, Some(3)), Reach::Nobody, Orders::Allowed, Body::Manager, (5, 10, 10, 0), Release::HalfTerm, 12),
    (LATE, Critical, Measure::Suspension, (3, Some(12)), Reach::Entity, Orders::Blocked, Body::Director, LONG, Release::HalfTerm, 25),
    (QUALITY, Major, Measure::Rectification, (1, Some(6)), Reach::Nobody, Orders::ExistingOnly, Body::Manager, (5, 10, 10, 0), Release::HalfTerm, 12),
    (QUALITY, Critical, Measure::Unqualified, (12, Some(24)), Reach::Entity, Orders::Blocked, Body::Director, LONG, Release::HalfTerm, 25),
    (FALSE, Major, Measure::Unqualified, (12, Some(24)), Reach::Controlled, Orders::Blocked, Body::Committee, (5, 10, 10, 0), Release::HalfTerm, 12),
    (FALSE, Critical, Measure::Blacklist, (36, Some(60)), Reach::WholeGroup, Orders::Blocked, Body::Committee, LONG, Release::HalfTerm, 25),
    (BRIBERY, Major, Measure::Blacklist, (36, Some(60)), Reach::WholeGroup, Orders::ExitPlan, Body::Committee, (5, 10, 10, 0), Release::HalfTerm, 12),
    (BRIBERY, Critical, Measure::Elimination, (60, None), Reach::WholeGroup, Orders::Terminate, Body::CommitteeAndBoard, LONG, Release::Review, 25),
    (CHILDREN, Critical, Measure::Remediation, (12, Some(60)), Reach::WholeGroup, Orders::UnderRemediation, Body::Committee, LONG, Release::HalfTerm, 25),
    (SAFETY, Critical, Measure::Blacklist, (24, Some(60)), Reach::Controlled, Orders::Blocked, Body::Committee, LONG, Release::HalfTerm, 25),
    (DATA, Minor, Measure::Rectification, (1, Some(3)), Reach::Nobody, Orders::Allowed, Body::Security, (3, 5, 5, 0), Release::HalfTerm, 5),
    (DATA, Major, Measure::Suspension, (6, Some(24)), Reach::Entity, Orders::ExistingOnly, Body::Security, (5, 10, 10, 0), Release::HalfTerm, 12),
    (LISTED, Critical, Measure::Elimination, (60, None), Reach::WholeGroup, Orders::Terminate, Body::Compliance, LONG, Release::Review, 25),
    (EVASION, Critical, Measure::Blacklist, (24, Some(60)), Reach::WholeGroup, Orders::ExitPlan, Body::Committee, LONG, Release::HalfTerm, 25),
];

/// Publishes a version with the usual standards, in force for more than a year. Its id.
pub fn standards(app: &TestApp) -> String {
    standards_from(app, today() - Days::new(400))
}

/// [`standards`], in force from a day.
pub fn standards_from(app: &TestApp, from: NaiveDate) -> String {
    let id = new_id();
    let version = Version {
        id: id.clone(),
        version: app.number("SELECT count(*) FROM punishment_standard_versions") + 1,
        status: standards::Status::Draft,
        note: String::new(),
        effective_from: Some(from),
        revision: 1,
        drafted_by: "test".into(),
        drafted_name: "Test".into(),
        created_at: now(),
        published_at: None,
        published_by: None,
        published_name: String::new(),
        ended_at: None,
        ended_by: None,
        ended_name: String::new(),
        ended_reason: String::new(),
    };
    let written = app.db().write_now(move |c| {
        diesel::insert_into(punishment_standard_versions::table).values(&version).execute(c)?;
        for (position, line) in (1..).zip(LINES) {
            let standard = row(&version.id, position, line);
            diesel::insert_into(punishment_standards::table).values(&standard).execute(c)?;
        }
        diesel::update(punishment_standard_versions::table.find(&version.id))
            .set((
                punishment_standard_versions::status.eq(standards::Status::Published),
                punishment_standard_versions::published_at.eq(now()),
                punishment_standard_versions::published_by.eq("test"),
                punishment_standard_versions::published_name.eq("Test"),
            ))
            .execute(c)?;
        Ok(())
    });
    written.expect("standards");
    id
}

fn row(version: &str, position: i64, line: Line) -> Standard {
    let (violation, severity, measure, terms, reach, orders, body, days, release, points) = line;
    Standard {
        id: new_id(),
        version_id: version.into(),
        position,
        violation: violation.0.into(),
        name_en: violation.1.into(),
        name_zh: violation.2.into(),
        severity,
        measure,
        measure_note_en: String::new(),
        measure_note_zh: String::new(),
        term_from: terms.0,
        term_to: terms.1,
        reach,
        orders,
        bars_data: violation == DATA && severity != Minor,
        body,
        notice_days: days.0,
        reply_days: days.1,
        appeal_days: days.2,
        interim_days: days.3,
        release,
        recertifies: measure >= Measure::Unqualified,
        points,
    }
}

/// The standard of a violation and severity in the version in force today; the usual ones are published where
/// there are none.
pub fn standard(app: &TestApp, violation: &str, severity: Severity) -> Standard {
    if app.number("SELECT count(*) FROM punishment_standard_versions") == 0 {
        standards(app);
    }
    let violation = violation.to_string();
    let found = app.db().read_now(move |c| {
        let version = standards::in_force(c, today())?.expect("a version");
        let all = standards::standards_of(c, &version.id)?;
        Ok(all.into_iter().find(|one| one.violation == violation && one.severity == severity))
    });
    found.expect("standards").expect("a standard of this violation and severity")
}

/// A case that was proposed today, by nobody of the test's people.
pub fn case(app: &TestApp, supplier: &Supplier, violation: &str, severity: Severity) -> Case {
    let row = new(app, supplier, &standard(app, violation, severity));
    put(app, row)
}

/// [`case`], proposed by somebody.
pub fn case_by(
    app: &TestApp,
    by: &Person,
    supplier: &Supplier,
    violation: &str,
    severity: Severity,
) -> Case {
    let row = new(app, supplier, &standard(app, violation, severity));
    put(app, Case { proposed_by: by.account_id.clone(), ..row })
}

/// A case whose notice was served today: the company may reply.
pub fn served(app: &TestApp, supplier: &Supplier, violation: &str, severity: Severity) -> Case {
    let standard = standard(app, violation, severity);
    let row = serve(new(app, supplier, &standard), &standard, today());
    put(app, row)
}

/// A case whose notice was served 20 days ago, and to which the company has replied: a ballot may be opened.
pub fn heard(app: &TestApp, supplier: &Supplier, violation: &str, severity: Severity) -> Case {
    put(app, hear(app, supplier, violation, severity))
}

/// [`heard`], proposed by somebody.
pub fn heard_by(
    app: &TestApp,
    by: &Person,
    supplier: &Supplier,
    violation: &str,
    severity: Severity,
) -> Case {
    let row = hear(app, supplier, violation, severity);
    put(app, Case { proposed_by: by.account_id.clone(), ..row })
}

fn hear(app: &TestApp, supplier: &Supplier, violation: &str, severity: Severity) -> Case {
    let standard = standard(app, violation, severity);
    let row = serve(new(app, supplier, &standard), &standard, today() - Days::new(20));
    Case { replied_at: Some(now() - chrono::Duration::days(15)), ..row }
}

/// A case whose measure holds since today for the shortest term of its standard.
pub fn in_force(app: &TestApp, supplier: &Supplier, violation: &str, severity: Severity) -> Case {
    let standard = standard(app, violation, severity);
    let to = match standard.term_to {
        None => NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day"),
        Some(0) => today() + Days::new(standard.appeal_days as u64 + 1),
        Some(_) => today() + Months::new(standard.term_from as u32),
    };
    in_force_between(app, supplier, &standard, today(), to)
}

/// A case whose measure holds from a day until before another.
pub fn in_force_between(
    app: &TestApp,
    supplier: &Supplier,
    standard: &Standard,
    from: NaiveDate,
    to: NaiveDate,
) -> Case {
    let row = serve(new(app, supplier, standard), standard, from - Days::new(20));
    let made = put(
        app,
        Case {
            status: Status::InForce,
            replied_at: row.served_at,
            decided_at: from.and_hms_opt(9, 0, 0),
            measure: Some(standard.measure),
            orders: Some(standard.orders),
            bars_data: standard.bars_data,
            from_on: Some(from),
            to_on: Some(to),
            appeal_by: Some(from + Days::new(standard.appeal_days as u64)),
            ..row
        },
    );
    member(app, &made, supplier, Ground::Principal, MemberStatus::Included);
    made
}

/// A company of the group of a case, with the dates of the case where it is held. Its row's id.
pub fn member(
    app: &TestApp,
    case: &Case,
    supplier: &Supplier,
    ground: Ground,
    status: MemberStatus,
) -> String {
    let is_held = matches!(status, MemberStatus::Included | MemberStatus::Left);
    let row = Held {
        id: new_id(),
        case_id: case.id.clone(),
        supplier_id: supplier.id.clone(),
        ground,
        status,
        reason: "Because".into(),
        from_on: case.from_on.filter(|_| is_held),
        to_on: case.to_on.filter(|_| is_held),
        found_at: now(),
        left_at: None,
        settled_at: None,
        settled_by: None,
        settled_name: String::new(),
    };
    let id = row.id.clone();
    let insert = diesel::insert_into(punishment_members::table).values(row);
    app.db().write_now(move |c| Ok(insert.execute(c)?)).expect("a member");
    id
}

/// An interim measure that holds from today for some days. Its id.
pub fn interim(app: &TestApp, case: &Case, days: u64) -> String {
    let row = Interim {
        id: new_id(),
        case_id: case.id.clone(),
        supplier_id: case.supplier_id.clone(),
        orders: Orders::Blocked,
        from_on: today(),
        to_on: today() + Days::new(days),
        reason: "It cannot wait".into(),
        imposed_by: "imposer".into(),
        imposed_name: "Test imposer".into(),
        imposed_at: now(),
        reviewed_at: None,
        reviewed_by: None,
        reviewed_name: String::new(),
        ended_on: None,
        ended_reason: String::new(),
    };
    let id = row.id.clone();
    let insert = diesel::insert_into(punishment_interims::table).values(row);
    app.db().write_now(move |c| Ok(insert.execute(c)?)).expect("an interim measure");
    id
}

/// A case as it stands now.
pub fn find(app: &TestApp, id: &str) -> Case {
    let id = id.to_string();
    let found = app.db().read_now(move |c| {
        Ok(punishment_cases::table.find(&id).select(Case::as_select()).first(c)?)
    });
    found.expect("a case")
}

/// Where a case stands.
pub fn status(app: &TestApp, id: &str) -> Status {
    find(app, id).status
}

/// A case as it is proposed today, of a deed ten days ago: not yet written.
pub fn new(app: &TestApp, supplier: &Supplier, standard: &Standard) -> Case {
    Case {
        id: new_id(),
        number: app.number("SELECT count(*) FROM punishment_cases") + 1,
        supplier_id: supplier.id.clone(),
        standard_id: standard.id.clone(),
        violation: standard.violation.clone(),
        severity: standard.severity,
        origin: Origin::ByHand,
        effect_id: None,
        area: supplier.area.clone(),
        deed_on: today() - Days::new(10),
        facts: FACTS.into(),
        status: Status::Proposed,
        proposed_by: "proposer".into(),
        proposed_name: "Test proposer".into(),
        proposed_at: now(),
        notice_by: today() + Days::new(standard.notice_days as u64),
        served_at: None,
        reply_by: None,
        replied_at: None,
        decide_by: None,
        decided_at: None,
        measure: None,
        orders: None,
        bars_data: false,
        from_on: None,
        to_on: None,
        appeal_by: None,
        appealed_at: None,
        hear_by: None,
        ended_at: None,
        ended_reason: String::new(),
        reminded_on: None,
    }
}

fn serve(row: Case, standard: &Standard, day: NaiveDate) -> Case {
    let reply_by = day + Days::new(standard.reply_days as u64);
    Case {
        status: Status::Served,
        served_at: day.and_hms_opt(9, 0, 0),
        reply_by: Some(reply_by),
        decide_by: Some(reply_by + Days::new(DECIDE_DAYS)),
        ..row
    }
}

/// Writes a case down, with its first step.
pub fn put(app: &TestApp, row: Case) -> Case {
    let step = Step {
        id: new_id(),
        case_id: row.id.clone(),
        kind: StepKind::Proposed,
        body: row.facts.clone(),
        by_supplier: false,
        is_shown: false,
        actor_id: row.proposed_by.clone(),
        actor_name: row.proposed_name.clone(),
        at: row.proposed_at,
    };
    let made = row.clone();
    let written = app.db().write_now(move |c| {
        diesel::insert_into(punishment_cases::table).values(&row).execute(c)?;
        diesel::insert_into(punishment_steps::table).values(&step).execute(c)?;
        Ok(())
    });
    written.expect("a case");
    made
}
