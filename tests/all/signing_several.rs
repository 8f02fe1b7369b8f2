//! Several clauses are signed on one page, each with a signature of its own.

use crate::certified::today;
use crate::person::Reply;
use crate::signed;
use crate::signing::{NOBODY, company, filled, post, signatures};
use crate::support::{Person, TestApp};

/// Signs all versions on the page of several, but for what is changed.
fn signs_all<'p>(
    who: &'p Person,
    versions: &[&str],
    changes: &[(&'static str, &str)],
) -> Reply<'p> {
    let page = who.get("/portal/clauses/signing").expect(200);
    let body = page.body();
    let mut fields = filled(&page, changes);
    for shown in body.split("name=\"shown\" value=\"").skip(1) {
        let shown = shown.split('"').next().expect("a value");
        fields.push(("shown", shown.to_string()));
    }
    fields.extend(versions.iter().map(|id| ("sign", id.to_string())));
    post(who, "/portal/clauses/signing", &fields)
}

#[test]
fn several_are_signed_at_once_each_by_itself_or_none() {
    let app = TestApp::new();
    let (_, owner) = company(&app);
    let one = signed::published(&app, "anti_bribery", today());
    let two = signed::published(&app, "labour_rights", today());
    let three = signed::published(&app, "information_security", today());
    let page = owner.get("/portal/clauses/signing").expect(200);
    assert_eq!(page.body().matches("name=\"sign\"").count(), 3);
    assert!(signs_all(&owner, &[], &[]).expect(422).blames("sign"));
    assert!(
        signs_all(&owner, &[&one], &[("typed_name", "Li Wen")]).expect(422).blames("typed_name")
    );
    // One that was tampered with keeps all of them back.
    let sent = [("shown", format!("{two} {NOBODY}"))];
    let changes: Vec<(&str, &str)> = sent.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let page = signs_all(&owner, &[&one, &two], &changes).expect(422);
    assert!(page.blames(&format!("sign-{two}")) && !page.blames(&format!("sign-{one}")));
    assert!(page.has("value=\" LI  wei\""));
    signs_all(&owner, &[&one, &two, NOBODY], &[]).expect(404);
    assert_eq!(signatures(&app), 0);
    let reply = signs_all(&owner, &[&one, &two], &[]).expect(303);
    reply.follow().expect(200).shows("2 clauses signed");
    assert_eq!((signatures(&app), app.number("SELECT max(sequence) FROM signatures")), (2, 2));
    // What is signed already stays; the third is added.
    signs_all(&owner, &[&one, &three, &three], &[]).expect(303);
    assert_eq!(signatures(&app), 3);
}
