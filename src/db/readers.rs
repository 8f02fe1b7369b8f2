//! The pool of reading connections. A connection is opened when first needed and thrown away
//! once it fails; a SQLite reader cannot write at all.

use std::sync::Mutex;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::{Address, AnyConnection};
use crate::error::Error;

pub struct Readers {
    address: Address,
    idle: Mutex<Vec<AnyConnection>>,
}

impl Readers {
    pub fn new(address: Address) -> Readers {
        Readers { address, idle: Mutex::new(Vec::new()) }
    }

    /// Runs `work` inside one read transaction.
    pub fn run<T>(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut connection = match self.pop() {
            Some(connection) => connection,
            None => self.open()?,
        };
        let result = connection.transaction(work);
        if !matches!(&result, Err(Error::Database(_))) {
            self.push(connection);
        }
        result
    }

    fn open(&self) -> Result<AnyConnection, Error> {
        let mut connection = self.address.connect()?;
        match &mut connection {
            AnyConnection::Sqlite(c) => c.batch_execute("PRAGMA query_only = ON")?,
            AnyConnection::Postgres(c) => c.batch_execute(
                "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
            )?,
        }
        Ok(connection)
    }

    fn pop(&self) -> Option<AnyConnection> {
        self.idle.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).pop()
    }

    fn push(&self, connection: AnyConnection) {
        self.idle.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push(connection);
    }
}
