//! What people change for themselves.
//!
//! **Invariant:** it is about whoever says it, and stands in no record of what was done.

use conversation::command::{Command, Everyday};
use store::Result;

use super::{Doer, Done, changes_nothing};

impl Doer<'_> {
    pub(super) async fn oneself(&mut self, command: &Everyday) -> Result<Done> {
        match command {
            Everyday::Agree { purpose } => self.agree(command, *purpose, true).await,
            Everyday::Disagree { purpose } => self.agree(command, *purpose, false).await,
            Everyday::Help { .. }
            | Everyday::Start { .. }
            | Everyday::Rest { .. }
            | Everyday::Private { .. }
            | Everyday::Mydata
            | Everyday::ForgetMe
            | Everyday::WhoCanSee
            | Everyday::Agreement
            | Everyday::Confirm { .. }
            | Everyday::Undo => Err(changes_nothing(&Command::Everyday(command.clone()))),
        }
    }
}
