//! A list comes in as a body, and is read in the background.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rocket::data::ToByteUnit;
use rocket::http::{ContentType, Status};
use rocket::tokio::task::spawn_blocking;
use rocket::{Data, Route, State, post, routes};
use serde::Deserialize;
use utoipa::IntoParams;

use super::documents::ImportDocument;
use super::{By, address};
use crate::Settings;
use crate::api::{self, Failure, IdempotencyKey, Query, Reply, Request};
use crate::db::Db;
use crate::error::{Error, Problem, Problems};
use crate::imports::options::day;
use crate::imports::work::{self, Work, source_of};
use crate::imports::{Options, begin, find, hash_of, look_into, start_reading};
use crate::suppliers::Stage;
use crate::suppliers::columns::{Field, Mapping};
use crate::values::new_id;
use crate::vault::Vault;

pub(super) fn routes() -> Vec<Route> {
    routes![upload]
}

/// How the list is taken over.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct UploadQuery {
    /// The file's name, for the people who look the import over.
    #[param(max_length = 120)]
    name: Option<String>,
    /// Rows of the same company are not put together.
    #[param(value_type = Option<bool>)]
    each_row_a_supplier: Option<String>,
    /// The stage of rows that name none; `active` when left out.
    #[param(value_type = Option<ListStage>, inline)]
    stage: Option<String>,
    /// Since when the companies are suppliers, where a row does not say; now when left out.
    #[param(value_type = Option<String>, format = Date)]
    since: Option<String>,
}

/// The stages that a list can bring.
#[derive(utoipa::ToSchema)]
#[schema(rename_all = "snake_case")]
#[allow(dead_code, reason = "only its schema is used")]
enum ListStage {
    Active,
    Candidate,
}

impl UploadQuery {
    fn options(&self) -> Result<Options, Problems> {
        let mut problems = Problems::default();
        let mut wrong = |field: &str, code: &str, is_wrong: bool| {
            if is_wrong {
                problems.add(Problem::new(field, code));
            }
        };
        let given = |field: &Option<String>, is: fn(&str) -> bool| field.as_deref().is_some_and(is);
        let is_no_stage =
            |text: &str| !matches!(Stage::parse(text), Some(Stage::Active | Stage::Candidate));
        wrong("stage", "unknown_choice", given(&self.stage, is_no_stage));
        wrong("since", "import_date", given(&self.since, |text| day(text).is_none()));
        let is_no_answer = |text: &str| !["true", "false"].contains(&text);
        let each_row = &self.each_row_a_supplier;
        wrong("each_row_a_supplier", "unknown_choice", given(each_row, is_no_answer));
        if given(&self.name, |name| name.chars().count() > 120) {
            problems.add(Problem::new("name", "too_long").with("max", 120));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Options {
            each_row_a_supplier: each_row.as_deref() == Some("true"),
            stage: self.stage.clone().unwrap_or_else(|| Stage::Active.as_str().into()),
            since: self.since.clone().unwrap_or_default(),
        })
    }
}

/// A file on its way in; gone with the value unless it was kept.
struct Waiting(PathBuf);

