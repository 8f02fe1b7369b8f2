//! What stands beside the chain of signatures is proven with it: whose they are, the keys, the audit
//! trail, voidings and checkpoints.

use diesel::prelude::*;
use serde_json::json;
use touchstone::access::{Actor, command_line};
use touchstone::audit;
use touchstone::proof::checkpoints::{Checkpoint, todays};
use touchstone::proof::signatures::{Broken, Flaw, Verdict, verify};
use touchstone::schema::signature_voids as voids;
use touchstone::signing::Signer;
use touchstone::suppliers::merges::{MergeInput, merge, undo};
use touchstone::values::now;
use touchstone::vault::Vault;

use crate::proof::Chain;
use crate::support::vault;

/// Another register's key: 32 bytes of 1, in base64.
const OTHER_KEY: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";

#[test]
fn a_signature_given_to_another_company_is_named_and_a_merge_is_not_that() {
    let mut chain = Chain::new();
    let (company, other) = (chain.company.clone(), chain.other.clone());
    let second = "(SELECT id FROM signatures WHERE sequence = 2)";
    for change in [
        format!("UPDATE signature_holders SET supplier_id = '{other}' WHERE id = {second}"),
        format!("UPDATE signature_holders SET id = 'another' WHERE id = {second}"),
        format!("DELETE FROM signature_holders WHERE id = {second}"),
    ] {
        let broken = chain.after(&change);
        assert_eq!((broken.number, broken.flaw), (2, Flaw::Holder), "{change}");
    }
    let input = MergeInput { kept: other, gone: company, ..Default::default() };
    let merged =
        chain.app.db().write_now(move |c| merge(c, &command_line(), &input)).expect("a merge");
    assert!(matches!(chain.verdict(), Verdict::Sound { .. }), "after a merge");
    chain.app.db().write_now(move |c| undo(c, &command_line(), &merged.id)).expect("undone");
    assert!(matches!(chain.verdict(), Verdict::Sound { .. }), "after it was undone");
}

#[test]
fn a_changed_added_or_misdated_key_is_named() {
    let mut chain = Chain::new();
    let forged = Signer::of(&Vault::of_key(OTHER_KEY).unwrap()).unwrap().public;
    let changes: &[(&str, &str)] = &[
        ("id", "'another'"),
        ("public_key", &format!("'{}'", forged.public_key)),
        ("created_at", "'2021-01-01 00:00:00'"),
    ];
    chain.cover("signing_keys", changes);
    for (column, value) in changes {
        let broken = chain.after(&format!("UPDATE signing_keys SET {column} = {value}"));
        let expected = if *column == "created_at" { Flaw::KeyMisdated } else { Flaw::Key };
        assert_eq!(broken.flaw, expected, "{column}");
        assert_eq!(broken.number, if *column == "created_at" { 0 } else { 1 }, "{column}");
    }
    let added = format!(
        "INSERT INTO signing_keys SELECT '{}', '{}', created_at FROM signing_keys",
        forged.id, forged.public_key
    );
    let broken = chain.after(&added);
    assert_eq!((broken.id, broken.flaw), (forged.id.clone(), Flaw::KeyUnused));
    // Whoever keeps the keys elsewhere believes no other.
    let verdict = chain.app.db().read_now(|c| verify(c, std::slice::from_ref(&forged))).unwrap();
    assert!(matches!(verdict, Verdict::Broken(Broken { number: 1, flaw: Flaw::Key, .. })));
    let own = Signer::of(&vault()).unwrap().public;
    let verdict = chain.app.db().read_now(|c| verify(c, &[own])).unwrap();
    assert!(matches!(verdict, Verdict::Sound { .. }));
}

#[test]
fn a_record_of_the_audit_trail_that_is_gone_or_added_is_noticed() {
    let mut chain = Chain::new();
    let second = "action = 'clause.signed' AND details LIKE '%\"signature_number\":2,%'";
    let broken = chain.after(&format!("DELETE FROM audit_records WHERE {second}"));
    assert_eq!((broken.number, broken.flaw), (2, Flaw::Untold));
    let broken = chain.after(&format!("UPDATE audit_records SET details = '{{}}' WHERE {second}"));
    assert_eq!((broken.number, broken.flaw), (2, Flaw::Untold));
    let broken = chain.after(
        "CREATE TABLE forged AS SELECT * FROM audit_records WHERE action = 'clause.signed' \
         AND details LIKE '%\"signature_number\":3,%'; \
         UPDATE forged SET sequence = 999, previous_hash = hash, \
         details = replace(details, '\"signature_number\":3,', '\"signature_number\":4,'); \
         INSERT INTO audit_records SELECT * FROM forged; DROP TABLE forged",
    );
    assert_eq!((broken.number, broken.flaw), (4, Flaw::Missing));
}

