//! What staff sees: the deliveries, and what was kept raw.

use std::time::Instant;

use sandbox::config::KEY_FILE;
use store::{At, DeliveryLine, Role, Store};

use super::{PATIENCE, Town};

impl Town {
    /// The newest first.
    pub async fn deliveries(&self) -> Vec<DeliveryLine> {
        let store = self.store().await;
        let lines = store.recent_deliveries(100_000).await.unwrap();
        store.close().await;
        lines
    }

    pub async fn until_delivery(&self, what: &str, is_it: impl Fn(&DeliveryLine) -> bool) {
        let start = Instant::now();
        while !self.deliveries().await.iter().any(&is_it) {
            assert!(
                start.elapsed() < PATIENCE,
                "in vain: {what}\n{}",
                self.picture()
            );
        }
    }

    /// The reasons for which something was kept raw.
    pub async fn set_aside(&self) -> Vec<String> {
        let store = self.store().await;
        let counts = store.set_aside_counts().await.unwrap();
        store.close().await;
        counts.into_iter().map(|it| it.reason).collect()
    }

    /// How many raw events of that reason there are.
    pub async fn n_set_aside(&self, reason: &str) -> u64 {
        let store = self.store().await;
        let counts = store.set_aside_counts().await.unwrap();
        store.close().await;
        let of_it = counts.iter().filter(|it| it.reason == reason);
        of_it.map(|it| it.n).sum()
    }

    async fn store(&self) -> Store {
        let now = engine::system_now();
        let (url, key_file) = (self.store_url(), self.rig.dir().join(KEY_FILE));
        let at = At {
            key_file: url.starts_with("postgres").then_some(&key_file),
            ..At::from(&url)
        };
        Store::open(at, Role::Visitor, now).await.unwrap()
    }

    pub fn store_url(&self) -> String {
        let usual = || format!("sqlite:{}", self.rig.dir().join("causeway.db").display());
        self.plan.store_url.clone().unwrap_or_else(usual)
    }
}
