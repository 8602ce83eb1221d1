//! What somebody agrees to: asked, and chosen by buttons.

use conversation::{
    Arg, IdentityId, Phrase, Timestamp,
    command::{Aim, Command, Everyday},
};
use serde_json::json;
use store::{ASKED_FOR, Choice, Result, Tx};
use words::{MAY_GO_LABEL, MAY_NOT_GO_LABEL, TOLD};

use super::{Act, Asker, Effect, Reply};

impl Asker<'_> {
    /// What each said to it is looked up when the answer goes.
    pub(super) async fn agreement(&self, tx: &mut Tx, now: Timestamp) -> Result<Effect> {
        let whose = self.identity(tx, now).await?;
        let told = Command::Everyday(Everyday::Agreement);
        let phrase = Phrase::of(TOLD).with("told", Arg::Told(Box::new(told)));
        Ok(Effect {
            answer: Some(Reply {
                buttons: yes_or_no(&whose),
                until: Some(now.plus(ASKED_FOR)),
                ..Reply::plain(phrase)
            }),
            ..Effect::default()
        })
    }
}

/// To it that what they say goes on.
pub(crate) fn yes_or_no(whose: &IdentityId) -> Vec<Choice> {
    let purpose = Some(Aim::Relay);
    let answers = [
        (MAY_GO_LABEL, Everyday::Agree { purpose }),
        (MAY_NOT_GO_LABEL, Everyday::Disagree { purpose }),
    ];
    let choice = |(label, answer)| Choice {
        label: Phrase::of(label),
        act: json!(Act::Command(Command::Everyday(answer))),
        for_identity: Some(whose.clone()),
    };
    answers.map(choice).into()
}
