//! Where the company is: its registered address, and its other sites.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use validator::Validate;

use super::{Change, input, problems_of_rows};
use crate::access::Scope;
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::onboarding::registration::apply::Accepted;
use crate::onboarding::registration::layout::{Group, Kind, Part, ROW, ask, text};
use crate::regions;
use crate::suppliers::find;
use crate::suppliers::place::{PlaceInput, PlaceStatus};
use crate::suppliers::sites::{self, Site, SiteInput};

const KINDS: Kind =
    Kind::Choice("site", &["plant", "office", "warehouse", "registered_office", "other"]);

pub const PARTS: &[Part] = &[
    Part::One(ask("registered_country", Kind::Country, 100).required()),
    Part::One(ask("registered_address", Kind::LongText, 500).required().hinted()),
    Part::One(ask("registered_province", Kind::Province, 100).hinted()),
    Part::Several(Group {
        name: "sites",
        is_expected: false,
        fields: &[
            ask("kind", KINDS, 20).required(),
            ask("name", Kind::Text, 200).hinted(),
            ask("country", Kind::Country, 100).required(),
            ask("address", Kind::LongText, 500).required(),
            ask("province", Kind::Province, 100),
        ],
    }),
];

/// The registered address.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct RegisteredInput {
    #[validate(length(max = 100))]
    pub registered_country: String,
    #[validate(length(max = 500))]
    pub registered_address: String,
    #[validate(length(max = 100))]
    pub registered_province: String,
}

impl RegisteredInput {
    fn place(&self) -> PlaceInput {
        PlaceInput {
            country: self.registered_country.clone(),
            province: self.registered_province.clone(),
            city: String::new(),
            address: self.registered_address.clone(),
        }
    }
}

/// An address whose place cannot be told is taken as it is: people settle it.
pub(super) fn problems(answers: &Value) -> Problems {
    let Ok(registered) = input::<RegisteredInput>(answers) else {
        return Problems::one("registered_address", "unreadable");
    };
    let mut problems = Problems::default();
    for mut problem in place_problems(&registered.place()).0 {
        problem.field = format!("registered_{}", problem.field);
        problems.add(problem);
    }
    let sites = problems_of_rows(answers, "sites", |site: &SiteInput| {
        let mut problems = site.problems();
        problems.0.extend(place_problems(&site.place).0);
        problems
    });
    problems.0.extend(sites.0);
    problems
}

fn place_problems(place: &PlaceInput) -> Problems {
    let mut problems = place.problems();
    for (field, value) in [("country", &place.country), ("address", &place.address)] {
        if value.trim().is_empty() {
            problems.add(Problem::new(field, "missing"));
        }
    }
    let is_china = place.country.trim() == "CN";
    let in_china = regions::province(place.province.trim()).is_some();
    let fits = !in_china || is_china || ["HK", "MO", "TW"].contains(&place.country.trim());
    if !fits {
        problems.add(Problem::new("province", "province_elsewhere"));
    }
    problems
}

pub(super) fn known(c: &mut AnyConnection, supplier_id: &str) -> Result<Value, Error> {
    let supplier = find(c, &Scope::Everything, supplier_id)?;
    let mut known = json!({
        "registered_country": "",
        "registered_address": "",
        "registered_province": "",
        "sites": [],
    });
    let mut others = Vec::new();
    for site in sites::of(c, supplier_id)? {
        if site.id != supplier.registered_site_id {
            others.push(json!({
                ROW: site.id,
                "kind": site.kind.as_str(),
                "name": site.name,
                "country": site.country,
                "address": site.address,
                "province": province(&site),
            }));
            continue;
        }
        known["registered_country"] = site.country.as_str().into();
        known["registered_province"] = province(&site).into();
        known["registered_address"] = site.address.into();
    }
    known["sites"] = others.into();
    Ok(known)
}

/// The province that a person chose. One that the address told is told by the address again.
fn province(site: &Site) -> &str {
    let chosen = Some(&site.area).filter(|_| site.place_status == PlaceStatus::Settled);
    chosen.filter(|area| regions::province(area).is_some()).map(String::as_str).unwrap_or_default()
}

pub(super) fn apply(
    c: &mut AnyConnection,
    by: &Accepted,
    supplier_id: &str,
    change: &Change,
) -> Result<(), Error> {
    register(c, by, supplier_id, change)?;
    let present = known(c, supplier_id)?;
    for id in change.removed("sites") {
        if super::layout::row_of(&present, "sites", id).is_some() {
            sites::close(c, by, supplier_id, id)?;
        }
    }
    for row in change.written("sites", &present) {
        let id = text(row, ROW);
        let site = site(row)?;
        match super::layout::row_of(&present, "sites", id) {
            Some(_) => sites::edit(c, by, supplier_id, id, &site)?,
            None => sites::add(c, by, supplier_id, &site)?,
        };
    }
    Ok(())
}

fn site(row: &Map<String, Value>) -> Result<SiteInput, Error> {
    Ok(SiteInput::deserialize(Value::Object(row.clone()))?)
}

/// The registered site keeps what it is and how it is called; the place is the new one.
fn register(
    c: &mut AnyConnection,
    by: &Accepted,
    supplier_id: &str,
    change: &Change,
) -> Result<(), Error> {
    let names = ["registered_country", "registered_address", "registered_province"];
    let present = known(c, supplier_id)?;
    if names.iter().all(|name| change.single(name).is_none_or(|new| present[*name] == *new)) {
        return Ok(());
    }
    let registered: RegisteredInput = input(&change.after)?;
    let id = find(c, &Scope::Everything, supplier_id)?.registered_site_id;
    let site = sites::of_supplier(c, supplier_id, &id)?;
    let edited =
        SiteInput { kind: site.kind.as_str().into(), name: site.name, place: registered.place() };
    sites::edit(c, by, supplier_id, &id, &edited)?;
    Ok(())
}
