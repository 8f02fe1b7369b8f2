//! What clearance answers, whatever the facts.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;
use crate::texts::Language;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn between(from: &str, to: &str) -> Period {
    let midnight = |text: &str| day(text).and_hms_opt(0, 0, 0).unwrap();
    Period { from: midnight(from), to: midnight(to) }
}

fn identifier(confirmed: bool) -> Held {
    Held {
        period: Period::ALWAYS,
        confirmed: confirmed.then_some(BEGINNING),
        kind: "uscc".into(),
        value: "91350100M000100Y43".into(),
    }
}

/// A company that nothing stands against.
fn in_order() -> Facts {
    Facts {
        standing: vec![(Period::ALWAYS, Stage::Active, "320000".into())],
        addressed: vec![Period::ALWAYS],
        contacts: vec![Period::ALWAYS],
        identifiers: vec![identifier(true)],
        offers: vec![Offer { category: "paper".into(), closed: None }],
        holds: Vec::new(),
    }
}

fn codes(facts: &Facts, category: Option<&str>) -> String {
    clearance(facts, category, day("2026-03-01")).codes()
}

#[test]
fn a_company_in_order_is_cleared_for_what_it_offers() {
    assert!(clearance(&in_order(), None, day("2026-03-01")).is_cleared());
    assert_eq!(codes(&in_order(), Some("paper")), "");
    assert_eq!(codes(&in_order(), Some("steel")), "category_not_offered");
}

#[test]
fn every_stage_but_active_is_a_reason_of_its_own() {
    let mut seen = std::collections::BTreeSet::new();
    for stage in Stage::ALL {
        let standing = vec![(Period::ALWAYS, *stage, "320000".to_string())];
        let told = codes(&Facts { standing, ..in_order() }, None);
        assert_eq!(told, if *stage == Stage::Active { "" } else { stage.as_str() });
        assert!(seen.insert(told));
    }
}

#[test]
fn all_reasons_are_told_at_once() {
    let facts = Facts {
        standing: vec![(Period::ALWAYS, Stage::Suspended, "CN".into())],
        ..Facts::default()
    };
    assert_eq!(
        codes(&facts, Some("paper")),
        "suspended;no_address;no_contact;no_identifier;no_place;category_not_offered"
    );
    assert_eq!(
        codes(&Facts::default(), None),
        "not_in_register;no_address;no_contact;no_identifier"
    );
}

#[test]
fn a_day_is_judged_by_what_held_at_its_end() {
    let standing = vec![
        (between("2024-01-10", "2025-05-05"), Stage::Candidate, "320000".into()),
        (between("2025-05-05", "2026-02-01"), Stage::Active, "320000".into()),
        (between("2026-02-01", "9999-12-31"), Stage::Suspended, "320000".into()),
    ];
    let facts = Facts { standing, ..in_order() };
    for (on, told) in [
        ("2024-01-09", "not_in_register"),
        ("2024-01-10", "candidate"),
        ("2025-05-04", "candidate"),
        ("2025-05-05", ""),
        ("2026-01-31", ""),
        ("2026-02-01", "suspended"),
        ("2090-01-01", "suspended"),
    ] {
        assert_eq!(clearance(&facts, None, day(on)).codes(), told, "{on}");
    }
}

#[test]
fn a_doubtful_identifier_stands_in_the_way_until_somebody_confirms_it() {
    let confirmed = between("2026-03-02", "2026-03-03").from;
    let doubtful = Held { confirmed: Some(confirmed), ..identifier(false) };
    let facts = Facts { identifiers: vec![doubtful], ..in_order() };
    let before = clearance(&facts, None, day("2026-03-01"));
    assert_eq!(before.codes(), "identifier_unconfirmed");
    assert_eq!(before.reasons[0].args[1].1, "91350100M000100Y43");
    assert!(clearance(&facts, None, day("2026-03-02")).is_cleared());
}

