//! What people change for themselves.
//!
//! **Invariant:** it is about whoever says it, and stands in no record of what was done.

use conversation::command::{Command, Everyday};
use store::Result;

use super::{Doer, Done, changes_nothing};

impl Doer<'_> {
    pub(super) async fn oneself(&mut self, command: &Everyday) -> Result<Done> {
        match command {
            Everyday::Owner { code } => self.own(code).await,
            Everyday::Disconnect => self.disconnect().await,
            Everyday::Help { .. }
            | Everyday::Start { .. }
            | Everyday::Rest { .. }
            | Everyday::Private { .. }
            | Everyday::Mydata
            | Everyday::ForgetMe
            | Everyday::WhoCanSee
            | Everyday::Confirm { .. }
            | Everyday::Connect { .. }
            | Everyday::Undo => Err(changes_nothing(&Command::Everyday(command.clone()))),
        }
    }
}
