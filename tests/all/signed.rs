//! Clauses, signatories and signatures that tests of clauses begin with.

use chrono::NaiveDate;
use diesel::prelude::*;
use touchstone::access::Role;
use touchstone::clauses::duties::{Duty, DutyKind};
use touchstone::clauses::rights::{RightStatus, Signatory, SigningRight, signatory as may_sign};
use touchstone::clauses::signatures::{Confirmation, Fact, Reading, Signature, append};
use touchstone::clauses::standing::{self, Standing};
use touchstone::clauses::{self, Clause, Status, Version, Whom};
use touchstone::schema::{
    authentications, clause_duties, clause_versions, clauses as table, people, signing_rights,
};
use touchstone::suppliers;
use touchstone::suppliers::people::{Paper, Part};
use touchstone::texts::Language;
use touchstone::values::{new_id, now, sha256_hex};

use crate::certified::today;
use crate::support::{Person, TestApp, vault};

/// A published version of the clause of a code, in force from a day, which every supplier must sign.
/// The clause is made when there is none. The version's id.
pub fn published(app: &TestApp, code: &str, from: NaiveDate) -> String {
    published_for(app, code, from, Whom::All, &[])
}

/// The same for those to whom one of the duties applies.
pub fn published_for(
    app: &TestApp,
    code: &str,
    from: NaiveDate,
    whom: Whom,
    duties: &[(DutyKind, &str)],
) -> String {
    let (code, id) = (code.to_string(), new_id());
    let duties: Vec<Duty> = duties
        .iter()
        .map(|(kind, subject)| Duty {
            id: new_id(),
            version_id: id.clone(),
            kind: *kind,
            subject: subject.to_string(),
        })
        .collect();
    let version_id = id.clone();
    let written = app.db().write_now(move |c| {
        let known: Option<String> =
            table::table.filter(table::code.eq(&code)).select(table::id).first(c).optional()?;
        let clause_id = match known {
            Some(id) => id,
            None => {
                let clause = Clause {
                    id: new_id(),
                    code: code.clone(),
                    position: 1,
                    name_en: format!("Clause {code}"),
                    name_zh: format!("条款 {code}"),
                    created_by: "test".into(),
                    created_name: "Test".into(),
                    created_at: now(),
                };
                diesel::insert_into(table::table).values(&clause).execute(c)?;
                clause.id
            }
        };
        let number = clauses::versions_of(c, &clause_id)?.len() as i64 + 1;
        let text_en = format!("# {code}\n\nWe promise, version {number}.\n\n- one\n- two\n");
        let text_zh = format!("# {code}\n\n我方承诺，第 {number} 版。\n\n- 一\n- 二\n");
        let draft = Version {
            id: version_id.clone(),
            clause_id,
            version: number,
            status: Status::Draft,
            sha256_en: sha256_hex(&text_en),
            sha256_zh: sha256_hex(&text_zh),
            text_en,
            text_zh,
            note: String::new(),
            whom,
            effective_from: Some(from),
            revision: 1,
            drafted_by: "test".into(),
            drafted_name: "Test".into(),
            created_at: now(),
            reviewed_at: Some(now()),
            reviewed_by: Some("test".into()),
            reviewed_name: "Test".into(),
            review_note: String::new(),
            published_at: None,
            published_by: None,
            published_name: String::new(),
            ended_at: None,
            ended_by: None,
            ended_name: String::new(),
            ended_reason: String::new(),
        };
        diesel::insert_into(clause_versions::table).values(&draft).execute(c)?;
        for duty in &duties {
            diesel::insert_into(clause_duties::table).values(duty).execute(c)?;
        }
        diesel::update(clause_versions::table.find(&version_id))
            .set((
                clause_versions::status.eq(Status::Published),
                clause_versions::published_at.eq(now()),
                clause_versions::published_by.eq("test"),
                clause_versions::published_name.eq("Test"),
            ))
            .execute(c)?;
        Ok(())
    });
    written.expect("a clause");
    id
}

/// Somebody of a company who may sign for it: an account with a granted right, as the legal
/// representative, who is authenticated.
pub fn signatory(app: &TestApp, supplier: &str) -> Person {
    let person = app.supplier_person(Role::SupplierOwner, supplier);
    let (supplier, account, id) = (supplier.to_string(), person.account_id.clone(), new_id());
    let written = app.db().write_now(move |c| {
        diesel::insert_into(people::table)
            .values((
                people::id.eq(&id),
                people::supplier_id.eq(&supplier),
                people::role.eq(Part::LegalRepresentative),
                people::name.eq("Li Wei"),
                people::country.eq("DE"),
                people::paper.eq(Paper::Passport),
                people::number_sealed.eq(""),
                people::number_hint.eq(""),
                people::number_mark.eq(""),
                people::recorded_by.eq("test"),
                people::created_at.eq(now()),
            ))
            .execute(c)?;
        diesel::insert_into(authentications::table)
            .values((
                authentications::id.eq(new_id()),
                authentications::supplier_id.eq(&supplier),
                authentications::person_id.eq(&id),
                authentications::method.eq("in_person"),
                authentications::status.eq("verified"),
                authentications::evidence.eq("seen"),
                authentications::secret_sealed.eq(""),
                authentications::tries.eq(0),
                authentications::begun_by.eq("test"),
                authentications::begun_name.eq("Test"),
                authentications::created_at.eq(now()),
                authentications::verified_at.eq(now()),
                authentications::verified_by.eq("test-2"),
                authentications::verified_name.eq("Test 2"),
                authentications::verification_note.eq(""),
                authentications::valid_to.eq(today() + chrono::Duration::days(700)),
                authentications::ended_name.eq(""),
                authentications::ended_reason.eq(""),
            ))
            .execute(c)?;
        let right = SigningRight {
            id: new_id(),
            supplier_id: supplier,
            person_id: id,
            account_id: account.clone(),
            status: RightStatus::Granted,
            basis: "Legal representative".into(),
            document_id: None,
            requested_by: account,
            requested_name: "Test".into(),
            created_at: now(),
            decided_at: Some(now()),
            decided_by: Some("test".into()),
            decided_name: "Test".into(),
            decision_note: String::new(),
            ended_at: None,
            ended_by: None,
            ended_name: String::new(),
            ended_reason: String::new(),
        };
        diesel::insert_into(signing_rights::table).values(&right).execute(c)?;
        Ok(())
    });
    written.expect("a signatory");
    person
}

