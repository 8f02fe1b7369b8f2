//! What a standard may demand.

use diesel::prelude::*;

use super::certificates::types;
use crate::schema::access_demands;
use crate::texts::Texts;

text_enum! {
    /// A kind of demand. What exactly is demanded is its subject.
    DemandKind {
        /// The subject is a [`Fact`].
        Fact = "fact",
        /// The subject is a kind of document.
        Document = "document",
        /// The subject is a type of certificate.
        Certificate = "certificate",
        /// The subject is the code of a clause: one of the register, or a [`Clause`].
        Clause = "clause",
        /// The subject is the lowest ESG grade that will do, "A" to "C".
        Grade = "grade",
        /// The subject says of whom: see [`Whom`].
        Authentication = "authentication",
        /// A valid basic-information certification; the subject is "".
        Basic = "basic",
        /// The subject is the id of another category, for which the company must be certified.
        Category = "category",
    }
}

text_enum! {
    /// Something that the register itself must hold of a company.
    Fact {
        Address = "address",
        Contact = "contact",
        Identifier = "identifier",
        BankAccount = "bank_account",
        LegalRepresentative = "legal_representative",
        BeneficialOwner = "beneficial_owner",
        Signatory = "signatory",
    }
}

text_enum! {
    /// The clauses that may be demanded before the register has their words.
    Clause {
        AntiBribery = "anti_bribery",
        AntiMoneyLaundering = "anti_money_laundering",
        SustainableDevelopment = "sustainable_development",
        InformationSecurity = "information_security",
        LabourRights = "labour_rights",
    }
}

text_enum! {
    /// Whose real name must be authenticated.
    Whom {
        LegalRepresentative = "legal_representative",
        /// Every authorised signatory, and there must be one.
        Signatories = "signatories",
    }
}

/// The grades that a standard may demand.
pub const GRADES: &[&str] = &["A", "B", "C"];

/// A demand of a standard.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = access_demands)]
pub struct Demand {
    pub id: String,
    pub standard_id: String,
    pub position: i64,
    pub kind: DemandKind,
    pub subject: String,
}

impl DemandKind {
    /// Whether what is demanded must be there all the time: when it is missing, the certification is
    /// suspended. Everything else is looked at when a company is certified.
    pub fn is_lasting(self) -> bool {
        use DemandKind::*;
        matches!(self, Certificate | Clause | Basic | Authentication | Category)
    }

    /// Whether only ever a person can say if it is met.
    pub fn is_by_hand(self) -> bool {
        self == DemandKind::Grade
    }
}

/// A demand in words. `named` is that of the category or the clause which a demand of that kind is
/// about; "" for a clause that the register does not have yet.
pub fn words(texts: &Texts, kind: DemandKind, subject: &str, named: &str) -> String {
    let name = match kind {
        DemandKind::Basic => "",
        DemandKind::Certificate => types::name(texts, subject),
        DemandKind::Document => return about(texts, kind, &format!("document-kind-{subject}")),
        DemandKind::Fact => return about(texts, kind, &format!("demand-fact-{subject}")),
        DemandKind::Clause if named.is_empty() => match Clause::parse(subject) {
            Some(_) => return about(texts, kind, &format!("clause-{subject}")),
            None => subject,
        },
        DemandKind::Clause => named,
        DemandKind::Authentication => {
            return about(texts, kind, &format!("demand-whom-{subject}"));
        }
        DemandKind::Grade => subject,
        DemandKind::Category => named,
    };
    texts.with(&format!("demand-{}", kind.as_str()), &[("name", name)])
}

fn about(texts: &Texts, kind: DemandKind, key: &str) -> String {
    texts.with(&format!("demand-{}", kind.as_str()), &[("name", texts.get(key))])
}
