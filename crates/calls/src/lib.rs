//! What the adapters of chat platforms share: secrets, calls over HTTP, files on their way.
//!
//! **Invariant:** nothing here knows a platform, no error text holds an address or a secret, and whether a request
//! went out is always told.

mod address;
mod backoff;
mod client;
mod clock;
mod download;
mod gaps;
mod intake;
mod names;
mod outcome;
mod patience;
mod recent;
mod secret;
mod settings;
mod transit;
mod trouble;
mod upload;
pub mod webhook;
mod window;

pub use address::percent_encoded;
pub use backoff::{Backoff, random_fraction};
pub use client::{answer, body_of, client, has_door_of, is_at_home, one_line, server};
pub use clock::now;
pub use download::{file, is_page_instead};
pub use gaps::Gaps;
pub use intake::{happened, hash, set_aside};
pub use names::{clean_file_name, file_name, media_type, shown, usual_file_name};
pub use outcome::{of_one, receipt, refused};
pub use patience::Patience;
pub use recent::Recent;
pub use secret::Secret;
pub use settings::{SettingsError, check, faults, first, is_http};
pub use transit::{Repeated, Transit};
pub use trouble::{Trouble, insist, patiently, until_answered};
pub use upload::{Upload, send, send_file, send_form};
pub use window::{Rule, Window};