/// Signs a version in the name of a company as its signatory, past the portal.
pub fn sign(app: &TestApp, supplier: &str, version: &str, by: &Person) -> Signature {
    let (supplier, version) = (supplier.to_string(), version.to_string());
    let account = by.account_id.clone();
    let signed = app.db().write_now(move |c| {
        let company = suppliers::find(c, &touchstone::access::Scope::Everything, &supplier)?;
        let (version, clause) = clauses::find_version(c, &version)?;
        let one: Signatory = may_sign(c, &supplier, &account)?.expect("a signatory");
        let mut actor = touchstone::access::Actor::command_line();
        actor.account_id = account.clone();
        actor.name = "Test owner".into();
        append(
            c,
            &actor,
            &vault(),
            &Fact {
                supplier: &company,
                version: &version,
                clause: &clause,
                language: Language::English,
                authority: &one.right.basis,
                signatory: Some(&one),
                typed_name: "Li Wei",
                typed_title: "Managing director",
                confirmation: Confirmation::Password,
                reading: Reading::Seen,
                time_zone: "Asia/Shanghai",
                address: "192.0.2.1",
                agent: "test",
                paper: None,
            },
        )
    });
    signed.expect("a signature")
}

/// How a company stands to the clause of a code on a day.
pub fn stands(app: &TestApp, supplier: &str, code: &str, day: NaiveDate) -> Standing {
    let (supplier, code) = (supplier.to_string(), code.to_string());
    let found = app.db().read_now(move |c| {
        let published = standing::published(c)?;
        let clause = published.by_code(&code).expect("a clause").id.clone();
        Ok(standing::load(c, &[&supplier])?[&supplier].standing(&published, &clause, day))
    });
    found.expect("a standing")
}

#[test]
fn a_new_version_asks_again_from_its_day_on_and_past_days_stay_as_they_were() {
    let app = TestApp::new();
    let company = app.company("Signing Works GmbH", "DE");
    let day = |n: i64| today() + chrono::Duration::days(n);
    let first = published(&app, "anti_bribery", day(-10));
    assert_eq!(stands(&app, &company.id, "anti_bribery", today()), Standing::MustSign);
    assert_eq!(stands(&app, &company.id, "anti_bribery", day(-11)), Standing::NotAsked);
    let by = signatory(&app, &company.id);
    let one = sign(&app, &company.id, &first, &by);
    assert_eq!((one.sequence, one.previous_hash.as_str()), (1, "beginning"));
    assert_eq!(stands(&app, &company.id, "anti_bribery", today()), Standing::Signed);
    assert_eq!(stands(&app, &company.id, "anti_bribery", day(-1)), Standing::MustSign);
    let second = published(&app, "anti_bribery", day(5));
    assert_eq!(stands(&app, &company.id, "anti_bribery", day(4)), Standing::Signed);
    assert_eq!(stands(&app, &company.id, "anti_bribery", day(5)), Standing::MustSignAgain);
    let two = sign(&app, &company.id, &second, &by);
    assert_eq!((two.sequence, two.previous_hash), (2, one.hash));
    assert_eq!(stands(&app, &company.id, "anti_bribery", day(5)), Standing::Signed);
}

#[test]
fn only_those_to_whom_a_duty_applies_must_sign() {
    let app = TestApp::new();
    let inside = app.company("Kunming Works", "530000");
    let outside = app.company("Hamburg Works", "DE");
    let duties = [(DutyKind::Area, "CN"), (DutyKind::DataAccess, "")];
    published_for(&app, "information_security", today(), Whom::Some, &duties);
    let stands = |id: &str| stands(&app, id, "information_security", today());
    assert_eq!(stands(&inside.id), Standing::MustSign);
    assert_eq!(stands(&outside.id), Standing::NotAsked);
    published_for(&app, "labour_rights", today(), Whom::Nobody, &[]);
    assert_eq!(self::stands(&app, &inside.id, "labour_rights", today()), Standing::NotAsked);
}

#[test]
fn the_database_itself_refuses_to_change_what_was_signed_or_published() {
    let app = TestApp::new();
    let company = app.company("Signing Works GmbH", "DE");
    let version = published(&app, "anti_bribery", today());
    let by = signatory(&app, &company.id);
    sign(&app, &company.id, &version, &by);
    for change in [
        "UPDATE signatures SET typed_name = 'Another'",
        "DELETE FROM signatures",
        "UPDATE signing_keys SET public_key = 'x'",
        "DELETE FROM signing_keys",
        "UPDATE clause_versions SET text_en = 'We promise nothing.'",
        "UPDATE clause_versions SET effective_from = NULL",
        "DELETE FROM clause_versions",
        "INSERT INTO clause_duties (id, version_id, kind, subject) \
         SELECT 'x', id, 'area', 'CN' FROM clause_versions",
    ] {
        assert!(app.tamper(change).is_err(), "{change}");
    }
    assert_eq!(app.number("SELECT count(*) FROM signatures WHERE typed_name = 'Li Wei'"), 1);
}
