//! A mail to the bridge itself: handed in without a word of it being kept, or answered for and forgotten.
//!
//! **Invariant:** nobody is answered but a person who is proven to have written it. Who proves nothing hears that from their own
//! mail server, and only if they are a member.

use conversation::{EventKey, Inbound, IntakeError, RawEvent};

use super::deliver::{Desk, LATER, Mail, TAKEN, now, raw_key, understood};
use crate::{
    doors::CommandAddress,
    id,
    inbound::command::{self, Asked},
};

const BY_MACHINE: &str = "command-by-machine";
const UNPROVEN: &str = "command-unproven";
const UNREADABLE: &str = "unreadable";

const PROVE_IT: &str = "550 5.7.1 nothing proves that this mail is yours, so nothing was done: write from the address and by the \
                        mail server of your own provider";
const CANNOT_BE_READ: &str = "554 5.6.0 the mail cannot be read: write one line of text";

impl Desk<'_> {
    /// The answer to the mail server.
    pub(super) async fn commanded(&self, mail: &Mail, at: &CommandAddress) -> &'static str {
        let answer = match self.asked(mail, at).await {
            None => {
                let key = raw_key(&at.address, mail);
                let counted = self.count(at, key, UNREADABLE).await;
                counted.map(|()| CANNOT_BE_READ)
            }
            Some(Asked::ByMachine(key)) => self.unheard(at, key, BY_MACHINE).await,
            Some(Asked::Unproven(key, who)) => {
                let is_member = self
                    .settings
                    .lists
                    .iter()
                    .any(|it| it.is_member(who.as_str()));
                let counted = self.unheard(at, key, UNPROVEN).await;
                let tells = is_member && self.doubts.may_hear(&who, now());
                counted.map(|taken| if tells { PROVE_IT } else { taken })
            }
            Some(Asked::Commanded {
                inbound,
                is_understood,
            }) => match self.is_heard(&inbound, is_understood) {
                true => self.hand_in(*inbound).await,
                false => self.unheard(at, inbound.key, BY_MACHINE).await,
            },
        };
        answer.unwrap_or_else(|error| {
            tracing::warn!(mail.error = %error, "a mail was put off");
            LATER
        })
    }

    /// None of what cannot be read.
    async fn asked(&self, mail: &Mail, at: &CommandAddress) -> Option<Asked> {
        let (mail, at, house) = (mail.clone(), at.clone(), self.house());
        let (is_large, now) = (mail.is_large(), now());
        let read = move || {
            understood(&mail, &house, now, |arrival, domain| {
                command::asked(arrival, &at, domain)
            })
        };
        match is_large {
            false => read(),
            true => tokio::task::spawn_blocking(read).await.ok().flatten(),
        }
    }

    /// Mail of our own addresses is none of a person's, and a machine's words are no command.
    fn is_heard(&self, inbound: &Inbound, is_understood: bool) -> bool {
        let who = &inbound.actor.account;
        self.settings.door(who.as_str()).is_none()
            && (is_understood || self.doubts.may_hear(who, inbound.at))
    }

    async fn hand_in(&self, inbound: Inbound) -> Result<&'static str, IntakeError> {
        self.intake.accept(vec![inbound]).await?;
        tracing::info!("a mail to the bridge itself was taken in");
        Ok(TAKEN)
    }

    async fn unheard(
        &self,
        at: &CommandAddress,
        key: EventKey,
        reason: &'static str,
    ) -> Result<&'static str, IntakeError> {
        self.count(at, key, reason).await.map(|()| TAKEN)
    }

    /// Whoever wrote to a list's command address is no more than counted there.
    async fn count(
        &self,
        at: &CommandAddress,
        key: EventKey,
        reason: &'static str,
    ) -> Result<(), IntakeError> {
        let raw = RawEvent {
            platform: id::PLATFORM.into(),
            places: at.place().into_iter().collect(),
            key,
            reason,
            body: Vec::new(),
        };
        self.intake.set_aside(raw).await?;
        tracing::info!(
            mail.reason = reason,
            "a mail to the bridge itself was not heard"
        );
        Ok(())
    }
}
