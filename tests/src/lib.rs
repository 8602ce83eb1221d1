//! A town to test in: fake platforms that behave as real ones do, and a few verbs to play them.
//!
//! **Invariant:** every event is handed in twice, every post is echoed, time moves by hand only, and a
//! test may not end with anything pending, unread or unused.

mod agreeing;
mod asking;
mod at_work;
pub mod bot_api;
mod channel;
mod database;
pub mod fetching;
mod kinds;
mod later;
mod mailboxes;
pub mod memory_intake;
mod misfortune;
pub mod openapi;
mod own_words;
mod people;
mod pictures;
mod platform;
mod posting;
mod roles;
pub mod samples;
mod seeing;
mod seen;
mod threads;
mod told;
mod town;

pub use kinds::{chat, forum, letters, list, workplace};
pub use platform::FakePlatform;
pub use told::Told;
pub use town::{EVERY_KIND, Town, TownBuilder, every_kind, larger_town, town};
