//! Touchstone: a supplier and ESG supply-chain registry. `rocket()` is its table of contents.

#[macro_use]
pub mod values;
pub mod access;
pub mod api;
pub mod audit;
pub mod cache;
pub mod categories;
pub mod certification;
pub mod clauses;
pub mod db;
pub mod demo;
pub mod documents;
pub mod error;
pub mod expiry;
pub mod home;
pub mod imports;
pub mod inspections;
pub mod notices;
pub mod onboarding;
pub mod once;
pub mod page;
pub mod proof;
pub mod punishments;
pub mod regions;
pub mod reports;
pub mod resealing;
pub mod scheduler;
pub mod schema;
pub mod settings;
pub mod sheets;
pub mod signing;
mod statics;
pub mod suppliers;
pub mod texts;
pub mod vault;
pub mod versions;
pub mod webhooks;

pub use settings::Settings;

use std::sync::Arc;

use rocket::{Build, Rocket};

use crate::access::Passwords;
use crate::db::Db;
use crate::reports::regions::DayCache;
use crate::scheduler::{Job, Jobs};
use crate::suppliers::clearance::HoldSources;
use crate::suppliers::list::Counts;
use crate::vault::Vault;

/// The rooms that hold things against companies: what clearance asks beside the register itself.
pub const HOLDS: HoldSources = HoldSources {
    of_companies: &[clauses::holds::of, punishments::holds::of],
    of_categories: &[certification::holds::of],
};

/// What the server does by the clock.
pub const JOBS: Jobs = Jobs(&[
    Job { name: "certifications", every: 60, after: 1, batch: expiry::job::recheck },
    // Five past midnight UTC: the morning in China.
    Job { name: "reminders", every: 24 * 60, after: 5, batch: expiry::job::remind },
    // Ten past midnight UTC.
    Job { name: "clauses", every: 24 * 60, after: 10, batch: clauses::reminders::batch },
    // A quarter past midnight UTC.
    Job {
        name: "findings",
        every: 24 * 60,
        after: 15,
        batch: inspections::findings::overdue::batch,
    },
    // Every hour: who has joined or left the group of a company under a measure.
    Job {
        name: "punished_groups",
        every: 60,
        after: 20,
        batch: punishments::members::watch::batch,
    },
    // New registrations are compared at once; this is for whatever else was recorded.
    Job { name: "evasion", every: 2, after: 0, batch: punishments::evasion::job::batch },
    // Twenty-five past midnight UTC.
    Job {
        name: "punishments",
        every: 24 * 60,
        after: 25,
        batch: punishments::ballots::clock::batch,
    },
    Job { name: "checkpoints", every: 24 * 60, after: 10, batch: proof::checkpoints::daily },
]);

