//! Which column of a list holds what, told from the headers in English or Chinese.

mod aliases;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident $code:literal $label:literal,)*) => {
        /// What a column of a supplier list can hold.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Field {
            $($(#[$doc])* $variant,)*
        }

        impl Field {
            /// All fields in the order in which pages list them.
            pub const ALL: &[Field] = &[$(Field::$variant,)*];

            /// The header that the register's own exports write, and the name of the field in a
            /// mapping.
            pub fn as_str(self) -> &'static str {
                match self { $(Field::$variant => $code,)* }
            }

            /// The key of the field's name in the texts.
            pub fn label_key(self) -> &'static str {
                match self { $(Field::$variant => $label,)* }
            }
        }
    };
}

fields! {
    /// The register's own id of the supplier.
    SupplierId "supplier_id" "column-supplier-id",
    /// The legal name in the local script, or the only name there is.
    Name "legal_name" "column-legal-name",
    /// The name in English beside a legal name in another script.
    EnglishName "english_name" "column-english-name",
    /// Country, as a name or an ISO 3166-1 code.
    Country "country" "column-country",
    /// Province, state or the like, as a name.
    Province "province" "column-province",
    /// Province as a code of GB/T 2260.
    ProvinceCode "province_code" "column-province-code",
    /// City or prefecture.
    City "city" "column-city",
    /// County or district.
    District "district" "column-district",
    /// The address in free text.
    Address "address" "column-address",
    /// Postal code.
    PostalCode "postal_code" "column-postal-code",
    /// The register's own region, computed: read to be recognised, never to be taken over.
    Region "region" "column-region",
    /// Unified Social Credit Code.
    Uscc "uscc" "column-uscc",
    /// Legal Entity Identifier.
    Lei "lei" "column-lei",
    /// D-U-N-S number.
    Duns "duns" "column-duns",
    /// VAT number of the European Union.
    EuVat "eu_vat" "column-eu-vat",
    /// A code whose kind is told from each cell.
    Code "code" "column-code",
    /// Another identifier, such as the office's own supplier number.
    OtherId "other_id" "column-other-id",
    /// Category of what is bought.
    Category "category" "column-category",
    /// Stage of the supplier.
    Stage "stage" "column-stage",
    /// Supplier since (date).
    Since "since" "column-since",
    /// Web address.
    Website "website" "column-website",
    /// Industry of the supplier.
    Industry "industry" "column-industry",
    /// Name of the contact.
    ContactName "contact_name" "column-contact-name",
    /// E-mail address of the contact.
    ContactEmail "contact_email" "column-contact-email",
    /// Telephone number of the contact.
    ContactPhone "contact_phone" "column-contact-phone",
    /// The register's own id of the site.
    SiteId "site_id" "column-site-id",
    /// Name of the site.
    SiteName "site_name" "column-site-name",
    /// Kind of the site: registered office, plant, warehouse.
    SiteKind "site_kind" "column-site-kind",
    /// Remarks.
    Note "note" "column-note",
}

impl Field {
    /// The field of this name.
    pub fn parse(name: &str) -> Option<Field> {
        Field::ALL.iter().copied().find(|field| field.as_str() == name)
    }
}

/// The field of each header, as far as recognised.
///
/// Each field is given once. Where several headers fit one field, the one that names it best wins
/// ("Supplier name" before "Name"), then the first.
pub fn recognise(headers: &[String]) -> Vec<Option<Field>> {
    let mut candidates: Vec<(usize, usize, Field)> = headers
        .iter()
        .enumerate()
        .flat_map(|(column, header)| {
            matches(header).into_iter().map(move |(rank, field)| (rank, column, field))
        })
        .collect();
    candidates.sort_unstable();
    let mut fields = vec![None; headers.len()];
    for (_, column, field) in candidates {
        if fields[column].is_none() && !fields.contains(&Some(field)) {
            fields[column] = Some(field);
        }
    }
    fields
}

/// The fields that a header can mean, with a rank: the smaller the better.
fn matches(header: &str) -> Vec<(usize, Field)> {
    let whole = fold_header(header);
    // "Address (required)", "Name *", "地址（必填）": what stands in brackets explains the header.
    let bare = fold_header(&without_brackets(header));
    let mut found = aliases::ranks(&whole);
    if bare != whole {
        found.extend(
            aliases::ranks(&bare).into_iter().map(|(rank, field)| (rank + BRACKETS, field)),
        );
    }
    found
}

