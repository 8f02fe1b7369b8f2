//! The worker of a server: reads the audit trail on, and sends what is due. Any number of nodes
//! may run it on one database.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use chrono::NaiveDateTime;
use rocket::Shutdown;
use rocket::fairing::AdHoc;
use rocket::tokio::sync::Semaphore;
use rocket::tokio::task::spawn_blocking;
use rocket::tokio::time::timeout;

use super::sending::Sender;
use super::{deliveries, outbox};
use crate::Settings;
use crate::db::Db;
use crate::error::Error;
use crate::values::{forever, now};
use crate::vault::Vault;

/// How often it looks for work.
const EVERY: Duration = Duration::from_secs(1);
/// Messages sent at once, each to another webhook.
const AT_ONCE: usize = 4;
/// Messages sent to one webhook before another has its turn.
const IN_A_ROW: usize = 50;
/// A webhook that failed is left alone for this long, in seconds.
const REST: i64 = 10;
/// How often old deliveries are deleted.
const TIDY_EVERY: Duration = Duration::from_secs(3600);

struct Worker {
    db: Db,
    vault: Vault,
    base_url: String,
    sender: Sender,
    permits: Arc<Semaphore>,
    /// Webhooks that this node is sending to, or leaves alone until a time.
    resting: Mutex<HashMap<String, NaiveDateTime>>,
}

/// Starts the worker with the server; it ends with it.
pub fn after_start() -> AdHoc {
    AdHoc::on_liftoff("webhooks", |rocket| {
        Box::pin(async move {
            let (Some(db), Some(vault), Some(settings)) =
                (rocket.state::<Db>(), rocket.state::<Vault>(), rocket.state::<Settings>())
            else {
                return;
            };
            let worker = Worker {
                db: db.clone(),
                vault: vault.clone(),
                base_url: settings.base_url.clone(),
                sender: Sender::new(settings.webhook_private_addresses),
                permits: Arc::new(Semaphore::new(AT_ONCE)),
                resting: Mutex::default(),
            };
            rocket::tokio::spawn(run(Arc::new(worker), rocket.shutdown()));
        })
    })
}

async fn run(worker: Arc<Worker>, shutdown: Shutdown) {
    let mut tidied = Instant::now();
    loop {
        if let Err(error) = round(&worker).await {
            log::error!("webhooks could not be looked after: {error}");
        }
        if tidied.elapsed() > TIDY_EVERY {
            tidied = Instant::now();
            if let Err(error) = worker.db.write(deliveries::forget_old).await {
                log::error!("old deliveries could not be deleted: {error}");
            }
        }
        if timeout(EVERY, shutdown.clone()).await.is_ok() {
            return;
        }
    }
}

async fn round(worker: &Arc<Worker>) -> Result<(), Error> {
    while worker.db.read(outbox::is_behind).await? {
        let base_url = worker.base_url.clone();
        worker.db.write(move |c| outbox::tell(c, &base_url)).await?;
    }
    for id in worker.db.read(deliveries::due).await? {
        let Ok(permit) = worker.permits.clone().try_acquire_owned() else {
            break;
        };
        if !worker.take(&id) {
            continue;
        }
        let worker = worker.clone();
        rocket::tokio::spawn(async move {
            let until = worker.serve(&id).await;
            worker.resting().insert(id, until);
            drop(permit);
        });
    }
    Ok(())
}

impl Worker {
    fn resting(&self) -> MutexGuard<'_, HashMap<String, NaiveDateTime>> {
        self.resting.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Takes a webhook that nobody here is sending to.
    fn take(&self, id: &str) -> bool {
        let mut resting = self.resting();
        let is_free = resting.get(id).is_none_or(|until| *until <= now());
        if is_free {
            resting.retain(|_, until| *until > now());
            resting.insert(id.to_string(), forever());
        }
        is_free
    }

    /// Sends a webhook what is due, in order, until something does not arrive. Until when to leave
    /// it alone.
    async fn serve(self: &Arc<Worker>, id: &str) -> NaiveDateTime {
        for _ in 0..IN_A_ROW {
            match self.send_next(id).await {
                Ok(Some(true)) => {}
                Ok(None) => break,
                Ok(Some(false)) => return now() + chrono::Duration::seconds(REST),
                Err(error) => {
                    log::error!("a webhook could not be served: {error}");
                    return now() + chrono::Duration::seconds(REST);
                }
            }
        }
        now()
    }

    /// Whether the next message arrived, `None` when there is none.
    async fn send_next(self: &Arc<Worker>, id: &str) -> Result<Option<bool>, Error> {
        let id = id.to_string();
        let claimed = self.db.write(move |c| deliveries::claim(c, &id)).await?;
        let Some((webhook, delivery)) = claimed else {
            return Ok(None);
        };
        let secret = self.vault.open(&webhook.secret_sealed, &webhook.id)?;
        let worker = self.clone();
        let (delivery, outcome) = spawn_blocking(move || {
            let time = now().and_utc().timestamp();
            let outcome =
                worker.sender.send(&webhook.url, &secret, &delivery.id, time, &delivery.body);
            (delivery, outcome)
        })
        .await
        .map_err(|gone| Error::Internal(format!("a message was not sent to its end: {gone}")))?;
        let arrived = outcome.arrived;
        self.db.write(move |c| deliveries::settle(c, &delivery, &outcome)).await?;
        Ok(Some(arrived))
    }
}
