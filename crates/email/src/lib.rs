//! Email lists as a platform: mail comes in by LMTP and goes out by SMTP to each member.
//!
//! **Invariant:** a mail is answered with 250 only once the core has it on disk, and no address is ever shown to people
//! on other platforms.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod adapter;
mod address;
mod authorities;
mod capabilities;
mod doors;
mod errors;
mod fingerprint;
mod flowed;
mod html;
mod id;
mod inbound;
mod lines;
mod lmtp;
mod outbound;
mod plain;
mod reply;
mod settings;
mod way_back;

pub use adapter::Email;
pub use address::Mailbox;
pub use capabilities::capabilities;
pub use errors::EmailError;
pub use fingerprint::{Fingerprint, Fingerprints};
pub use html::{markup_from_html, markup_to_html};
pub use id::PLATFORM;
pub use inbound::{
    Arrival, Incoming, IncomingFile, Normalised, Verifier, command_line, normalise, reply_text,
};
pub use plain::{markup_from_plain, markup_to_plain};
pub use reply::{ReplyText, reply_text_of_html, reply_text_of_plain};
pub use settings::{List, Lmtp, Posting, ProofAsked, Settings, Smtp, Tls};
