//! The webhooks that are known, by the channel in which they speak.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::id::Snowflake;

pub(crate) struct Hook {
    pub(crate) id: Snowflake,
    pub(crate) token: String,
}

#[derive(Default)]
pub(crate) struct Webhooks(Mutex<HashMap<Snowflake, Arc<Hook>>>);

impl std::fmt::Debug for Webhooks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Webhooks").finish_non_exhaustive()
    }
}

impl Webhooks {
    /// It was deleted, or its token changed.
    pub(crate) fn forget(&self, channel: Snowflake) {
        self.0.lock().remove(&channel);
    }

    pub(crate) fn get(&self, channel: Snowflake) -> Option<Arc<Hook>> {
        self.0.lock().get(&channel).cloned()
    }

    pub(crate) fn put(&self, channel: Snowflake, hook: Hook) -> Arc<Hook> {
        let hook = Arc::new(hook);
        self.0.lock().insert(channel, Arc::clone(&hook));
        hook
    }
}
