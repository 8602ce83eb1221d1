//! Whose accounts are whose.

use conversation::{
    AccountRef, Phrase,
    command::{Command, Member, MentionedBy},
};
use store::{Mentions, Refusal, Result};
use words::{EFFECT_MEMBER_JOIN, EFFECT_MENTIONS_ACCOUNT, EFFECT_MENTIONS_NAME};

use super::{Doer, Done, changes_nothing};

impl Doer<'_> {
    pub(super) async fn member(&mut self, command: &Member) -> Result<Done> {
        match command {
            Member::Join { first, second } => self.join(first, second).await,
            Member::Mentions { account, by } => self.set_mentions(account, *by).await,
            Member::List => Err(changes_nothing(&Command::Member(command.clone()))),
        }
    }

    async fn join(&mut self, first: &AccountRef, second: &AccountRef) -> Result<Done> {
        let mut people = self.tx.people(self.community);
        match people.join(first, second, self.now).await? {
            true => Ok(Done::if_wanted(Phrase::of(EFFECT_MEMBER_JOIN))),
            false => Err(Refusal::OneAlready.into()),
        }
    }

    async fn set_mentions(&mut self, account: &AccountRef, by: MentionedBy) -> Result<Done> {
        let (mentions, effect) = match by {
            MentionedBy::Account => (Mentions::Account, EFFECT_MENTIONS_ACCOUNT),
            MentionedBy::Name => (Mentions::Name, EFFECT_MENTIONS_NAME),
        };
        let mut people = self.tx.people(self.community);
        let before = people.mentions(account).await?;
        people.set_mentions(account, mentions).await?;
        let undo = Member::Mentions {
            account: account.clone(),
            by: match before {
                Mentions::Account => MentionedBy::Account,
                Mentions::Name => MentionedBy::Name,
            },
        };
        Ok(Done::at_once(Phrase::of(effect)).undone_by(Command::Member(undo)))
    }
}
