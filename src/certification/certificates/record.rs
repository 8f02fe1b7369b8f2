//! A certificate is handed in, corrected before anybody has decided about it, or taken back.

use diesel::prelude::*;
use serde_json::{Value, json};

use super::input::{CertificateInput, Said};
use super::{Certificate, MOST_OF_COMPANY, Method, Status, find_of};
use crate::access::{Actor, May, Member, Scope, right};
use crate::audit;
use crate::db::AnyConnection;
use crate::documents;
use crate::error::{Error, Problem, Problems};
use crate::schema::{certificates, suppliers as companies};
use crate::suppliers::{self, Supplier, sites};
use crate::values::{new_id, now};

/// Renewals of one certificate, one after the other, at most.
const LONGEST_CHAIN: usize = 50;

/// Who says what a certificate says.
pub enum Recorder<'a> {
    Staff(&'a May<right::EditCertification>),
    /// Somebody of the company itself.
    Company(&'a Member),
}

impl Recorder<'_> {
    fn actor(&self) -> &Actor {
        match self {
            Recorder::Staff(may) => may.actor(),
            Recorder::Company(member) => &member.actor,
        }
    }

    /// The company, where it is within reach of the person.
    pub fn company(&self, c: &mut AnyConnection, supplier_id: &str) -> Result<Supplier, Error> {
        let scope = match self {
            Recorder::Staff(may) => may.scope(),
            Recorder::Company(member) if member.supplier_id == supplier_id => &Scope::Everything,
            Recorder::Company(_) => return Err(Error::NotFound),
        };
        suppliers::find(c, scope, supplier_id)
    }

    /// The certificate of an id, where its company is within reach of the person.
    pub fn certificate(&self, c: &mut AnyConnection, id: &str) -> Result<Certificate, Error> {
        match self {
            Recorder::Staff(may) => Ok(super::find(c, may.scope(), id)?.0),
            Recorder::Company(member) => find_of(c, &member.supplier_id, id),
        }
    }

    fn is_company(&self) -> bool {
        matches!(self, Recorder::Company(_))
    }
}

/// Whether a certificate could be recorded: asked before its file is stored. `has_file` says that a
/// file comes with it, else one of the company's documents has to be named.
pub fn may_record(
    c: &mut AnyConnection,
    by: &Recorder,
    supplier_id: &str,
    input: &CertificateInput,
    has_file: bool,
) -> Result<(), Error> {
    by.company(c, supplier_id)?;
    said(c, by, supplier_id, input, has_file, None).map(|_| ())
}

/// Records a certificate of a company. Its file is one of the company's documents.
pub fn record(
    c: &mut AnyConnection,
    by: &Recorder,
    supplier_id: &str,
    input: &CertificateInput,
) -> Result<Certificate, Error> {
    by.company(c, supplier_id)?;
    let said = said(c, by, supplier_id, input, false, None)?;
    let (actor, time, none) = (by.actor(), now(), String::new);
    let certificate = Certificate {
        id: new_id(),
        supplier_id: supplier_id.into(),
        type_id: said.kind.id.into(),
        number: said.number,
        number_key: said.number_key,
        issuer: said.issuer,
        scope: said.scope,
        holder: said.holder,
        site_id: given(&input.certificate_site),
        document_id: given(&input.document),
        valid_from: said.valid_from,
        valid_to: said.valid_to,
        status: Status::Submitted,
        renews_id: given(&input.renews),
        by_supplier: by.is_company(),
        recorded_by: actor.account_id.clone(),
        recorded_name: actor.name.clone(),
        created_at: time,
        submitted_at: time,
        returned_at: None,
        returned_name: none(),
        return_comment: none(),
        method: Method::Unchecked,
        decided_at: None,
        decided_by: None,
        decided_name: none(),
        decision_note: none(),
        ended_at: None,
        ended_by: None,
        ended_name: none(),
        ended_reason: none(),
    };
    diesel::insert_into(certificates::table).values(&certificate).execute(c)?;
    log(c, actor, "certificate.recorded", &certificate, facts(&certificate))?;
    Ok(certificate)
}

/// Whether a correction could be taken: asked before its file is stored.
pub fn may_correct(
    c: &mut AnyConnection,
    by: &Recorder,
    id: &str,
    input: &CertificateInput,
    has_file: bool,
) -> Result<Certificate, Error> {
    let before = by.certificate(c, id)?;
    if before.status != Status::Returned {
        return Err(Error::Conflict("conflict-certificate"));
    }
    said(c, by, &before.supplier_id, input, has_file, Some(&before))?;
    Ok(before)
}

