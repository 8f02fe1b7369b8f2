//! The form and the list of documents, as parts of pages: `documents/upload_form.html` wants a
//! field `upload` beside `page`, and `documents/list_part.html` a field `list`.

use super::check::ACCEPTED;
use super::{Document, Kind, Store, WANTED};
use crate::page::{Form, Page};
use crate::values::now;

/// The form that hands a file in.
pub struct UploadPart {
    /// Where it is sent.
    pub action: String,
    /// A path of this site to go to afterwards; "" for the page of the documents.
    pub next: String,
    pub form: Form,
}

impl UploadPart {
    /// The empty form of the portal.
    pub fn of_portal(next: &str) -> UploadPart {
        let (action, next) = ("/portal/documents".to_string(), next.to_string());
        UploadPart { action, next, form: Form::empty() }
    }

    /// The kinds of documents for a list to choose from.
    pub fn kinds(&self, page: &Page) -> Vec<(String, String, bool)> {
        let chosen = self.form.value("kind");
        let choice = |kind: &Kind| {
            let code = kind.as_str();
            (code.to_string(), page.tk("document-kind", code), code == chosen)
        };
        Kind::ALL.iter().map(choice).collect()
    }

    /// The endings of files that are taken.
    pub fn accepted(&self) -> &'static str {
        ACCEPTED
    }
}

/// A document in a list.
pub struct Listed {
    pub document: Document,
    /// Whether this server has found that the file is not what was handed in.
    pub is_bad: bool,
}

/// The documents of a company.
pub struct ListPart {
    pub documents: Vec<Listed>,
    /// What the addresses of files begin with.
    base: &'static str,
    /// What the addresses of buttons begin with, where the viewer may take documents off.
    removal: Option<String>,
    is_portal: bool,
}

impl ListPart {
    /// As the company's own people see it.
    pub fn of_portal(documents: Vec<Document>, store: &Store) -> ListPart {
        let base = "/portal/documents";
        ListPart {
            documents: listed(documents, store),
            base,
            removal: Some(base.into()),
            is_portal: true,
        }
    }

    /// As staff see it; `may_edit` shows the buttons.
    pub fn of_staff(
        documents: Vec<Document>,
        store: &Store,
        supplier_id: &str,
        may_edit: bool,
    ) -> ListPart {
        ListPart {
            documents: listed(documents, store),
            base: "/documents",
            removal: may_edit.then(|| format!("/suppliers/{supplier_id}/documents")),
            is_portal: false,
        }
    }

    /// Where the file is.
    pub fn link(&self, document: &Document) -> String {
        format!("{}/{}", self.base, document.id)
    }

    /// Where the button that takes a document off leads, for whom there is one.
    pub fn removal(&self, document: &Document) -> Option<String> {
        let base = self.removal.as_ref()?;
        let may = !self.is_portal || document.by_supplier;
        may.then(|| format!("{base}/{}/removal", document.id))
    }

    /// "1.2 MB", "340 KB".
    pub fn size(&self, document: &Document) -> String {
        let size = document.size as f64;
        match document.size {
            ..1_000_000 => format!("{} KB", (size / 1_000.0).ceil()),
            _ => format!("{:.1} MB", size / 1_000_000.0),
        }
    }

    /// Whether the day to which a document is valid has passed.
    pub fn has_run_out(&self, document: &Document) -> bool {
        document.valid_to.is_some_and(|day| day < now().date())
    }

    /// The kinds that every company is asked for, and whether one is there that still holds.
    pub fn wanted(&self) -> Vec<(Kind, bool)> {
        let holds = |kind: Kind| {
            let mut documents = self.documents.iter().map(|listed| &listed.document);
            documents.any(|document| document.kind == kind && !self.has_run_out(document))
        };
        WANTED.iter().map(|kind| (*kind, holds(*kind))).collect()
    }
}

fn listed(documents: Vec<Document>, store: &Store) -> Vec<Listed> {
    let listed = |document: Document| {
        let is_bad = store.is_bad(&document.sha256);
        Listed { document, is_bad }
    };
    documents.into_iter().map(listed).collect()
}
