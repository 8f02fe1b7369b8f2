//! The one writer: a thread that owns the writing connection. It takes the jobs that wait into
//! one transaction, each in a savepoint of its own, commits once, and only then answers. So a
//! change is on disk before anybody hears of it, and many clients share the price of one sync.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::prelude::*;

use super::{Address, AnyConnection};
use crate::error::Error;

/// Jobs that may wait before new ones are told to come back later.
const QUEUE: usize = 512;
/// Jobs in one commit: bounds how long the first of them waits.
const BATCH: usize = 64;
/// Every node of a PostgreSQL register takes this lock to write: one writer, as on SQLite.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7305809)";

type Committed = Result<(), ()>;
/// Answers a job once it is known whether its transaction reached the disk.
type Answer = Box<dyn FnOnce(Committed) + Send>;
type Job = Box<dyn FnOnce(&mut AnyConnection) -> (Answer, Health) + Send>;

#[derive(PartialEq)]
enum Health {
    Sound,
    /// The job panicked: the connection's state is unknown.
    Broken,
}

pub struct Writer {
    jobs: SyncSender<Job>,
}

impl Writer {
    pub fn start(address: Address, connection: AnyConnection) -> Writer {
        let (jobs, waiting) = sync_channel(QUEUE);
        std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || run(address, connection, waiting))
            .expect("a thread can be started");
        Writer { jobs }
    }

    /// Queues `work`; `answer` is called on the writer's thread once the outcome is durable.
    pub fn send<T, F, A>(&self, work: F, answer: A) -> Result<(), Error>
    where
        T: Send + 'static,
        F: FnOnce(&mut AnyConnection) -> Result<T, Error> + Send + 'static,
        A: FnOnce(Result<T, Error>) + Send + 'static,
    {
        let job: Job = Box::new(move |connection| {
            let tried = catch_unwind(AssertUnwindSafe(|| connection.transaction(work)));
            let (result, health) = match tried {
                Ok(result) => (result, Health::Sound),
                Err(_) => (Err(Error::Internal("a change panicked".into())), Health::Broken),
            };
            let answer: Answer = Box::new(move |committed| match (result, committed) {
                (Ok(_), Err(())) => answer(Err(Error::Busy)),
                (result, _) => answer(result),
            });
            (answer, health)
        });
        self.jobs.try_send(job).map_err(|_| Error::Busy)
    }
}

fn run(address: Address, connection: AnyConnection, waiting: Receiver<Job>) {
    let mut connection = Some(connection);
    while let Ok(first) = waiting.recv() {
        let mut open = match connection.take().map(Ok).unwrap_or_else(|| address.connect()) {
            Ok(open) => open,
            Err(error) => {
                log::error!("the writer cannot reach the database: {error}");
                // Dropping the job drops its answer: whoever waits is told that we are busy.
                continue;
            }
        };
        if batch(&mut open, first, &waiting) {
            connection = Some(open);
        }
    }
}

/// Runs one transaction's worth of jobs. False when the connection must not be used again.
fn batch(connection: &mut AnyConnection, first: Job, waiting: &Receiver<Job>) -> bool {
    if let Err(error) = begin(connection) {
        log::error!("the writer cannot begin: {error}");
        return false;
    }
    let mut answers = Vec::new();
    let mut next = Some(first);
    let mut sound = true;
    while let Some(job) = next {
        let (answer, health) = job(connection);
        answers.push(answer);
        sound = health == Health::Sound;
        next = if sound && answers.len() < BATCH { waiting.try_recv().ok() } else { None };
    }
    let committed = sound && commit(connection);
    for answer in answers {
        answer(if committed { Ok(()) } else { Err(()) });
    }
    committed
}

fn begin(connection: &mut AnyConnection) -> QueryResult<()> {
    match connection {
        AnyConnection::Sqlite(c) => {
            AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")
        }
        AnyConnection::Postgres(c) => {
            AnsiTransactionManager::begin_transaction(c)?;
            diesel::sql_query(LOCK).execute(c).map(|_| ())
        }
    }
}

fn commit(connection: &mut AnyConnection) -> bool {
    let committed = match connection {
        AnyConnection::Sqlite(c) => AnsiTransactionManager::commit_transaction(c),
        AnyConnection::Postgres(c) => AnsiTransactionManager::commit_transaction(c),
    };
    committed.inspect_err(|error| log::error!("a commit failed: {error}")).is_ok()
}
