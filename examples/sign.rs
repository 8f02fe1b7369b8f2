//! Measures how fast signatures are added to the chain: `sign DATABASE NODES CLIENTS COUNT`.
//!
//! Each of NODES servers' writers is used by CLIENTS threads, until there are COUNT signatures. Prints
//! signatures per second, added and verified. The database must be an empty one: it is filled with
//! invented companies.

use std::error::Error as StdError;
use std::thread;
use std::time::Instant;

use diesel::prelude::*;
use touchstone::access::{Actor, Scope, command_line};
use touchstone::clauses::signatures::{Confirmation, Fact, Reading, append};
use touchstone::clauses::{Clause, Status, Version, Whom, find_version};
use touchstone::db::{AnyConnection, Db};
use touchstone::error::Error;
use touchstone::proof::signatures::{Verdict, verify};
use touchstone::schema::{clause_versions, clauses, suppliers as table};
use touchstone::suppliers::place::PlaceInput;
use touchstone::suppliers::{self, NewSupplier, SupplierInput, create_since};
use touchstone::texts::Language;
use touchstone::values::{new_id, now, sha256_hex};
use touchstone::vault::Vault;

/// Clauses that each company signs.
const CLAUSES: usize = 20;
/// Bytes of a text, about: two pages.
const TEXT: usize = 6_000;
/// Any key: 32 bytes of 7.
const KEY: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

fn main() -> Result<(), Box<dyn StdError>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [database, nodes, clients, count] = arguments.as_slice() else {
        return Err("sign DATABASE NODES CLIENTS COUNT".into());
    };
    let (nodes, clients, count): (usize, usize, usize) =
        (nodes.parse()?, clients.parse()?, count.parse()?);
    let nodes: Vec<Db> =
        (0..nodes).map(|_| Db::open(database)).collect::<Result<_, _>>().map_err(text)?;
    let vault = Vault::of_key(KEY).map_err(text)?;
    let (companies, versions) =
        nodes[0].write_now(move |c| fill(c, count.div_ceil(CLAUSES))).map_err(text)?;
    let began = Instant::now();
    thread::scope(|scope| {
        for (node, db) in nodes.iter().enumerate() {
            for client in 0..clients {
                let turn = node * clients + client;
                let mine = companies.iter().skip(turn).step_by(nodes.len() * clients);
                let (versions, vault) = (&versions, &vault);
                scope.spawn(move || {
                    for company in mine {
                        versions.iter().for_each(|version| sign(db, vault, company, version));
                    }
                });
            }
        }
    });
    let (signing, began) = (began.elapsed(), Instant::now());
    let Verdict::Sound { signatures, .. } = nodes[0].read_now(|c| verify(c, &[])).map_err(text)?
    else {
        return Err("the chain is broken".into());
    };
    if signatures < count as i64 {
        return Err(format!("only {signatures} signatures").into());
    }
    let rate = |seconds: f64| signatures as f64 / seconds;
    println!("{:.0} {:.0}", rate(signing.as_secs_f64()), rate(began.elapsed().as_secs_f64()));
    Ok(())
}

fn text(error: Error) -> String {
    error.to_string()
}

/// Ids of so many companies, and of published versions.
fn fill(c: &mut AnyConnection, companies: usize) -> Result<(Vec<String>, Vec<String>), Error> {
    for n in 0..companies {
        let input = NewSupplier {
            company: SupplierInput { legal_name: format!("Works {n}"), ..Default::default() },
            place: PlaceInput { country: "DE".into(), ..Default::default() },
            ..Default::default()
        };
        create_since(c, &command_line(), &input, now())?;
    }
    let versions = (0..CLAUSES).map(|n| publish(c, n)).collect::<Result<_, Error>>()?;
    Ok((table::table.select(table::id).load(c)?, versions))
}

fn publish(c: &mut AnyConnection, n: usize) -> Result<String, Error> {
    let clause = Clause {
        id: new_id(),
        code: format!("clause_{n}"),
        position: n as i64,
        name_en: format!("Clause {n}"),
        name_zh: format!("条款 {n}"),
        created_by: "bench".into(),
        created_name: "Bench".into(),
        created_at: now(),
    };
    diesel::insert_into(clauses::table).values(&clause).execute(c)?;
    let text = "We promise what is written here. ".repeat(TEXT / 33);
    let version = Version {
        id: new_id(),
        clause_id: clause.id,
        version: 1,
        status: Status::Published,
        sha256_en: sha256_hex(&text),
        sha256_zh: sha256_hex(&text),
        text_en: text.clone(),
        text_zh: text,
        note: String::new(),
        whom: Whom::All,
        effective_from: Some(now().date()),
        revision: 1,
        drafted_by: "bench".into(),
        drafted_name: "Bench".into(),
        created_at: now(),
        reviewed_at: None,
        reviewed_by: None,
        reviewed_name: String::new(),
        review_note: String::new(),
        published_at: Some(now()),
        published_by: Some("bench".into()),
        published_name: "Bench".into(),
        ended_at: None,
        ended_by: None,
        ended_name: String::new(),
        ended_reason: String::new(),
    };
    diesel::insert_into(clause_versions::table).values(&version).execute(c)?;
    Ok(version.id)
}

fn sign(db: &Db, vault: &Vault, company: &str, version: &str) {
    loop {
        let (company, version) = (company.to_string(), version.to_string());
        let vault = vault.clone();
        let done = db.write_now(move |c| {
            let supplier = suppliers::find(c, &Scope::Everything, &company)?;
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
                agent: "bench",
                paper: None,
            };
            append(c, &Actor::command_line(), &vault, &fact)
        });
        match done {
            Ok(_) => return,
            // Another node holds the file, or too many wait: as a browser would, again.
            Err(Error::Busy) => continue,
            Err(error) => panic!("{error}"),
        }
    }
}