#[test]
fn a_voiding_that_nobody_told_of_or_that_was_taken_back_is_named() {
    let mut chain = Chain::new();
    let forged = "INSERT INTO signature_voids SELECT id, 'forged', signed_at, 'x', 'X' \
                  FROM signatures WHERE sequence = 2";
    let broken = chain.after(forged);
    assert_eq!((broken.number, broken.flaw), (2, Flaw::VoidUntold));
    let id = chain.app.text("SELECT id FROM signatures WHERE sequence = 2");
    let told = id.clone();
    chain
        .app
        .db()
        .write_now(move |c| {
            let actor = Actor::command_line();
            diesel::insert_into(voids::table)
                .values((
                    voids::signature_id.eq(&told),
                    voids::reason.eq("Wrong company"),
                    voids::voided_at.eq(now()),
                    voids::voided_by.eq(&actor.account_id),
                    voids::voided_name.eq(&actor.name),
                ))
                .execute(c)?;
            let details = json!({ "signature": told, "reason": "Wrong company" });
            audit::append(c, &actor, "signature.voided", ("supplier", "x"), details)
        })
        .unwrap();
    chain.save();
    assert!(matches!(chain.verdict(), Verdict::Sound { .. }));
    let changes: &[(&str, &str)] = &[
        ("signature_id", "(SELECT id FROM signatures WHERE sequence = 3)"),
        ("reason", "'Another reason'"),
        ("voided_at", "'2021-01-01 00:00:00'"),
        ("voided_by", "'another'"),
        ("voided_name", "'Another'"),
    ];
    chain.cover("signature_voids", changes);
    for (column, value) in changes {
        let broken = chain.after(&format!("UPDATE signature_voids SET {column} = {value}"));
        let number = if *column == "signature_id" { 3 } else { 2 };
        assert_eq!((broken.number, broken.flaw), (number, Flaw::VoidUntold), "{column}");
    }
    let broken = chain.after("DELETE FROM signature_voids");
    assert_eq!((broken.number, broken.id, broken.flaw), (2, id, Flaw::VoidMissing));
}

#[test]
fn a_changed_checkpoint_is_named_and_so_is_what_one_of_them_knows_better() {
    let mut chain = Chain::new();
    let made = chain.app.db().write_now(|c| {
        let actor = Actor::clock();
        todays(c, &actor, &vault())
    });
    let made: Checkpoint = made.expect("a checkpoint");
    chain.save();
    assert!(matches!(chain.verdict(), Verdict::Sound { signatures: 3, checkpoints: 1, .. }));
    let changes: &[(&str, &str)] = &[
        ("id", "'another'"),
        ("day", "'2021-01-01'"),
        ("created_at", "'2021-01-01 00:00:00'"),
        ("audit_sequence", "1"),
        ("audit_hash", "'00'"),
        ("signature_sequence", "2"),
        ("signature_hash", "'00'"),
        ("key_id", "'another'"),
        ("statement", "'x.y.z'"),
    ];
    chain.cover("checkpoints", changes);
    for (column, value) in changes {
        let broken = chain.after(&format!("UPDATE checkpoints SET {column} = {value}"));
        let id = if *column == "id" { "another" } else { &made.id };
        assert_eq!((broken.id.as_str(), broken.flaw), (id, Flaw::Checkpoint), "{column}");
    }
    // Cut off in both chains: only the checkpoint knows better.
    let broken = chain.after(
        "DELETE FROM signatures WHERE sequence = 3; \
         DELETE FROM audit_records WHERE details LIKE '%\"signature_number\":3,%'",
    );
    assert_eq!((broken.id.as_str(), broken.flaw), (made.id.as_str(), Flaw::Trail));
}
