//! The adapters of the platforms that are switched on.

use std::{collections::HashMap, ops::Deref, sync::Arc};

use conversation::{Adapter, Capabilities, ChannelRef, Described, Platform};

#[derive(Clone, Default)]
pub(crate) struct Adapters(Arc<HashMap<Platform, Arc<dyn Adapter>>>);

impl Adapters {
    pub(crate) fn new(adapters: Vec<Arc<dyn Adapter>>) -> Adapters {
        let by_platform = adapters.into_iter().map(|it| (it.platform(), it));
        Adapters(Arc::new(by_platform.collect()))
    }

    /// `None` for a channel of a platform that is switched off.
    pub(crate) fn capabilities(&self, channel: &ChannelRef) -> Option<Capabilities> {
        Some(self.get(&channel.platform)?.capabilities(channel))
    }

    /// What the platform is called behind people's names.
    pub(crate) fn label(&self, platform: &Platform) -> Option<&'static str> {
        let any = ChannelRef::new(platform.as_str(), "");
        self.capabilities(&any).map(|it| it.label)
    }

    pub(crate) fn labels(&self) -> Vec<&'static str> {
        self.keys().filter_map(|it| self.label(it)).collect()
    }

    pub(crate) fn describe(&self, channel: &ChannelRef) -> Described {
        let adapter = self.get(&channel.platform);
        adapter.map(|it| it.describe(channel)).unwrap_or_default()
    }
}

impl Deref for Adapters {
    type Target = HashMap<Platform, Arc<dyn Adapter>>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}
