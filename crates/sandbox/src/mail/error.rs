//! Why a mail cannot be written.

use std::io;

use super::mailbox::MailId;

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