/// Hands a certificate in again that was given back. Nothing had been decided about it.
pub fn correct(
    c: &mut AnyConnection,
    by: &Recorder,
    id: &str,
    input: &CertificateInput,
) -> Result<Certificate, Error> {
    let before = may_correct(c, by, id, input, false)?;
    let said = said(c, by, &before.supplier_id, input, false, Some(&before))?;
    let row = certificates::table.find(id).filter(certificates::status.eq(Status::Returned));
    let changed = diesel::update(row)
        .set((
            certificates::type_id.eq(said.kind.id),
            certificates::number.eq(said.number),
            certificates::number_key.eq(said.number_key),
            certificates::issuer.eq(said.issuer),
            certificates::scope.eq(said.scope),
            certificates::holder.eq(said.holder),
            certificates::site_id.eq(given(&input.certificate_site)),
            certificates::document_id.eq(given(&input.document)),
            certificates::valid_from.eq(said.valid_from),
            certificates::valid_to.eq(said.valid_to),
            certificates::renews_id.eq(given(&input.renews)),
            certificates::status.eq(Status::Submitted),
            certificates::submitted_at.eq(now()),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-certificate"));
    }
    let after = by.certificate(c, id)?;
    log(c, by.actor(), "certificate.corrected", &after, facts(&after))?;
    Ok(after)
}

/// Takes back what the company itself handed in, as long as nobody has decided about it.
pub fn take_back(c: &mut AnyConnection, by: &Member, id: &str) -> Result<Certificate, Error> {
    let certificate = find_of(c, &by.supplier_id, id)?;
    if !certificate.by_supplier {
        return Err(Error::Forbidden("refused-certificate-of-staff"));
    }
    let undecided =
        certificates::status.eq(Status::Submitted).or(certificates::status.eq(Status::Returned));
    let changed = diesel::update(certificates::table.find(id).filter(undecided))
        .set((
            certificates::status.eq(Status::Withdrawn),
            certificates::ended_at.eq(now()),
            certificates::ended_by.eq(&by.actor.account_id),
            certificates::ended_name.eq(&by.actor.name),
        ))
        .execute(c)?;
    if changed == 0 {
        return Err(Error::Conflict("conflict-certificate"));
    }
    log(c, &by.actor, "certificate.taken_back", &certificate, json!({}))?;
    Ok(certificate)
}

fn given(id: &str) -> Option<String> {
    Some(id.to_string()).filter(|id| !id.is_empty())
}

/// Everything that the rules say of an input. `before` is the certificate that it corrects.
fn said(
    c: &mut AnyConnection,
    by: &Recorder,
    supplier_id: &str,
    input: &CertificateInput,
    has_file: bool,
    before: Option<&Certificate>,
) -> Result<Said, Error> {
    let mut problems = Problems::default();
    let said = input.said(now().date(), by.is_company());
    if !has_file && input.document.is_empty() {
        problems.add(Problem::new("file", "certificate_file"));
    } else if !has_file {
        let found = documents::find_of(c, supplier_id, &input.document).map(|_| ());
        absent(found, "document", "unknown_choice", &mut problems)?;
    }
    if !input.certificate_site.is_empty() {
        let found = sites::of_supplier(c, supplier_id, &input.certificate_site).map(|_| ());
        absent(found, "certificate_site", "unknown_choice", &mut problems)?;
    }
    let listed: i64 = certificates::table
        .filter(certificates::supplier_id.eq(supplier_id))
        .count()
        .get_result(c)?;
    if before.is_none() && listed >= MOST_OF_COMPANY {
        let problem = Problem::new("certificate_number", "certificate_too_many");
        problems.add(problem.with("max", MOST_OF_COMPANY));
    }
    let said = match said {
        Ok(said) => said,
        Err(mut broken) => {
            broken.0.extend(problems.0);
            return Err(broken.into());
        }
    };
    let renewed = renewed(c, supplier_id, input, &said, &mut problems)?;
    if let Some(problem) = twice(c, by, supplier_id, &said, &renewed, before)? {
        problems.add(problem);
    }
    problems.into_result()?;
    Ok(said)
}

/// What is another's, and what is nowhere, cannot be chosen.
fn absent(
    found: Result<(), Error>,
    field: &str,
    code: &str,
    problems: &mut Problems,
) -> Result<(), Error> {
    match found {
        Err(Error::NotFound) => problems.add(Problem::new(field, code)),
        found => found?,
    }
    Ok(())
}

/// The certificate that is renewed, and those that it renewed itself.
fn renewed(
    c: &mut AnyConnection,
    supplier_id: &str,
    input: &CertificateInput,
    said: &Said,
    problems: &mut Problems,
) -> Result<Vec<Certificate>, Error> {
    let mut chain: Vec<Certificate> = Vec::new();
    let mut next = given(&input.renews);
    while let Some(id) = next.take().filter(|_| chain.len() < LONGEST_CHAIN) {
        match find_of(c, supplier_id, &id) {
            Ok(one) => {
                next = one.renews_id.clone();
                chain.push(one);
            }
            Err(Error::NotFound) => break,
            Err(error) => return Err(error),
        }
    }
    let fits = |one: &Certificate| one.status == Status::Accepted && one.type_id == said.kind.id;
    if !input.renews.is_empty() && !chain.first().is_some_and(fits) {
        problems.add(Problem::new("renews", "certificate_renews"));
        chain.clear();
    }
    Ok(chain)
}

/// The problem of a number that is in the register already, for this company or for another.
fn twice(
    c: &mut AnyConnection,
    by: &Recorder,
    supplier_id: &str,
    said: &Said,
    renewed: &[Certificate],
    before: Option<&Certificate>,
) -> Result<Option<Problem>, Error> {
    let same: Vec<Certificate> = certificates::table
        .filter(certificates::type_id.eq(said.kind.id))
        .filter(certificates::number_key.eq(&said.number_key))
        .filter(certificates::status.ne(Status::Refused))
        .filter(certificates::status.ne(Status::Withdrawn))
        .order(certificates::id)
        .select(Certificate::as_select())
        .load(c)?;
    let field = "certificate_number";
    for one in same.iter().filter(|one| before.is_none_or(|before| before.id != one.id)) {
        if one.supplier_id != supplier_id {
            return Ok(Some(elsewhere(c, by, &one.supplier_id, field)?));
        }
        let is_renewed = renewed.iter().any(|old| old.id == one.id);
        if overlaps(said, one) && !(is_renewed && follows(said, one)) {
            return Ok(Some(Problem::new(field, "certificate_twice")));
        }
    }
    Ok(None)
}

fn overlaps(said: &Said, one: &Certificate) -> bool {
    let begins_in = |from, last: Option<_>| last.is_none_or(|last| from <= last);
    begins_in(said.valid_from, one.valid_to) && begins_in(one.valid_from, said.valid_to)
}

/// Whether what is said begins after a certificate and ends later.
fn follows(said: &Said, one: &Certificate) -> bool {
    let ends_later = match (said.valid_to, one.valid_to) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(new), Some(old)) => new > old,
    };
    said.valid_from > one.valid_from && ends_later
}

