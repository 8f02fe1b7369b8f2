//! Bank accounts and the people behind a company: recorded, masked, confirmed, opened, removed.

use diesel::prelude::*;
use touchstone::access::Role;
use touchstone::schema::audit_records;
use touchstone::suppliers::{bank_accounts, people};

use crate::person::Reply;
use crate::support::{Person, TestApp};

const IBAN: &str = "DE89 3704 0044 0532 0130 00";
const TIGHT_IBAN: &str = "DE89370400440532013000";
/// The example of GB 11643.
const RESIDENT_ID: &str = "11010519491231002X";

type Fields<'a> = Vec<(&'a str, &'a str)>;

fn account<'a>(number: &'a str) -> Fields<'a> {
    vec![
        ("holder", "Werk Beispiel GmbH"),
        ("bank", "Beispielbank Berlin"),
        ("bank_code", "deutdeff"),
        ("country", "DE"),
        ("currency", "eur"),
        ("number", number),
    ]
}

fn person<'a>(role: &'a str, name: &'a str, number: &'a str) -> Fields<'a> {
    vec![
        ("role", role),
        ("name", name),
        ("country", "CN"),
        ("paper", "resident_id"),
        ("number", number),
    ]
}

fn with<'a>(mut fields: Fields<'a>, name: &'a str, value: &'a str) -> Fields<'a> {
    fields.retain(|(known, _)| *known != name);
    fields.push((name, value));
    fields
}

fn last_id(app: &TestApp, table: &str) -> String {
    app.text(&format!("SELECT max(id) FROM {table}"))
}

/// Everything that the register keeps or says, but for the sealed columns.
fn everything(app: &TestApp, reader: &Person, id: &str) -> String {
    let mut all = String::new();
    for path in [
        format!("/suppliers/{id}"),
        format!("/suppliers/{id}/history"),
        "/suppliers".into(),
        "/suppliers/export/csv".into(),
        "/suppliers/export/jsonl".into(),
        "/sites/export/csv".into(),
    ] {
        all.push_str(&reader.get(&path).expect(200).body());
    }
    let details: Vec<String> = app
        .db()
        .read_now(|c| Ok(audit_records::table.select(audit_records::details).load(c)?))
        .unwrap();
    all.push_str(&details.join("\n"));
    for query in [
        "SELECT coalesce(max(search_text), '') FROM suppliers",
        "SELECT coalesce(max(location), '') FROM form_keys",
        "SELECT coalesce(max(number_sealed || number_hint || number_mark), '') FROM bank_accounts",
        "SELECT coalesce(max(number_sealed || number_hint || number_mark), '') FROM people",
    ] {
        all.push_str(&app.text(query));
    }
    all
}

/// What a form says beside its fields.
fn errors(reply: &Reply) -> Vec<String> {
    let body = reply.body();
    let said = body.split("<p class=\"err\"").skip(1).filter_map(|rest| rest.split("</p>").next());
    said.map(str::to_string).collect()
}

#[test]
fn an_account_is_recorded_masked_and_opened_by_right_and_on_record() {
    let app = TestApp::new();
    let buyer = app.staff(Role::ProcurementOfficer);
    let id = app.company("Werk Beispiel GmbH", "DE").id;
    let (page, add) = (format!("/suppliers/{id}"), format!("/suppliers/{id}/bank-accounts"));
    buyer.get(&page).expect(200).shows("Nothing can be paid to this company");
    let form = buyer.get(&format!("{add}/new")).expect(200);
    assert!(form.has("value=\"Werk Beispiel GmbH\""), "the holder is offered");
    buyer.post(&add, &account(IBAN)).expect(303).follow().shows("•••• 3000").shows("DEUTDEFF");
    let record = last_id(&app, "bank_accounts");
    assert_eq!(app.text("SELECT currency FROM bank_accounts"), "EUR");
    let seen = everything(&app, &buyer, &id);
    assert!(!seen.contains(TIGHT_IBAN) && !seen.contains(IBAN) && !seen.contains("370400440532"));

    let open = format!("{add}/{record}/number");
    app.staff(Role::LegalOfficer).post(&open, &[]).expect(403);
    assert_eq!(buyer.get(&open).status, 404, "nothing opens by a link");
    buyer.post(&open, &[]).expect(200).shows(TIGHT_IBAN).shows("Beispielbank");
    assert_eq!(
        app.text("SELECT action FROM audit_records ORDER BY sequence DESC LIMIT 1"),
        "bank_account.number_opened"
    );
    assert!(!everything(&app, &buyer, &id).contains(TIGHT_IBAN), "shown once, kept nowhere");
    buyer.get(&page).shows("Account number opened");
}

