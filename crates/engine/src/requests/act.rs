//! Doing what may be done.

use conversation::command::{
    Chosen, Command, Door, Effect as Effects, Everyday, Topic, Unknown, help,
};
use conversation::{Arg, CommunityId, Event, Phrase, Timestamp};
use serde_json::json;
use store::{Button, Choice, PrivateChat, Result, Tx};
use words::{
    COMMAND_LABEL, COMMUNITY_MEANT, HELP_AND_PAGE, NOT_UNDERSTOOD, Sentence, TOLD, WELCOME,
    WHICH_COMMUNITY, WHICH_COMMUNITY_ANSWERED,
};

use super::change::ASKED_FOR;
use super::understand::said;
use super::{Act, Asker, Authorised, Effect, Reply, Standing};

impl Asker<'_> {
    pub(super) async fn perform(
        &self,
        tx: &mut Tx,
        (act, standing): (&Authorised<Act>, Standing),
        pressed: Option<&Button>,
        now: Timestamp,
    ) -> Result<Effect> {
        if let Some(button) = pressed {
            self.renew_way_back(tx, button).await?;
        }
        match (act.get(), pressed) {
            (Act::Sure { .. } | Act::Undo(_) | Act::Join { .. } | Act::Apart { .. }, Some(_))
            | (_, None) => {}
            (_, Some(button)) => self.note_pressed(tx, button, now).await?,
        }
        match act.get() {
            Act::Command(command) => self.command(tx, (command, standing), now).await,
            Act::Sure {
                command, effect, ..
            } => match pressed {
                Some(button) => self.sure(tx, (command, effect), button, now).await,
                None => Ok(Effect::default()),
            },
            Act::Undo(command) => match pressed {
                Some(button) => self.take_back(tx, command, button, now).await,
                None => Ok(Effect::default()),
            },
            Act::Join { with, is_last, .. } => match pressed {
                Some(button) => self.join(tx, (with, *is_last), button, now).await,
                None => Ok(Effect::default()),
            },
            Act::Apart { with } => match pressed {
                Some(button) => self.decline(tx, with, button, now).await,
                None => Ok(Effect::default()),
            },
            Act::Unknown(unknown) => Ok(self.unknown(unknown, standing, now)),
            Act::Help => self.help(tx, None, standing).await,
            Act::Unclear => Ok(Effect::says(Phrase::of(NOT_UNDERSTOOD))),
            Act::Mean(community) => self.mean(tx, community, pressed, now).await,
            // Never authorised.
            Act::Open(_) => Ok(Effect::default()),
        }
    }

    /// With the address of the page about privacy, where there is one.
    async fn help(&self, tx: &mut Tx, about: Option<&Topic>, standing: Standing) -> Result<Effect> {
        let help = help(about, |it| standing.may(it));
        let address = match about {
            None => self.page_address(tx).await?,
            Some(_) => None,
        };
        Ok(Effect::says(match address {
            Some(address) => Phrase::of(HELP_AND_PAGE)
                .with("help", Arg::Phrase(Box::new(help)))
                .with("address", Arg::Address(address)),
            None => help,
        }))
    }

    pub(super) async fn note_pressed(
        &self,
        tx: &mut Tx,
        button: &Button,
        now: Timestamp,
    ) -> Result<()> {
        let at = self.event.at.min(now);
        let mut requests = tx.requests();
        requests
            .note_pressed(button, self.identity.as_ref(), at)
            .await
    }

    /// What was said in words came by another way than the question.
    async fn renew_way_back(&self, tx: &mut Tx, button: &Button) -> Result<()> {
        let is_press = matches!(self.event.event, Event::Pressed { .. });
        let Some(way_back) = self.event.way_back.as_ref().filter(|_| is_press) else {
            return Ok(());
        };
        let mut requests = tx.requests();
        requests
            .renew_way_back(self.entry, &button.message, way_back)
            .await
    }

    /// Where one of a few is missing, with a button for each.
    fn unknown(&self, unknown: &Unknown, standing: Standing, now: Timestamp) -> Effect {
        let begun = said(&self.event.event).and_then(|it| Chosen::begun(&it));
        let begun = begun.filter(|it| {
            it.verb()
                .is_some_and(|it| it.is_told() && standing.may(it.who))
        });
        let completions = begun.map(|it| it.completions()).unwrap_or_default();
        let button = |command: Command| {
            let typed = Arg::Command(Box::new(command.clone()));
            Choice {
                label: Phrase::of(COMMAND_LABEL).with("command", typed),
                act: json!(Act::Command(command)),
                for_identity: self.identity.clone(),
            }
        };
        Effect {
            answer: Some(Reply {
                buttons: completions.into_iter().map(button).collect(),
                until: Some(now.plus(ASKED_FOR)),
                ..Reply::plain(unknown.phrase(|it| standing.may(it)))
            }),
            ..Effect::default()
        }
    }

    async fn command(
        &self,
        tx: &mut Tx,
        (command, standing): (&Command, Standing),
        now: Timestamp,
    ) -> Result<Effect> {
        match command {
            Command::Everyday(Everyday::Help { about }) => {
                self.help(tx, about.as_ref(), standing).await
            }
            Command::Everyday(Everyday::Start { door }) => self.start(tx, door.as_ref(), now).await,
            Command::Everyday(Everyday::WhoCanSee) => {
                self.who_can_see(tx, now).await.map(Effect::says)
            }
            Command::Everyday(Everyday::Mydata) => self.mydata(tx, now).await,
            Command::Everyday(Everyday::Agreement) => self.agreement(tx, now).await,
            Command::Everyday(Everyday::Confirm { code }) => {
                self.confirm(tx, (code, standing), now).await
            }
            Command::Everyday(Everyday::Undo) => self.undo(tx, standing, now).await,
            Command::Everyday(Everyday::Connect { code: None }) => self.show_code(tx, now).await,
            Command::Everyday(Everyday::Connect { code: Some(code) }) => {
                self.say_code(tx, code, now).await
            }
            Command::Everyday(Everyday::Owner { .. }) => self.own(tx, command, now).await,
            other => match (other.verb().cannot(), other.verb().effect) {
                // Of which no help tells.
                (Some(phrase), _) => Ok(Effect::says(phrase)),
                (None, Effects::Reads) => {
                    // Who is told is looked up again when the answer goes.
                    self.identity(tx, now).await?;
                    let told = Arg::Told(Box::new(other.clone()));
                    Ok(Effect::says(Phrase::of(TOLD).with("told", told)))
                }
                (None, Effects::Changes) => self.change(tx, &self.said_here(other), now).await,
            },
        }
    }

    /// Whoever names no channel means the one in which they say it.
    fn said_here(&self, command: &Command) -> Command {
        match command {
            Command::Link(it) if !self.entry.channel.is_direct() => {
                Command::Link(it.clone().said_in(&self.entry.channel.at))
            }
            other => other.clone(),
        }
    }

    /// Who comes by a community's door means that one.
    async fn start(&self, tx: &mut Tx, door: Option<&Door>, now: Timestamp) -> Result<Effect> {
        let door = door.map(|it| CommunityId(it.as_str().to_owned()));
        let chat = door.and_then(|it| self.chat_with(&it));
        if let Some(chat) = chat.filter(|_| self.chats.len() > 1) {
            tx.private_chats().mean(chat, now).await?;
        }
        let community = chat.map_or(&self.entry.community, |it| &it.entry.community);
        Ok(Effect::says(about(WELCOME, community)))
    }

    /// What stands below the question changes with the answer, whichever way that came.
    async fn mean(
        &self,
        tx: &mut Tx,
        community: &CommunityId,
        pressed: Option<&Button>,
        now: Timestamp,
    ) -> Result<Effect> {
        let Some(chat) = self.chat_with(community) else {
            return Ok(Effect::default());
        };
        tx.private_chats().mean(chat, now).await?;
        let meant = about(COMMUNITY_MEANT, community);
        let (instead, answer) = match pressed {
            Some(_) => (meant, None),
            None => (Phrase::of(WHICH_COMMUNITY_ANSWERED), Some(meant)),
        };
        let mut woken = Vec::new();
        for asked in self.chats {
            if let Some(question) = tx
                .own_words()
                .open_word(&asked.entry, WHICH_COMMUNITY.name)
                .await?
            {
                let mut own_words = tx.own_words();
                let closed = own_words.close(&asked.entry, &question, Some(&instead), now);
                woken.extend(closed.await?);
            }
        }
        let answer = answer.map(Reply::plain);
        Ok(Effect { answer, woken })
    }

    fn chat_with(&self, community: &CommunityId) -> Option<&PrivateChat> {
        self.chats
            .iter()
            .find(|it| it.entry.community == *community)
    }
}

fn about(sentence: Sentence, community: &CommunityId) -> Phrase {
    Phrase::of(sentence).with("community", Arg::Community(community.clone()))
}
