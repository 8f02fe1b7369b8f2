//! The pages on which a company registers itself. The company comes from the account: no address
//! names one.

mod check;
mod fields;
mod overview;
mod reading;
mod section;

use rocket::Route;

pub fn routes() -> Vec<Route> {
    [overview::routes(), check::routes(), section::routes()].concat()
}
