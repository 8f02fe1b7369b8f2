//! The store, ready before the first request.

use rocket::fairing::AdHoc;

use super::Store;
use crate::Settings;

/// Opens the store that the settings name. A server without it does not start.
pub fn opening() -> AdHoc {
    AdHoc::try_on_ignite("store of documents", |rocket| async {
        let Some(settings) = rocket.state::<Settings>() else {
            return Err(rocket);
        };
        match Store::open(settings) {
            Ok(store) => Ok(rocket.manage(store)),
            Err(error) => {
                log::error!("{error}");
                Err(rocket)
            }
        }
    })
}