#[test]
fn an_account_is_confirmed_by_a_second_person_once() {
    let app = TestApp::new();
    let approver = app.staff(Role::Approver);
    let id = app.company("Werk Beispiel GmbH", "DE").id;
    let add = format!("/suppliers/{id}/bank-accounts");
    let page = approver.post(&add, &account(IBAN)).expect(303).follow();
    assert!(page.has("Waits for a second person") && !page.has("/confirmation\""));
    let record = last_id(&app, "bank_accounts");
    let confirm = format!("{add}/{record}/confirmation");
    approver.post(&confirm, &[]).expect(403);
    app.staff(Role::ProcurementOfficer).post(&confirm, &[]).expect(403);
    let legal = app.staff(Role::LegalOfficer);
    let page = legal.get(&format!("/suppliers/{id}"));
    assert!(page.has(&confirm) && !page.has(&format!("{record}/number")), "buttons by right");
    legal.post(&confirm, &[]).expect(303).follow().shows("class=\"st ok\">Confirmed");
    app.staff(Role::Approver).post(&confirm, &[]).expect(409);
    let auditor = app.staff(Role::Auditor);
    let page = auditor.get(&format!("/suppliers/{id}"));
    assert!(page.has("•••• 3000") && !page.has("/number\"") && !page.has("/removal\""));
}

#[test]
fn an_account_in_another_name_is_taken_and_marked() {
    let app = TestApp::new();
    let buyer = app.staff(Role::ProcurementOfficer);
    let id = app.company("Werk Beispiel GmbH", "DE").id;
    let add = format!("/suppliers/{id}/bank-accounts");
    // The same name otherwise written is the same name.
    let same = with(account(IBAN), "holder", "WERK BEISPIEL  G.m.b.H.");
    let page = buyer.post(&add, &same).expect(303).follow();
    assert!(!page.has("Held by another name"));
    let other = with(account("GB29NWBK60161331926819"), "holder", "Erika Muster");
    let other = with(other, "country", "GB");
    buyer.post(&add, &other).expect(303).follow().shows("Held by another name");
}

#[test]
fn an_account_with_a_wrong_number_code_or_currency_is_refused_as_typed() {
    let app = TestApp::new();
    let buyer = app.staff(Role::ProcurementOfficer);
    let id = app.company("Werk Beispiel GmbH", "DE").id;
    let add = format!("/suppliers/{id}/bank-accounts");
    for (field, value) in [
        ("number", "DE89 3704 0044 0532 0130 01"),
        ("number", "DE89 3704 0044 0532 0130"),
        ("number", "0532013000"),
        ("number", ""),
        ("bank_code", "DEUTZZFF"),
        ("bank_code", "12345"),
        ("currency", "RMB"),
        ("country", "Atlantis"),
        ("holder", " "),
        ("bank", ""),
    ] {
        let reply = buyer.post(&add, &with(account(IBAN), field, value)).expect(422);
        assert!(reply.blames(field), "{field} {value}");
        assert!(reply.has("Beispielbank Berlin") || field == "bank", "as typed");
        assert!(errors(&reply).iter().all(|text| !text.contains("0532")), "no error repeats it");
        assert!(errors(&reply).iter().all(|text| !text.contains("problem-")), "{field} {value}");
    }
    assert_eq!(app.number("SELECT count(*) FROM bank_accounts"), 0);
    let chinese =
        with(with(account("6222 0202 0001 2345 678"), "country", "CN"), "currency", "CNY");
    buyer.post(&add, &with(chinese, "bank_code", "102290000018")).expect(303);
}