/// The application on an open database.
pub fn rocket(settings: Settings, db: Db, vault: Vault) -> Rocket<Build> {
    let signer = access::tokens::Signer::new(&vault, &settings.base_url);
    let invented = page::Invented(db.read_now(demo::is_demo).unwrap_or(false));
    let document = api::openapi::Document::of(
        &settings.base_url,
        vec![
            suppliers::api::document(),
            imports::api::document(),
            categories::api::document(),
            certification::standards::api::document(),
            clauses::api::document(),
            certification::category::api::document(),
            clauses::signatures::api::document(),
            regions::api::document(),
            certification::certificates::api::document(),
            reports::api::document(),
            expiry::api::document(),
            clauses::coverage::api::document(),
            certification::basic::api::document(),
            certification::authentication::api::document(),
            inspections::checklists::api::document(),
            inspections::plans::api::document(),
            inspections::visits::api::document(),
            inspections::findings::api::document(),
            inspections::figures::api::document(),
            punishments::standards::api::document(),
            punishments::cases::api::document(),
            punishments::figures::api::document(),
            punishments::evasion::api::document(),
            api::operations(),
        ],
    );
    let providers = certification::authentication::provider::Providers::of(
        &settings.identity_provider_name,
        &settings.identity_provider_key,
    );
    rocket::custom(settings.figment.clone())
        .manage(providers)
        .manage(document)
        .manage(invented)
        .manage(settings)
        .manage(db)
        .manage(vault)
        .manage(signer)
        .manage(HOLDS)
        .manage(clauses::AfterSigning(certification::category::keep::after_signing))
        .manage(onboarding::AfterSubmission(punishments::evasion::after_submission))
        .manage(JOBS)
        .manage(Passwords::default())
        .manage(access::TakenUp(onboarding::inviting::taken_up))
        .manage(Arc::new(Counts::default()))
        .manage(imports::Work::default())
        .manage(Arc::new(DayCache::default()))
        .manage(Arc::new(clauses::coverage::DayCache::default()))
        .manage(page::Streams::default())
        .attach(documents::work::opening())
        .attach(proof::work::opening())
        .attach(page::OriginCheck)
        .attach(page::Headers)
        .attach(imports::Work::after_start())
        .attach(webhooks::work::after_start())
        .attach(notices::work::after_start())
        .attach(scheduler::work::after_start())
        .attach(suppliers::duplicates::after_start())
        .mount("/", statics::routes())
        .mount("/", page::refused_routes())
        .mount("/", access::routes())
        .mount("/", home::routes::routes())
        .mount("/", audit::routes())
        .mount("/", categories::routes::routes())
        .mount("/", home::routes_portal::routes())
        .mount("/", onboarding::portal::routes())
        .mount("/", suppliers::routes::routes())
        .mount("/", certification::category::routes::routes())
        .mount("/", documents::routes::routes())
        .mount("/", documents::routes_portal::routes())
        .mount("/", onboarding::routes::routes())
        .mount("/", onboarding::needs::routes::routes())
        .mount("/", onboarding::candidates::routes::routes())
        .mount("/", onboarding::routes_public::routes())
        .mount("/", certification::certificates::routes::routes())
        .mount("/", certification::certificates::routes_portal::routes())
        .mount("/", certification::matrix::routes::routes())
        .mount("/", certification::standards::routes::routes())
        .mount("/", clauses::routes::routes())
        .mount("/", certification::basic::routes::routes())
        .mount("/", certification::authentication::routes::routes())
        .mount("/", certification::authentication::routes_portal::routes())
        .mount("/", clauses::routes_portal::routes())
        .mount("/", clauses::routes_rights::routes())
        .mount("/", clauses::routes_supplier::routes())
        .mount("/", clauses::routes_coverage::routes())
        .mount("/", clauses::routes_coverage_files::routes())
        .mount("/", clauses::routes_requests::routes())
        .mount("/", inspections::checklists::routes::routes())
        .mount("/", inspections::tiers::routes::routes())
        .mount("/", inspections::plans::routes::routes())
        .mount("/", inspections::draws::routes::routes())
        .mount("/", inspections::draws::routes_portal::routes())
        .mount("/", inspections::visits::routes::routes())
        .mount("/", inspections::visits::routes_portal::routes())
        .mount("/", inspections::findings::routes::routes())
        .mount("/", inspections::findings::routes_portal::routes())
        .mount("/", inspections::results::routes::routes())
        .mount("/", inspections::figures::routes::routes())
        .mount("/", punishments::standards::routes::routes())
        .mount("/", punishments::standards::routes_portal::routes())
        .mount("/", punishments::cases::routes::routes())
        .mount("/", punishments::cases::routes_portal::routes())
        .mount("/", punishments::figures::routes::routes())
        .mount("/", punishments::members::routes::routes())
        .mount("/", punishments::evasion::routes::routes())
        .mount("/", punishments::ballots::routes::routes())
        .mount("/", punishments::ballots::routes_portal::routes())
        .mount("/", imports::routes::routes())
        .mount("/", regions::routes::routes())
        .mount("/", reports::routes::routes())
        .mount("/", reports::routes_clearance::routes())
        .mount("/", webhooks::routes::routes())
        .mount("/", notices::routes::routes())
        .mount("/", scheduler::routes::routes())
        .mount("/", proof::routes::routes())
        .mount("/", expiry::routes::routes())
        .mount("/", api::routes())
        .mount("/", suppliers::api::routes())
        .mount("/", imports::api::routes())
        .mount("/", categories::api::routes())
        .mount("/", certification::standards::api::routes())
        .mount("/", clauses::api::routes())
        .mount("/", certification::category::api::routes())
        .mount("/", clauses::signatures::api::routes())
        .mount("/", regions::api::routes())
        .mount("/", certification::certificates::api::routes())
        .mount("/", reports::api::routes())
        .mount("/", expiry::api::routes())
        .mount("/", clauses::coverage::api::routes())
        .mount("/", certification::basic::api::routes())
        .mount("/", certification::authentication::api::routes())
        .mount("/", inspections::checklists::api::routes())
        .mount("/", inspections::plans::api::routes())
        .mount("/", inspections::visits::api::routes())
        .mount("/", inspections::findings::api::routes())
        .mount("/", inspections::figures::api::routes())
        .mount("/", punishments::standards::api::routes())
        .mount("/", punishments::cases::api::routes())
        .mount("/", punishments::figures::api::routes())
        .mount("/", punishments::evasion::api::routes())
        .register("/", page::catchers())
        .register("/api", api::catchers())
}
