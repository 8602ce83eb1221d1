//! What keeps a mail from one member.
//!
//! **Invariant:** each kind says whose it is: the server's, the mail's, this member's or ours.

use conversation::Secrets;

use crate::address::without_addresses;

/// What went wrong with one mail to one member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It is the server's or the operator's: nobody else would fare better now.
    Server(String),
    /// It is the mail's: with its files it is too large.
    TooLarge(String),
    /// This member not now.
    Later(String),
    /// This member never.
    Refused(String),
    /// The connection broke after the whole mail went out.
    Uncertain(String),
    Unauthorised(String),
    /// It may be this member's, or everybody's.
    Unclear {
        told: String,
        is_final: bool,
    },
    /// It is this machine's.
    Ours(String),
}

impl Failure {
    /// Answers of mail servers repeat the member's address as a rule, others that are nobody else's business, and what we
    /// logged in with.
    pub(super) fn told(mut self, secrets: &Secrets) -> Failure {
        const LONGEST: usize = 500;
        match &mut self {
            Failure::Ours(_) => {}
            Failure::Server(told)
            | Failure::TooLarge(told)
            | Failure::Later(told)
            | Failure::Refused(told)
            | Failure::Uncertain(told)
            | Failure::Unauthorised(told)
            | Failure::Unclear { told, .. } => {
                let clean = without_addresses(&secrets.without(told));
                *told = clean.chars().take(LONGEST).collect();
            }
        }
        self
    }
}
