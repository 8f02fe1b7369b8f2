//! Whatever is changed behind the back of the chain of signatures, its verification names the record.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use touchstone::access::Actor;
use touchstone::clauses::Whom;
use touchstone::clauses::duties::DutyKind;
use touchstone::clauses::signatures::BEGINNING;
use touchstone::db::AnyConnection;
use touchstone::proof::checkpoints::todays;
use touchstone::proof::signatures::{Broken, Flaw, Verdict, verify};

use crate::certified::today;
use crate::signed::{published, published_for, sign, signatory};
use crate::support::{TestApp, vault};

/// The tables that hold the proof.
const TABLES: [&str; 8] = [
    "audit_records",
    "checkpoints",
    "clause_versions",
    "clauses",
    "signature_holders",
    "signature_voids",
    "signatures",
    "signing_keys",
];

/// A register with three signatures, and somebody who owns its database.
pub struct Chain {
    pub app: TestApp,
    /// Ids of the company that signed the second, of one that signed nothing, and of the version that
    /// only the second is under.
    pub company: String,
    pub other: String,
    pub version: String,
    owner: AnyConnection,
}

impl Chain {
    pub fn new() -> Chain {
        let app = TestApp::new();
        let [first, second] =
            ["anti_bribery", "labour_rights"].map(|code| published(&app, code, today()));
        let [one, two, other] =
            ["One Works", "Two Works", "Three Works"].map(|name| app.company(name, "DE").id);
        let (by_one, by_two) = (signatory(&app, &one), signatory(&app, &two));
        sign(&app, &one, &first, &by_one);
        sign(&app, &two, &second, &by_two);
        sign(&app, &two, &first, &by_two);
        let owner = Chain::owner(&app);
        let mut chain = Chain { app, company: two, other, version: second, owner };
        chain.save();
        assert!(matches!(chain.verdict(), Verdict::Sound { signatures: 3, checkpoints: 0, .. }));
        chain
    }

    /// A connection for which the database's own rules do not hold.
    fn owner(app: &TestApp) -> AnyConnection {
        let url = app.database_url();
        if app.is_postgres() {
            let mut owner = AnyConnection::Postgres(PgConnection::establish(&url).unwrap());
            owner.batch_execute("SET session_replication_role = replica").unwrap();
            return owner;
        }
        let names = TABLES.map(|name| format!("'{name}'")).join(", ");
        let triggers = app.text(&format!(
            "SELECT group_concat('DROP TRIGGER ' || name, ';') FROM sqlite_master \
             WHERE type = 'trigger' AND tbl_name IN ({names})"
        ));
        let mut owner = AnyConnection::Sqlite(SqliteConnection::establish(&url).unwrap());
        owner.batch_execute("PRAGMA foreign_keys = OFF; PRAGMA busy_timeout = 5000").unwrap();
        owner.batch_execute(&triggers).unwrap();
        owner
    }

    /// Remembers what the tables hold now.
    pub fn save(&mut self) {
        for table in TABLES {
            self.change(&format!("DROP TABLE IF EXISTS saved_{table}"));
            self.change(&format!("CREATE TABLE saved_{table} AS SELECT * FROM {table}"));
        }
    }

    pub fn restore(&mut self) {
        for table in TABLES {
            self.change(&format!(
                "DELETE FROM {table}; INSERT INTO {table} SELECT * FROM saved_{table}"
            ));
        }
        assert!(matches!(self.verdict(), Verdict::Sound { .. }));
    }

    #[track_caller]
    pub fn change(&mut self, statements: &str) {
        self.owner.batch_execute(statements).expect(statements);
    }

    pub fn verdict(&self) -> Verdict {
        self.app.db().read_now(|c| verify(c, &[])).expect("a verdict")
    }

    #[track_caller]
    fn broken(&self, change: &str) -> Broken {
        match self.verdict() {
            Verdict::Broken(broken) => broken,
            sound => panic!("{change}: {sound:?}"),
        }
    }

    /// Makes a change, and undoes it. What the verification says of it.
    #[track_caller]
    pub fn after(&mut self, change: &str) -> Broken {
        self.change(change);
        let broken = self.broken(change);
        self.restore();
        broken
    }

    /// The columns of a table.
    fn columns(&self, table: &str) -> Vec<String> {
        let query = match self.app.is_postgres() {
            true => format!(
                "SELECT string_agg(column_name, ',') FROM information_schema.columns \
                 WHERE table_name = '{table}' AND table_schema = 'public'"
            ),
            false => format!("SELECT group_concat(name) FROM pragma_table_info('{table}')"),
        };
        let mut names: Vec<String> = self.app.text(&query).split(',').map(str::to_string).collect();
        names.sort();
        names
    }

