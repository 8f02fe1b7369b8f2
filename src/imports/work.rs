//! Reading and writing of long lists behind the pages: at most two at once, each on a thread of
//! its own, so that pages stay quick.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use diesel::prelude::*;
use rocket::fairing::AdHoc;
use rocket::tokio::sync::Semaphore;

use super::{
    Import, Source, Status, confirm, fail, find, forget_rows, read, stop_confirming, tidy_up,
};
use crate::Settings;
use crate::access::{May, right};
use crate::db::{AnyConnection, Db};
use crate::error::{Error, Problem, incident};
use crate::schema::imports;
use crate::sheets::Limits;
use crate::suppliers::columns::Mapping;
use crate::vault::Vault;

/// Lists read or written at once.
const AT_ONCE: usize = 2;
/// Files that nobody came back to are kept this long.
const KEPT: Duration = Duration::from_secs(7 * 24 * 3600);

/// The workers of this server.
pub struct Work {
    permits: Arc<Semaphore>,
}

impl Default for Work {
    fn default() -> Work {
        Work { permits: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

/// What a file uploaded through the web may hold.
pub fn web_limits() -> Limits {
    Limits { bytes: Some(64 << 20), ..Limits::web() }
}

/// Where uploaded files wait to be read: beside the database.
fn folder(settings: &Settings) -> PathBuf {
    let url = &settings.database_url;
    if url.starts_with("postgres") {
        return PathBuf::from("data/uploads");
    }
    let path = url.trim_start_matches("sqlite://").trim_start_matches("sqlite:");
    PathBuf::from(path).with_extension("uploads")
}

/// The place of an uploaded file, its folder made.
pub fn place(settings: &Settings, name: &str) -> Result<PathBuf, Error> {
    let folder = folder(settings);
    std::fs::create_dir_all(&folder)?;
    Ok(folder.join(name))
}

/// Removes the file of an import that needs it no more. A file that is gone already is no fault.
pub fn drop_file(settings: &Settings, id: &str) {
    let _ = std::fs::remove_file(folder(settings).join(id));
}

impl Work {
    /// What a server that was stopped left behind: readings that nobody continues, old files.
    pub fn after_start() -> AdHoc {
        AdHoc::on_liftoff("unfinished imports", |rocket| {
            Box::pin(async move {
                let (Some(db), Some(settings)) = (rocket.state::<Db>(), rocket.state::<Settings>())
                else {
                    return;
                };
                let names = remove_old(settings);
                if let Err(error) = db.write(move |c| give_up(c, &names)).await {
                    log::error!("unfinished imports were not given up: {error}");
                }
            })
        })
    }

    fn run(&self, work: impl FnOnce() + Send + 'static) {
        let permits = self.permits.clone();
        rocket::tokio::spawn(async move {
            let Ok(permit) = permits.acquire_owned().await else {
                return;
            };
            std::thread::spawn(move || {
                work();
                drop(permit);
            });
        });
    }

    /// Reads the file of an import whose reading has begun.
    pub fn read(&self, db: &Db, vault: &Vault, settings: &Settings, source: Source) {
        let (db, vault, settings) = (db.clone(), vault.clone(), settings.clone());
        self.run(move || {
            let id = source.import_id.clone();
            if let Err(error) = read(&db, &vault, source, |_, _| {}) {
                let problem = in_words(&error);
                let failed = id.clone();
                note(db.write_now(move |c| fail(c, &failed, &problem)));
                note(forget_rows(&db, &id));
            }
            drop_file(&settings, &id);
        });
    }

    /// Writes an import to the register.
    pub fn confirm(&self, db: &Db, by: May<right::ImportSuppliers>, id: String, skip_errors: bool) {
        let db = db.clone();
        self.run(move || {
            let confirmed = id.clone();
            match db.write_now(move |c| confirm(c, &by, &confirmed, skip_errors)) {
                Ok(import) => note(tidy_up(&db, &import)),
                Err(error) => {
                    let problem = in_words(&error);
                    note(db.write_now(move |c| stop_confirming(c, &id, &problem)));
                }
            }
        });
    }

    /// Deletes the rows of an import that was given up.
    pub fn forget(&self, db: &Db, id: String) {
        let db = db.clone();
        self.run(move || note(forget_rows(&db, &id)));
    }
}

/// How an uploaded file is to be read.
pub fn source_of(
    import: &Import,
    settings: &Settings,
    by: &May<right::ImportSuppliers>,
    mapping: Mapping,
) -> Source {
    Source {
        import_id: import.id.clone(),
        file: folder(settings).join(&import.id),
        file_name: import.file_name.clone(),
        limits: web_limits(),
        headers: import.headers(),
        mapping,
        options: import.options(),
        actor: by.actor().clone(),
    }
}

fn in_words(error: &Error) -> Problem {
    match error {
        Error::Invalid(problems) if !problems.is_empty() => problems.0[0].clone(),
        Error::Forbidden(_) => Problem::new("file", "import_outside_scope"),
        other => Problem::new("file", "import_internal").with("incident", incident(other)),
    }
}

fn note(result: Result<(), Error>) {
    if let Err(error) = result {
        log::error!("an import could not be tidied up: {error}");
    }
}

/// Removes files too old; returns the names of the others, which are ids of imports.
fn remove_old(settings: &Settings) -> Vec<String> {
    let Ok(files) = std::fs::read_dir(folder(settings)) else {
        return Vec::new();
    };
    let mut kept = Vec::new();
    for file in files.flatten() {
        let changed =
            file.metadata().and_then(|m| m.modified()).unwrap_or_else(|_| SystemTime::now());
        if changed.elapsed().unwrap_or_default() > KEPT {
            let _ = std::fs::remove_file(file.path());
        } else {
            kept.push(file.file_name().to_string_lossy().into_owned());
        }
    }
    kept
}

/// The files here are read by this server alone: what it was reading when it stopped, it no
/// longer reads.
fn give_up(c: &mut AnyConnection, names: &[String]) -> Result<(), Error> {
    let problem = serde_json::to_string(&Problem::new("file", "import_interrupted"))?;
    diesel::update(
        imports::table
            .filter(imports::id.eq_any(names))
            .filter(imports::status.eq(Status::Reading)),
    )
    .set((imports::status.eq(Status::Failed), imports::failure.eq(problem)))
    .execute(c)?;
    Ok(())
}

/// An import that the person may see, in one of the states `allowed`.
pub fn find_in(
    c: &mut AnyConnection,
    by: &May<right::ImportSuppliers>,
    id: &str,
    allowed: &[Status],
) -> Result<Import, Error> {
    let import = find(c, by, id)?;
    if allowed.contains(&import.status) {
        Ok(import)
    } else {
        Err(Error::Conflict("conflict-import-state"))
    }
}
