//! What runs out: certificates, certifications, audits, authentications, documents. Reminders of it,
//! and a calendar.

pub mod api;
pub mod ics;
pub mod job;
mod query;
pub mod reminders;
pub mod routes;
mod sources;

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::access::{Actor, Right, Scope};
use crate::certification::certificates::types;
use crate::certification::{basic, category};
use crate::db::{AnyConnection, among};
use crate::documents;
use crate::error::Error;
use crate::page::paging::Cursor;
use crate::schema::accounts;
use crate::suppliers::{Stage, code_of};
use crate::texts::{Language, Texts};
use crate::values::{calendar_day, is_id};

text_enum! {
    /// A kind of things that run out. The order is that of a day in the calendar.
    Kind {
        Certificate = "certificate",
        Certification = "certification",
        BasicAudit = "basic_audit",
        Authentication = "authentication",
        Document = "document",
    }
}

/// Something that runs out, and that nothing has taken the place of.
#[derive(Clone, Debug)]
pub struct Expiry {
    pub kind: Kind,
    /// Of the certificate, certification, audit, authentication or document.
    pub id: String,
    /// The last day on which it counts.
    pub due_on: NaiveDate,
    pub what: What,
    pub company: Company,
    /// Id of the account that looks after the company.
    pub owner_id: Option<String>,
    /// Id of the account that decided on it, or entered it.
    pub decided_by: Option<String>,
}

/// What a thing is called.
#[derive(Clone, Debug)]
pub enum What {
    /// Id of the type, and the number.
    Certificate {
        type_id: String,
        number: String,
    },
    Certification {
        number: i64,
        name_en: String,
        name_zh: String,
    },
    BasicAudit {
        number: i64,
    },
    /// Whose real name was authenticated.
    Authentication {
        person: String,
    },
    Document {
        kind: documents::Kind,
        title: String,
    },
}

/// The company of a thing.
#[derive(Clone, Debug, Queryable)]
pub struct Company {
    pub id: String,
    pub number: i64,
    pub legal_name: String,
    pub english_name: String,
    pub stage: Stage,
    pub area: String,
}

/// Which things are asked for.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    pub scope: &'a Scope,
    /// The first and the last day.
    pub days: (NaiveDate, NaiveDate),
    pub kinds: &'a [Kind],
    /// Only those of companies that this account looks after.
    pub owner: Option<&'a str>,
    /// Only those of these companies.
    pub companies: Option<&'a [String]>,
    /// Only those of companies with whom there is business: introduced, and not gone.
    pub only_counted: bool,
    /// Only those after a place in the list.
    pub after: Option<Place>,
    pub limit: usize,
}

/// A place in the list, which goes by day, kind and id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(pub NaiveDate, pub Kind, pub String);

/// Things that run out, by day, kind and id, at most [`Asked::limit`]. What something of its like
/// has taken the place of, and what companies have that have gone, is left out.
pub fn between(c: &mut AnyConnection, asked: &Asked) -> Result<Vec<Expiry>, Error> {
    let mut all = Vec::new();
    for kind in asked.kinds {
        all.extend(match kind {
            Kind::Certificate => sources::certificates(c, asked)?,
            Kind::Certification => sources::certifications(c, asked)?,
            Kind::BasicAudit => sources::basic_audits(c, asked)?,
            Kind::Authentication => sources::authentications(c, asked)?,
            Kind::Document => sources::documents(c, asked)?,
        });
    }
    all.sort_by_cached_key(Expiry::place);
    all.truncate(asked.limit);
    Ok(all)
}

/// The kinds of things that somebody may see, or the chosen one of them. Evidence files have a right
/// of their own.
pub fn kinds_for(actor: &Actor, chosen: Option<Kind>) -> Vec<Kind> {
    let visible = Kind::ALL.iter().copied();
    visible
        .filter(|kind| *kind != Kind::Document || actor.role.may(Right::ReadDocuments))
        .filter(|kind| chosen.is_none_or(|chosen| chosen == *kind))
        .collect()
}

/// The names of the accounts that look after the companies of things.
pub fn owner_names(
    c: &mut AnyConnection,
    found: &[Expiry],
) -> Result<HashMap<String, String>, Error> {
    let mut ids: Vec<&str> = found.iter().filter_map(|one| one.owner_id.as_deref()).collect();
    ids.sort_unstable();
    ids.dedup();
    let names: Vec<(String, String)> = accounts::table
        .filter(among(accounts::id, ids))
        .select((accounts::id, accounts::name))
        .load(c)?;
    Ok(names.into_iter().collect())
}

impl Expiry {
    pub fn place(&self) -> Place {
        Place(self.due_on, self.kind, self.id.clone())
    }

    /// Where staff look at it.
    pub fn path(&self) -> String {
        let id = &self.id;
        match self.kind {
            Kind::Certificate => format!("/certificates/{id}"),
            Kind::Certification => format!("/certifications/{id}"),
            Kind::BasicAudit => format!("/basic-audits/{id}"),
            Kind::Authentication => format!("/authentications/{id}"),
            Kind::Document => format!("/suppliers/{}/documents", self.company.id),
        }
    }

    /// What it is, in words: "ISO 9001 quality management, no. 12345".
    pub fn title(&self, texts: &Texts) -> String {
        let chinese = texts.language() == Language::Chinese;
        let (name, code) = match &self.what {
            What::Certificate { type_id, number } => {
                // With a word before it: a text takes a bare number for one, and drops its zeros.
                let number = format!("{} {number}", texts.get("expiry-number"));
                (types::name(texts, type_id).to_string(), number)
            }
            What::Certification { number, name_en, name_zh } => {
                let name = if chinese { name_zh } else { name_en };
                (name.clone(), category::code_of(*number))
            }
            What::BasicAudit { number } => (String::new(), basic::code_of(*number)),
            What::Authentication { person } => (person.clone(), String::new()),
            What::Document { kind, title } => {
                let kind = texts.get(&format!("document-kind-{}", kind.as_str())).to_string();
                (if title.is_empty() { kind } else { title.clone() }, String::new())
            }
        };
        let key = format!("expiry-title-{}", self.kind.as_str());
        texts.with(&key, &[("name", &name), ("number", &code)])
    }
}

impl Company {
    /// The name that suits a language.
    pub fn name(&self, texts: &Texts) -> &str {
        let english = texts.language() == Language::English && !self.english_name.is_empty();
        if english { &self.english_name } else { &self.legal_name }
    }

    /// "S-000123".
    pub fn code(&self) -> String {
        code_of(self.number)
    }
}

impl Place {
    pub fn cursor(&self) -> Cursor {
        Cursor { key: format!("{} {} {}", self.0, self.1.as_str(), self.2), number: 0 }
    }

    /// `None` for a cursor of another list.
    pub fn of(cursor: &Cursor) -> Option<Place> {
        let mut parts = cursor.key.splitn(3, ' ');
        let day = calendar_day(parts.next()?)?;
        let kind = Kind::parse(parts.next()?)?;
        let id = parts.next().filter(|id| is_id(id))?;
        Some(Place(day, kind, id.to_string()))
    }
}
