//! Doing what may be done.

use conversation::{Arg, CommunityId, Phrase, Timestamp};
use store::{Button, PrivateChat, Result, Tx};

use super::{Act, Asker, Authorised, Outcome};

/// The question which community is meant.
pub(crate) const WHICH: &str = "which-community";

impl Asker<'_> {
    pub(super) async fn perform(
        &self,
        tx: &mut Tx,
        act: &Authorised<Act>,
        pressed: Option<&Button>,
        now: Timestamp,
    ) -> Result<Outcome> {
        if let Some(button) = pressed {
            let at = self.event.at.min(now);
            tx.note_pressed(button, self.identity.as_ref(), at).await?;
        }
        match act.get() {
            Act::Help => Ok(says(Phrase::new("help"))),
            Act::Unclear => Ok(says(Phrase::new("not-understood"))),
            Act::Start(door) => self.start(tx, door.as_ref(), now).await,
            Act::Mean(community) => self.mean(tx, community, pressed, now).await,
            // Never authorised.
            Act::Open(_) => Ok(Outcome::default()),
        }
    }

    /// Who comes by a community's door means that one.
    async fn start(
        &self,
        tx: &mut Tx,
        door: Option<&CommunityId>,
        now: Timestamp,
    ) -> Result<Outcome> {
        let chat = door.and_then(|it| self.chat_with(it));
        if let Some(chat) = chat.filter(|_| self.chats.len() > 1) {
            tx.mean(chat, now).await?;
        }
        let community = chat.map_or(&self.entry.community, |it| &it.entry.community);
        Ok(says(about("welcome", community)))
    }

    /// What stands below the question changes with the answer, whichever way that came.
    async fn mean(
        &self,
        tx: &mut Tx,
        community: &CommunityId,
        pressed: Option<&Button>,
        now: Timestamp,
    ) -> Result<Outcome> {
        let Some(chat) = self.chat_with(community) else {
            return Ok(Outcome::default());
        };
        tx.mean(chat, now).await?;
        let meant = about("community-meant", community);
        let (instead, answer) = match pressed {
            Some(_) => (meant, None),
            None => (Phrase::new("which-community-answered"), Some(meant)),
        };
        let mut woken = Vec::new();
        for asked in self.chats {
            if let Some(question) = tx.open_word(&asked.entry, WHICH).await? {
                let community = &asked.entry.community;
                woken.extend(tx.close(community, &question, Some(&instead), now).await?);
            }
        }
        Ok(Outcome { answer, woken })
    }

    fn chat_with(&self, community: &CommunityId) -> Option<&PrivateChat> {
        self.chats
            .iter()
            .find(|it| it.entry.community == *community)
    }
}

fn says(phrase: Phrase) -> Outcome {
    Outcome {
        answer: Some(phrase),
        ..Outcome::default()
    }
}

fn about(name: &str, community: &CommunityId) -> Phrase {
    Phrase::new(name).with("community", Arg::Id(community.0.clone()))
}
