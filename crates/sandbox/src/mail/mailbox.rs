//! Who has a mailbox here, what their mail program does, and why a mail cannot be written.

use std::{fmt, io};

use serde::{Deserialize, Serialize};

/// One mail in one mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MailId(pub u64);

impl fmt::Display for MailId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A person and how their mail program behaves.
#[derive(Debug, Clone)]
pub struct Mailbox {
    pub name: String,
    pub address: String,
    /// Stands under their mails, after the usual `-- `.
    pub signature: Option<String>,
    pub client: Client,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Client {
    /// Writes plain text only.
    Plain,
    /// Adds an HTML form of every mail.
    Rich,
}

impl Mailbox {
    pub fn new(name: &str, address: &str) -> Mailbox {
        Mailbox {
            name: name.to_owned(),
            address: address.to_owned(),
            signature: None,
            client: Client::Plain,
        }
    }

    #[must_use]
    pub fn signature(mut self, signature: &str) -> Mailbox {
        self.signature = Some(signature.to_owned());
        self
    }

    #[must_use]
    pub fn client(mut self, client: Client) -> Mailbox {
        self.client = client;
        self
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Folder {
    Inbox,
    Sent,
    /// A report of their own mail server that a mail was not delivered.
    Bounce,
}

/// Nobody runs two people whose addresses differ in case only.
pub(crate) fn key(address: &str) -> String {
    address.trim().to_lowercase()
}

/// Why a mail cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    #[error("nobody here has the address {0}: add the person first")]
    UnknownPerson(String),
    #[error("there is no mail {0} in that person's mailbox")]
    UnknownMail(MailId),
    #[error("{0} is not an address that mail can be sent to")]
    BadAddress(String),
    #[error("the header {0:?} cannot stand in a mail: a name without colon, a value on one line")]
    BadHeader(String),
    #[error("the address of the server for people's new mail is not known yet")]
    NoServer,
    #[error("the server for people's new mail did not answer as it should: {0}")]
    Io(#[from] io::Error),
}
