//! Waking lanes: whoever leaves a channel something to send says so.

use std::collections::HashSet;

use conversation::{ChannelId, ChannelRef};
use store::Store;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

#[derive(Clone)]
pub(crate) struct Wake {
    store: Store,
    woken: UnboundedSender<ChannelId>,
}

impl Wake {
    /// With what whoever runs the lanes listens to.
    pub(crate) fn new(store: Store) -> (Wake, UnboundedReceiver<ChannelId>) {
        let (woken, listening) = unbounded_channel();
        (Wake { store, woken }, listening)
    }

    pub(crate) fn lane(&self, channel: &ChannelId) {
        // Nobody listens in tests, where lanes are stepped by hand.
        let _ = self.woken.send(channel.clone());
    }

    pub(crate) fn lanes(&self, channels: &[ChannelId]) {
        channels.iter().for_each(|it| self.lane(it));
    }

    /// All but those that went on in the transaction itself.
    pub(crate) fn others(&self, channels: &[ChannelId], gone_on: &HashSet<ChannelId>) {
        let others = channels.iter().filter(|it| !gone_on.contains(it));
        others.for_each(|it| self.lane(it));
    }

    pub(crate) fn lane_at(&self, at: &ChannelRef) {
        if let Some(entry) = self.store.directory().find(at) {
            self.lane(&entry.channel.id);
        }
    }
}
