//! The worker of a server: sends the letters that are due. Any number of nodes may run it on one
//! database, all with the same settings.

use std::sync::Arc;
use std::time::Duration;

use rocket::Shutdown;
use rocket::fairing::AdHoc;
use rocket::tokio::task::spawn_blocking;
use rocket::tokio::time::timeout;

use super::outbox;
use super::sending::{Mailer, Outcome};
use crate::Settings;
use crate::db::Db;
use crate::error::Error;
use crate::vault::Vault;

/// How often it looks for work.
const EVERY: Duration = Duration::from_secs(1);
/// Letters sent before it looks whether the server is to stop.
const IN_A_ROW: usize = 10;

struct Worker {
    db: Db,
    vault: Vault,
    base_url: String,
    mailer: Mailer,
}

/// Starts the worker with the server; it ends with it.
pub fn after_start() -> AdHoc {
    AdHoc::on_liftoff("letters", |rocket| {
        Box::pin(async move {
            let (Some(db), Some(vault), Some(settings)) =
                (rocket.state::<Db>(), rocket.state::<Vault>(), rocket.state::<Settings>())
            else {
                return;
            };
            let mailer = match Mailer::of(settings) {
                Ok(mailer) => mailer,
                Err(error) => return log::error!("letters are not sent: {error}"),
            };
            let worker = Worker {
                db: db.clone(),
                vault: vault.clone(),
                base_url: settings.base_url.clone(),
                mailer,
            };
            rocket::tokio::spawn(run(Arc::new(worker), rocket.shutdown()));
        })
    })
}

async fn run(worker: Arc<Worker>, shutdown: Shutdown) {
    if worker.mailer.has_server()
        && let Err(error) = worker.db.write(outbox::send_kept).await
    {
        log::error!("letters that were kept could not be looked for: {error}");
    }
    loop {
        if timeout(EVERY, shutdown.clone()).await.is_ok() {
            return;
        }
        if let Err(error) = round(&worker, &shutdown).await {
            log::error!("letters could not be looked after: {error}");
        }
    }
}

/// Sends until nothing is due, or the server is to stop.
async fn round(worker: &Arc<Worker>, shutdown: &Shutdown) -> Result<(), Error> {
    while worker.db.read(outbox::is_due).await? {
        for _ in 0..IN_A_ROW {
            if !send_next(worker).await? {
                return Ok(());
            }
        }
        if timeout(Duration::ZERO, shutdown.clone()).await.is_ok() {
            return Ok(());
        }
    }
    Ok(())
}

/// Whether there was a letter to send.
async fn send_next(worker: &Arc<Worker>) -> Result<bool, Error> {
    let Some(message) = worker.db.write(outbox::claim).await? else {
        return Ok(false);
    };
    let sender = worker.clone();
    let (message, outcome) = spawn_blocking(move || {
        let outcome = match message.link(&sender.vault, &sender.base_url) {
            Ok(link) => sender.mailer.send(&message, link.as_deref()),
            Err(error) => {
                log::error!("letter {} has a link that does not open: {error}", message.id);
                Outcome::unreadable()
            }
        };
        (message, outcome)
    })
    .await
    .map_err(|gone| Error::Internal(format!("a letter was not sent to its end: {gone}")))?;
    worker.db.write(move |c| outbox::settle(c, &message, &outcome)).await?;
    Ok(true)
}
