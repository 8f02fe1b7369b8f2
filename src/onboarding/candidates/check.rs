//! Is it in the register already? And what has it in common with a company that was eliminated?

use diesel::prelude::*;

use super::{Alert, CompanyInput};
use crate::access::Scope;
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::regions;
use crate::schema::{contacts, identifiers, suppliers};
use crate::suppliers::contacts::mask;
use crate::suppliers::duplicates::{Described, similar};
use crate::suppliers::place::PlaceInput;
use crate::suppliers::{Stage, Supplier};
use crate::vault::Vault;

/// Where everybody may have a mailbox: such a domain says nothing of a company.
const PUBLIC_MAIL: &[&str] = &[
    "126.com",
    "139.com",
    "163.com",
    "188.com",
    "aliyun.com",
    "aol.com",
    "foxmail.com",
    "gmail.com",
    "gmx.de",
    "gmx.net",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mail.ru",
    "msn.com",
    "naver.com",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "sina.cn",
    "sina.com",
    "sohu.com",
    "vip.163.com",
    "vip.qq.com",
    "web.de",
    "yahoo.com",
    "yandex.com",
    "yeah.net",
];

/// A company of the register that a proposed one may be.
#[derive(Clone, Debug)]
pub struct Alike {
    pub supplier: Supplier,
    /// It holds the identifier: it is the same company.
    pub is_holder: bool,
}

impl Alike {
    /// Whether it can be proposed: it is not introduced, nor was it eliminated.
    pub fn is_proposable(&self) -> bool {
        is_proposable(self.supplier.stage)
    }
}

/// Whether a company in this stage can be proposed.
pub(super) fn is_proposable(stage: Stage) -> bool {
    !matches!(stage, Stage::Active | Stage::Suspended | Stage::Eliminated)
}

/// The companies within the scope that a described one may be: the holder of its identifier
/// first, then those of similar names.
pub fn alike(
    c: &mut AnyConnection,
    scope: &Scope,
    company: &CompanyInput,
) -> Result<Vec<Alike>, Error> {
    if company.legal_name.trim().is_empty() {
        return Ok(Vec::new());
    }
    let holder = holder(c, company)?.map(|holder| holder.id);
    let place = PlaceInput {
        country: company.country.clone(),
        address: company.address.clone(),
        ..PlaceInput::default()
    };
    let located = match regions::country(&company.country) {
        Some(_) => place.locate(&company.legal_name),
        None => PlaceInput::default().locate(&company.legal_name),
    };
    let described = Described::of(
        company.legal_name.trim(),
        company.english_name.trim(),
        &located.area,
        &located.city,
    );
    let mut ids = similar(c, scope, &described)?;
    ids.extend(holder.clone());
    let found: Vec<Supplier> = suppliers::table
        .filter(among(suppliers::id, ids.iter().map(String::as_str)))
        .filter(suppliers::merged_into.is_null())
        .select(Supplier::as_select())
        .load(c)?;
    let mut alike: Vec<Alike> = found
        .into_iter()
        .filter(|supplier| scope.allows(&supplier.area))
        .map(|supplier| Alike { is_holder: holder.as_ref() == Some(&supplier.id), supplier })
        .collect();
    alike.sort_by_key(|one| (!one.is_holder, ids.iter().position(|id| *id == one.supplier.id)));
    Ok(alike)
}

/// The company that holds the identifier, wherever it is.
pub(super) fn holder(
    c: &mut AnyConnection,
    company: &CompanyInput,
) -> Result<Option<Supplier>, Error> {
    match company.identifier() {
        Some((kind, value)) => holder_of(c, kind.as_str(), &value),
        None => Ok(None),
    }
}

/// [`holder`] of an identifier that was checked.
pub(super) fn holder_of(
    c: &mut AnyConnection,
    kind: &str,
    value: &str,
) -> Result<Option<Supplier>, Error> {
    if value.is_empty() {
        return Ok(None);
    }
    Ok(identifiers::table
        .inner_join(suppliers::table.on(suppliers::id.eq(identifiers::supplier_id)))
        .filter(identifiers::kind.eq(kind))
        .filter(identifiers::value.eq(value))
        .filter(identifiers::removed_at.is_null())
        .select(Supplier::as_select())
        .first(c)
        .optional()?)
}

/// What a company has in common with an eliminated one, the most telling first.
pub(super) fn alert(
    c: &mut AnyConnection,
    vault: &Vault,
    company: &CompanyInput,
) -> Result<Alert, Error> {
    if holder(c, company)?.is_some_and(|holder| holder.stage == Stage::Eliminated) {
        return Ok(Alert::Identifier);
    }
    if shares_domain(c, company.contact_email.trim())? {
        return Ok(Alert::Domain);
    }
    if shares_phone(c, vault, company.contact_phone.trim())? {
        return Ok(Alert::Phone);
    }
    Ok(Alert::Nothing)
}

fn shares_domain(c: &mut AnyConnection, email: &str) -> Result<bool, Error> {
    let Some((_, domain)) = email.rsplit_once('@') else {
        return Ok(false);
    };
    let domain = domain.to_lowercase();
    if domain.is_empty() || PUBLIC_MAIL.contains(&domain.as_str()) {
        return Ok(false);
    }
    let emails: Vec<String> = contacts::table
        .inner_join(suppliers::table.on(suppliers::id.eq(contacts::supplier_id)))
        .filter(suppliers::stage.eq(Stage::Eliminated))
        .filter(contacts::email.ne(""))
        .select(contacts::email)
        .load(c)?;
    let domain_of = |email: &String| email.rsplit_once('@').map(|(_, at)| at.to_lowercase());
    Ok(emails.iter().any(|email| domain_of(email).as_deref() == Some(&domain)))
}

/// The last digits are compared first: only what has the same is opened.
fn shares_phone(c: &mut AnyConnection, vault: &Vault, phone: &str) -> Result<bool, Error> {
    let number = subscriber(phone);
    if number.is_empty() {
        return Ok(false);
    }
    let rows: Vec<(String, String)> = contacts::table
        .inner_join(suppliers::table.on(suppliers::id.eq(contacts::supplier_id)))
        .filter(suppliers::stage.eq(Stage::Eliminated))
        .filter(contacts::phone_hint.eq(mask(phone)))
        .filter(contacts::phone_sealed.ne(""))
        .select((contacts::id, contacts::phone_sealed))
        .load(c)?;
    for (id, sealed) in rows {
        if subscriber(&vault.open(&sealed, &id)?) == number {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The last eight digits: the same with a country's and an area's prefix, and without. "" for a
/// number that is too short to say whose it is.
fn subscriber(phone: &str) -> String {
    const DIGITS: usize = 8;
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < DIGITS {
        return String::new();
    }
    digits[digits.len() - DIGITS..].iter().collect()
}