#[test]
fn a_category_that_is_closed_is_not_bought_any_more() {
    let closed = Some(between("2026-02-01", "2026-02-02").from);
    let offers = vec![Offer { category: "paper".into(), closed }];
    let facts = Facts { offers, ..in_order() };
    assert_eq!(codes(&facts, Some("paper")), "category_closed");
    assert!(clearance(&facts, Some("paper"), day("2026-01-31")).is_cleared());
}

#[test]
fn what_other_rooms_hold_against_a_company_is_a_reason_while_it_lasts() {
    let hold = |category: Option<&str>, period| Hold {
        area: Area::Certification,
        code: "not_certified",
        args: Vec::new(),
        period,
        category: category.map(str::to_string),
    };
    let lasting = between("2026-02-01", "2026-04-01");
    let held = |hold| codes(&Facts { holds: vec![hold], ..in_order() }, Some("paper"));
    assert_eq!(held(hold(None, lasting)), "not_certified");
    assert_eq!(held(hold(Some("paper"), lasting)), "not_certified");
    assert_eq!(held(hold(Some("steel"), lasting)), "");
    assert_eq!(held(hold(None, between("2026-01-01", "2026-03-01"))), "");
    let general = Facts { holds: vec![hold(Some("paper"), lasting)], ..in_order() };
    assert_eq!(codes(&general, None), "", "no category was asked for");
}

#[test]
fn every_reason_has_its_texts_in_both_languages() {
    let mut all: Vec<Reason> = Stage::ALL
        .iter()
        .filter_map(|stage| Some(reason(Area::Stage, stage_code(*stage)?)))
        .collect();
    all.push(reason(Area::Stage, "not_in_register"));
    for code in ["no_place", "no_address", "no_contact", "no_identifier"] {
        all.push(reason(Area::Registration, code));
    }
    all.push(reason(Area::Category, "category_not_offered"));
    all.push(reason(Area::Category, "category_closed"));
    let doubtful = Facts { identifiers: vec![identifier(false)], ..in_order() };
    all.extend(clearance(&doubtful, None, day("2026-03-01")).reasons);
    for language in Language::ALL {
        let texts = language.texts();
        for one in &all {
            for kind in ["reason", "short", "todo"] {
                let key = format!("clearance-{kind}-{}", one.code);
                assert!(texts.has(&key), "{key}");
            }
            let told = detail(texts, one, "Paper");
            assert!(!told.contains(['{', '$']) && !told.contains("clearance-"), "{told}");
        }
    }
}

#[test]
fn a_program_gets_codes_words_and_what_they_name() {
    let facts = Facts { identifiers: vec![identifier(false)], ..in_order() };
    let on = day("2026-03-01");
    let found = clearance(&facts, Some("steel"), on);
    let texts = Language::English.texts();
    let answer = Answer::of(texts, "some-id", Some(("steel", "Steel")), on, &found);
    let json = serde_json::to_value(&answer).unwrap();
    assert_eq!(json["cleared"], false);
    assert_eq!(json["on"], "2026-03-01");
    assert_eq!(json["category"], "steel");
    assert_eq!(json["reasons"][0]["code"], "identifier_unconfirmed");
    assert_eq!(json["reasons"][0]["area"], "identity");
    assert_eq!(json["reasons"][0]["value"], "91350100M000100Y43");
    assert!(json["reasons"][1]["detail"].as_str().unwrap().contains("Steel"));
}

const CATEGORIES: &[&str] = &["paper", "steel", "cloth"];

fn some_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..2000).prop_map(|days| day("2022-01-01").checked_add_days(Days::new(days)).unwrap())
}

fn some_period() -> impl Strategy<Value = Period> {
    (some_day(), 0u64..1500).prop_map(|(from, days)| {
        let from = from.and_hms_opt(12, 0, 0).unwrap();
        Period { from, to: from.checked_add_days(Days::new(days)).unwrap() }
    })
}

