//! Files on their way from their platforms to this machine: each once, however many channels want it.
//!
//! **Invariant:** nobody waits longer than they say; what takes longer comes on meanwhile.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use blobs::{Blobs, Error};
use conversation::{Adapter, Attachment, BlobRef, SendError};
use futures::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use tokio::time::{Instant, sleep, timeout_at};

use super::Missing;

/// So many fetched files are remembered; older ones are fetched again.
const REMEMBERED: usize = 1000;

/// A platform that asks for no more than this is asked again.
const SHORT_WAIT: Duration = Duration::from_secs(5);

type Fetch = Shared<BoxFuture<'static, Result<BlobRef, Missing>>>;

pub(super) struct Fetches {
    blobs: Blobs,
    known: Mutex<HashMap<String, Fetch>>,
}

impl Fetches {
    pub(super) fn new(blobs: Blobs) -> Fetches {
        Fetches {
            blobs,
            known: Mutex::default(),
        }
    }

    pub(super) async fn fetch(
        &self,
        key: String,
        attachment: &Attachment,
        adapter: &Arc<dyn Adapter>,
        until: Instant,
    ) -> Result<BlobRef, Missing> {
        let fetch = self.begun(key, attachment, adapter);
        let outcome = timeout_at(until, fetch).await;
        outcome.unwrap_or(Err(Missing::Slow))
    }

    fn begun(&self, key: String, attachment: &Attachment, adapter: &Arc<dyn Adapter>) -> Fetch {
        let mut known = self.known.lock().expect("no panic under this lock");
        if let Some(fetch) = known.get(&key).filter(|it| self.is_good(it)) {
            return fetch.clone();
        }
        if known.len() >= REMEMBERED {
            known.retain(|_, fetch| fetch.peek().is_none());
        }
        let fetched = fetched(self.blobs.clone(), adapter.clone(), attachment.clone());
        // A task of its own, so that it goes on when nobody waits for it.
        let task = tokio::spawn(fetched);
        let fetch = task
            .map(|done| done.unwrap_or_else(|_| Err(Missing::withheld("fetching it failed"))))
            .boxed()
            .shared();
        known.insert(key, fetch.clone());
        fetch
    }

    /// On its way, or here still.
    fn is_good(&self, fetch: &Fetch) -> bool {
        match fetch.peek() {
            None => true,
            Some(Ok(blob)) => self.blobs.path(blob).exists(),
            Some(Err(_)) => false,
        }
    }
}

async fn fetched(
    blobs: Blobs,
    adapter: Arc<dyn Adapter>,
    attachment: Attachment,
) -> Result<BlobRef, Missing> {
    let stream = match adapter.fetch(&attachment).await {
        Err(SendError::RateLimited { wait }) if wait <= SHORT_WAIT => {
            sleep(wait).await;
            adapter.fetch(&attachment).await
        }
        answer => answer,
    };
    let kept = blobs.keep(stream.map_err(Missing::at_its_platform)?).await;
    kept.map_err(|error| match error {
        Error::TooLarge { limit } => Missing::Never(format!(
            "larger than the {} MB that are taken along",
            limit / 1_000_000
        )),
        Error::BrokenOff(why) => Missing::withheld(&why),
        other => Missing::unkept(&other),
    })
}
