//! Platforms that refuse our credentials: nothing is sent there until the next start.

use std::{collections::HashSet, sync::Mutex};

use conversation::Platform;

#[derive(Default)]
pub(crate) struct Refusals(Mutex<HashSet<Platform>>);

impl Refusals {
    pub(crate) fn note(&self, platform: &Platform) {
        let mut refused = self.0.lock().expect("no panic under this lock");
        refused.insert(platform.clone());
    }

    pub(crate) fn are_of(&self, platform: &Platform) -> bool {
        let refused = self.0.lock().expect("no panic under this lock");
        refused.contains(platform)
    }
}
