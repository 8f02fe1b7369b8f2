//! What is written about a company that is proposed, by staff or by itself.

use serde::Deserialize;
use validator::{Validate, ValidateEmail};

use super::{Alert, Candidate, Origin, Status};
use crate::db::AnyConnection;
use crate::error::{Error, Problem, Problems};
use crate::regions;
use crate::suppliers::held::{self, IdentifierInput};
use crate::suppliers::identifiers::{self, Kind};
use crate::suppliers::{contacts, is_web_address};
use crate::texts::Language;
use crate::values::{new_id, now};
use crate::vault::Vault;

/// The company, its identifier and whom to talk to.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct CompanyInput {
    #[validate(length(max = 200))]
    pub legal_name: String,
    #[validate(length(max = 200))]
    pub english_name: String,
    /// ISO 3166-1 code.
    pub country: String,
    #[validate(length(max = 500))]
    pub address: String,
    #[validate(length(max = 200))]
    pub website: String,
    pub identifier_kind: String,
    #[validate(length(max = 60))]
    pub identifier_value: String,
    #[validate(length(max = 100))]
    pub contact_name: String,
    #[validate(length(max = 200))]
    pub contact_email: String,
    #[validate(length(max = 40))]
    pub contact_phone: String,
    /// "en" or "zh-CN".
    pub language: String,
}

impl CompanyInput {
    /// The rules that `validator`'s attributes do not express.
    pub(super) fn problems(&self) -> Problems {
        let mut problems = Problems::default();
        let texts = [
            ("legal_name", &self.legal_name),
            ("english_name", &self.english_name),
            ("contact_name", &self.contact_name),
        ];
        if self.legal_name.trim().is_empty() {
            problems.add(Problem::new("legal_name", "missing"));
        }
        for (field, text) in texts {
            if text.chars().any(char::is_control) {
                problems.add(Problem::new(field, "control_characters"));
            }
        }
        if regions::country(&self.country).is_none() {
            problems.add(Problem::new("country", "choose_country"));
        }
        let site = self.website.trim();
        if !site.is_empty() && !is_web_address(site) {
            problems.add(Problem::new("website", "web_address"));
        }
        let email = self.contact_email.trim();
        if !email.is_empty() && !email.validate_email() {
            problems.add(Problem::new("contact_email", "email"));
        }
        if !self.contact_phone.chars().all(|c| c.is_ascii_digit() || " +-()./#x".contains(c)) {
            problems.add(Problem::new("contact_phone", "phone"));
        }
        if Language::parse(&self.language).is_none() {
            problems.add(Problem::new("language", "unknown_choice"));
        }
        problems.0.extend(self.identifier_problems().0);
        problems
    }

    fn identifier_problems(&self) -> Problems {
        let (kind, value) = (self.identifier_kind.as_str(), self.identifier_value.trim());
        if value.is_empty() {
            return Problems::default();
        }
        if Kind::parse(kind).is_none() {
            return Problems::one("identifier_kind", "unknown_choice");
        }
        let input =
            IdentifierInput { kind: kind.into(), value: value.into(), evidence: String::new() };
        held::problems(&input, "identifier_value")
    }

    /// Kind and normalised value, `None` without an identifier that can be one.
    pub(super) fn identifier(&self) -> Option<(Kind, String)> {
        let kind = Kind::parse(&self.identifier_kind)?;
        let checked = identifiers::check(kind, self.identifier_value.trim());
        Some((kind, checked.normalised()?.to_string()))
    }

    /// The candidate that this describes, as it is before anybody has looked: held, from outside.
    pub(super) fn described(
        &self,
        c: &mut AnyConnection,
        vault: &Vault,
        alert: Alert,
        note: &str,
    ) -> Result<Candidate, Error> {
        let id = new_id();
        let phone = self.contact_phone.trim();
        let sealed = if phone.is_empty() { String::new() } else { vault.seal(phone, &id)? };
        let (kind, value) = match self.identifier() {
            Some((kind, value)) => (kind.as_str().to_string(), value),
            None => Default::default(),
        };
        Ok(Candidate {
            id,
            number: super::next_number(c)?,
            need_id: None,
            category_id: None,
            origin: Origin::Own,
            status: Status::Held,
            legal_name: self.legal_name.trim().into(),
            english_name: self.english_name.trim().into(),
            country: self.country.clone(),
            address: self.address.trim().into(),
            website: self.website.trim().into(),
            identifier_kind: kind,
            identifier_value: value,
            contact_name: self.contact_name.trim().into(),
            contact_email: self.contact_email.trim().into(),
            contact_phone_sealed: sealed,
            contact_phone_hint: contacts::mask(phone),
            language: self.language.clone(),
            note: note.trim().into(),
            alert,
            supplier_id: None,
            proposed_by: None,
            proposed_name: String::new(),
            created_at: now(),
            decided_at: None,
            decided_by: None,
            decided_name: String::new(),
            decision_reason: String::new(),
        })
    }
}
