//! What a company has to sign, may sign, and has signed.

use chrono::{NaiveDate, NaiveDateTime};

use crate::clauses::exceptions::{self, Exception};
use crate::clauses::requests::{self, Request};
use crate::clauses::signatures::{self, Signed};
use crate::clauses::standing::{self, InForce, Published, Standing};
use crate::clauses::{Clause, Version};
use crate::db::AnyConnection;
use crate::error::Error;
use crate::values::now;

text_enum! {
    /// What is asked of a company about the newest version of a clause.
    Ask {
        /// It must sign it now.
        Must = "must",
        /// It must have signed it on a day to come.
        Soon = "soon",
        /// It may.
        May = "may",
        /// It need not for a time.
        Excepted = "excepted",
        /// It has.
        Signed = "signed",
    }
}

/// A clause as it stands for a company: its newest published version is the one to sign.
#[derive(Clone, Debug)]
pub struct Outstanding {
    pub clause: Clause,
    pub version: Version,
    pub ask: Ask,
    /// The day from which the version must have been signed; of one that nobody asks for, the day
    /// from which it counts.
    pub from: NaiveDate,
    /// How it stands today to the version that counts today.
    pub standing: Standing,
    /// Whether an earlier version was signed.
    pub signed_before: bool,
    /// Asked, and not answered yet.
    pub request: Option<Request>,
    pub signature: Option<Signed>,
    pub exception: Option<Exception>,
}

impl Outstanding {
    /// Whether the version may be signed now.
    pub fn may_sign(&self) -> bool {
        self.signature.is_none()
    }

    /// Whether a signature is wanted, now or from a day on, or because somebody asked.
    pub fn is_wanted(&self) -> bool {
        match self.ask {
            Ask::Must | Ask::Soon => true,
            Ask::May => self.request.is_some(),
            Ask::Excepted | Ask::Signed => false,
        }
    }
}

/// Every clause with a published version, in the order of clauses, as it stands for a company today.
pub fn outstanding(c: &mut AnyConnection, supplier_id: &str) -> Result<Vec<Outstanding>, Error> {
    let published = standing::published(c)?;
    let company = standing::load(c, &[supplier_id])?.remove(supplier_id).unwrap_or_default();
    let requests = requests::open_of(c, supplier_id)?;
    let mut signed = signatures::of(c, supplier_id)?;
    signed.retain(|one| one.void.is_none());
    let exceptions = exceptions::of(c, supplier_id)?;
    let (moment, today) = (now(), now().date());
    let mut all = Vec::new();
    for clause in &published.clauses {
        let Some(newest) = published.newest(&clause.id) else { continue };
        let version_id = &newest.version.id;
        let of_version = |one: &&Signed| one.signature.version_id == *version_id;
        let signature = signed.iter().find(of_version).cloned();
        let request = requests.iter().find(|one| one.version_id == *version_id).cloned();
        let runs = |one: &&Exception| {
            let is_in_time = one.valid_from <= today && today <= one.valid_to;
            one.clause_id == clause.id && one.ended_at.is_none() && is_in_time
        };
        let exception = exceptions.iter().find(runs).cloned();
        let asked = asked_from(&company, &published, newest, moment);
        let ask = match (&signature, &exception, asked) {
            (Some(_), ..) => Ask::Signed,
            (None, Some(_), _) => Ask::Excepted,
            (None, None, Some(from)) if from > today => Ask::Soon,
            (None, None, Some(_)) => Ask::Must,
            (None, None, None) => Ask::May,
        };
        all.push(Outstanding {
            ask,
            from: asked.unwrap_or(newest.from),
            standing: company.standing(&published, &clause.id, today),
            signed_before: signed.iter().any(|one| one.clause.id == clause.id),
            clause: clause.clone(),
            version: newest.version.clone(),
            request,
            signature,
            exception,
        });
    }
    Ok(all)
}

/// The day from which a version is asked of a company, if it is asked now or later.
fn asked_from(
    company: &standing::Company,
    published: &Published,
    one: &InForce,
    moment: NaiveDateTime,
) -> Option<NaiveDate> {
    let asked = company.asked(published, one).into_iter().map(|(period, _)| period);
    asked.filter(|period| period.to > moment).map(|period| period.from.date()).min()
}

/// How many signatures are wanted of a company.
pub fn number_open(c: &mut AnyConnection, supplier_id: &str) -> Result<usize, Error> {
    Ok(outstanding(c, supplier_id)?.iter().filter(|one| one.is_wanted()).count())
}