    /// Fails unless there is a change for each column of a table.
    pub fn cover(&self, table: &str, changes: &[(&str, &str)]) {
        let mut changed: Vec<String> =
            changes.iter().map(|(column, _)| column.to_string()).collect();
        changed.sort();
        changed.dedup();
        assert_eq!(changed, self.columns(table), "{table}");
    }
}

#[test]
fn any_changed_field_of_a_signature_is_named_with_its_number() {
    let mut chain = Chain::new();
    let (other, version) = (chain.other.clone(), chain.version.clone());
    let quoted = |text: &str| format!("'{text}'");
    let (other, other_version) = (quoted(&other), quoted("another"));
    let swapped = format!("(SELECT max(id) FROM clause_versions WHERE id <> '{version}')");
    let changes: &[(&str, &str)] = &[
        ("id", "'another'"),
        ("sequence", "9"),
        ("sequence", "-1"),
        ("supplier_id", &other),
        ("version_id", &other_version),
        ("round", "7"),
        ("method", "'paper'"),
        ("method", "'by magic'"),
        ("language", "'zh-CN'"),
        ("language", "'xx'"),
        ("text_sha256", "'00'"),
        ("company_number", "99"),
        ("company_name", "'Two Works Ltd'"),
        ("person_id", "NULL"),
        ("person_id", "'another'"),
        ("authentication_id", "NULL"),
        ("right_id", "NULL"),
        ("account_id", "'another'"),
        ("account_name", "'Somebody else'"),
        ("typed_name", "'Li  Wei'"),
        ("typed_title", "'Director'"),
        ("authority", "''"),
        ("confirmation", "'code'"),
        ("reading", "'declared'"),
        ("signed_at", "'2021-01-01 00:00:00'"),
        ("time_zone", "'UTC'"),
        ("address", "'192.0.2.2'"),
        ("agent", "'tests'"),
        ("document_id", "'another'"),
        ("document_sha256", "'00'"),
        ("paper_date", "'2026-01-01'"),
        ("previous_hash", "'00'"),
        ("hash", "'00'"),
        ("key_id", "'another'"),
        ("receipt", "'x.y.z'"),
    ];
    chain.cover("signatures", changes);
    for (column, value) in changes {
        let change = format!("UPDATE signatures SET {column} = {value} WHERE sequence = 2");
        let broken = chain.after(&change);
        let expected = if *value == "-1" { -1 } else { 2 };
        assert_eq!(broken.number, expected, "{change}: {broken}");
        assert!(!broken.id.is_empty() && !broken.to_string().is_empty(), "{change}: {broken}");
    }
    // Under a version that was really published, too.
    let change =
        format!("UPDATE signatures SET version_id = {swapped}, round = 5 WHERE sequence = 2");
    assert_eq!(chain.after(&change).number, 2);
}

#[test]
fn a_flaw_is_told_with_the_company_the_clause_and_what_is_wrong() {
    let mut chain = Chain::new();
    let id = chain.app.text("SELECT id FROM signatures WHERE sequence = 2");
    let broken = chain.after("UPDATE signatures SET typed_name = 'Wang' WHERE sequence = 2");
    assert_eq!(broken.flaw, Flaw::Differs("name".into()));
    assert_eq!(
        broken.to_string(),
        format!(
            "signature 2 ({id}; S-000002 Two Works; labour_rights, version 1) is not what its receipt \
             says: name differs"
        )
    );
}

#[test]
fn a_changed_text_names_the_first_signature_under_it() {
    let mut chain = Chain::new();
    let version = chain.version.clone();
    let changes: &[(&str, Flaw)] = &[
        ("text_en = text_en || ' '", Flaw::Text),
        ("text_zh = replace(text_zh, '我方', '贵方')", Flaw::Text),
        ("sha256_en = '00'", Flaw::Text),
        ("sha256_zh = '00'", Flaw::Text),
        ("text_en = text_zh, sha256_en = sha256_zh", Flaw::Text),
        ("version = 4", Flaw::Differs("version".into())),
        ("published_at = NULL", Flaw::Version),
        ("status = 'unknown'", Flaw::Version),
        ("id = 'another'", Flaw::Version),
        (
            "clause_id = (SELECT id FROM clauses WHERE code = 'anti_bribery'), version = 2",
            Flaw::Differs("clause".into()),
        ),
    ];
    for (change, flaw) in changes {
        let change = format!("UPDATE clause_versions SET {change} WHERE id = '{version}'");
        let broken = chain.after(&change);
        assert_eq!((broken.number, &broken.flaw), (2, flaw), "{change}");
    }
    let broken =
        chain.after("UPDATE clauses SET code = 'forced_labour' WHERE code = 'labour_rights'");
    assert_eq!((broken.number, broken.flaw), (2, Flaw::Differs("clause".into())));
}

