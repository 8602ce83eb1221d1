//! Forgetting whoever asks for it.

use conversation::{
    Arg, ChannelRef, PersonId, Phrase, Support,
    command::{Command, Everyday},
};
use store::{Elsewhere, Result};
use words::EFFECT_FORGET_ME;

use super::{Doer, Done, changes_nothing};

impl Doer<'_> {
    /// Told of in numbers. What was said meanwhile makes them others, and then it is asked anew.
    pub(super) async fn forget_me(&mut self) -> Result<Done> {
        let Some(by) = self.by else {
            return Err(changes_nothing(&Command::Everyday(Everyday::ForgetMe)));
        };
        let mut forgettings = self.tx.forgettings(self.community);
        let Some(person) = forgettings.person_of(by).await? else {
            return Err(changes_nothing(&Command::Everyday(Everyday::ForgetMe)));
        };
        let (messages, elsewhere) = forgettings.would_take_back(&person).await?;
        let (back, stay): (Vec<_>, Vec<_>) =
            elsewhere.iter().partition(|it| self.can_be_taken_back(it));
        let sum = |of: Vec<&Elsewhere>| Arg::count(of.iter().map(|it| it.copies).sum::<i64>());
        let effect = Phrase::of(EFFECT_FORGET_ME)
            .with("messages", Arg::count(messages))
            .with("copies", sum(back))
            .with("mails", sum(stay));
        Ok(Done {
            forgets: Some(person),
            ..Done::if_wanted(effect)
        })
    }

    fn can_be_taken_back(&self, elsewhere: &Elsewhere) -> bool {
        let any = ChannelRef::new(elsewhere.platform.as_str(), "");
        let can = self.adapters.and_then(|it| it.capabilities(&any));
        can.is_some_and(|it| it.deletes == Support::Native)
    }

    /// What is left to do for it falls due at once.
    pub(super) async fn forget(&mut self, person: &PersonId) -> Result<()> {
        let mut forgettings = self.tx.forgettings(self.community);
        forgettings.begin(person, self.now).await.map(drop)
    }
}
