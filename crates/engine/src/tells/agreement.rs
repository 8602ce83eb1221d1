//! What a community asks everybody to agree to, and what whoever asks said to it.

use conversation::{Timestamp, command::Aim};
use store::{Consent, Result, SaidTo};
use words::{
    AGREEMENT_PLAIN, AGREEMENT_TOLD, AIM_LINE, AIM_METRICS, AIM_PULSE, AIM_RELAY, AIM_STORIES,
    NO_WITHOUT_A_WORD, SAID_NO, SAID_YES, YES_WITHOUT_A_WORD,
};

use super::Teller;
use crate::{adapters::Adapters, wording::Wording};

impl Teller<'_> {
    pub(super) async fn agreement(&self, to: &SaidTo) -> Result<String> {
        let agreement = self.store.agreement(&self.community).await?;
        let consents = match &to.identity {
            Some(identity) => self.store.consents(&self.community, identity).await?,
            None => Vec::new(),
        };
        let name = self.community_name().await?;
        let text = match agreement.text.trim() {
            "" => self.say(AGREEMENT_PLAIN, [("community", name.into())]),
            own => own.to_owned(),
        };
        let aims = [Aim::Relay, Aim::Metrics, Aim::Pulse, Aim::Stories];
        let said = |aim| consents.iter().find(|it| it.aim == aim);
        let lines = aims.map(|aim| format!("\n{}", self.aim(aim, said(aim))));
        let told = [
            ("text", text.into()),
            ("version", agreement.version.into()),
            ("since", self.date(agreement.since).into()),
            ("lines", lines.concat().into()),
        ];
        Ok(self.say(AGREEMENT_TOLD, told))
    }

    fn aim(&self, aim: Aim, consent: Option<&Consent>) -> String {
        let (about, by_itself) = match aim {
            Aim::Relay => (AIM_RELAY, YES_WITHOUT_A_WORD),
            Aim::Metrics => (AIM_METRICS, YES_WITHOUT_A_WORD),
            Aim::Pulse => (AIM_PULSE, NO_WITHOUT_A_WORD),
            Aim::Stories => (AIM_STORIES, NO_WITHOUT_A_WORD),
        };
        let said = match consent {
            None => self.fixed(by_itself).to_owned(),
            Some(it) => {
                let sentence = if it.is_given { SAID_YES } else { SAID_NO };
                self.say(sentence, [("since", self.date(it.at).into())])
            }
        };
        let told = [
            ("aim", aim.word().into()),
            ("about", self.fixed(about).into()),
            ("said", said.into()),
        ];
        self.say(AIM_LINE, told)
    }

    fn date(&self, at: Timestamp) -> String {
        let wording = Wording {
            adapters: Adapters::default(),
            language: self.language,
        };
        wording.date(at)
    }
}
