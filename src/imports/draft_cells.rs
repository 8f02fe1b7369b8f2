//! The cells of one row under their fields, with the rules each must keep.

use super::options::day;
use crate::error::{Problem, Problems};
use crate::sheets::{FaultKind, Row};
use crate::suppliers::columns::{Field, Mapping};
use crate::suppliers::identifiers::{self, Checked, Kind};
use crate::suppliers::{Stage, is_web_address};
use crate::texts::Language;

/// Longest texts, in characters: what the forms of the register take as well.
const LIMITS: &[(Field, usize)] = &[
    (Field::Name, 200),
    (Field::EnglishName, 200),
    (Field::Address, 500),
    (Field::District, 100),
    (Field::City, 100),
    (Field::Province, 100),
    (Field::Country, 100),
    (Field::PostalCode, 20),
    (Field::Industry, 100),
    (Field::Category, 500),
    (Field::Website, 200),
    (Field::Note, 2000),
    (Field::SiteName, 200),
    (Field::ContactName, 100),
    (Field::ContactEmail, 200),
    (Field::ContactPhone, 40),
];

/// An identifier that a row gives.
#[derive(Clone, Debug)]
pub struct Given {
    pub field: Field,
    pub kind: Kind,
    pub value: String,
    /// Its check character is wrong: it goes in, and waits for a second person.
    pub doubtful: bool,
}

/// One row and what was found wrong with it.
pub struct Cells<'a> {
    row: &'a Row,
    mapping: &'a Mapping,
    pub problems: Problems,
}

impl<'a> Cells<'a> {
    /// Checks lengths, and cells that a spreadsheet has spoilt.
    pub fn of(row: &'a Row, mapping: &'a Mapping) -> Cells<'a> {
        let mut cells = Cells { row, mapping, problems: Problems::default() };
        for fault in &row.faults {
            let Some(field) = mapping.0.get(fault.column).copied().flatten() else { continue };
            let spoils = fault.kind == FaultKind::FormulaError || is_code(field);
            if spoils {
                cells.refuse(field, Problem::new(field.as_str(), fault.kind.code()));
            }
        }
        for (field, limit) in LIMITS {
            let text = cells.text(*field);
            if text.len() > *limit && text.chars().count() > *limit {
                cells.refuse(*field, Problem::new(field.as_str(), "too_long").with("max", limit));
            }
        }
        cells
    }

    /// The text of a field, "" when the list has no such column.
    pub fn text(&self, field: Field) -> &'a str {
        self.mapping.column(field).map_or("", |column| self.row.cell(column))
    }

    /// The text of a field on one line.
    pub fn line(&self, field: Field) -> String {
        one_line(self.text(field))
    }

    fn refuse(&mut self, field: Field, problem: Problem) {
        if !self.problems.0.iter().any(|p| p.field == field.as_str()) {
            self.problems.add(problem);
        }
    }

    /// The legal name, or the English one where the list has no other.
    pub fn name(&mut self) -> String {
        let name = self.line(Field::Name);
        let name = if name.is_empty() { self.line(Field::EnglishName) } else { name };
        if !name.chars().any(char::is_alphanumeric) {
            self.refuse(Field::Name, Problem::new(Field::Name.as_str(), "missing"));
        }
        name
    }

    /// The stage by its code or by its name in either language.
    pub fn stage(&mut self, otherwise: Stage) -> Stage {
        let text = self.text(Field::Stage);
        if text.is_empty() {
            return otherwise;
        }
        stage_of(text).unwrap_or_else(|| {
            self.refuse(Field::Stage, Problem::new(Field::Stage.as_str(), "import_stage"));
            otherwise
        })
    }

    /// The day since when the company is a supplier.
    pub fn since(&mut self) -> Option<chrono::NaiveDateTime> {
        let text = self.text(Field::Since);
        if text.is_empty() {
            return None;
        }
        let found = day(text);
        if found.is_none() {
            self.refuse(Field::Since, Problem::new(Field::Since.as_str(), "import_date"));
        }
        found.map(|day| day.and_time(Default::default()))
    }

    /// The web address; lists often leave `https://` out.
    pub fn website(&mut self) -> String {
        let text = self.line(Field::Website);
        if text.is_empty() || is_web_address(&text) {
            return text;
        }
        let whole = format!("https://{text}");
        if !text.contains("://") && is_web_address(&whole) {
            return whole;
        }
        self.refuse(Field::Website, Problem::new(Field::Website.as_str(), "web_address"));
        String::new()
    }

    /// The identifiers, each checked by the rules of its kind.
    pub fn identifiers(&mut self) -> Vec<Given> {
        let mut given = Vec::new();
        let columns = [
            (Field::Uscc, Some(Kind::Uscc)),
            (Field::Lei, Some(Kind::Lei)),
            (Field::Duns, Some(Kind::Duns)),
            (Field::EuVat, Some(Kind::EuVat)),
            (Field::Code, None),
            (Field::OtherId, Some(Kind::Other)),
        ];
        for (field, kind) in columns {
            let text = self.text(field);
            if text.is_empty() {
                continue;
            }
            let kind = kind.or_else(|| identifiers::guess(text)).unwrap_or(Kind::Other);
            match identifiers::check(kind, text) {
                Checked::Valid(value) => given.push(Given { field, kind, value, doubtful: false }),
                Checked::Doubtful(value, _) => {
                    given.push(Given { field, kind, value, doubtful: true });
                }
                Checked::Refused(fault) => {
                    let code = format!("identifier_{}", fault.code());
                    let problem = Problem::new(field.as_str(), &code);
                    let problem = fault.args().into_iter().fold(problem, |p, (n, v)| p.with(n, v));
                    self.refuse(field, problem);
                }
            }
        }
        given
    }

    /// Name, e-mail and telephone of the contact; `None` when the row names nobody.
    pub fn contact(&mut self, company: &str) -> Option<(String, String, String)> {
        use validator::ValidateEmail;
        let [name, email, phone] = [Field::ContactName, Field::ContactEmail, Field::ContactPhone]
            .map(|field| self.line(field));
        if !email.is_empty() && !email.validate_email() {
            self.refuse(Field::ContactEmail, Problem::new(Field::ContactEmail.as_str(), "email"));
        }
        let is_part = |c: char| c.is_ascii_digit() || " +-()./#x,;、".contains(c);
        if !phone.chars().all(is_part) {
            self.refuse(Field::ContactPhone, Problem::new(Field::ContactPhone.as_str(), "phone"));
        }
        if name.is_empty() && email.is_empty() && phone.is_empty() {
            return None;
        }
        // A mailbox or a telephone without a person belongs to the company.
        let name = if name.is_empty() { company.chars().take(100).collect() } else { name };
        Some((name, email, phone))
    }
}

fn is_code(field: Field) -> bool {
    use Field::*;
    matches!(field, Uscc | Lei | Duns | EuVat | Code | OtherId | ContactPhone | ProvinceCode)
}

fn one_line(text: &str) -> String {
    if !text.contains(char::is_control) {
        return text.to_string();
    }
    text.split(char::is_control).map(str::trim).collect::<Vec<_>>().join(" ")
}

fn stage_of(text: &str) -> Option<Stage> {
    let text = text.trim();
    let named = |stage: &Stage| {
        let key = format!("stage-{}", stage.as_str());
        Language::ALL.iter().any(|l| l.texts().get(&key).eq_ignore_ascii_case(text))
    };
    let code = text.to_ascii_lowercase().replace([' ', '-'], "_");
    Stage::parse(&code).or_else(|| Stage::ALL.iter().copied().find(named))
}
