//! Time that no test can wait for passes in the store, while no bridge runs.

use std::time::Duration;

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

use super::Town;

impl Town {
    /// What still waits counts as said so much earlier.
    pub async fn ages(&self, by: Duration) {
        let sql = format!(
            "update delivery set created_at = created_at - {} where state in ('to_do', 'sending', 'uncertain')",
            by.as_millis()
        );
        self.change_store(&sql).await.close().await.unwrap();
    }

    /// What was begun and not ended lasts as long as the connection.
    pub async fn change_store(&self, sql: &str) -> AnyConnection {
        sqlx::any::install_default_drivers();
        let connection = AnyConnection::connect(&self.store_url()).await;
        let mut connection = connection.unwrap();
        connection
            .execute(AssertSqlSafe(sql.to_owned()))
            .await
            .unwrap();
        connection
    }
}