#[test]
fn one_number_is_found_at_another_company_without_opening_either() {
    let app = TestApp::new();
    let buyer = app.staff(Role::ProcurementOfficer);
    let (one, two) = (app.company("Eins GmbH", "DE").id, app.company("Zwei GmbH", "DE").id);
    let add = |id: &str, fields: &Fields| {
        buyer.post(&format!("/suppliers/{id}/bank-accounts"), fields).status
    };
    assert_eq!(add(&one, &account(IBAN)), 303);
    assert_eq!(add(&one, &account("de89-3704-0044-0532-0130-00")), 422, "it is there already");
    assert_eq!(add(&one, &with(account(IBAN), "currency", "USD")), 303, "in another currency");
    assert_eq!(add(&two, &account(TIGHT_IBAN)), 303);
    let mark = app.text("SELECT max(number_mark) FROM bank_accounts");
    let found = app.db().read_now(|c| bank_accounts::same_number(c, &mark)).unwrap();
    assert_eq!(found.len(), 3);
    assert_eq!(found.iter().filter(|a| a.supplier_id == two).count(), 1);
    let sealed: Vec<&str> = found.iter().map(|a| a.number_sealed.as_str()).collect();
    assert!(sealed[0] != sealed[1] && sealed[1] != sealed[2], "sealed texts tell nothing");
    assert!(app.db().read_now(|c| bank_accounts::same_number(c, "")).unwrap().is_empty());
}

#[test]
fn what_is_removed_leaves_its_row_and_no_number() {
    let app = TestApp::new();
    let buyer = app.staff(Role::ProcurementOfficer);
    let id = app.company("Werk Beispiel GmbH", "DE").id;
    let page = format!("/suppliers/{id}");
    for (path, table, fields) in [
        ("bank-accounts", "bank_accounts", account(IBAN)),
        ("people", "people", person("signatory", "Erika Muster", RESIDENT_ID)),
    ] {
        buyer.post(&format!("{page}/{path}"), &fields).expect(303);
        let record = format!("{page}/{path}/{}", last_id(&app, table));
        buyer.post(&format!("{record}/removal"), &[]).expect(303);
        let query = format!("SELECT number_sealed || number_hint || number_mark FROM {table}");
        assert_eq!(app.text(&query), "", "{table}");
        assert_eq!(app.number(&format!("SELECT count(removed_at) FROM {table}")), 1);
        for action in ["removal", "number"] {
            buyer.post(&format!("{record}/{action}"), &[]).expect(404);
        }
        assert!(!buyer.get(&page).has("••••"));
    }
}

#[test]
fn a_record_belongs_to_its_company_and_a_company_to_its_region() {
    let app = TestApp::new();
    let approver = app.staff(Role::Approver);
    let (one, two) = (app.company("Eins GmbH", "DE").id, app.company("Zwei GmbH", "DE").id);
    approver.post(&format!("/suppliers/{one}/bank-accounts"), &account(IBAN)).expect(303);
    approver
        .post(&format!("/suppliers/{one}/people"), &person("signatory", "张伟", RESIDENT_ID))
        .expect(303);
    let (account, person) = (last_id(&app, "bank_accounts"), last_id(&app, "people"));
    let elsewhere = app.staff_of(Role::Approver, "cn-six", "eastern");
    for (who, company) in [(&approver, &two), (&elsewhere, &one)] {
        for path in [
            format!("bank-accounts/{account}/number"),
            format!("bank-accounts/{account}/confirmation"),
            format!("bank-accounts/{account}/removal"),
            format!("people/{person}/number"),
            format!("people/{person}/removal"),
        ] {
            who.post(&format!("/suppliers/{company}/{path}"), &[]).expect(404);
        }
    }
    assert_eq!(elsewhere.get(&format!("/suppliers/{one}/people/new")).status, 404);
    assert_eq!(app.number("SELECT count(*) FROM bank_accounts WHERE removed_at IS NULL"), 1);
}

#[test]
fn a_person_behind_a_company_is_masked_and_opened_on_record() {
    let app = TestApp::new();
    let buyer = app.staff(Role::ProcurementOfficer);
    let id = app.company("江阴样例有限公司", "320000").id;
    let add = format!("/suppliers/{id}/people");
    let form = buyer.get(&format!("{add}/new")).expect(200);
    assert!(form.has("<option value=\"resident_id\" selected>"));
    let fields = person("legal_representative", "张伟", "110105 19491231 002x");
    let page = buyer.post(&add, &fields).expect(303).follow();
    let page = page.shows("张伟").shows("•••• 002X").shows("Legal representative");
    assert!(!page.has("19491231"));
    assert!(!everything(&app, &buyer, &id).contains("19491231"));
    let open = format!("{add}/{}/number", last_id(&app, "people"));
    app.staff(Role::Auditor).post(&open, &[]).expect(403);
    app.staff(Role::Inspector).post(&open, &[]).expect(200).shows(RESIDENT_ID);
    assert_eq!(
        app.text("SELECT action FROM audit_records ORDER BY sequence DESC LIMIT 1"),
        "person.number_opened"
    );
    assert!(!everything(&app, &buyer, &id).contains("19491231"));
    let mark = app.text("SELECT number_mark FROM people");
    assert_eq!(app.db().read_now(|c| people::same_number(c, &mark)).unwrap().len(), 1);
}

