//! The queue of addresses whose place waits for a person's word.

use diesel::prelude::*;
use serde::Deserialize;
use serde_json::json;
use validator::Validate;

use super::find;
use super::place::{Located, PlaceStatus, settled};
use super::sites::{Site, replace};
use crate::access::{May, Scope, right};
use crate::audit::{self, change};
use crate::db::{AnyConnection, MultiBackend};
use crate::error::{Error, Problems};
use crate::regions;
use crate::schema::{sites, suppliers};

/// The place that a person chose for an unresolved address.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct PlaceChoice {
    /// Province (GB/T 2260) or country (ISO 3166-1).
    pub area: String,
    /// Prefecture (GB/T 2260), may be "".
    pub city: String,
}

/// Settles where an unresolved site is, on a person's word.
pub fn settle(
    c: &mut AnyConnection,
    by: &May<right::SettleAddresses>,
    site_id: &str,
    choice: &PlaceChoice,
) -> Result<Site, Error> {
    let before: Site = sites::table.find(site_id).select(Site::as_select()).first(c)?;
    let supplier = find(c, by.scope(), &before.supplier_id)?;
    if !by.scope().allows(&choice.area) {
        return Err(Error::Forbidden("refused-outside-scope"));
    }
    if !before.is_unresolved() {
        return Err(Error::Conflict("conflict-done-already"));
    }
    let located = located_choice(choice)?;
    let after = Site {
        country: located.country,
        area: located.area,
        city: located.city,
        place_status: PlaceStatus::Settled,
        place_reason: String::new(),
        place_candidates: "[]".into(),
        ..before.clone()
    };
    replace(c, &supplier, &before, &after)?;
    audit::append(
        c,
        by.actor(),
        "site.settled",
        ("supplier", &before.supplier_id),
        json!({ "site": site_id, "address": before.address, "area": change(&before.area, &after.area), "city": after.city }),
    )?;
    Ok(after)
}

fn located_choice(choice: &PlaceChoice) -> Result<Located, Error> {
    let city = match regions::city(&choice.city) {
        Some(city) if city.province_code == choice.area => city.code,
        Some(_) => return Err(Problems::one("city", "unknown_choice").into()),
        None => "",
    };
    if let Some(province) = regions::province(&choice.area) {
        let country = regions::country_of_province(province.code);
        return Ok(settled(country, province.code, city));
    }
    match regions::country(&choice.area) {
        Some(country) if country.code != "CN" => Ok(settled(country.code, country.code, "")),
        _ => Err(Problems::one("area", "choose_place").into()),
    }
}

/// Sites whose place waits for a person, after the id `after`, of companies within the scope.
pub fn unresolved(
    c: &mut AnyConnection,
    scope: &Scope,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<(Site, String, String)>, Error> {
    let mut query = sites::table
        .inner_join(suppliers::table.on(suppliers::id.eq(sites::supplier_id)))
        .filter(sites::place_status.eq("unresolved"))
        .filter(sites::id.gt(after.unwrap_or_default()))
        .into_boxed::<MultiBackend>();
    if let Some(areas) = scope.areas() {
        query = query.filter(suppliers::area.eq_any(areas));
    }
    Ok(query
        .order(sites::id)
        .limit(limit)
        .select((Site::as_select(), suppliers::english_name, suppliers::legal_name))
        .load(c)?)
}
