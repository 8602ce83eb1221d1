//! The connection that all writing goes over, so that its cache of pages and of statements stays warm. A pool would ask it
//! whether it is well before and after each transaction, and wait for the answer of a server that vanished.

use std::sync::{Arc, Mutex};

use sqlx::{AnyConnection, Connection, Executor};

use crate::{Result, address::DatabaseAddress, connect, migrations::Engine};

/// What is asked by many keys at once has an index for each: a Postgres that knows little of its tables yet would rather read an
/// index from end to end, and would keep to that when it is large.
const ONE_BY_ONE: &str = "select set_config('enable_hashjoin', 'off', false), set_config('enable_mergejoin', 'off', false)";

#[derive(Clone)]
pub(crate) struct Spare {
    address: Arc<DatabaseAddress>,
    /// None while it is in use, and after it came to harm.
    connection: Arc<Mutex<Option<AnyConnection>>>,
}

impl Spare {
    pub(crate) fn of(address: Arc<DatabaseAddress>) -> Spare {
        Spare {
            address,
            connection: Arc::default(),
        }
    }

    pub(crate) fn begin(&self) -> &'static str {
        self.address.begin()
    }

    pub(crate) fn engine(&self) -> Engine {
        self.address.engine()
    }

    /// The one that was used last.
    pub(crate) fn take(&self) -> Option<AnyConnection> {
        self.connection
            .lock()
            .expect("no panic under this lock")
            .take()
    }

    pub(crate) async fn fresh(&self) -> Result<AnyConnection> {
        let mut connection = connect::first(&self.address).await?;
        if self.engine() == Engine::Postgres {
            connection.execute(ONE_BY_ONE).await?;
        }
        Ok(connection)
    }

    pub(crate) fn keep(&self, connection: Option<AnyConnection>) {
        *self.connection.lock().expect("no panic under this lock") = connection;
    }

    pub(crate) async fn close(&self) {
        if let Some(connection) = self.take() {
            // It goes either way.
            let _ = connection.close().await;
        }
    }
}
