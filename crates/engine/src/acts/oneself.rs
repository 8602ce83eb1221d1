//! What people change for themselves.
//!
//! **Invariant:** it is about whoever says it, and stands in no record of what was done.

use conversation::IdentityId;
use conversation::command::{Command, Everyday};
use store::{Error, Result};

use super::{Doer, Done, changes_nothing};

impl Doer<'_> {
    /// Whoever says it: nobody is themselves at the terminal.
    pub(super) fn oneself_is(&self) -> Result<IdentityId> {
        let nobody = || Error::Unreadable("nobody says it".to_owned());
        self.by.cloned().ok_or_else(nobody)
    }

    pub(super) async fn oneself(&mut self, command: &Everyday) -> Result<Done> {
        match command {
            Everyday::Rest { how_long } => self.rest(*how_long).await,
            Everyday::Private { switch } => self.private(*switch).await,
            Everyday::Name { switch } => self.named(*switch).await,
            Everyday::Metrics { switch } => self.metrics(*switch).await,
            Everyday::ForgetMe => self.forget_me().await,
            Everyday::Owner { code } => self.own(code).await,
            Everyday::Disconnect => self.disconnect().await,
            Everyday::Agree { purpose } => self.agree(command, *purpose, true).await,
            Everyday::Disagree { purpose } => self.agree(command, *purpose, false).await,
            Everyday::Help { .. }
            | Everyday::Start { .. }
            | Everyday::Mydata
            | Everyday::WhoCanSee
            | Everyday::Agreement
            | Everyday::Confirm { .. }
            | Everyday::Connect { .. }
            | Everyday::Undo => Err(changes_nothing(&Command::Everyday(command.clone()))),
        }
    }
}
