//! The mail world: people with mailboxes, the server that takes their mail in and the client that sends theirs out.
//! A mail is kept byte for byte as it came, and is never changed afterwards.

mod bounce;
mod compose;
mod encode;
mod faults;
mod html;
mod injector;
mod lanes;
mod lmtp;
mod mailbox;
mod parsed;
mod session;
mod shared;
mod sink;
mod threads;
mod view;
mod world;

pub use compose::{Draft, DraftFile};
pub use faults::MailFaults;
pub use injector::AUTHSERV_ID;
pub use lanes::{Outcome, Transit, Written};
pub use lmtp::Answer;
pub use mailbox::{Client, Folder, MailError, MailId, Mailbox};
pub use parsed::Logged;
pub use view::{AttachmentView, MailView, MailboxView, SeenMail, ThreadView};
pub use world::Mail;
