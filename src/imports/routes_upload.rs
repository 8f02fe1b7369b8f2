//! A file comes in, and the workbook to fill in goes out.

use askama::Template;
use askama_web::WebTemplate;
use rocket::http::{ContentType, Header};
use rocket::response::{self, Responder, Response};
use rocket::tokio::task::spawn_blocking;
use rocket::{Request, Route, State, get, post, routes};

use super::work;
use crate::Settings;
use crate::access::{May, right};
use crate::db::Db;
use crate::error::Error;
use crate::once::{Once, once};
use crate::page::{Answer, Form, Go, Page, Upload};
use crate::values::new_id;

pub fn routes() -> Vec<Route> {
    routes![new, upload, template]
}

type By = May<right::ImportSuppliers>;

#[derive(Template, WebTemplate)]
#[template(path = "imports/new.html")]
struct NewPage {
    page: Page,
    form: Form,
}

#[get("/imports/new")]
fn new(page: Page, _by: By) -> NewPage {
    NewPage { page, form: Form::empty() }
}

#[post("/imports", data = "<upload>")]
async fn upload(
    page: Page,
    by: By,
    mut upload: Upload<'_>,
    settings: &State<Settings>,
    db: &State<Db>,
) -> Result<Answer<NewPage>, Error> {
    let name =
        upload.file.raw_name().map(|n| n.dangerous_unsafe_unsanitized_raw().as_str().to_string());
    let waiting = work::place(settings, &format!("{}.part", new_id()))?;
    upload.file.move_copy_to(&waiting).await?;
    let file = waiting.clone();
    let looked = spawn_blocking(move || {
        let (headers, _) = super::look_into(&file, &work::web_limits(), 0)?;
        Ok::<_, Error>((headers, super::hash_of(&file)?))
    })
    .await
    .map_err(|gone| Error::Internal(gone.to_string()))?;
    let (headers, hash) = match looked {
        Ok(found) => found,
        Err(error) => {
            std::fs::remove_file(&waiting)?;
            let Error::Invalid(problems) = error else {
                return Err(error);
            };
            let form = Form::rejected(Vec::new(), problems);
            return Ok(Answer::Again(NewPage { page: page.at("/imports/new"), form }));
        }
    };
    let (name, key) = (name.unwrap_or_default(), upload.key().to_string());
    let begun = db.write(move |c| {
        let actor = by.actor();
        once(c, actor, &key, |c| {
            let import = super::begin(c, actor, &name, &hash, &headers)?;
            Ok((import.id.clone(), import.id))
        })
    });
    let id = match begun.await? {
        Once::Now(id) => {
            std::fs::rename(&waiting, work::place(settings, &id)?)?;
            id
        }
        Once::Before(id) => {
            std::fs::remove_file(&waiting)?;
            id
        }
    };
    Ok(Answer::Go(Go::to(format!("/imports/{id}/mapping"))))
}

/// The workbook to fill in, in the reader's language.
#[get("/imports/template.xlsx")]
async fn template(page: Page, _by: By) -> Result<(ContentType, Attachment), Error> {
    let language = page.language();
    let bytes = spawn_blocking(move || super::workbook(language))
        .await
        .map_err(|gone| Error::Internal(gone.to_string()))??;
    Ok((
        ContentType::new("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Attachment(bytes),
    ))
}

/// A workbook that the browser keeps as a file.
struct Attachment(Vec<u8>);

impl<'r> Responder<'r, 'static> for Attachment {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let name = "attachment; filename=\"touchstone-suppliers.xlsx\"";
        Response::build_from(self.0.respond_to(request)?)
            .header(Header::new("Content-Disposition", name))
            .ok()
    }
}
