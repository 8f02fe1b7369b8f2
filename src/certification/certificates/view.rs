//! The form of a certificate, as a part of pages: `certificates/form_part.html` wants a field `part`
//! beside `page`.

use super::query::pillars;
use super::types::{self, TypeKind};
use super::{Certificate, find_of};
use crate::db::AnyConnection;
use crate::documents::check::ACCEPTED;
use crate::documents::{self, Document};
use crate::error::Error;
use crate::page::{Form, Page};
use crate::suppliers::Supplier;
use crate::suppliers::sites::{self, Site};

/// A choice in a list: value, words, whether it is chosen.
pub type Choice = (String, String, bool);

/// Choices by what they have in common, in words.
pub type Choices = Vec<(String, Vec<Choice>)>;

/// The form that says what a certificate says.
pub struct FormPart {
    /// Where it is sent.
    pub action: String,
    /// Where it leads when nothing is to be sent.
    pub cancel: String,
    pub form: Form,
    /// The certificate that is renewed.
    pub renewed: Option<Certificate>,
    sites: Vec<Site>,
    documents: Vec<Document>,
}

impl FormPart {
    pub fn load(
        c: &mut AnyConnection,
        supplier_id: &str,
        action: String,
        cancel: String,
        form: Form,
    ) -> Result<FormPart, Error> {
        let renewed = match form.value("renews") {
            "" => None,
            id => find_of(c, supplier_id, id).ok(),
        };
        let (sites, documents) = (sites::of(c, supplier_id)?, documents::of(c, supplier_id)?);
        Ok(FormPart { action, cancel, form, renewed, sites, documents })
    }

    /// The types that a company can hold, by pillar.
    pub fn types(&self, page: &Page) -> Choices {
        type_choices(page, self.form.value("certificate_type"))
    }

    pub fn sites(&self, page: &Page) -> Vec<Choice> {
        let chosen = self.form.value("certificate_site");
        let choice = |site: &Site| {
            let kind = page.tk("site", site.kind.as_str());
            let name = if site.name.is_empty() { &site.address } else { &site.name };
            (site.id.clone(), format!("{kind} {name}"), site.id == chosen)
        };
        self.sites.iter().map(choice).collect()
    }

    pub fn documents(&self) -> Vec<Choice> {
        let chosen = self.form.value("document");
        let choice = |one: &Document| (one.id.clone(), document_name(one), one.id == chosen);
        self.documents.iter().map(choice).collect()
    }

    /// The last day of the certificate that is renewed, in words.
    pub fn last_day(&self, page: &Page) -> String {
        let last = self.renewed.as_ref().and_then(|old| old.valid_to);
        last.map_or_else(|| page.t("field-no_end").to_string(), |day| page.day(day))
    }

    /// The endings of files that are taken.
    pub fn accepted(&self) -> &'static str {
        ACCEPTED
    }
}

fn document_name(document: &Document) -> String {
    if document.title == document.file_name {
        return document.title.clone();
    }
    format!("{} ({})", document.title, document.file_name)
}

/// The types that a company can hold, by pillar, to choose from.
pub fn type_choices(page: &Page, chosen: &str) -> Choices {
    let of_pillar = |pillar: &'static str| {
        let held = types::all().iter().filter(|one| one.pillar == pillar && one.can_be_held());
        let choice = |one: &types::CertificateType| {
            let name = types::name(page.texts(), one.id).to_string();
            (one.id.to_string(), name, one.id == chosen)
        };
        (page.tk("pillar", pillar), held.map(choice).collect())
    };
    pillars().into_iter().map(of_pillar).collect()
}

/// A form for a new certificate: of a type, or as the one that it renews.
pub fn new_form(
    c: &mut AnyConnection,
    supplier: &Supplier,
    of_type: &str,
    renews: &str,
) -> Result<Form, Error> {
    if renews.is_empty() {
        let values = [("certificate_type", of_type), ("certificate_holder", &supplier.legal_name)];
        return Ok(Form::of(&values));
    }
    let old = find_of(c, &supplier.id, renews)?;
    Ok(Form::of(&[
        ("certificate_type", &old.type_id),
        ("certificate_number", &old.number),
        ("issuer", &old.issuer),
        ("certificate_scope", &old.scope),
        ("certificate_holder", &old.holder),
        ("certificate_site", old.site_id.as_deref().unwrap_or_default()),
        ("renews", renews),
    ]))
}

/// The form filled with what a certificate says now.
pub fn form_of(one: &Certificate) -> Form {
    let (first, last) = (one.valid_from.to_string(), one.valid_to.map(|day| day.to_string()));
    let is_licence = types::find(&one.type_id).is_some_and(|kind| kind.kind == TypeKind::Licence);
    let no_end = if last.is_none() && is_licence { "on" } else { "" };
    Form::of(&[
        ("certificate_type", &one.type_id),
        ("certificate_number", &one.number),
        ("issuer", &one.issuer),
        ("certificate_scope", &one.scope),
        ("certificate_holder", &one.holder),
        ("certificate_site", one.site_id.as_deref().unwrap_or_default()),
        ("first_day", &first),
        ("last_day", last.as_deref().unwrap_or_default()),
        ("no_end", no_end),
        ("document", one.document_id.as_deref().unwrap_or_default()),
        ("renews", one.renews_id.as_deref().unwrap_or_default()),
    ])
}
