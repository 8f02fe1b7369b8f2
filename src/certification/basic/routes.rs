//! An audit: what the register holds, what was found of it, and what is to be done next.

use askama::Template;
use askama_web::WebTemplate;
use rocket::{Route, State, get, post, routes};

use super::decide::MONTHS;
use super::examine::{self, SectionInput};
use super::shown::{self, Held};
use super::{
    AuditSection, BasicAudit, Outcome, Section, Source, Status, Verdict, find, parts, sections,
};
use crate::access::{Actor, May, right};
use crate::db::{AnyConnection, Db};
use crate::documents::{self, Document};
use crate::error::Error;
use crate::page::{Answer, Form, Go, Nothing, Page, Submitted};
use crate::suppliers::Supplier;
use crate::vault::Vault;

pub fn routes() -> Vec<Route> {
    let own = routes![open, show, examine_one];
    [own, super::routes_list::routes(), super::routes_decide::routes()].concat()
}

/// A section with what the register holds under it.
struct Part {
    row: AuditSection,
    held: Vec<Held>,
}

#[derive(Template, WebTemplate)]
#[template(path = "basic/show.html")]
pub(super) struct ShowPage {
    page: Page,
    audit: BasicAudit,
    supplier: Supplier,
    parts: Vec<Part>,
    documents: Vec<Document>,
    /// Whether the viewer had a part in the audit.
    has_part: bool,
    /// The section whose form came back, if it was one of those.
    typed_in: Option<Section>,
    form: Form,
}

impl ShowPage {
    pub(super) fn load(
        c: &mut AnyConnection,
        page: Page,
        vault: &Vault,
        viewer: &Actor,
        id: &str,
        (typed_in, form): (Option<Section>, Form),
    ) -> Result<ShowPage, Error> {
        let (audit, supplier) = find(c, &viewer.scope, id)?;
        let mut parts = Vec::new();
        for row in sections(c, id)? {
            let held = shown::of(c, vault, page.language(), &supplier, row.section)?;
            parts.push(Part { row, held });
        }
        Ok(ShowPage {
            page: page.at(&format!("/basic-audits/{id}")),
            has_part: parts::has_part(c, &audit, &viewer.account_id)?,
            documents: documents::of(c, &supplier.id)?,
            audit,
            supplier,
            parts,
            typed_in,
            form,
        })
    }

    fn examined(&self) -> i64 {
        self.parts.iter().filter(|part| part.row.verdict != Verdict::None).count() as i64
    }

    fn percent(&self) -> i64 {
        self.examined() * 100 / (self.parts.len().max(1) as i64)
    }

    fn progress(&self) -> String {
        let (done, all) = (self.examined().to_string(), self.parts.len().to_string());
        self.page.ta("basic-progress", &[("done", &done), ("all", &all)])
    }

    fn differs(&self) -> bool {
        self.parts.iter().any(|part| part.row.verdict == Verdict::Differs)
    }

    fn may_examine(&self) -> bool {
        self.audit.status == Status::Open && self.page.may("certification.audit")
    }

    fn may_decide(&self) -> bool {
        let waits = self.audit.status == Status::Proposed;
        waits && !self.has_part && self.page.may("certification.decide")
    }

    fn is_of(&self, part: &Part) -> bool {
        self.typed_in == Some(part.row.section)
    }

    /// What a field of a section holds: as typed, or as it was found.
    fn value(&self, part: &Part, field: &str) -> String {
        if self.is_of(part) {
            return self.form.value(field).to_string();
        }
        match field {
            "verdict" => part.row.verdict.as_str().into(),
            "source" => part.row.source.as_str().into(),
            "evidence" => part.row.evidence.clone(),
            _ => part.row.document_id.clone().unwrap_or_default(),
        }
    }

    fn problem(&self, part: &Part, field: &str) -> Option<String> {
        self.form.problem(&self.page, field).filter(|_| self.is_of(part))
    }

