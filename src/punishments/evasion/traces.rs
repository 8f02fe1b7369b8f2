//! The traces of companies: what each can share with another, comparable.

use std::collections::HashSet;

use diesel::prelude::*;

use super::{Kind, answers, fold};
use crate::db::{AnyConnection, among};
use crate::error::Error;
use crate::on_both;
use crate::schema::{
    accounts, bank_accounts, contacts, evasion_traces, identifiers, people, sites, suppliers,
};
use crate::suppliers::people::{Paper, Part};
use crate::vault::Vault;

/// Under which phones are made comparable.
const PHONE_MARK: &str = "mark of a phone";
/// Rows written at once: within what both databases take as parameters.
const ROWS: usize = 500;

/// Something of a company that another may have as well.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = evasion_traces)]
pub(super) struct Trace {
    pub supplier_id: String,
    pub kind: Kind,
    /// Equal for what is the same.
    pub value: String,
    /// Of a name: what the person's paper is compared by, "" where none is known.
    pub paper: String,
    /// What may be shown of it.
    pub shown: String,
    /// The account that recorded it, "" where that is not known.
    pub recorded_by: String,
    /// Whether only the key opens what it is made of.
    pub is_secret: bool,
}

impl Trace {
    fn of(supplier_id: &str, kind: Kind, value: String, shown: &str, recorded_by: &str) -> Trace {
        Trace {
            supplier_id: supplier_id.into(),
            kind,
            value,
            paper: String::new(),
            // One line each.
            shown: shown.replace(['\n', '\r'], " "),
            recorded_by: recorded_by.into(),
            is_secret: false,
        }
    }

    pub(super) fn identifier(of: &str, kind: &str, text: &str, by: &str) -> Option<Trace> {
        let value = fold::value(&format!("identifier {kind}"), &fold::identifier(text)?);
        Some(Trace::of(of, Kind::Identifier, value, text.trim(), by))
    }

    pub(super) fn account(of: &str, mark: &str, hint: &str, by: &str) -> Option<Trace> {
        let value = fold::value("account", mark);
        (!mark.is_empty()).then(|| Trace::of(of, Kind::BankAccount, value, hint, by))
    }

    pub(super) fn mail(of: &str, email: &str) -> Option<Trace> {
        let domain = fold::mail_domain(email)?;
        Some(Trace::of(of, Kind::MailDomain, fold::value("mail", &domain), &domain, ""))
    }

    pub(super) fn address(of: &str, text: &str) -> Option<Trace> {
        let value = fold::value("address", &fold::address(text)?);
        Some(Trace::of(of, Kind::Address, value, text.trim(), ""))
    }

    pub(super) fn phone(of: &str, vault: &Vault, text: &str, hint: &str) -> Option<Trace> {
        let digits = fold::phone(text)?;
        let (_, mark) = vault.seal_marked(&digits, of, PHONE_MARK).ok()?;
        Some(Trace::of(of, Kind::Phone, fold::value("phone", &mark), hint, ""))
    }
}

/// Somebody behind a company, as far as people are compared.
pub(super) struct Behind<'a> {
    pub supplier_id: &'a str,
    pub part: Part,
    pub name: &'a str,
    pub country: &'a str,
    pub paper: Paper,
    /// The mark of the paper's number, "" where none is known.
    pub mark: &'a str,
    pub hint: &'a str,
    pub recorded_by: &'a str,
}

impl Behind<'_> {
    /// A trace of the paper, and one of the name. None of those who only sign.
    pub(super) fn traces(&self) -> Vec<Trace> {
        let kind = match self.part {
            Part::LegalRepresentative => Kind::LegalRepresentative,
            Part::BeneficialOwner => Kind::BeneficialOwner,
            Part::Signatory => return Vec::new(),
        };
        // Numbers of identity cards are of one country; others are the same only within theirs.
        let country = if self.paper == Paper::ResidentId { "CN" } else { self.country };
        let paper = match self.mark {
            "" => String::new(),
            mark => fold::value("paper", &format!("{country} {mark}")),
        };
        let of = |value: String, shown: &str| {
            Trace::of(self.supplier_id, kind, value, shown, self.recorded_by)
        };
        let mut found = Vec::new();
        if !paper.is_empty() {
            found.push(of(paper.clone(), &format!("{} · {}", self.name.trim(), self.hint)));
        }
        if let Some(name) = fold::name(self.name) {
            let value = fold::value(kind.as_str(), &name);
            found.push(Trace { paper, ..of(value, self.name.trim()) });
        }
        found
    }
}

