//! With which channels another is joined.

use words::NO_PLACES_YET;

use super::Teller;
use crate::{requests::counted, wording::Wording};

impl Teller<'_> {
    /// How many on each platform, as the room stands now.
    pub(super) fn places(&self) -> String {
        let directory = self.store.directory();
        let Some(entry) = directory.find(self.channel) else {
            return self.fixed(NO_PLACES_YET).to_owned();
        };
        let others = directory.room_of(entry).iter();
        let others = others.filter(|it| it.id != entry.channel.id);
        let wording = Wording {
            adapters: self.adapters.clone(),
            language: self.language,
        };
        match wording.places(&counted(others)) {
            told if told.is_empty() => self.fixed(NO_PLACES_YET).to_owned(),
            told => told,
        }
    }
}
