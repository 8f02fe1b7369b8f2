//! One row of a list, understood: the company, where it is, what it is called by. Nothing here
//! asks the database.

use chrono::NaiveDateTime;

use super::draft_cells::{Cells, Given};
use super::options::Options;
use crate::access::Scope;
use crate::error::{Problem, Problems};
use crate::regions::{self, AddressInput};
use crate::sheets::Row;
use crate::suppliers::columns::{Field, Mapping};
use crate::suppliers::identifiers::Kind;
use crate::suppliers::names;
use crate::suppliers::place::{Located, PlaceStatus, locate, settled};
use crate::suppliers::sites::SiteKind;
use crate::suppliers::{Stage, contacts};
use crate::values::{derived_id, is_id, new_id};
use crate::vault::Vault;

/// A row ready to be matched.
pub struct Draft {
    pub row_number: i64,
    /// The register's own id of the supplier, "" when the list has none.
    pub supplier_id: String,
    /// The id under which a company that only the list knows by `supplier_id` comes in; "" when
    /// the list has none.
    pub listed_id: String,
    pub legal_name: String,
    pub english_name: String,
    pub name_key: String,
    pub sort_key: String,
    /// Names and codes, folded; the supplier's number is added when it has one.
    pub search_text: String,
    pub stage: Stage,
    pub since: Option<NaiveDateTime>,
    pub industry: String,
    pub website: String,
    pub note: String,
    pub site_kind: Option<SiteKind>,
    pub site_name: String,
    pub address: String,
    /// The address as addresses are compared.
    pub address_key: String,
    /// What tells this site from others of its company: the register's own id of the site, or the
    /// address as addresses are compared.
    pub site_mark: String,
    pub located: Located,
    pub identifiers: Vec<Given>,
    pub categories: Vec<String>,
    pub contact: Option<Person>,
    pub problems: Problems,
}

/// The contact of a row, its telephone number sealed already.
pub struct Person {
    pub id: String,
    pub name: String,
    pub email: String,
    pub phone_sealed: String,
    pub phone_hint: String,
}

/// What every row of a list is read with.
pub struct Reader {
    pub import_id: String,
    pub mapping: Mapping,
    pub options: Options,
    /// Ids of categories by folded code and name.
    pub categories: std::collections::HashMap<String, String>,
    pub scope: Scope,
    pub vault: Vault,
}

impl Reader {
    /// Understands a row. What is wrong with it is among its problems.
    pub fn draft(&self, row: &Row) -> Draft {
        let mut cells = Cells::of(row, &self.mapping);
        let legal_name = cells.name();
        let english_name = english_name(&cells, &legal_name);
        let identifiers = cells.identifiers();
        let (categories, industry) = self.categories_of(&cells);
        let address = address_of(&cells);
        let located = locate_row(&cells, &address, &legal_name);
        if !self.scope.allows(&located.area) {
            cells.problems.add(Problem::new(Field::Address.as_str(), "import_outside_scope"));
        }
        let site_kind = site_kind_of(&mut cells);
        let contact = cells.contact(&legal_name);
        let contact = contact.and_then(|found| self.seal(found, &mut cells.problems));
        let name_key = names::name_key(&legal_name);
        let supplier_id = own_id(&cells, Field::SupplierId);
        let address_key = address_key(&address, &located.area, &located.city);
        let site_id = own_id(&cells, Field::SiteId);
        let shown = if english_name.is_empty() { &legal_name } else { &english_name };
        Draft {
            row_number: row.number as i64,
            listed_id: listed_id(&self.import_id, supplier_id, &name_key),
            supplier_id: supplier_id.into(),
            name_key,
            sort_key: names::sort_key(shown),
            search_text: search_text(&legal_name, &english_name, &identifiers),
            stage: cells.stage(self.options.stage()),
            since: cells.since(),
            industry,
            website: cells.website(),
            note: cells.text(Field::Note).to_string(),
            site_kind,
            site_name: cells.line(Field::SiteName),
            site_mark: if site_id.is_empty() { address_key.clone() } else { site_id.into() },
            address_key,
            address,
            located,
            identifiers,
            categories,
            contact,
            problems: cells.problems,
            legal_name,
            english_name,
        }
    }

