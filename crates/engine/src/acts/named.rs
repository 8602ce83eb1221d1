//! Being carried without one's name.

use conversation::{
    Phrase,
    command::{Command, Everyday, Switch},
};
use store::Result;
use words::{EFFECT_NAME_OFF, EFFECT_NAME_ON};

use super::{Doer, Done};

impl Doer<'_> {
    pub(super) async fn named(&mut self, switch: Switch) -> Result<Done> {
        let oneself = self.oneself_is()?;
        let mut wishes = self.tx.wishes(self.community);
        let mut wish = wishes.of(&oneself).await?;
        let (since, effect, other) = match switch {
            Switch::Off => (
                wish.nameless_since.or(Some(self.now)),
                EFFECT_NAME_OFF,
                Switch::On,
            ),
            Switch::On => (None, EFFECT_NAME_ON, Switch::Off),
        };
        let is_new = wish.nameless_since.is_some() != since.is_some();
        wish.nameless_since = since;
        wishes.set(&wish).await?;
        let undo = is_new.then_some(Command::Everyday(Everyday::Name { switch: other }));
        Ok(Done {
            woken: wishes.say_quotations_anew(&wish.person, self.now).await?,
            ..Done::at_once(Phrase::of(effect))
        }
        .undone_by(undo))
    }
}
