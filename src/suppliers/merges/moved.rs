//! What a merge has moved, as it is kept for undoing it.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::suppliers::duplicates::{Pair, PairStatus};

/// Everything that a merge has changed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Moved {
    /// When the period of the company that went began, which the merge has ended.
    pub version: Option<NaiveDateTime>,
    pub sites: Vec<MovedSite>,
    pub identifiers: Vec<String>,
    pub contacts: Vec<String>,
    pub accounts: Vec<String>,
    pub invitations: Vec<String>,
    pub bank_accounts: Vec<String>,
    pub people: Vec<String>,
    pub documents: Vec<String>,
    pub reminders: Vec<String>,
    /// Id of the account that looked after the company that went, when nobody looked after the other.
    pub owner: Option<String>,
    pub authentications: Vec<String>,
    pub basic_audits: Vec<String>,
    pub certifications: Vec<String>,
    pub certificates: Vec<String>,
    pub data_access: Vec<String>,
    pub signing_rights: Vec<String>,
    pub signature_holders: Vec<String>,
    pub clause_exceptions: Vec<String>,
    pub clause_requests: Vec<String>,
    pub inspections: Vec<String>,
    pub findings: Vec<String>,
    pub inspection_effects: Vec<String>,
    pub risk_tiers: Vec<String>,
    /// Id of the risk tier that the merge has ended, because the other company had one of its own.
    pub risk_tier_ended: Option<String>,
    pub punishment_cases: Vec<String>,
    pub punishment_interims: Vec<String>,
    pub punishment_members: Vec<String>,
    /// Links of companies that share something: those of the company that went, and those of others to it.
    pub evasion_links: Vec<String>,
    pub evasion_others: Vec<String>,
    pub registrations: Vec<String>,
    pub candidates: Vec<String>,
    pub declarations: Vec<String>,
    pub messages: Vec<String>,
    /// Categories of the company that went, and those of them that the other did not have.
    pub categories: Vec<String>,
    pub categories_added: Vec<String>,
    /// Control links in which it was the parent, and the child.
    pub as_parent: Vec<String>,
    pub as_child: Vec<String>,
    /// Control links between the two, which hold no more.
    pub withdrawn: Vec<String>,
    /// Pairs with third companies, as they were.
    pub pairs: Vec<MovedPair>,
}

/// A site as it was before.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MovedSite {
    pub id: String,
    pub kind: String,
    /// When its last period before began; none for a site that was closed.
    pub version: Option<NaiveDateTime>,
}

/// A pair as it was before.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MovedPair {
    pub id: String,
    pub first: String,
    pub second: String,
    pub status: String,
}

impl MovedPair {
    pub fn of(pair: &Pair) -> MovedPair {
        MovedPair {
            id: pair.id.clone(),
            first: pair.first_id.clone(),
            second: pair.second_id.clone(),
            status: pair.status.as_str().into(),
        }
    }

    pub fn status(&self) -> PairStatus {
        PairStatus::parse(&self.status).unwrap_or(PairStatus::Waiting)
    }
}

impl Moved {
    /// How much was moved, for the audit trail; what was nothing is left out.
    pub fn counts(&self) -> Value {
        let counts = [
            ("sites", self.sites.len()),
            ("held_identifiers", self.identifiers.len()),
            ("contacts", self.contacts.len()),
            ("added_categories", self.categories_added.len()),
            ("accounts", self.accounts.len()),
            ("bank_accounts", self.bank_accounts.len()),
            ("people", self.people.len()),
            ("documents", self.documents.len()),
            ("authentications", self.authentications.len()),
            ("basic_audits", self.basic_audits.len()),
            ("certifications", self.certifications.len()),
            ("certificates", self.certificates.len()),
            ("signatures", self.signature_holders.len()),
            ("registrations", self.registrations.len()),
            ("inspections", self.inspections.len()),
            ("findings", self.findings.len()),
            ("control_links", self.as_parent.len() + self.as_child.len()),
        ];
        let mut object = json!({});
        for (name, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            object[name] = json!(count);
        }
        object
    }
}