/// Makes the traces of companies anew: without the vault those alone that nothing has to be opened for. Of
/// companies that are gone none stay.
pub(super) fn refresh(
    c: &mut AnyConnection,
    vault: Option<&Vault>,
    ids: &[&str],
) -> Result<(), Error> {
    let present: Vec<String> = suppliers::table
        .filter(among(suppliers::id, ids.iter().copied()))
        .filter(suppliers::merged_into.is_null())
        .select(suppliers::id)
        .load(c)?;
    let present: Vec<&str> = present.iter().map(String::as_str).collect();
    let mut made = plain(c, &present)?;
    if let Some(vault) = vault {
        let mut secret = phones(c, vault, &present)?;
        secret.extend(answers::traces(c, vault, &present)?);
        made.extend(secret.into_iter().map(|trace| Trace { is_secret: true, ..trace }));
    }
    let gone: Vec<&str> = ids.iter().copied().filter(|id| !present.contains(id)).collect();
    let of_gone = among(evasion_traces::supplier_id, gone);
    diesel::delete(evasion_traces::table.filter(of_gone)).execute(c)?;
    let of_present =
        evasion_traces::table.filter(among(evasion_traces::supplier_id, present.iter().copied()));
    match vault {
        Some(_) => diesel::delete(of_present).execute(c)?,
        None => {
            diesel::delete(of_present.filter(evasion_traces::is_secret.eq(false))).execute(c)?
        }
    };
    write(c, made)
}

fn write(c: &mut AnyConnection, mut made: Vec<Trace>) -> Result<(), Error> {
    let mut known = HashSet::new();
    made.retain(|trace| {
        known.insert((trace.supplier_id.clone(), trace.kind, trace.value.clone(), trace.is_secret))
    });
    for some in made.chunks(ROWS) {
        on_both!(c, c => diesel::insert_into(evasion_traces::table).values(some).execute(c))?;
    }
    Ok(())
}

/// What the register shows, in the same few queries however many companies there are.
fn plain(c: &mut AnyConnection, ids: &[&str]) -> Result<Vec<Trace>, Error> {
    let mut made = Vec::new();
    // Those taken off count as well: no two companies have one at the same time.
    let held: Vec<(String, String, String, String)> = identifiers::table
        .filter(among(identifiers::supplier_id, ids.iter().copied()))
        .select((
            identifiers::supplier_id,
            identifiers::kind,
            identifiers::value,
            identifiers::recorded_by,
        ))
        .load(c)?;
    made.extend(
        held.iter().filter_map(|(of, kind, text, by)| Trace::identifier(of, kind, text, by)),
    );
    let numbers: Vec<(String, String, String, String)> = bank_accounts::table
        .filter(among(bank_accounts::supplier_id, ids.iter().copied()))
        .filter(bank_accounts::removed_at.is_null())
        .select((
            bank_accounts::supplier_id,
            bank_accounts::number_mark,
            bank_accounts::number_hint,
            bank_accounts::recorded_by,
        ))
        .load(c)?;
    made.extend(
        numbers.iter().filter_map(|(of, mark, hint, by)| Trace::account(of, mark, hint, by)),
    );
    type Row = (String, Part, String, String, Paper, String, String, String);
    let behind: Vec<Row> = people::table
        .filter(among(people::supplier_id, ids.iter().copied()))
        .filter(people::removed_at.is_null())
        .select((
            people::supplier_id,
            people::role,
            people::name,
            people::country,
            people::paper,
            people::number_mark,
            people::number_hint,
            people::recorded_by,
        ))
        .load(c)?;
    for (supplier_id, part, name, country, paper, mark, hint, recorded_by) in &behind {
        let (part, paper) = (*part, *paper);
        let one = Behind { supplier_id, part, name, country, paper, mark, hint, recorded_by };
        made.extend(one.traces());
    }
    let mails: Vec<(String, String)> = contacts::table
        .filter(among(contacts::supplier_id, ids.iter().copied()))
        .filter(contacts::removed_at.is_null())
        .filter(contacts::email.ne(""))
        .select((contacts::supplier_id, contacts::email))
        .load(c)?;
    made.extend(mails.iter().filter_map(|(of, email)| Trace::mail(of, email)));
    let mails: Vec<(Option<String>, String)> = accounts::table
        .filter(among(accounts::supplier_id, ids.iter().copied()))
        .select((accounts::supplier_id, accounts::email))
        .load(c)?;
    made.extend(mails.iter().filter_map(|(of, email)| Trace::mail(of.as_deref()?, email)));
    let places: Vec<(String, String)> = sites::table
        .filter(among(sites::supplier_id, ids.iter().copied()))
        .filter(sites::closed_at.is_null())
        .select((sites::supplier_id, sites::address))
        .load(c)?;
    made.extend(places.iter().filter_map(|(of, text)| Trace::address(of, text)));
    Ok(made)
}

/// The phones of contacts. One that does not open is left out: the check of the keys tells of it.
fn phones(c: &mut AnyConnection, vault: &Vault, ids: &[&str]) -> Result<Vec<Trace>, Error> {
    let found: Vec<(String, String, String, String)> = contacts::table
        .filter(among(contacts::supplier_id, ids.iter().copied()))
        .filter(contacts::removed_at.is_null())
        .filter(contacts::phone_sealed.ne(""))
        .select((contacts::supplier_id, contacts::id, contacts::phone_sealed, contacts::phone_hint))
        .load(c)?;
    let trace = |(of, id, sealed, hint): &(String, String, String, String)| {
        Trace::phone(of, vault, &vault.open(sealed, id).ok()?, hint)
    };
    Ok(found.iter().filter_map(trace).collect())
}