#[test]
fn a_cut_off_tail_a_swap_and_an_insertion_are_named() {
    let mut chain = Chain::new();
    let id_of = |chain: &Chain, number: i64| {
        chain.app.text(&format!("SELECT id FROM signatures WHERE sequence = {number}"))
    };
    for first in [3, 2, 1] {
        let id = id_of(&chain, first);
        let broken = chain.after(&format!("DELETE FROM signatures WHERE sequence >= {first}"));
        assert_eq!((broken.number, broken.id, broken.flaw), (first, id, Flaw::Missing));
    }
    let broken = chain.after("DELETE FROM signatures WHERE sequence = 2");
    assert_eq!((broken.number, broken.flaw), (2, Flaw::Missing));
    let broken = chain.after(
        "UPDATE signatures SET sequence = 99 WHERE sequence = 1; \
         UPDATE signatures SET sequence = 1 WHERE sequence = 2; \
         UPDATE signatures SET sequence = 2 WHERE sequence = 99",
    );
    assert_eq!((broken.number, broken.flaw), (1, Flaw::Differs("sequence".into())));
    let columns = chain.app.text("SELECT id FROM signatures WHERE sequence = 3");
    let broken = chain.after(&format!(
        "INSERT INTO signatures SELECT * FROM saved_signatures WHERE id = 'nobody'; \
         CREATE TABLE forged AS SELECT * FROM signatures WHERE id = '{columns}'; \
         UPDATE forged SET id = 'forged', sequence = 4, round = 1, previous_hash = hash; \
         INSERT INTO signatures SELECT * FROM forged; DROP TABLE forged"
    ));
    assert_eq!((broken.number, broken.id.as_str()), (4, "forged"));
}

#[test]
fn a_register_without_signatures_is_sound() {
    let app = TestApp::new();
    let verdict = app.db().read_now(|c| verify(c, &[])).unwrap();
    let sound = Verdict::Sound { signatures: 0, checkpoints: 0, head: BEGINNING.into() };
    assert_eq!(verdict, sound);
}

#[test]
fn the_database_refuses_every_way_of_changing_what_proves_something() {
    let app = TestApp::new();
    let company = app.company("Signing Works GmbH", "DE");
    let area = [(DutyKind::Area, "DE")];
    let version = published_for(&app, "labour_rights", today(), Whom::Some, &area);
    let by = signatory(&app, &company.id);
    sign(&app, &company.id, &version, &by);
    app.tamper("INSERT INTO signature_voids SELECT id, 'x', signed_at, 'x', 'X' FROM signatures")
        .unwrap();
    let made = app.db().write_now(|c| todays(c, &Actor::clock(), &vault()));
    made.expect("a checkpoint");
    let frozen = [
        ("signatures", "id", "typed_name = 'x'"),
        ("signature_voids", "signature_id", "reason = 'x'"),
        ("signing_keys", "id", "created_at = '2021-01-01 00:00:00'"),
        ("checkpoints", "id", "statement = 'x'"),
        ("clause_versions", "id", "text_en = 'x'"),
        ("clause_duties", "id", "subject = 'FR'"),
    ];
    for (table, id, set) in frozen {
        let of_database = match app.is_postgres() {
            true => format!("TRUNCATE {table} CASCADE"),
            false => format!("REPLACE INTO {table} SELECT * FROM {table}"),
        };
        for statement in [
            of_database,
            format!("UPDATE {table} SET {set}"),
            format!("DELETE FROM {table}"),
            format!(
                "INSERT INTO {table} SELECT * FROM {table} WHERE 1 = 1 \
                 ON CONFLICT ({id}) DO UPDATE SET {set}"
            ),
        ] {
            let said = app.tamper(&statement).expect_err(&statement);
            let is_ours = said.contains("never changed") || said.contains("stays so");
            assert!(is_ours, "{statement}: {said}");
        }
        assert_eq!(app.number(&format!("SELECT count(*) FROM {table}")), 1, "{table}");
    }
}
