//! The mail world: people with mailboxes, the server that takes their mail in and the client that sends theirs out.
//! A mail is kept byte for byte as it came, and is never changed afterwards.

use std::io;
use std::sync::Arc;

use bytes::Bytes;
use tokio::net::TcpListener;
use tokio::sync::watch;

mod bounce;
mod compose;
mod encode;
mod error;
mod faults;
mod flowed;
mod html;
mod injector;
mod lanes;
mod lmtp;
mod mailbox;
mod parsed;
mod session;
mod sink;
mod threads;
mod transit;
mod view;
mod world;

pub use compose::{Draft, DraftFile};
pub use error::MailError;
pub use faults::MailFaults;
pub use lanes::{Outcome, Written};
pub use lmtp::Answer;
pub use mailbox::{Client, Folder, MailId, Mailbox};
pub use parsed::Logged;
pub use transit::Transit;
pub use view::{AttachmentView, MailView, MailboxView, SeenMail, ThreadView};

use world::World;

/// Cheap to clone: all clones are one world.
#[derive(Clone)]
pub struct Mail {
    world: Arc<World>,
}

impl Default for Mail {
    fn default() -> Mail {
        Mail::new()
    }
}

impl Mail {
    pub fn new() -> Mail {
        Mail {
            world: World::new(),
        }
    }

    /// Adds a person, or changes the name of one that is here already.
    pub fn add_person(&self, name: &str, address: &str) {
        self.add_mailbox(Mailbox::new(name, address));
    }

    pub fn add_mailbox(&self, mailbox: Mailbox) {
        self.world.add(mailbox);
    }

    /// The addresses of everybody, in the order in which they came.
    pub fn addresses(&self) -> Vec<String> {
        self.world.addresses()
    }

    /// Serves SMTP to whoever brings mail for these people, until the future is dropped.
    pub async fn serve(&self, listener: TcpListener) -> io::Result<()> {
        sink::serve(self.world.clone(), listener).await
    }

    /// From now on people's new mail goes to this LMTP server, `host:port`. Mail written earlier follows.
    /// Must be called inside a tokio runtime.
    pub fn deliver_to(&self, lmtp: &str) {
        injector::deliver_to(&self.world, lmtp);
    }

    /// `person` (an address) writes a new mail: it stands in the Sent folder at once, goes out like
    /// through any mail server, and the answer can be waited for.
    pub fn write(&self, person: &str, to: &str, draft: Draft) -> Result<Written, MailError> {
        injector::write(&self.world, person, to, draft)
    }

    /// Sends exactly these bytes on a connection of its own, without a copy, a queue or a retry.
    /// The answers are the server's, one for each recipient.
    pub async fn raw(
        &self,
        sender: &str,
        recipients: &[&str],
        mail: &[u8],
    ) -> Result<Vec<Answer>, MailError> {
        injector::raw(&self.world, sender, recipients, mail).await
    }

    pub fn faults(&self) -> MailFaults {
        self.world.faults.borrow().clone()
    }

    pub fn set_faults(&self, faults: MailFaults) {
        self.world.faults.send_replace(faults);
        self.world.changed();
    }

    /// Counts up with everything that happens.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.world.changes.subscribe()
    }

    /// How many mails were taken in for all people together.
    pub fn received(&self) -> u64 {
        self.world.received()
    }

    /// What `address` received, oldest first, their own sent mail and bounces left out.
    pub fn log_of(&self, address: &str) -> Vec<Logged> {
        self.log_since(address, 0)
    }

    /// The same without the first `skip` entries: cheap to ask again and again.
    pub fn log_since(&self, address: &str, skip: usize) -> Vec<Logged> {
        let mails = self.world.received_by(address, skip);
        mails.iter().map(|mail| mail.logged().clone()).collect()
    }

    /// The bytes of what `address` received, oldest first.
    pub fn raw_of(&self, address: &str) -> Vec<Bytes> {
        let mails = self.world.received_by(address, 0);
        mails.iter().map(|mail| mail.raw.clone()).collect()
    }

    pub fn source(&self, id: MailId) -> Option<Bytes> {
        Some(self.world.find(id)?.raw.clone())
    }

    /// The HTML form of the words, where the mail has one; it may hold anything at all.
    pub fn html(&self, id: MailId) -> Option<String> {
        parsed::html_of(&self.world.find(id)?.raw)
    }

    /// The name, media type and bytes of one attachment.
    pub fn attachment(&self, id: MailId, index: usize) -> Option<(String, String, Vec<u8>)> {
        parsed::attachment(&self.world.find(id)?.raw, index)
    }

    /// Where an answer to this mail goes: the list that it came over, or its author.
    pub fn reply_address(&self, id: MailId) -> Option<String> {
        Some(self.world.find(id)?.parsed().reply_address())
    }

    /// Every mailbox as its owner's mail program would show it.
    pub fn view(&self) -> MailView {
        view::view(&self.world)
    }
}
