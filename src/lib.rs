//! Touchstone: a supplier and ESG supply-chain registry. `rocket()` is its table of contents.

#[macro_use]
pub mod values;
pub mod access;
pub mod audit;
pub mod cache;
pub mod categories;
pub mod db;
pub mod demo;
pub mod error;
pub mod imports;
pub mod once;
pub mod page;
pub mod regions;
pub mod reports;
pub mod schema;
pub mod settings;
pub mod sheets;
mod statics;
pub mod suppliers;
pub mod texts;
pub mod vault;

pub use settings::Settings;

use std::sync::Arc;

use rocket::{Build, Rocket};

use crate::access::Passwords;
use crate::db::Db;
use crate::reports::regions::DayCache;
use crate::suppliers::list::Counts;
use crate::vault::Vault;

/// The application on an open database.
pub fn rocket(settings: Settings, db: Db, vault: Vault) -> Rocket<Build> {
    let invented = page::Invented(db.read_now(demo::is_demo).unwrap_or(false));
    rocket::custom(settings.figment.clone())
        .manage(invented)
        .manage(settings)
        .manage(db)
        .manage(vault)
        .manage(Passwords::default())
        .manage(Arc::new(Counts::default()))
        .manage(imports::Work::default())
        .manage(Arc::new(DayCache::default()))
        .manage(page::Streams::default())
        .attach(page::OriginCheck)
        .attach(page::Headers)
        .attach(imports::Work::after_start())
        .attach(suppliers::duplicates::after_start())
        .mount("/", statics::routes())
        .mount("/", page::refused_routes())
        .mount("/", access::routes())
        .mount("/", audit::routes())
        .mount("/", categories::routes::routes())
        .mount("/", suppliers::routes_portal::routes())
        .mount("/", suppliers::routes::routes())
        .mount("/", imports::routes::routes())
        .mount("/", regions::routes::routes())
        .mount("/", reports::routes::routes())
        .register("/", page::catchers())
}