#[test]
fn papers_are_checked_as_their_kind_asks() {
    let app = TestApp::new();
    let buyer = app.staff(Role::ProcurementOfficer);
    let id = app.company("江阴样例有限公司", "320000").id;
    let add = format!("/suppliers/{id}/people");
    for number in ["110105194912310021", "11010519490230002X", "1101051949123100"] {
        let reply = buyer.post(&add, &person("signatory", "张伟", number)).expect(422);
        assert!(reply.blames("number") && reply.has("张伟"), "{number}");
        assert!(errors(&reply).iter().all(|text| !text.contains("problem-")), "{number}");
    }
    for (field, value) in
        [("role", "owner"), ("paper", "licence"), ("country", ""), ("name", ""), ("share", "12")]
    {
        let fields = with(person("signatory", "张伟", RESIDENT_ID), field, value);
        assert!(buyer.post(&add, &fields).expect(422).blames(field), "{field}");
    }
    let passport = with(person("signatory", "John Doe", "E1234-5678"), "paper", "passport");
    buyer.post(&add, &with(passport, "country", "GB")).expect(303);
    buyer.post(&add, &person("signatory", "李静", "")).expect(303).follow().shows("No number");
    assert_eq!(app.number("SELECT count(*) FROM people WHERE number_sealed = ''"), 1);
}

#[test]
fn a_company_has_one_legal_representative_at_a_time() {
    let app = TestApp::new();
    let buyer = app.staff(Role::ProcurementOfficer);
    let id = app.company("江阴样例有限公司", "320000").id;
    let add = format!("/suppliers/{id}/people");
    buyer.post(&add, &person("legal_representative", "张伟", "")).expect(303);
    let second = person("legal_representative", "李静", "");
    assert!(buyer.post(&add, &second).expect(422).blames("role"));
    let first = last_id(&app, "people");
    buyer.post(&format!("{add}/{first}/removal"), &[]).expect(303);
    buyer.post(&add, &second).expect(303);
}

#[test]
fn the_shares_of_the_owners_are_no_more_than_the_whole() {
    let app = TestApp::new();
    let buyer = app.staff(Role::ProcurementOfficer);
    let id = app.company("江阴样例有限公司", "320000").id;
    let add = format!("/suppliers/{id}/people");
    let owner =
        |name, share| buyer.post(&add, &with(person("beneficial_owner", name, ""), "share", share));
    owner("张伟", "66.67").expect(303).follow().shows("66.67 %");
    let refused = owner("李静", "33.34").expect(422);
    assert!(refused.blames("share") && refused.has("33.33 %"), "it says what is left");
    owner("李静", "33.33 %").expect(303);
    owner("王磊", "0.01").expect(422);
    owner("王磊", "").expect(303);
    for bad in ["0", "101", "a third", "-1"] {
        assert!(owner("赵敏", bad).expect(422).blames("share"), "{bad}");
    }
    assert_eq!(app.number("SELECT CAST(sum(share) AS BIGINT) FROM people"), 10_000);
}

#[test]
fn a_form_sent_twice_records_one() {
    let app = TestApp::new();
    let buyer = app.staff(Role::ProcurementOfficer);
    let id = app.company("江阴样例有限公司", "320000").id;
    for (path, table, fields) in [
        ("bank-accounts", "bank_accounts", account(IBAN)),
        ("people", "people", person("signatory", "张伟", RESIDENT_ID)),
    ] {
        let add = format!("/suppliers/{id}/{path}");
        let key = buyer.get(&format!("{add}/new")).hidden("form_key").expect("a key");
        for _ in 0..2 {
            buyer.post(&add, &with(fields.clone(), "form_key", &key)).expect(303);
        }
        assert_eq!(app.number(&format!("SELECT count(*) FROM {table}")), 1, "{table}");
    }
}
