//! The server compares what lists have brought, a few companies at a time, as long as it runs.

use std::time::Duration;

use rocket::fairing::AdHoc;

use super::{is_due, scan_some};
use crate::db::Db;
use crate::error::Error;

/// Between two looks at an empty queue.
const IDLE: Duration = Duration::from_secs(5);
/// Between two changes: others write first, and most of a core is theirs.
const BREATH: Duration = Duration::from_millis(75);

/// Begins the work when the server starts.
pub fn after_start() -> AdHoc {
    AdHoc::on_liftoff("comparisons", |rocket| {
        Box::pin(async move {
            if let Some(db) = rocket.state::<Db>() {
                rocket::tokio::spawn(go_on(db.clone(), rocket.shutdown()));
            }
        })
    })
}

async fn go_on(db: Db, mut shutdown: rocket::Shutdown) {
    loop {
        let pause = match some(&db).await {
            Ok(true) => BREATH,
            Ok(false) => IDLE,
            Err(error) => {
                log::error!("companies were not compared: {error}");
                IDLE
            }
        };
        rocket::tokio::select! {
            () = rocket::tokio::time::sleep(pause) => {}
            () = &mut shutdown => return,
        }
    }
}

/// Compares some companies; whether there were any. The writer is not asked for nothing.
async fn some(db: &Db) -> Result<bool, Error> {
    if !db.read(is_due).await? {
        return Ok(false);
    }
    Ok(db.write(scan_some).await? > 0)
}
