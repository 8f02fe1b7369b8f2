//! Evasion: companies that share something with one under a measure wait for a person.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::schema::evasion_links;

text_enum! {
    /// What two companies share.
    Kind {
        Identifier = "identifier",
        BankAccount = "bank_account",
        LegalRepresentative = "legal_representative",
        BeneficialOwner = "beneficial_owner",
        Phone = "phone",
        Address = "address",
        MailDomain = "mail_domain",
    }
}

text_enum! {
    /// What a person has said of a link.
    Status {
        /// Nobody has looked: no orders.
        Held = "held",
        /// They have nothing to do with each other.
        Cleared = "cleared",
        /// The same in new clothes: a case follows.
        Confirmed = "confirmed",
    }
}

/// That a company shares something with one under a measure.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = evasion_links)]
pub struct Link {
    pub id: String,
    /// The company that is held.
    pub supplier_id: String,
    pub case_id: String,
    /// The company under the measure.
    pub other_id: String,
    pub kind: Kind,
    /// What they share, masked where it is personal.
    pub shared: String,
    pub status: Status,
    pub found_at: NaiveDateTime,
    pub settled_at: Option<NaiveDateTime>,
    pub settled_by: Option<String>,
    pub settled_name: String,
    pub reason: String,
}
