//! The promises of the demo register, tried on the companies themselves.

use std::collections::{BTreeMap, HashSet};

use super::companies::Companies;
use super::{SEED, TOTAL, places};
use crate::regions::{Placement, built_in};
use crate::suppliers::place::{PlaceInput, PlaceStatus};

#[test]
fn the_six_totals_are_those_of_the_report() {
    let six = built_in("cn-six").unwrap();
    let mut totals = BTreeMap::new();
    for (province, count) in places::COMPANIES {
        let Placement::In(region) = six.region_of(Some("CN"), Some(province)) else {
            panic!("{province} is in no region");
        };
        *totals.entry(region.code.as_str()).or_insert(0) += count;
    }
    let expected = [
        ("central", 88),
        ("eastern", 387),
        ("northeast", 29),
        ("northern", 152),
        ("northwest", 42),
        ("southern", 93),
    ];
    assert_eq!(totals, BTreeMap::from(expected));
    assert_eq!(totals.values().sum::<usize>(), TOTAL);
}

#[test]
fn every_address_leads_to_the_province_it_was_made_for() {
    for company in Companies::of_seed(SEED).register() {
        let place = PlaceInput { address: company.address.clone(), ..PlaceInput::default() };
        let located = place.locate(&company.legal_name);
        assert_eq!(located.status, PlaceStatus::Resolved, "{}", company.address);
        // The registrar in the code is the town that the address was made for.
        assert_eq!(located.area[..2], company.uscc[2..4], "{}", company.address);
    }
}

#[test]
fn companies_are_the_same_every_time_and_no_two_are_alike() {
    let (first, again) = (Companies::of_seed(SEED).register(), Companies::of_seed(SEED).register());
    assert_eq!(first.len(), TOTAL);
    let mut names = HashSet::new();
    for (company, same) in first.iter().zip(&again) {
        assert_eq!(company.legal_name, same.legal_name);
        assert_eq!(company.uscc, same.uscc);
        assert!(names.insert(&company.legal_name) && names.insert(&company.english_name));
        assert!(names.insert(&company.uscc) && names.insert(&company.domain));
        assert!(company.since.date().to_string().as_str() < "2021-12-31");
    }
}
