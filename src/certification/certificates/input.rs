//! What is said of a certificate, and the rules that need no look into the register.

use chrono::{Months, NaiveDate};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use validator::Validate;

use super::types::{self, CertificateType, TypeKind};
use crate::error::{Problem, Problems};
use crate::values::calendar_day;

/// Years from the first to the last day, at most. No scheme that we know certifies for longer than
/// five; a slip of the pen in a year is found by this.
const MOST_YEARS: u32 = 10;
/// The same of licences: the term of a business licence may be as long as a company's articles say.
const MOST_YEARS_OF_LICENCE: u32 = 50;

/// What is said of a certificate: by staff, by the company, or by a program.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
#[serde(default)]
pub struct CertificateInput {
    /// Id of a type: see [`types`].
    #[validate(length(max = 40))]
    pub certificate_type: String,
    #[validate(length(max = 80))]
    pub certificate_number: String,
    #[validate(length(max = 200))]
    pub issuer: String,
    #[validate(length(max = 2000))]
    pub certificate_scope: String,
    /// The name on the certificate.
    #[validate(length(max = 200))]
    pub certificate_holder: String,
    /// Id of one of the company's sites; "" for the whole company.
    #[validate(length(max = 40))]
    pub certificate_site: String,
    /// `2027-03-31`.
    #[validate(length(max = 10))]
    pub first_day: String,
    #[validate(length(max = 10))]
    pub last_day: String,
    /// "on" for a licence that has no end.
    #[validate(length(max = 10))]
    pub no_end: String,
    /// Id of one of the company's documents.
    #[validate(length(max = 40))]
    pub document: String,
    /// Id of the certificate that this one renews; "" for none.
    #[validate(length(max = 40))]
    pub renews: String,
}

/// What was said, understood.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub kind: &'static CertificateType,
    pub number: String,
    pub number_key: String,
    pub issuer: String,
    pub scope: String,
    pub holder: String,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
}

/// A number as it is compared: compatibility forms undone (NFKC), capital letters and digits only.
pub fn number_key(number: &str) -> String {
    number.nfkc().flat_map(char::to_uppercase).filter(|c| c.is_alphanumeric()).collect()
}

impl CertificateInput {
    /// Reads the fields of a form.
    pub fn of_form(typed: impl Fn(&str) -> String) -> CertificateInput {
        CertificateInput {
            certificate_type: typed("certificate_type"),
            certificate_number: typed("certificate_number"),
            issuer: typed("issuer"),
            certificate_scope: typed("certificate_scope"),
            certificate_holder: typed("certificate_holder"),
            certificate_site: typed("certificate_site"),
            first_day: typed("first_day"),
            last_day: typed("last_day"),
            no_end: typed("no_end"),
            document: typed("document"),
            renews: typed("renews"),
        }
    }

    /// What is said, or everything that is wrong with it. A company is told when its certificate
    /// has run out by `today`; staff may record what once was.
    pub(super) fn said(&self, today: NaiveDate, by_company: bool) -> Result<Said, Problems> {
        self.validate().map_err(Problems::from)?;
        let mut problems = Problems::default();
        let kind = self.kind().map_err(|code| problems.add(Problem::new("certificate_type", code)));
        let number_key = number_key(&self.certificate_number);
        if number_key.is_empty() {
            problems.add(Problem::new("certificate_number", "certificate_number"));
        }
        for (field, text) in
            [("issuer", &self.issuer), ("certificate_holder", &self.certificate_holder)]
        {
            if text.trim().is_empty() {
                problems.add(Problem::new(field, "missing"));
            }
        }
        for (field, text) in [
            ("certificate_number", &self.certificate_number),
            ("issuer", &self.issuer),
            ("certificate_holder", &self.certificate_holder),
        ] {
            if text.chars().any(char::is_control) {
                problems.add(Problem::new(field, "control_characters"));
            }
        }
        let is_licence = kind.is_ok_and(|kind| kind.kind == TypeKind::Licence);
        let days = self.days(today, by_company, is_licence, &mut problems);
        let (Ok(kind), Some((valid_from, valid_to)), true) = (kind, days, problems.is_empty())
        else {
            return Err(problems);
        };
        Ok(Said {
            kind,
            number: self.certificate_number.trim().into(),
            number_key,
            issuer: self.issuer.trim().into(),
            scope: self.certificate_scope.trim().into(),
            holder: self.certificate_holder.trim().into(),
            valid_from,
            valid_to,
        })
    }

    fn kind(&self) -> Result<&'static CertificateType, &'static str> {
        match types::find(&self.certificate_type) {
            None if self.certificate_type.is_empty() => Err("missing"),
            None => Err("unknown_choice"),
            Some(kind) if !kind.can_be_held() => Err("certificate_guidance"),
            Some(kind) => Ok(kind),
        }
    }

    fn days(
        &self,
        today: NaiveDate,
        by_company: bool,
        is_licence: bool,
        problems: &mut Problems,
    ) -> Option<(NaiveDate, Option<NaiveDate>)> {
        let first = day_of("first_day", &self.first_day, problems);
        if self.no_end == "on" {
            if !is_licence {
                problems.add(Problem::new("no_end", "certificate_no_end"));
            }
            return first.map(|first| (first, None));
        }
        let last = day_of("last_day", &self.last_day, problems)?;
        let first = first?;
        let years = if is_licence { MOST_YEARS_OF_LICENCE } else { MOST_YEARS };
        if last < first {
            problems.add(Problem::new("last_day", "certificate_order"));
        } else if first.checked_add_months(Months::new(years * 12)).is_some_and(|most| last > most)
        {
            problems.add(Problem::new("last_day", "certificate_long").with("max", years));
        } else if by_company && last < today {
            problems.add(Problem::new("last_day", "certificate_run_out"));
        }
        Some((first, Some(last)))
    }
}

fn day_of(field: &str, text: &str, problems: &mut Problems) -> Option<NaiveDate> {
    let text = text.trim();
    let day = calendar_day(text);
    if day.is_none() {
        let code = if text.is_empty() { "missing" } else { "document_date" };
        problems.add(Problem::new(field, code));
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_spellings_of_a_number_are_one() {
        for number in ["cn-14001/0815", "CN 14001 0815", "ＣＮ１４００１－０８１５"] {
            assert_eq!(number_key(number), "CN140010815", "{number}");
        }
        assert_ne!(number_key("苏AQ-1"), number_key("浙AQ-1"));
        assert_eq!(number_key("-/ ."), "");
    }
}