    /// All problems with the fields that they are at: those of a section have its name before them.
    fn problems(&self) -> Vec<(String, String)> {
        let mut problems = self.form.problems(&self.page);
        if let Some(section) = self.typed_in {
            problems.iter_mut().for_each(|(field, _)| {
                *field = format!("{}-{field}", section.as_str());
            });
        }
        problems
    }

    fn verdicts(&self, part: &Part) -> Vec<(&'static str, String, bool)> {
        let chosen = self.value(part, "verdict");
        let offered = Verdict::ALL.iter().filter(|one| **one != Verdict::None);
        offered
            .map(|one| {
                let code = one.as_str();
                (code, self.page.tk("basic-verdict", code), code == chosen)
            })
            .collect()
    }

    fn sources(&self, part: &Part) -> Vec<(&'static str, String, bool)> {
        let chosen = self.value(part, "source");
        let offered = Source::ALL.iter().filter(|one| **one != Source::None);
        offered
            .map(|one| {
                let code = one.as_str();
                (code, self.page.tk("basic-source", code), code == chosen)
            })
            .collect()
    }

    /// The document that a section rests on: its title and where it is, when it is still there.
    fn document(&self, part: &Part) -> Option<&Document> {
        let id = part.row.document_id.as_ref()?;
        self.documents.iter().find(|document| document.id == *id)
    }

    fn outcomes(&self) -> Vec<(&'static str, String, bool)> {
        let typed = self.form.value("outcome");
        [Outcome::Certified, Outcome::Failed]
            .map(|one| {
                let code = one.as_str();
                (code, self.page.tk("basic-propose", code), code == typed)
            })
            .into()
    }

    fn decisions(&self) -> Vec<(&'static str, String, bool)> {
        let typed = self.form.value("decision");
        let confirm = match self.audit.outcome {
            Outcome::Failed => "failed",
            _ => "certified",
        };
        vec![
            ("confirm", self.page.tk("basic-confirm", confirm), typed == "confirm"),
            ("return", self.page.t("basic-return").to_string(), typed == "return"),
        ]
    }

    fn months(&self) -> String {
        match self.form.value("months") {
            "" => MONTHS.0.to_string(),
            typed => typed.to_string(),
        }
    }
}

#[post("/suppliers/<id>/basic-audits", data = "<form>")]
async fn open(
    may: May<right::AuditCertification>,
    db: &State<Db>,
    id: String,
    form: Submitted<Nothing>,
) -> Result<Go, Error> {
    form.input()?;
    db.write(move |c| {
        let audit = examine::open(c, &may, &id)?;
        Ok(Go::to(format!("/basic-audits/{}", audit.id)).saying("done-basic-opened", &audit.code()))
    })
    .await
}

#[get("/basic-audits/<id>")]
async fn show(
    may: May<right::ReadSuppliers>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
) -> Result<ShowPage, Error> {
    let vault = vault.inner().clone();
    db.read(move |c| ShowPage::load(c, page, &vault, may.actor(), &id, (None, Form::empty()))).await
}

#[post("/basic-audits/<id>/sections/<section>", data = "<form>")]
async fn examine_one(
    may: May<right::AuditCertification>,
    page: Page,
    db: &State<Db>,
    vault: &State<Vault>,
    id: String,
    section: &str,
    form: Submitted<SectionInput>,
) -> Result<Answer<ShowPage>, Error> {
    let section = Section::parse(section).ok_or(Error::NotFound)?;
    let (actor, vault, of) = (may.actor().clone(), vault.inner().clone(), id.clone());
    form.write(
        db,
        move |c, input| {
            examine::examine(c, &may, &of, section, input)?;
            let to = format!("/basic-audits/{of}#{}", section.as_str());
            Ok(Go::to(to).saying("done-basic-section", ""))
        },
        move |c, form| ShowPage::load(c, page, &vault, &actor, &id, (Some(section), form)),
    )
    .await
}
