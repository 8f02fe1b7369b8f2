//! Staff pages of suppliers, a file for each page.

mod addresses;
mod bank_accounts;
mod clearance;
mod company;
mod contacts;
mod duplicates;
mod export;
mod form;
mod groups;
mod history;
mod identifiers;
mod links;
mod list;
mod merges;
mod opening;
mod owners;
mod people;
mod sites;
mod stage;
mod views;

use rocket::Route;

use super::{Supplier, find};
use crate::access::Scope;
use crate::db::Db;
use crate::error::Error;
use crate::page::Go;

pub fn routes() -> Vec<Route> {
    [
        list::routes(),
        export::routes(),
        form::routes(),
        company::routes(),
        clearance::routes(),
        groups::routes(),
        links::routes(),
        history::routes(),
        stage::routes(),
        identifiers::routes(),
        sites::routes(),
        contacts::routes(),
        bank_accounts::routes(),
        people::routes(),
        opening::routes(),
        owners::routes(),
        views::routes(),
        addresses::routes(),
        duplicates::routes(),
        merges::routes(),
    ]
    .concat()
}

/// Back to the company's page.
fn to_supplier(id: &str, notice: &'static str, what: &str) -> Go {
    Go::to(format!("/suppliers/{id}")).saying(notice, what)
}

/// The company of a form that is shown again.
async fn company(db: &Db, scope: Scope, id: String) -> Result<Supplier, Error> {
    db.read(move |c| find(c, &scope, &id)).await
}
