//! What somebody agrees to, or not: each purpose by itself.
//!
//! **Invariant:** what waited for the answer goes in the transaction that hears a yes, and is erased in the one that hears a no.

use conversation::{
    Arg, ChannelId, IdentityId, Phrase,
    command::{Aim, Command, Everyday, Switch},
};
use store::Result;
use words::{
    EFFECT_AGREE_PULSE, EFFECT_AGREE_RELAY, EFFECT_AGREE_STORIES, EFFECT_DISAGREE_PULSE,
    EFFECT_DISAGREE_RELAY, EFFECT_DISAGREE_STORIES, MAY_GO_SAID, MAY_IT_GO, MAY_NOT_GO_SAID,
    Sentence,
};

use super::{Doer, Done, changes_nothing};

impl Doer<'_> {
    /// To it that their words go on, where they name nothing: that is what they are asked.
    pub(super) async fn agree(
        &mut self,
        command: &Everyday,
        aim: Option<Aim>,
        agrees: bool,
    ) -> Result<Done> {
        let Some(by) = self.by else {
            return Err(changes_nothing(&Command::Everyday(command.clone())));
        };
        let aim = aim.unwrap_or(Aim::Relay);
        let before = self.tx.agreements(self.community).said(by, aim).await?;
        let mut agreements = self.tx.agreements(self.community);
        agreements.say(by, (aim, agrees), self.now).await?;
        let effect = match (aim, agrees) {
            (Aim::Relay, _) => return self.relay(by, agrees).await,
            (Aim::Metrics, true) => return self.metrics(Switch::On).await,
            (Aim::Metrics, false) => return self.metrics(Switch::Off).await,
            (Aim::Pulse, true) => EFFECT_AGREE_PULSE,
            (Aim::Pulse, false) => EFFECT_DISAGREE_PULSE,
            (Aim::Stories, true) => EFFECT_AGREE_STORIES,
            (Aim::Stories, false) => EFFECT_DISAGREE_STORIES,
        };
        let undo = (before != Some(agrees)).then(|| opposite(aim, agrees));
        Ok(Done::at_once(Phrase::of(effect)).undone_by(undo))
    }

    /// What went cannot be called back, and what is forgotten cannot be sent: nothing takes it back.
    async fn relay(&mut self, by: &IdentityId, agrees: bool) -> Result<Done> {
        let mut unagreed = self.tx.unagreed(self.community);
        let waiting = unagreed.of(by).await?;
        let (effect, instead) = match agrees {
            true => (EFFECT_AGREE_RELAY, MAY_GO_SAID),
            false => (EFFECT_DISAGREE_RELAY, MAY_NOT_GO_SAID),
        };
        let mut woken = Vec::new();
        match agrees {
            true => woken.extend(unagreed.release(&waiting, self.now).await?),
            false => {
                unagreed.end(&waiting, self.now).await?;
                let mut wishes = self.tx.wishes(self.community);
                let person = wishes.of(by).await?.person;
                woken.extend(wishes.keep_back(&person, self.now).await?);
            }
        }
        woken.extend(self.close_questions(by, instead).await?);
        let effect = Phrase::of(effect).with("waiting", Arg::count(waiting.len()));
        Ok(Done {
            woken,
            ..Done::at_once(effect)
        })
    }

    pub(super) async fn close_questions(
        &mut self,
        by: &IdentityId,
        instead: Sentence,
    ) -> Result<Vec<ChannelId>> {
        let mut unagreed = self.tx.unagreed(self.community);
        let asked = unagreed.questions(by, MAY_IT_GO.name).await?;
        let instead = Phrase::of(instead);
        let mut own_words = self.tx.own_words();
        own_words
            .close_all((self.community, &asked), Some(&instead), self.now)
            .await
    }
}

fn opposite(aim: Aim, agrees: bool) -> Command {
    let purpose = Some(aim);
    Command::Everyday(match agrees {
        true => Everyday::Disagree { purpose },
        false => Everyday::Agree { purpose },
    })
}