    /// Ids of the categories that the cell names; a name that is none of them says what the company
    /// does, and becomes its industry where the list gives no other.
    fn categories_of(&self, cells: &Cells) -> (Vec<String>, String) {
        let text = cells.line(Field::Category);
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for name in text.split([';', '；', '、', '|']).map(str::trim).filter(|n| !n.is_empty()) {
            match self.categories.get(&name.to_lowercase()) {
                Some(id) if known.contains(id) => {}
                Some(id) => known.push(id.clone()),
                None => unknown.push(name),
            }
        }
        let industry = cells.line(Field::Industry);
        let industry = if industry.is_empty() { unknown.join("; ") } else { industry };
        (known, industry.chars().take(100).collect())
    }

    fn seal(
        &self,
        (name, email, phone): (String, String, String),
        problems: &mut Problems,
    ) -> Option<Person> {
        let id = new_id();
        let sealed =
            if phone.is_empty() { Ok(String::new()) } else { self.vault.seal(&phone, &id) };
        let Ok(phone_sealed) = sealed else {
            problems.add(Problem::new(Field::ContactPhone.as_str(), "phone"));
            return None;
        };
        Some(Person { id, name, email, phone_sealed, phone_hint: contacts::mask(&phone) })
    }
}

/// An id of a register, "" where the list has none.
fn own_id<'a>(cells: &Cells<'a>, field: Field) -> &'a str {
    let text = cells.text(field);
    if is_id(text) { text } else { "" }
}

/// Rows with one id and one name are one company, in whatever countries its sites are: an export
/// of another register. That register's ids are not taken over; the same row gives the same new
/// one, so that it is found again among the rows of this import.
fn listed_id(import_id: &str, supplier_id: &str, name_key: &str) -> String {
    if supplier_id.is_empty() {
        return String::new();
    }
    derived_id(import_id, &format!("{supplier_id}\n{name_key}"))
}

/// "" when it only repeats the legal name.
fn english_name(cells: &Cells, legal_name: &str) -> String {
    let name = cells.line(Field::EnglishName);
    if name == legal_name { String::new() } else { name }
}

fn search_text(legal_name: &str, english_name: &str, identifiers: &[Given]) -> String {
    let mut text = names::fold(legal_name);
    text.push_str(&names::fold(english_name));
    identifiers.iter().for_each(|given| text.push_str(&names::fold(&given.value)));
    text
}

/// What two spellings of one address have in common; the place stands in for an address that is
/// missing.
pub fn address_key(address: &str, area: &str, city: &str) -> String {
    let key = names::fold(address);
    if key.is_empty() { format!("@{area}/{city}") } else { key }
}

/// The address with the district and postal code that other columns hold.
fn address_of(cells: &Cells) -> String {
    let mut address = cells.line(Field::Address);
    for field in [Field::District, Field::PostalCode] {
        let part = cells.line(field);
        if part.is_empty() || address.contains(&part) {
            continue;
        }
        let is_chinese = part.chars().all(|c| !c.is_ascii());
        address = match (address.is_empty(), is_chinese) {
            (true, _) => part,
            (false, true) => format!("{part}{address}"),
            (false, false) => format!("{address}, {part}"),
        };
    }
    address
}

fn locate_row(cells: &Cells, address: &str, name: &str) -> Located {
    let code = regions::province(cells.text(Field::ProvinceCode));
    let province = match cells.text(Field::Province) {
        "" => code.map_or("", |province| province.name_zh),
        text => text,
    };
    let city = cells.text(Field::City);
    let country = cells.text(Field::Country);
    let found = locate(&AddressInput { country, province, city, address, name });
    let Some(code) = code.filter(|code| code.code != found.area) else {
        return found;
    };
    // The register's own code of a province is a person's word, whatever the address says.
    let mut cities = regions::cities_of(code.code);
    let city = cities.find(|c| [c.name_zh, c.name_en].contains(&city)).map_or("", |c| c.code);
    Located {
        status: PlaceStatus::Resolved,
        ..settled(regions::country_of_province(code.code), code.code, city)
    }
}

fn site_kind_of(cells: &mut Cells) -> Option<SiteKind> {
    let text = cells.text(Field::SiteKind).to_ascii_lowercase();
    SiteKind::parse(&text.replace([' ', '-'], "_"))
}

impl Draft {
    /// Whether the row says with an id which site it is: it is one, whatever its address.
    pub fn is_site(&self) -> bool {
        self.site_mark != self.address_key
    }

    /// The row's Unified Social Credit Code, "" for none.
    pub fn uscc(&self) -> &str {
        let found = self.identifiers.iter().find(|given| given.kind == Kind::Uscc);
        found.map_or("", |given| &given.value)
    }
}
