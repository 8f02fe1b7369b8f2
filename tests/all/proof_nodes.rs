//! Two nodes on one database sign at the same time: one chain.

use std::thread;
use std::time::Instant;

use touchstone::access::{Actor, Scope};
use touchstone::audit;
use touchstone::clauses::find_version;
use touchstone::clauses::signatures::{Confirmation, Fact, Reading, append};
use touchstone::db::Db;
use touchstone::error::Error;
use touchstone::proof::signatures::{Verdict, verify};
use touchstone::suppliers::place::PlaceInput;
use touchstone::suppliers::{NewSupplier, SupplierInput, find};
use touchstone::texts::Language;

use crate::certified::today;
use crate::signed::published;
use crate::support::{TestApp, vault};

/// Threads of each node.
const CLIENTS: usize = 8;

#[test]
fn two_nodes_that_sign_at_the_same_time_write_one_unbroken_chain() {
    let app = TestApp::new();
    // `script/bench` does the same 10,000 times.
    let (companies, versions) = if app.is_postgres() { (100, 20) } else { (50, 8) };
    let names = (0..companies).map(|n| NewSupplier {
        company: SupplierInput { legal_name: format!("Signing Works {n}"), ..Default::default() },
        place: PlaceInput { country: "DE".into(), ..Default::default() },
        ..Default::default()
    });
    app.enter_all(names.collect());
    let versions: Vec<String> =
        (0..versions).map(|n| published(&app, &format!("clause_{n}"), today())).collect();
    let ids = app.text(match app.is_postgres() {
        true => "SELECT string_agg(id, ',') FROM suppliers",
        false => "SELECT group_concat(id) FROM suppliers",
    });
    let companies: Vec<&str> = ids.split(',').collect();
    let other = Db::open(&app.database_url()).expect("the same register");
    let began = Instant::now();
    thread::scope(|scope| {
        for (node, db) in [app.db(), &other].into_iter().enumerate() {
            for client in 0..CLIENTS {
                let (companies, versions) = (&companies, &versions);
                scope.spawn(move || {
                    let turn = node * CLIENTS + client;
                    for company in companies.iter().skip(turn).step_by(2 * CLIENTS) {
                        versions.iter().for_each(|version| sign(db, node, company, version));
                    }
                });
            }
        }
    });
    let all = (companies.len() * versions.len()) as i64;
    let verdict = app.db().read_now(|c| verify(c, &[])).expect("a verdict");
    assert!(
        matches!(verdict, Verdict::Sound { signatures, .. } if signatures == all),
        "{verdict:?}"
    );
    println!("{all} signatures in {:?}", began.elapsed());
    assert!(matches!(app.db().read_now(audit::verify).unwrap(), audit::Verdict::Sound { .. }));
    // They took turns: often on PostgreSQL, where both wait in one line; a file is whose turn it is.
    let least = if app.is_postgres() { 20 } else { 1 };
    let turns = app.number(
        "SELECT count(*) FROM signatures a JOIN signatures b ON b.sequence = a.sequence + 1 \
         WHERE a.account_name <> b.account_name",
    );
    assert!(turns >= least, "{turns} turns");
}

fn sign(db: &Db, node: usize, company: &str, version: &str) {
    loop {
        let (company, version) = (company.to_string(), version.to_string());
        let done = db.write_now(move |c| {
            let supplier = find(c, &Scope::Everything, &company)?;
            let (version, clause) = find_version(c, &version)?;
            let fact = Fact {
                supplier: &supplier,
                version: &version,
                clause: &clause,
                language: Language::Chinese,
                signatory: None,
                typed_name: "Li Wei",
                typed_title: "Managing director",
                authority: "Legal representative",
                confirmation: Confirmation::Password,
                reading: Reading::Seen,
                time_zone: "Asia/Shanghai",
                address: "192.0.2.1",
                agent: "test",
                paper: None,
            };
            let actor = Actor { name: format!("Node {node}"), ..Actor::command_line() };
            append(c, &actor, &vault(), &fact)
        });
        match done {
            Ok(_) => return,
            Err(Error::Busy) => continue,
            Err(error) => panic!("{error}"),
        }
    }
}