impl Drop for Waiting {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Import a list of suppliers
///
/// The first row names the columns; their names are recognised in English and Chinese. The list is
/// read in the background; then it waits for a confirmation.
#[utoipa::path(
    tag = "imports",
    operation_id = "create_import",
    security(("token" = ["imports.write"])),
    params(
        UploadQuery,
        ("Idempotency-Key" = Option<String>, Header, description = "Sent again with the same file within 24 hours, the request gives the same answer and imports nothing more.", max_length = 200, pattern = "^[!-~]+$"),
    ),
    request_body(
        description = "A CSV file or an Excel workbook, 64 MiB at most.",
        content(
            (String = "text/csv", example = "name,country,address\nAcme Textiles Ltd,VN,Hanoi\n"),
            (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ),
    ),
    responses((status = 202, description = "It is being read.", body = ImportDocument, headers(
        ("Location" = String, description = "Where to ask how far it is."),
    ), links(
        ("read" = (operation_id = "get_import", parameters(("id" = "$response.body#/id")))),
        ("rows" = (operation_id = "list_import_rows", parameters(("id" = "$response.body#/id")))),
        ("confirm" = (operation_id = "confirm_import", parameters(("id" = "$response.body#/id")))),
        ("discard" = (operation_id = "discard_import", parameters(("id" = "$response.body#/id")))),
        ("undo" = (operation_id = "undo_import", parameters(("id" = "$response.body#/id")))),
    )))
)]
#[post("/api/v1/imports", data = "<data>")]
#[allow(clippy::too_many_arguments, reason = "each is a guard or a state of the server")]
async fn upload(
    by: By,
    key: IdempotencyKey,
    query: Query<UploadQuery>,
    kind: Option<&ContentType>,
    data: Data<'_>,
    settings: &State<Settings>,
    vault: &State<Vault>,
    work: &State<Work>,
    db: &State<Db>,
) -> Result<Reply, Failure> {
    if !kind.is_some_and(is_sheet) {
        return Err(Failure::Refused(Status::UnsupportedMediaType, "media-type"));
    }
    let key = key.0?;
    let query = query.checked()?;
    let options = query.options()?;
    let name = query.name.unwrap_or_default();
    let waiting = Waiting(work::place(settings, &format!("{}.part", new_id()))?);
    receive(data, &waiting.0).await?;
    let (headers, mapping, hash) = understand(waiting.0.clone()).await?;
    let line = format!("POST {name} {options:?}");
    let (actor, begun) = (by.actor().clone(), Arc::new(OnceLock::new()));
    let (chosen, made, by) = (mapping.clone(), begun.clone(), Arc::new(by.into_may()));
    let begins = by.clone();
    let reply = api::once(db, &actor, Request::of(&line, key, &hash), move |c| {
        let import = begin(c, begins.actor(), &name, &hash, &headers)?;
        start_reading(c, &import.id, &chosen, &options)?;
        let import = find(c, &begins, &import.id)?;
        let reply = Reply::accepted(address(&import.id), &ImportDocument::from(import.clone()))?;
        let _ = made.set(import);
        Ok(reply)
    })
    .await?;
    // An answer given once more has begun nothing.
    if let Some(import) = begun.get() {
        std::fs::rename(&waiting.0, work::place(settings, &import.id)?).map_err(Error::from)?;
        work.read(db, vault, settings, source_of(import, settings, &by, mapping));
    }
    Ok(reply)
}

fn is_sheet(kind: &ContentType) -> bool {
    let workbook = "vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    kind.is_csv() || (kind.top() == "application" && kind.sub() == workbook)
}

async fn receive(data: Data<'_>, to: &Path) -> Result<(), Failure> {
    let most = work::web_limits().bytes.unwrap_or_default();
    let file = data.open(most.bytes()).into_file(to).await.map_err(Error::from)?;
    match file.is_complete() {
        true => Ok(()),
        false => Err(Failure::Refused(Status::PayloadTooLarge, "too-large")),
    }
}

/// The headers of a file, what they are recognised as, and the file's hash.
async fn understand(file: PathBuf) -> Result<(Vec<String>, Mapping, String), Error> {
    let looked = spawn_blocking(move || {
        let (headers, _) = look_into(&file, &work::web_limits(), 0)?;
        Ok::<_, Error>((headers, hash_of(&file)?))
    });
    let (headers, hash) = looked.await.map_err(|gone| Error::Internal(gone.to_string()))??;
    let mapping = Mapping::recognised(&headers);
    let names = [Field::Name, Field::EnglishName];
    if names.iter().all(|field| mapping.column(*field).is_none()) {
        return Err(Problems::one("file", "import_no_name").into());
    }
    Ok((headers, mapping, hash))
}
