//! A post without its files, for whoever cannot have it whole.

use std::sync::atomic::{AtomicUsize, Ordering};

use conversation::Outbound;
use tokio::sync::OnceCell;

/// Where so many could not, nobody is asked to take it whole any more.
const SEVERAL: usize = 2;

#[derive(Default)]
pub(super) struct Smaller {
    made: OnceCell<Option<Outbound>>,
    asked: AtomicUsize,
}

impl Smaller {
    /// Made once. None where nothing would be left.
    pub(super) async fn get(
        &self,
        making: impl Future<Output = Option<Outbound>>,
    ) -> Option<&Outbound> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        self.made.get_or_init(|| making).await.as_ref()
    }

    pub(super) fn for_all(&self) -> Option<&Outbound> {
        let several = self.asked.load(Ordering::Relaxed) >= SEVERAL;
        self.made.get().filter(|_| several)?.as_ref()
    }
}