/// Staff are told whose number it is, if they may see that company. A company never is.
fn elsewhere(
    c: &mut AnyConnection,
    by: &Recorder,
    other: &str,
    field: &str,
) -> Result<Problem, Error> {
    let (area, name): (String, String) =
        companies::table.find(other).select((companies::area, companies::legal_name)).first(c)?;
    Ok(match by {
        Recorder::Staff(may) if may.scope().allows(&area) => {
            Problem::new(field, "certificate_of_company").with("company", name)
        }
        _ => Problem::new(field, "certificate_elsewhere"),
    })
}

fn facts(certificate: &Certificate) -> Value {
    json!({
        "issuer": certificate.issuer,
        "first_day": certificate.valid_from.to_string(),
        "last_day": certificate.valid_to.map(|day| day.to_string()),
        "document": certificate.document_id,
    })
}

/// Appends what was done with a certificate to the story of its company.
pub(super) fn log(
    c: &mut AnyConnection,
    actor: &Actor,
    action: &str,
    certificate: &Certificate,
    mut details: Value,
) -> Result<(), Error> {
    details["certificate"] = json!(certificate.id);
    details["certificate_type"] = json!(certificate.type_id);
    details["certificate_number"] = json!(certificate.number);
    audit::append(c, actor, action, ("supplier", &certificate.supplier_id), details)
}
