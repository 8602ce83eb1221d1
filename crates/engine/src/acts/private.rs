//! Keeping what one says where one says it.

use conversation::{
    Phrase,
    command::{Command, Everyday, Switch},
};
use store::Result;
use words::{EFFECT_PRIVATE_OFF, EFFECT_PRIVATE_ON};

use super::{Doer, Done};

impl Doer<'_> {
    /// At once: what waits to go out must not go while somebody is asked.
    pub(super) async fn private(&mut self, switch: Switch) -> Result<Done> {
        let oneself = self.oneself_is()?;
        let mut wishes = self.tx.wishes(self.community);
        let mut wish = wishes.of(&oneself).await?;
        match switch {
            Switch::On => {
                wish.private_since = wish.private_since.or(Some(self.now));
                wishes.set(&wish).await?;
                Ok(Done {
                    woken: wishes.keep_back(&wish.person, self.now).await?,
                    ..Done::at_once(Phrase::of(EFFECT_PRIVATE_ON))
                }
                .undone_by(turned(Switch::Off)))
            }
            Switch::Off => {
                wish.private_since = None;
                wishes.set(&wish).await?;
                Ok(Done::at_once(Phrase::of(EFFECT_PRIVATE_OFF)).undone_by(turned(Switch::On)))
            }
        }
    }
}

fn turned(switch: Switch) -> Command {
    Command::Everyday(Everyday::Private { switch })
}
