//! Who may what in a community.
//!
//! **Invariant:** nobody gives or takes what is above all that they are themselves; whoever runs the program may at the terminal.

use conversation::{
    AccountRef, Phrase,
    command::{Command, Office, Role},
};
use store::{Refusal, Result};
use words::{
    EFFECT_ROLE_GRANT, EFFECT_ROLE_GRANT_OWNER, EFFECT_ROLE_GRANT_STAFF, EFFECT_ROLE_REVOKE,
};

use super::{Doer, Done, changes_nothing};

impl Doer<'_> {
    pub(super) async fn role(&mut self, command: &Role) -> Result<Done> {
        match command {
            Role::Grant { account, role } => self.grant(account, *role).await,
            Role::Revoke { account, role } => self.revoke(account, *role).await,
            Role::List => Err(changes_nothing(&Command::Role(command.clone()))),
        }
    }

    async fn grant(&mut self, account: &AccountRef, role: Office) -> Result<Done> {
        self.is_theirs_to_give(role).await?;
        let mut people = self.tx.people(self.community);
        people.grant(account, role, self.now).await?;
        let effect = match role {
            Office::Owner => EFFECT_ROLE_GRANT_OWNER,
            role if role.is_of_staff() => EFFECT_ROLE_GRANT_STAFF,
            _ => EFFECT_ROLE_GRANT,
        };
        let undo = Role::Revoke {
            account: account.clone(),
            role,
        };
        let done = Done {
            asks_first: role.is_of_staff(),
            ..Done::at_once(Phrase::of(effect))
        };
        Ok(done.undone_by(Command::Role(undo)))
    }

    async fn revoke(&mut self, account: &AccountRef, role: Office) -> Result<Done> {
        self.is_theirs_to_give(role).await?;
        let mut people = self.tx.people(self.community);
        people.revoke(account, role).await?;
        let undo = Role::Grant {
            account: account.clone(),
            role,
        };
        let effect = Phrase::of(EFFECT_ROLE_REVOKE);
        Ok(Done::if_wanted(effect).undone_by(Command::Role(undo)))
    }

    async fn is_theirs_to_give(&mut self, role: Office) -> Result<()> {
        let Some(by) = self.by else {
            return Ok(());
        };
        let mut people = self.tx.people(self.community);
        match people.offices_of(by).await?.may_give(role) {
            true => Ok(()),
            false => Err(Refusal::AboveThem.into()),
        }
    }
}
