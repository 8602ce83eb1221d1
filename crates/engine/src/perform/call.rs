//! What is to be done next for a delivery: one call of the adapter, or none.

use conversation::{Operation, Outbound, Receipt, RemoteId, SendError};
use store::{SeenBy, Work};

use super::{Outcome, parts, refused};
use crate::draft::Draft;

pub(super) enum Next {
    Needless(&'static str),
    Complete,
    Send(Box<AdapterCall>),
}

/// One call of the adapter.
pub(super) struct AdapterCall {
    pub(super) outbound: Outbound,
    /// The hashes of the files that stand there then.
    pub(super) files: Vec<String>,
    /// So many parts there are.
    of: usize,
    /// In which it is said.
    pub(super) revision: u32,
    pub(super) is_correction: bool,
}

impl Next {
    pub(super) fn send(work: &Work, operation: Operation, of: usize) -> Next {
        Next::Send(Box::new(AdapterCall {
            files: parts::files_after(&operation, work),
            outbound: Outbound {
                delivery: work.delivery.clone(),
                key: format!("{}.{}", work.delivery, work.sent.parts.len()),
                channel: work.to.channel.clone(),
                operation,
                to: None,
                way_back: match &work.own.seen_by {
                    SeenBy::Asker(way_back) => Some(way_back.clone()),
                    SeenBy::All | SeenBy::Nobody => None,
                },
            },
            of,
            revision: work.said.revision,
            is_correction: false,
        }))
    }

    pub(super) fn delete_all(work: &Work) -> Next {
        let targets = work.standing.parts.concat();
        Next::send(work, Operation::Delete { targets }, 1)
    }

    pub(super) fn react(work: &Work) -> Next {
        let target = work.standing.parts.concat().into_iter().next();
        let react = Operation::React {
            target: target.unwrap_or(RemoteId(String::new())),
            emoji: work.said.emoji.clone(),
        };
        Next::send(work, react, 1)
    }
}

impl AdapterCall {
    pub(super) fn arrived(&self, receipt: Receipt, revision: u32) -> Outcome {
        Outcome::Arrived {
            receipt,
            files: self.files.clone(),
            of: self.of,
            revision,
            is_correction: self.is_correction,
        }
    }

    /// A file that left this machine since the message was made is no fault of the message: it is made anew.
    pub(super) fn failed(&self, error: SendError, draft: &mut Option<Draft>) -> Outcome {
        let again = |why: &str| Outcome::Failed(SendError::Unavailable(why.into()));
        match &error {
            SendError::Refused(_) | SendError::Unavailable(_) if self.has_lost_a_file() => {
                *draft = None;
                again("its file left the cache")
            }
            SendError::Refused(why) if self.is_files_alone() && refused::is_news(draft, why) => {
                again("its file was refused")
            }
            _ => Outcome::Failed(error),
        }
    }

    fn has_lost_a_file(&self) -> bool {
        match &self.outbound.operation {
            Operation::Post(post) => post.part.files.iter().any(|it| !it.path.exists()),
            _ => false,
        }
    }

    /// The words went before them.
    pub(super) fn is_files_alone(&self) -> bool {
        match &self.outbound.operation {
            Operation::Post(post) => post.part.number > 0 && post.part.text.is_blank(),
            _ => false,
        }
    }
}
