//! The page on which a person says what the columns of a list hold.

use askama::Template;
use askama_web::WebTemplate;
use rocket::tokio::task::spawn_blocking;
use rocket::{Responder, Route, State, get, post, routes};
use serde::Deserialize;
use validator::Validate;

use super::options::{Options, day};
use super::work::{self, Work, source_of};
use super::{Import, Status};
use crate::Settings;
use crate::access::{May, right};
use crate::db::Db;
use crate::error::{Error, Problem, Problems};
use crate::page::{Answer, Form, Go, Page, Submitted};
use crate::suppliers::Stage;
use crate::suppliers::columns::{Field, Mapping};
use crate::vault::Vault;

pub fn routes() -> Vec<Route> {
    routes![form, submit]
}

type By = May<right::ImportSuppliers>;

/// Rows shown of the file.
const SAMPLES: usize = 3;
/// Characters shown of a cell.
const SAMPLE_CHARS: usize = 60;

#[derive(Template, WebTemplate)]
#[template(path = "imports/mapping.html")]
struct MappingPage {
    page: Page,
    import: Import,
    form: Form,
    columns: Vec<Column>,
}

/// A column of the file: its header, some of its values, the field chosen.
struct Column {
    /// The name of its form field.
    name: String,
    header: String,
    samples: Vec<String>,
    chosen: Option<Field>,
}

#[derive(Default, Deserialize, Validate)]
#[serde(default)]
struct Choices {
    each_row: String,
    #[validate(length(max = 30))]
    stage: String,
    #[validate(length(max = 30))]
    since: String,
}

/// The form, or the page that an import has moved on to.
#[derive(Responder)]
enum Opened {
    Here(Box<MappingPage>),
    Elsewhere(Go),
}

#[get("/imports/<id>/mapping")]
async fn form(
    page: Page,
    by: By,
    id: &str,
    settings: &State<Settings>,
    db: &State<Db>,
) -> Result<Opened, Error> {
    let id = id.to_string();
    let import = db.read(move |c| super::find(c, &by, &id)).await?;
    if import.status != Status::Mapping {
        return Ok(Opened::Elsewhere(Go::to(format!("/imports/{}", import.id))));
    }
    let chosen = Mapping::recognised(&import.headers());
    let form = Form::of(&[("stage", "active")]);
    Ok(Opened::Here(Box::new(shown(page, import, settings, form, chosen.0).await?)))
}

async fn shown(
    page: Page,
    import: Import,
    settings: &Settings,
    form: Form,
    chosen: Vec<Option<Field>>,
) -> Result<MappingPage, Error> {
    let file = work::place(settings, &import.id)?;
    let looked =
        spawn_blocking(move || super::look_into(&file, &work::web_limits(), SAMPLES)).await;
    let samples = match looked.map_err(|gone| Error::Internal(gone.to_string()))? {
        Ok((_, samples)) => samples,
        // The first rows of a list that breaks off further down are worth showing.
        Err(_) => Vec::new(),
    };
    let short = |text: &String| text.chars().take(SAMPLE_CHARS).collect::<String>();
    let columns = import.headers().into_iter().enumerate().map(|(index, header)| Column {
        name: format!("column-{index}"),
        header,
        samples: samples
            .iter()
            .filter_map(|row| row.get(index))
            .filter(|t| !t.is_empty())
            .map(short)
            .collect(),
        chosen: chosen.get(index).copied().flatten(),
    });
    Ok(MappingPage { columns: columns.collect(), page, import, form })
}

#[post("/imports/<id>/mapping", data = "<submitted>")]
#[allow(clippy::too_many_arguments, reason = "each is a guard or a state of the server")]
async fn submit(
    page: Page,
    by: By,
    id: &str,
    submitted: Submitted<Choices>,
    settings: &State<Settings>,
    vault: &State<Vault>,
    work: &State<Work>,
    db: &State<Db>,
) -> Result<Answer<MappingPage>, Error> {
    let (id, sought) = (id.to_string(), by);
    let found = db.read(move |c| Ok((super::find(c, &sought, &id)?, sought))).await;
    let (import, by) = found?;
    if import.status != Status::Mapping {
        return Ok(Answer::Go(Go::to(format!("/imports/{}", import.id))));
    }
    let chosen = chosen_fields(&submitted.values, import.headers().len());
    let (id, fields) = (import.id.clone(), chosen.clone());
    let outcome = submitted
        .handle(|choices| async move {
            let (mapping, options) = check(&fields, &choices)?;
            db.write(move |c| {
                let begun = super::start_reading(c, &id, &mapping, &options)?;
                Ok((super::find(c, &by, &id)?, begun, by, mapping))
            })
            .await
        })
        .await?;
    let (import, begun, by, mapping) = match outcome {
        Ok(done) => done,
        Err(form) => {
            return Ok(Answer::Again(shown(page, import, settings, form, chosen).await?));
        }
    };
    if begun {
        work.read(db, vault, settings, source_of(&import, settings, &by, mapping));
    }
    Ok(Answer::Go(Go::to(format!("/imports/{}", import.id))))
}

/// The field chosen for each column; a name that is none means "leave out".
fn chosen_fields(values: &[(String, String)], columns: usize) -> Vec<Option<Field>> {
    let of_column = |index: usize| {
        let name = format!("column-{index}");
        let value = values.iter().find(|(field, _)| *field == name)?;
        Field::parse(&value.1)
    };
    (0..columns).map(of_column).collect()
}

fn check(chosen: &[Option<Field>], choices: &Choices) -> Result<(Mapping, Options), Problems> {
    let mut problems = Problems::default();
    for (index, field) in chosen.iter().enumerate() {
        if field.is_some() && chosen[..index].contains(field) {
            problems.add(Problem::new(&format!("column-{index}"), "import_field_twice"));
        }
    }
    let names = [Some(Field::Name), Some(Field::EnglishName)];
    if !chosen.iter().any(|field| names.contains(field)) {
        problems.add(Problem::new("column-0", "import_no_name"));
    }
    if Stage::parse(&choices.stage).is_none() {
        problems.add(Problem::new("stage", "unknown_choice"));
    }
    if !choices.since.trim().is_empty() && day(&choices.since).is_none() {
        problems.add(Problem::new("since", "import_date"));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let options = Options {
        each_row_a_supplier: choices.each_row == "on",
        stage: choices.stage.clone(),
        since: choices.since.trim().to_string(),
    };
    Ok((Mapping(chosen.to_vec()), options))
}

impl MappingPage {
    fn action(&self, what: &str) -> String {
        format!("/imports/{}/{what}", self.import.id)
    }

    fn stages(&self) -> Vec<(&'static str, String, bool)> {
        let chosen = self.form.value("stage");
        let named = |stage: &Stage| {
            let value = stage.as_str();
            (value, self.page.tk("stage", value), value == chosen)
        };
        [Stage::Active, Stage::Candidate].iter().map(named).collect()
    }
}
