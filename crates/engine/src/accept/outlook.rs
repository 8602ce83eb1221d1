//! What decisions need beside the store.

use std::sync::{Arc, OnceLock};

use conversation::{ChannelRef, StormLimits};
use store::Delays;

use crate::{
    adapters::Adapters,
    echoes::Echoes,
    requests::{Asked, House},
    storm::StormGauge,
};

/// What each platform can do, and how much came just before.
#[derive(Clone)]
pub(crate) struct Outlook {
    pub(crate) adapters: Adapters,
    pub(crate) storm: Arc<StormGauge>,
    pub(crate) limits: StormLimits,
    pub(crate) echoes: Arc<Echoes>,
    pub(crate) delays: Delays,
    pub(crate) asked: Arc<Asked>,
    pub(crate) house: Arc<House>,
    /// How often one person may say the same in one room within an hour; 0 is no limit.
    pub(crate) same_per_hour: usize,
    /// The channel that whoever acts now administers, once its platform was asked.
    pub(crate) administers: Arc<OnceLock<ChannelRef>>,
}

impl Outlook {
    /// No answer is no.
    pub(crate) fn administers(&self) -> Option<ChannelRef> {
        self.administers.get().cloned()
    }

    /// Of one event.
    pub(crate) fn of_one(&self) -> Outlook {
        Outlook {
            administers: Arc::default(),
            ..self.clone()
        }
    }
}
