//! Keeping what one says where one says it.

use conversation::{
    Phrase,
    command::{Aim, Command, Everyday, Switch},
};
use store::Result;
use words::{EFFECT_PRIVATE_OFF, EFFECT_PRIVATE_ON, MAY_NOT_GO_SAID};

use super::{Doer, Done};

impl Doer<'_> {
    /// At once: what waits to go out must not go while somebody is asked.
    pub(super) async fn private(&mut self, switch: Switch) -> Result<Done> {
        let oneself = self.oneself_is()?;
        let mut wishes = self.tx.wishes(self.community);
        let mut wish = wishes.of(&oneself).await?;
        match switch {
            Switch::On => {
                let was_private = wish.private_since.is_some();
                wish.private_since = wish.private_since.or(Some(self.now));
                wishes.set(&wish).await?;
                let mut woken = wishes.keep_back(&wish.person, self.now).await?;
                let mut unagreed = self.tx.unagreed(self.community);
                let waiting = unagreed.of(&oneself).await?;
                unagreed.end(&waiting, self.now).await?;
                woken.extend(self.close_questions(&oneself, MAY_NOT_GO_SAID).await?);
                let undo = (!was_private).then(|| turned(Switch::Off));
                Ok(Done {
                    woken,
                    ..Done::at_once(Phrase::of(EFFECT_PRIVATE_ON))
                }
                .undone_by(undo))
            }
            Switch::Off => {
                wish.private_since = None;
                wishes.set(&wish).await?;
                let mut agreements = self.tx.agreements(self.community);
                agreements.forget_a_no(&oneself, Aim::Relay).await?;
                Ok(Done::at_once(Phrase::of(EFFECT_PRIVATE_OFF)).undone_by(turned(Switch::On)))
            }
        }
    }
}

fn turned(switch: Switch) -> Command {
    Command::Everyday(Everyday::Private { switch })
}
