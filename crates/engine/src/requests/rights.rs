//! Whether somebody administers a channel, as its platform says in this moment: asked before the event is taken in, outside every
//! transaction.
//!
//! **Invariant:** only what administrators may say is asked about, for a short time, and by few at once; no answer is no.

use std::{sync::Arc, time::Duration};

use conversation::{
    ChannelRef, Event, Inbound, Standing,
    command::{Command, Everyday, Who},
};
use serde::Deserialize;
use store::Store;
use tokio::sync::Semaphore;

use super::{Act, understand::said};
use crate::adapters::Adapters;

/// A platform that waits for its answer within three seconds gets it all the same.
const PATIENCE: Duration = Duration::from_millis(1500);
/// Whoever asks again and again keeps no platform from what the rooms say.
const AT_ONCE: usize = 4;

#[derive(Clone)]
pub(crate) struct Rights(Arc<Semaphore>);

impl Default for Rights {
    fn default() -> Rights {
        Rights(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Rights {
    /// Whether its platform is to be asked first.
    pub(crate) fn are_asked(event: &Inbound) -> bool {
        event.is_of_a_person()
            && match &event.event {
                Event::Pressed { .. } => true,
                Event::Commanded { .. } | Event::Posted(_) => meant(event).is_some(),
                _ => false,
            }
    }

    /// The channel that they administer, of all that they may mean.
    pub(crate) async fn of(
        &self,
        event: &Inbound,
        (store, adapters): (&Store, &Adapters),
    ) -> Option<ChannelRef> {
        let asked = async {
            let channel = self.channel(event, store, adapters).await?;
            let _permit = self.0.try_acquire().ok()?;
            let adapter = adapters.get(&channel.platform)?;
            let account = &event.actor.account;
            match adapter.standing(&channel, account).await {
                Ok(Standing::Administrator) => Some(channel),
                Ok(_) => None,
                Err(error) => {
                    tracing::debug!(%error, "whether somebody administers a channel is not known");
                    None
                }
            }
        };
        let found = tokio::time::timeout(PATIENCE, asked).await;
        found.ok().flatten()
    }

    /// Accounts are known to their own platform alone. Alone with the bridge there is nothing to administer.
    async fn channel(
        &self,
        event: &Inbound,
        store: &Store,
        adapters: &Adapters,
    ) -> Option<ChannelRef> {
        let command = match &event.event {
            Event::Pressed { button, .. } => {
                let act = store.offered_act(button).await.ok().flatten()?;
                match Act::deserialize(&act).ok()? {
                    Act::Command(it) | Act::Undo(it) | Act::Sure { command: it, .. } => it,
                    _ => return None,
                }
            }
            _ => meant(event)?,
        };
        let named = match &command {
            Command::Link(it) if command.verb().who == Who::Admin => it.administered().cloned(),
            Command::Everyday(_) => None,
            _ => return None,
        };
        let here = || {
            let directory = store.directory();
            let known = adapters.describe(&event.channel);
            match directory.heard_in(event) {
                Some(entry) => entry.channel.at.clone(),
                None => known.linked_as.unwrap_or_else(|| event.channel.clone()),
            }
        };
        let channel = named.unwrap_or_else(here);
        let is_theirs = channel.platform == event.channel.platform;
        (is_theirs && !adapters.describe(&channel).is_direct).then_some(channel)
    }
}

/// What administrators may say, and what may stand for it.
fn meant(event: &Inbound) -> Option<Command> {
    let command = Command::read(&said(&event.event)?).ok()?;
    let is_meant = command.verb().who == Who::Admin
        || matches!(
            &command,
            Command::Everyday(Everyday::Confirm { .. } | Everyday::Undo)
        );
    is_meant.then_some(command)
}
