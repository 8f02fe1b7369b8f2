//! The invented companies enter the register, through the same functions as real ones.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::companies::{Companies, Company};
use super::history;
use super::trades::{GROUPS, TRADES};
use super::words::{GIVEN, SURNAMES, TITLES};
use crate::access::{May, command_line, right};
use crate::categories::{self, CategoryInput};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::site_versions;
use crate::suppliers::contacts::{self, ContactInput};
use crate::suppliers::place::PlaceInput;
use crate::suppliers::sites::{self, SiteInput};
use crate::suppliers::{self, NewSupplier, SupplierInput};
use crate::vault::Vault;

type Editor = May<right::EditSuppliers>;

/// Addresses of warehouses that nobody can place without asking: for the queue.
const UNCLEAR: &[&str] = &[
    "江苏省杭州市滨江区建设路18号",
    "Warehouse 3, Innovation Industrial Park, Keji Road",
    "Suzhou, No. 66 Renmin Road, China",
];

/// How many in a hundred have a plant or a warehouse as well.
const SECOND_SITES: usize = 8;
/// How many in a hundred have a second person to talk to.
const SECOND_CONTACTS: usize = 25;

/// Enters all companies. Returns the id of the first, whose people use the portal.
pub fn fill(c: &mut AnyConnection, vault: &Vault, seed: u64) -> Result<String, Error> {
    let by = command_line::<right::EditSuppliers>();
    let categories = plant_categories(c)?;
    let mut companies = Companies::of_seed(seed);
    let register = companies.register();
    let mut first = String::new();
    for (position, company) in register.iter().enumerate() {
        let input = input_of(company, &categories);
        let id = history::enter(c, &by, &mut companies, position, company, input)?;
        add_contact(c, &by, vault, &mut companies, company, &id)?;
        if companies.random.chance(SECOND_CONTACTS) {
            add_contact(c, &by, vault, &mut companies, company, &id)?;
        }
        if companies.random.chance(SECOND_SITES) {
            let kind = if companies.random.chance(60) { "plant" } else { "warehouse" };
            let address = companies.address_elsewhere();
            add_site(c, &by, &id, kind, &address, company.since)?;
        }
        if let Some(address) = UNCLEAR.get(position) {
            add_site(c, &by, &id, "warehouse", address, company.since)?;
        }
        if position == 0 {
            first = id;
        }
    }
    Ok(first)
}

/// Plants the tree and returns the ids of its leaves by their codes.
fn plant_categories(c: &mut AnyConnection) -> Result<BTreeMap<&'static str, String>, Error> {
    let by = command_line::<right::EditCategories>();
    let mut groups = BTreeMap::new();
    for (code, name_en, name_zh) in GROUPS {
        let input = CategoryInput {
            code: code.to_string(),
            name_en: name_en.to_string(),
            name_zh: name_zh.to_string(),
            parent_id: String::new(),
        };
        groups.insert(*code, categories::create(c, &by, &input)?.id);
    }
    let mut leaves = BTreeMap::new();
    for trade in TRADES {
        let input = CategoryInput {
            code: trade.code.into(),
            name_en: trade.name_en.into(),
            name_zh: trade.name_zh.into(),
            parent_id: groups.get(trade.group).cloned().unwrap_or_default(),
        };
        leaves.insert(trade.code, categories::create(c, &by, &input)?.id);
    }
    Ok(leaves)
}

fn input_of(company: &Company, categories: &BTreeMap<&'static str, String>) -> NewSupplier {
    NewSupplier {
        company: SupplierInput {
            legal_name: company.legal_name.clone(),
            english_name: company.english_name.clone(),
            industry: company.trade.industry.into(),
            website: company.website(),
            categories: categories.get(company.trade.code).cloned().into_iter().collect(),
            ..SupplierInput::default()
        },
        place: PlaceInput { address: company.address.clone(), ..PlaceInput::default() },
        stage: suppliers::Stage::Active.as_str().into(),
        uscc: company.uscc.clone(),
        lei: company.lei.clone(),
        duns: company.duns.clone(),
        eu_vat: String::new(),
    }
}

fn add_contact(
    c: &mut AnyConnection,
    by: &Editor,
    vault: &Vault,
    companies: &mut Companies,
    company: &Company,
    id: &str,
) -> Result<(), Error> {
    let random = &mut companies.random;
    let (surname, given) = (random.one_of(SURNAMES), random.one_of(GIVEN));
    let contact = ContactInput {
        name: format!("{}{} {} {}", surname.0, given.0, surname.1, given.1),
        title: random.one_of(TITLES).to_string(),
        email: format!("{}.{}@{}.example", given.1, surname.1, company.domain).to_lowercase(),
        // No mobile number in China begins with 100.
        phone: format!("+86 100 {} {}", random.digits(4), random.digits(4)),
    };
    contacts::add(c, by, vault, id, &contact)?;
    Ok(())
}

fn add_site(
    c: &mut AnyConnection,
    by: &Editor,
    id: &str,
    kind: &str,
    address: &str,
    since: NaiveDateTime,
) -> Result<(), Error> {
    let place = PlaceInput { address: address.into(), ..PlaceInput::default() };
    let input = SiteInput { kind: kind.into(), name: String::new(), place };
    let site = sites::add(c, by, id, &input)?;
    // The site is as old as our business with the company, so that counts of sites go back too.
    diesel::update(site_versions::table.filter(site_versions::site_id.eq(&site.id)))
        .set(site_versions::valid_from.eq(since))
        .execute(c)?;
    Ok(())
}
