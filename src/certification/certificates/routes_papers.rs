//! A certificate comes in with its file, for staff and for companies alike.

use std::sync::Arc;

use super::{
    Certificate, CertificateInput, Recorder, correct, may_correct, may_record, record, types,
};
use crate::access::{Actor, May, Member, right};
use crate::db::AnyConnection;
use crate::documents::{self, Desk, DocumentInput, Kind, Uploader};
use crate::error::Error;
use crate::once::{Once, earlier, once};
use crate::page::{Form, Go, Papers};
use crate::texts::Texts;
use crate::values::calendar_day;

/// Characters of a document's title, at most.
const LONGEST_TITLE: usize = 120;

/// Who hands something in, as a value that can move into a transaction.
#[derive(Clone)]
pub(super) enum By {
    /// Who records a certificate for a company adds a document to it.
    Staff(Arc<May<right::EditCertification>>, Arc<May<right::EditDocuments>>),
    Company(Arc<Member>),
}

impl By {
    fn recorder(&self) -> Recorder<'_> {
        match self {
            By::Staff(may, _) => Recorder::Staff(may),
            By::Company(member) => Recorder::Company(member),
        }
    }

    fn uploader(&self) -> Uploader<'_> {
        match self {
            By::Staff(_, may) => Uploader::Staff(may),
            By::Company(member) => Uploader::Company(member),
        }
    }

    fn actor(&self) -> &Actor {
        match self {
            By::Staff(may, _) => may.actor(),
            By::Company(member) => &member.actor,
        }
    }
}

/// What is handed in.
#[derive(Clone)]
pub(super) enum What {
    /// A certificate of the company of an id.
    New(String),
    /// A better copy, or a correction, of the certificate of an id.
    Correction(String),
}

impl What {
    /// The id of the company whose certificate it is, where this could be taken.
    fn ask(
        &self,
        c: &mut AnyConnection,
        by: &By,
        input: &CertificateInput,
        has_file: bool,
    ) -> Result<String, Error> {
        match self {
            What::New(supplier_id) => {
                may_record(c, &by.recorder(), supplier_id, input, has_file)?;
                Ok(supplier_id.clone())
            }
            What::Correction(id) => {
                Ok(may_correct(c, &by.recorder(), id, input, has_file)?.supplier_id)
            }
        }
    }

    fn take(
        &self,
        c: &mut AnyConnection,
        by: &By,
        input: &CertificateInput,
    ) -> Result<Certificate, Error> {
        match self {
            What::New(supplier_id) => record(c, &by.recorder(), supplier_id, input),
            What::Correction(id) => correct(c, &by.recorder(), id, input),
        }
    }
}

/// Takes a certificate in, its file with it: both in one write. Goes where `to` says, or comes back
/// with the form as it was typed, but for the file.
pub(super) async fn take(
    desk: Desk<'_>,
    by: By,
    what: What,
    papers: Papers<'_>,
    texts: &'static Texts,
    to: fn(&Certificate) -> Go,
) -> Result<Result<Go, Form>, Error> {
    let input = CertificateInput::of_form(|field| papers.typed(field).to_string());
    let document = document_of(&input, texts);
    let key = papers.key().to_string();
    let asking = (by.clone(), what.clone(), input.clone(), document.clone(), key.clone());
    let ask = move |c: &mut AnyConnection, size: Option<i64>| {
        let (by, what, input, document, key) = asking;
        // Sent twice it is no second one: what was made then is the answer.
        if let Some(kept) = earlier(c, by.actor(), &key)? {
            return Ok(Some(Go::again(&kept)));
        }
        let supplier_id = what.ask(c, &by, &input, size.is_some())?;
        if let Some(size) = size {
            documents::may_add(c, &by.uploader(), &supplier_id, &document, size)?;
        }
        Ok(None)
    };
    let work = move |c: &mut AnyConnection, stored: Option<documents::Stored>| {
        let taken = once(c, by.actor(), &key, |c| {
            let mut input = input;
            if let Some(stored) = stored {
                let supplier_id = what.ask(c, &by, &input, true)?;
                input.document =
                    documents::add(c, &by.uploader(), &supplier_id, &stored, &document)?.id;
            }
            let go = to(&what.take(c, &by, &input)?);
            Ok((go.kept(), go))
        })?;
        Ok(match taken {
            Once::Now(go) => go,
            Once::Before(kept) => Go::again(&kept),
        })
    };
    desk.take_with(&papers, ask, work).await
}

/// What the file of a certificate is, as a document.
fn document_of(input: &CertificateInput, texts: &Texts) -> DocumentInput {
    let name = types::name(texts, &input.certificate_type);
    let title = format!("{name} {}", input.certificate_number.trim());
    let is_day = calendar_day(input.last_day.trim()).is_some() && input.no_end != "on";
    DocumentInput {
        kind: Kind::Certificate.as_str().into(),
        document_title: title.chars().take(LONGEST_TITLE).collect(),
        valid_until: if is_day { input.last_day.trim().into() } else { String::new() },
    }
}
