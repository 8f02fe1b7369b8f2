//! Types of certificates: data of the product.
//!
//! Codes of standards and usual validities are those of the certification schemes; where a scheme lets
//! them vary, the longest usual one stands here. A guidance standard has no requirements: nobody can be
//! certified to it (ISO 20400:2017, ISO 26000:2010 and ISO 37002:2021, each in its scope).

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::texts::{Language, Texts};

text_enum! {
    /// What a type of certificate is.
    TypeKind {
        Certificate = "certificate",
        /// A licence or permit of an authority.
        Licence = "licence",
        /// A report or statement about one audit, period or system.
        Report = "report",
        Rating = "rating",
        /// Guidance: there is no such certificate.
        Guidance = "guidance",
    }
}

/// A type of certificate.
#[derive(Clone, Debug)]
pub struct CertificateType {
    /// Stable: what lists, exports and standards carry.
    pub id: &'static str,
    pub name_en: &'static str,
    pub name_zh: &'static str,
    /// The standard or scheme.
    pub standard: &'static str,
    pub kind: TypeKind,
    /// For how many months such a certificate is usually valid, where there is a usual time.
    pub usual_months: Option<u32>,
    pub pillar: &'static str,
}

static TYPES: LazyLock<Vec<CertificateType>> = LazyLock::new(|| {
    let line = |line: &'static str| {
        let [id, name_en, name_zh, standard, kind, months, pillar] =
            line.split(',').collect::<Vec<_>>()[..]
        else {
            return None;
        };
        let kind = TypeKind::parse(kind)?;
        let usual_months = months.parse().ok();
        Some(CertificateType { id, name_en, name_zh, standard, kind, usual_months, pillar })
    };
    include_str!("types.csv").lines().skip(1).filter_map(line).collect()
});

static BY_ID: LazyLock<HashMap<&'static str, usize>> =
    LazyLock::new(|| TYPES.iter().enumerate().map(|(at, one)| (one.id, at)).collect());

/// All types, in the order in which lists show them.
pub fn all() -> &'static [CertificateType] {
    &TYPES
}

/// The type of an id.
pub fn find(id: &str) -> Option<&'static CertificateType> {
    BY_ID.get(id).map(|at| &TYPES[*at])
}

/// The name of a type, or the id when there is none.
pub fn name<'a>(texts: &Texts, id: &'a str) -> &'a str {
    match find(id) {
        Some(one) if texts.language() == Language::Chinese => one.name_zh,
        Some(one) => one.name_en,
        None => id,
    }
}

impl CertificateType {
    /// Whether a company can hold such a certificate.
    pub fn can_be_held(&self) -> bool {
        self.kind != TypeKind::Guidance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_of_the_table_is_read() {
        assert_eq!(all().len(), include_str!("types.csv").lines().count() - 1);
        assert_eq!(all().len(), 56);
        assert_eq!(BY_ID.len(), all().len(), "ids are unique");
    }

    #[test]
    fn guidance_cannot_be_held_as_a_certificate() {
        let guidance: Vec<&str> =
            all().iter().filter(|one| !one.can_be_held()).map(|one| one.id).collect();
        assert_eq!(guidance, ["iso37002", "iso20400", "iso26000"]);
    }
}