prop_compose! {
    fn some_identifier()(
        period in some_period(),
        confirmed in prop::option::of(some_day()),
        value in "[0-9]{1,2}",
    ) -> Held {
        let confirmed = confirmed.and_then(|day| day.and_hms_opt(9, 0, 0));
        Held { period, confirmed, kind: "other".into(), value }
    }
}

prop_compose! {
    fn some_hold()(
        area in select(Area::ALL),
        code in select(vec!["punished", "expired", "unsigned"]),
        period in some_period(),
        category in prop::option::of(select(CATEGORIES)),
    ) -> Hold {
        Hold { area, code, args: Vec::new(), period, category: category.map(str::to_string) }
    }
}

prop_compose! {
    /// Facts of any kind; of standings at most one holds at a time, as in the register.
    fn some_facts()(
        standing in prop::option::of((some_period(), select(Stage::ALL), select(vec!["", "CN", "DE"]))),
        addressed in prop::collection::vec(some_period(), 0..3),
        contacts in prop::collection::vec(some_period(), 0..3),
        identifiers in prop::collection::vec(some_identifier(), 0..4),
        offers in prop::sample::subsequence(CATEGORIES, 0..=3),
        holds in prop::collection::vec(some_hold(), 0..4),
    ) -> Facts {
        Facts {
            standing: standing.into_iter().map(|(p, s, a)| (p, s, a.to_string())).collect(),
            addressed,
            contacts,
            identifiers,
            offers: offers.iter().map(|c| Offer { category: c.to_string(), closed: None }).collect(),
            holds,
        }
    }
}

fn some_question() -> impl Strategy<Value = (Option<&'static str>, NaiveDate)> {
    (prop::option::of(select(CATEGORIES)), some_day())
}

proptest! {
    #[test]
    fn a_fact_that_was_missing_never_adds_a_reason(
        facts in some_facts(),
        (category, on) in some_question(),
        which in 0..5,
    ) {
        let mut more = facts.clone();
        match which {
            0 => more.addressed.push(Period::ALWAYS),
            1 => more.contacts.push(Period::ALWAYS),
            2 => more.identifiers.push(identifier(true)),
            3 => more.offers.push(Offer { category: category.unwrap_or("tin").into(), closed: None }),
            _ if more.standing.is_empty() => {
                more.standing.push((Period::ALWAYS, Stage::Active, "DE".into()));
            }
            _ => {}
        }
        let before = clearance(&facts, category, on);
        for reason in clearance(&more, category, on).reasons {
            prop_assert!(before.reasons.contains(&reason), "{reason:?}");
        }
    }

    #[test]
    fn a_hold_never_takes_a_reason_away(
        facts in some_facts(),
        hold in some_hold(),
        (category, on) in some_question(),
    ) {
        let mut more = facts.clone();
        more.holds.push(hold);
        let after = clearance(&more, category, on);
        for reason in clearance(&facts, category, on).reasons {
            prop_assert!(after.reasons.contains(&reason));
        }
    }

    #[test]
    fn the_order_of_facts_does_not_matter_and_the_answer_is_always_the_same(
        facts in some_facts(),
        turn in any::<Index>(),
        (category, on) in some_question(),
    ) {
        let mut turned = facts.clone();
        let by = |length: usize| if length == 0 { 0 } else { turn.index(length) };
        turned.contacts.reverse();
        let n = by(turned.identifiers.len());
        turned.identifiers.rotate_left(n);
        let n = by(turned.holds.len());
        turned.holds.rotate_left(n);
        turned.offers.reverse();
        turned.addressed.reverse();
        let answer = clearance(&facts, category, on);
        prop_assert_eq!(&answer, &clearance(&turned, category, on));
        prop_assert_eq!(&answer, &clearance(&facts, category, on));
        let areas: Vec<Area> = answer.reasons.iter().map(|reason| reason.area).collect();
        prop_assert!(areas.is_sorted(), "told by area");
    }
}
