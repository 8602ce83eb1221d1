//! Posts that people may see already, and that the store does not know yet: whoever answers at once names what nothing stands for.
//! What answers something unknown where a post is under way is taken in once that post's receipt is on disk.
//!
//! **Invariant:** nothing overtakes what waits so: whatever else is handed in of its line stands behind it, in order.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use conversation::{ChannelRef, Event, Inbound, RemoteId};
use store::{Entry, Store};
use tokio::{
    sync::OwnedMutexGuard,
    time::{Instant, timeout_at},
};
use tokio_util::sync::CancellationToken;

use crate::requests::Rights;

/// Of all that is handed in at once. A platform that is silent for longer holds nobody up: the answer then stands below the
/// thread's first message.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Clone, Default)]
pub(crate) struct Underway(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// By where they go. A channel's lane has one at a time.
    posts: HashMap<ChannelRef, CancellationToken>,
    /// Lines in which something waits.
    gates: HashMap<String, Gate>,
}

/// Fair: whoever comes first goes through first.
type Gate = Arc<tokio::sync::Mutex<()>>;

/// For as long as it lives, a post is under way.
pub(crate) struct OnItsWay {
    to: ChannelRef,
    is_over: CancellationToken,
    among: Underway,
}

/// For as long as it lives, those behind in its lines wait.
pub(crate) struct Turn {
    lines: Vec<(String, Option<OwnedMutexGuard<()>>)>,
    among: Underway,
}

impl Underway {
    pub(crate) fn begin(&self, to: &ChannelRef) -> OnItsWay {
        let is_over = CancellationToken::new();
        self.state().posts.insert(to.clone(), is_over.clone());
        OnItsWay {
            to: to.clone(),
            is_over,
            among: self.clone(),
        }
    }

    /// To be kept until all of it is handed on.
    pub(crate) async fn settle_before(&self, events: &[Arc<Inbound>], store: &Store) -> Turn {
        let mut turn = Turn {
            lines: Vec::new(),
            among: self.clone(),
        };
        // Before anything is waited for, so that whoever came first is first here.
        let gates = self.gates(events, store);
        if gates.is_empty() {
            return turn;
        }
        for (line, gate) in gates {
            turn.lines.push((line, Some(gate.lock_owned().await)));
        }
        let end = Instant::now() + PATIENCE;
        for event in events {
            if let Some(is_over) = self.before(event, store).await {
                let _ = timeout_at(end, is_over.cancelled()).await;
            }
        }
        turn
    }

    /// Of what waits for a post, and of what its platform is asked about. In the same order for everybody, so that no two wait for each other.
    fn gates(&self, events: &[Arc<Inbound>], store: &Store) -> BTreeMap<String, Gate> {
        let directory = store.directory();
        let mut state = self.state();
        let mut gates = BTreeMap::new();
        for event in events {
            let entry = answered(event).and_then(|_| directory.heard_in(event));
            let may_wait = entry.is_some_and(|it| state.posts.contains_key(&it.channel.at))
                || Rights::are_asked(event);
            if state.gates.is_empty() && !may_wait {
                continue;
            }
            let line = event.line().to_string();
            if may_wait || state.gates.contains_key(&line) {
                let gate = state.gates.entry(line.clone()).or_default();
                gates.insert(line, gate.clone());
            }
        }
        gates
    }

    /// The post that the event may answer. Of a store that fails, it is found out when the event is written down.
    async fn before(&self, event: &Inbound, store: &Store) -> Option<CancellationToken> {
        let answered = answered(event)?;
        let directory = store.directory();
        let entry: &Entry = directory.heard_in(event)?;
        let is_over = self.state().posts.get(&entry.channel.at).cloned()?;
        let is_known = store.knows(entry, answered).await.unwrap_or(true);
        (!is_known).then_some(is_over)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().expect("no panic under this lock")
    }
}

fn answered(event: &Inbound) -> Option<&RemoteId> {
    match &event.event {
        Event::Posted(posted) => posted.reply_to.first(),
        _ => None,
    }
}

impl Drop for OnItsWay {
    fn drop(&mut self) {
        self.is_over.cancel();
        self.among.state().posts.remove(&self.to);
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut state = self.among.state();
        for (line, held) in &mut self.lines {
            *held = None;
            // Nobody else stands there.
            if state
                .gates
                .get(line)
                .is_some_and(|it| Arc::strong_count(it) == 1)
            {
                state.gates.remove(line);
            }
        }
    }
}