/// What a match counts less that needed the brackets left out.
const BRACKETS: usize = 1_000;

/// NFKC and lower case; letters and digits only.
fn fold_header(header: &str) -> String {
    header.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

fn without_brackets(header: &str) -> String {
    let mut depth = 0usize;
    header
        .nfkc()
        .filter(|c| match c {
            '(' | '[' | '【' => {
                depth += 1;
                false
            }
            ')' | ']' | '】' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// The field of each column of a list, from the first column on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<Option<String>>", into = "Vec<Option<String>>")]
pub struct Mapping(pub Vec<Option<Field>>);

/// What is wrong with a mapping written by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MappingError {
    /// Not a JSON object of headers to field names or null.
    NotAnObject(String),
    /// There is no such field.
    UnknownField(String),
    /// The list has no such header.
    UnknownHeader(String),
    /// Two columns were given the same field.
    Twice(Field),
}

impl MappingError {
    /// The stable code, for texts and JSON.
    pub fn code(&self) -> &'static str {
        match self {
            MappingError::NotAnObject(_) => "not_an_object",
            MappingError::UnknownField(_) => "unknown_field",
            MappingError::UnknownHeader(_) => "unknown_header",
            MappingError::Twice(_) => "field_twice",
        }
    }

    /// The field, header or explanation that the error is about.
    pub fn subject(&self) -> &str {
        match self {
            MappingError::NotAnObject(text)
            | MappingError::UnknownField(text)
            | MappingError::UnknownHeader(text) => text,
            MappingError::Twice(field) => field.as_str(),
        }
    }
}

impl std::fmt::Display for MappingError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code(), self.subject())
    }
}

impl std::error::Error for MappingError {}

impl Mapping {
    /// The mapping recognised from the headers.
    pub fn recognised(headers: &[String]) -> Mapping {
        Mapping(recognise(headers))
    }

    /// The mapping that a JSON file `{"Header": "field" or null}` gives for these headers.
    ///
    /// Headers that the file does not name keep what is recognised, unless the file gives their
    /// field to another column.
    pub fn from_json(json: &str, headers: &[String]) -> Result<Mapping, MappingError> {
        let wanted: BTreeMap<String, Option<String>> = serde_json::from_str(json)
            .map_err(|error| MappingError::NotAnObject(error.to_string()))?;
        let mut named: Vec<(usize, Option<Field>)> = Vec::with_capacity(wanted.len());
        for (header, name) in wanted {
            let column = headers
                .iter()
                .position(|known| known.trim() == header.trim())
                .ok_or(MappingError::UnknownHeader(header))?;
            let field = name.map(parse_field).transpose()?;
            named.push((column, field));
        }
        let mut fields = recognise(headers);
        let taken =
            |field: &Option<Field>| field.is_some() && named.iter().any(|(_, f)| f == field);
        fields.iter_mut().filter(|field| taken(field)).for_each(|field| *field = None);
        for (column, field) in &named {
            fields[*column] = *field;
        }
        Mapping::checked(fields)
    }

    /// The column of a field, from 0.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.0.iter().position(|&found| found == Some(field))
    }

    /// A mapping in which each field stands once at most.
    pub fn checked(fields: Vec<Option<Field>>) -> Result<Mapping, MappingError> {
        let twice = fields
            .iter()
            .enumerate()
            .find_map(|(at, field)| field.filter(|_| fields[..at].contains(field)));
        match twice {
            Some(field) => Err(MappingError::Twice(field)),
            None => Ok(Mapping(fields)),
        }
    }
}

fn parse_field(name: String) -> Result<Field, MappingError> {
    Field::parse(&name).ok_or(MappingError::UnknownField(name))
}

impl TryFrom<Vec<Option<String>>> for Mapping {
    type Error = MappingError;

    fn try_from(names: Vec<Option<String>>) -> Result<Mapping, MappingError> {
        let fields: Result<Vec<_>, _> =
            names.into_iter().map(|name| name.map(parse_field).transpose()).collect();
        Mapping::checked(fields?)
    }
}

impl From<Mapping> for Vec<Option<String>> {
    fn from(mapping: Mapping) -> Vec<Option<String>> {
        let name = |field: Field| field.as_str().to_owned();
        mapping.0.into_iter().map(|field| field.map(name)).collect()
    }
}

#[cfg(test)]
mod tests;
