//! What somebody who checks a certificate wants to know beside what it says.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};
use diesel::prelude::*;

use super::{Certificate, of, types};
use crate::categories::{self, Category};
use crate::certification::category;
use crate::certification::demands::DemandKind;
use crate::certification::standards;
use crate::db::AnyConnection;
use crate::error::Error;
use crate::schema::supplier_categories;
use crate::suppliers::names::name_key;
use crate::suppliers::{Supplier, history};

text_enum! {
    /// What somebody should look at closely. The text is `certificate-warning-<word>`.
    Warning {
        /// The holder's name is none that the company has or had.
        Holder = "holder",
        /// It holds for longer than such certificates usually do.
        Long = "long",
        RanOut = "ran_out",
        /// It is about one site, not about the company.
        Site = "site",
        /// The document was taken off.
        NoFile = "no_file",
    }
}

/// What speaks for a closer look, on a day. `has_file` says whether its document is there.
pub fn warnings(
    c: &mut AnyConnection,
    certificate: &Certificate,
    supplier: &Supplier,
    has_file: bool,
    today: NaiveDate,
) -> Result<Vec<Warning>, Error> {
    let mut warnings = Vec::new();
    if !is_name_of(c, supplier, &certificate.holder)? {
        warnings.push(Warning::Holder);
    }
    let usual = types::find(&certificate.type_id).and_then(|kind| kind.usual_months);
    let most =
        usual.and_then(|months| certificate.valid_from.checked_add_months(Months::new(months + 1)));
    if most.is_some_and(|most| certificate.valid_to.is_some_and(|last| last > most)) {
        warnings.push(Warning::Long);
    }
    if certificate.valid_to.is_some_and(|last| last < today) {
        warnings.push(Warning::RanOut);
    }
    if certificate.site_id.is_some() {
        warnings.push(Warning::Site);
    }
    if !has_file {
        warnings.push(Warning::NoFile);
    }
    Ok(warnings)
}

/// Whether a name is one that the company has or had, as names of companies are compared.
fn is_name_of(c: &mut AnyConnection, supplier: &Supplier, name: &str) -> Result<bool, Error> {
    let key = name_key(name);
    if [&supplier.legal_name, &supplier.english_name].iter().any(|one| name_key(one) == key) {
        return Ok(true);
    }
    Ok(history::of(c, &supplier.id)?.iter().any(|then| name_key(&then.legal_name) == key))
}

/// The certificates that one renews and that renew it, oldest first, itself among them.
pub fn chain(c: &mut AnyConnection, certificate: &Certificate) -> Result<Vec<Certificate>, Error> {
    let mut others = of(c, &certificate.supplier_id)?;
    let mut chain = vec![certificate.clone()];
    while let Some(at) = others.iter().position(|one| chain[0].renews_id.as_ref() == Some(&one.id))
    {
        chain.insert(0, others.swap_remove(at));
    }
    let mut newest = certificate.id.clone();
    while let Some(at) = others.iter().position(|one| one.renews_id.as_ref() == Some(&newest)) {
        let next = others.swap_remove(at);
        newest.clone_from(&next.id);
        chain.push(next);
    }
    Ok(chain)
}

/// The categories that the company offers or is certified for, whose standard of the day demands
/// such a certificate.
pub fn demanded_by(
    c: &mut AnyConnection,
    certificate: &Certificate,
    today: NaiveDate,
) -> Result<Vec<Category>, Error> {
    let mut ids: BTreeSet<String> = supplier_categories::table
        .filter(supplier_categories::supplier_id.eq(&certificate.supplier_id))
        .select(supplier_categories::category_id)
        .load(c)?
        .into_iter()
        .collect();
    let applied = category::of(c, &certificate.supplier_id)?;
    ids.extend(applied.into_iter().map(|one| one.category_id));
    let standards = standards::published(c)?;
    let is_demanded = |id: &str| {
        standards.on(id, today).is_some_and(|version| {
            version.demands.iter().any(|demand| {
                demand.kind == DemandKind::Certificate && demand.subject == certificate.type_id
            })
        })
    };
    let all = categories::all(c)?;
    Ok(all.into_iter().filter(|one| ids.contains(&one.id) && is_demanded(&one.id)).collect())
}
