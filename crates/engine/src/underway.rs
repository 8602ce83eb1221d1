//! Posts that people may see already, and that the store does not know yet: whoever answers at once names what nothing stands for.
//! What answers something unknown where a post is under way is taken in once that post's receipt is on disk.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use conversation::{ChannelRef, Event, Inbound};
use store::Store;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

/// Of all that is handed in at once. A platform that is silent for longer holds nobody up: the answer then stands below the
/// thread's first message.
const PATIENCE: Duration = Duration::from_secs(1);

/// By where they go. A channel's lane has one at a time.
#[derive(Clone, Default)]
pub(crate) struct Underway(Arc<Mutex<HashMap<ChannelRef, CancellationToken>>>);

/// For as long as it lives, a post is under way.
pub(crate) struct OnItsWay {
    to: ChannelRef,
    is_over: CancellationToken,
    among: Underway,
}

impl Underway {
    pub(crate) fn begin(&self, to: &ChannelRef) -> OnItsWay {
        let is_over = CancellationToken::new();
        let mut posts = self.0.lock().expect("no panic under this lock");
        posts.insert(to.clone(), is_over.clone());
        OnItsWay {
            to: to.clone(),
            is_over,
            among: self.clone(),
        }
    }

    pub(crate) async fn settle_before(&self, events: &[Arc<Inbound>], store: &Store) {
        let end = Instant::now() + PATIENCE;
        for event in events {
            if let Some(is_over) = self.before(event, store).await {
                let _ = timeout_at(end, is_over.cancelled()).await;
            }
        }
    }

    /// The post that the event may answer. Of a store that fails, it is found out when the event is written down.
    async fn before(&self, event: &Inbound, store: &Store) -> Option<CancellationToken> {
        let Event::Posted(posted) = &event.event else {
            return None;
        };
        let answered = posted.reply_to.first()?;
        let directory = store.directory();
        let entry = directory.heard_in(event)?;
        let is_over = self.to(&entry.channel.at)?;
        let is_known = store.knows(entry, answered).await.unwrap_or(true);
        (!is_known).then_some(is_over)
    }

    fn to(&self, channel: &ChannelRef) -> Option<CancellationToken> {
        let posts = self.0.lock().expect("no panic under this lock");
        posts.get(channel).cloned()
    }
}

impl Drop for OnItsWay {
    fn drop(&mut self) {
        self.is_over.cancel();
        let mut posts = self.among.0.lock().expect("no panic under this lock");
        posts.remove(&self.to);
    }
}
