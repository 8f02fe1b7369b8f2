//! The worker of a server: does the jobs that are due. Any number of nodes may run it on one
//! database; each job is done by one of them at a time.

use std::sync::Arc;
use std::time::Duration;

use rocket::Shutdown;
use rocket::fairing::AdHoc;
use rocket::tokio::time::timeout;

use super::{
    Job, Jobs, Outcome, Step, advance, are_known, claim, finish, is_due, make_known, release,
};
use crate::db::Db;
use crate::error::Error;
use crate::values::new_id;
use crate::vault::Vault;

/// How often it looks for work.
const EVERY: Duration = Duration::from_secs(3);
/// Between two batches: others write first.
const BREATH: Duration = Duration::from_millis(50);

/// What a node needs to do jobs.
pub struct Worker {
    db: Db,
    vault: Vault,
    jobs: Jobs,
    /// Its name in claims.
    node: String,
}

/// Starts the worker with the server; it ends with it.
pub fn after_start() -> AdHoc {
    AdHoc::on_liftoff("jobs", |rocket| {
        Box::pin(async move {
            let (Some(db), Some(vault), Some(jobs)) =
                (rocket.state::<Db>(), rocket.state::<Vault>(), rocket.state::<Jobs>())
            else {
                return;
            };
            let worker = Worker::new(db.clone(), vault.clone(), *jobs);
            rocket::tokio::spawn(run(Arc::new(worker), rocket.shutdown()));
        })
    })
}

async fn run(worker: Arc<Worker>, shutdown: Shutdown) {
    loop {
        if let Err(error) = worker.round(|pause| is_over(&shutdown, pause)).await {
            log::error!("what is done by the clock could not be looked after: {error}");
        }
        if is_over(&shutdown, EVERY).await {
            return;
        }
    }
}

/// Whether the server is to stop within a time.
async fn is_over(shutdown: &Shutdown, pause: Duration) -> bool {
    timeout(pause, shutdown.clone()).await.is_ok()
}

impl Worker {
    /// A node of its own on a database.
    pub fn new(db: Db, vault: Vault, jobs: Jobs) -> Worker {
        Worker { db, vault, jobs, node: new_id() }
    }

    /// Does each job that is due and no other node's, to its end. `is_over` waits for a time, and
    /// says whether the server is to stop.
    pub async fn round<F, R>(&self, is_over: F) -> Result<(), Error>
    where
        F: Fn(Duration) -> R,
        R: Future<Output = bool>,
    {
        let jobs = self.jobs;
        if !self.db.read(move |c| are_known(c, jobs)).await? {
            self.db.write(move |c| make_known(c, jobs)).await?;
        }
        for job in self.jobs.0 {
            let node = self.node.clone();
            if !self.db.read(move |c| is_due(c, job.name)).await?
                || !self.db.write(move |c| claim(c, job.name, &node)).await?
            {
                continue;
            }
            let node = self.node.clone();
            match self.to_its_end(job, &is_over).await {
                Ok(true) => self.db.write(move |c| finish(c, job, &node, Outcome::Done)).await?,
                Ok(false) => self.db.write(move |c| release(c, job.name, &node)).await?,
                Err(error) => {
                    log::error!("the job {} failed: {error}", job.name);
                    self.db.write(move |c| finish(c, job, &node, Outcome::Failed)).await?;
                }
            }
        }
        Ok(())
    }

    /// Works off a claimed job. False when it was left: the server is to stop, or the claim ran out.
    async fn to_its_end<F, R>(&self, job: &'static Job, is_over: &F) -> Result<bool, Error>
    where
        F: Fn(Duration) -> R,
        R: Future<Output = bool>,
    {
        let mut cursor = String::new();
        loop {
            let (vault, node) = (self.vault.clone(), self.node.clone());
            let step = self.db.write(move |c| advance(c, &vault, job, &node, &cursor)).await?;
            cursor = match step {
                None => return Ok(false),
                Some(Step { next: None, .. }) => return Ok(true),
                Some(Step { next: Some(next), .. }) => next,
            };
            if is_over(BREATH).await {
                return Ok(false);
            }
        }
    }
}
