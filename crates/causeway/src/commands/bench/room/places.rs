//! The four places of the room: who speaks there, and what arrives there.

use std::time::{Duration, SystemTime};

use sandbox::mail::Draft;
use sandbox::rig::{Rig, RigList, RigPlan, RigRoom};
use sandbox::telegram::{ChatId, UserId};
use sandbox::{discord, slack};
use serde::Serialize;

use crate::commands::bench::{number_of, words};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Side {
    Telegram,
    Discord,
    Slack,
    Email,
}

pub(super) const SIDES: [Side; 4] = [Side::Telegram, Side::Discord, Side::Slack, Side::Email];

/// Where one can look at what arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Window {
    Telegram,
    Discord,
    Slack,
    /// Of one member of the list.
    Mailbox(&'static str),
}

pub(super) const WINDOWS: [Window; 6] = [
    Window::Telegram,
    Window::Discord,
    Window::Slack,
    Window::Mailbox(WRITER),
    Window::Mailbox("eva@people.example"),
    Window::Mailbox("kim@people.example"),
];

const LIST: &str = "bench@lists.example";
/// Speaks on the list; the other members read it.
const WRITER: &str = "bo@people.example";

impl Window {
    pub(super) fn place(self) -> Side {
        match self {
            Window::Telegram => Side::Telegram,
            Window::Discord => Side::Discord,
            Window::Slack => Side::Slack,
            Window::Mailbox(_) => Side::Email,
        }
    }

    /// Whether the bridge brings here what is said there. What comes over the list goes to its other members.
    pub(super) fn shows(self, source: Side) -> bool {
        match self {
            Window::Mailbox(owner) => source != Side::Email || owner != WRITER,
            channel => channel.place() != source,
        }
    }
}

pub(super) type Arrival = (Option<usize>, SystemTime);

pub(super) struct Town<'a> {
    pub(super) rig: &'a Rig,
    telegram: (ChatId, UserId),
    discord: (discord::ChannelId, discord::UserId),
    slack: (slack::ChannelId, slack::UserId),
}

impl<'a> Town<'a> {
    /// Each stand-in keeps no more than its newest messages.
    pub(super) fn found(rig: &'a Rig, newest: usize) -> anyhow::Result<Town<'a>> {
        let group = rig.telegram.add_supergroup("Bench");
        let ana = rig.telegram.add_person("Ana");
        rig.telegram.join(group, ana)?;
        rig.telegram.keep_log();
        rig.telegram.keep_last(newest);
        let discord = (
            rig.discord.add_text_channel("bench"),
            rig.discord.add_member("Kofi"),
        );
        rig.discord.keep_log();
        rig.discord.keep_last(newest);
        let slack = (
            rig.slack.add_channel("bench"),
            rig.slack.add_person("Priya"),
        );
        rig.slack.join(&slack.0, &slack.1)?;
        rig.slack.invite_bot(&slack.0)?;
        rig.slack.keep_log();
        rig.slack.keep_last(newest);
        for address in members() {
            rig.mail.add_person("Member", address);
        }
        Ok(Town {
            rig,
            telegram: (group, ana),
            discord,
            slack,
        })
    }

    pub(super) fn plan(&self, store_url: Option<String>) -> RigPlan {
        RigPlan {
            store_url,
            lists: vec![RigList {
                address: LIST.to_owned(),
                members: members().map(str::to_owned).collect(),
            }],
            rooms: vec![RigRoom {
                name: "bench".to_owned(),
                groups: vec![self.telegram.0],
                discord: vec![self.discord.0],
                slack: vec![self.slack.0.clone()],
                lists: vec![LIST.to_owned()],
            }],
            ..RigPlan::default()
        }
    }

    /// Whether the bridge listens to all that people say in chats; mail waits until it does.
    pub(super) fn is_heard(&self) -> bool {
        let polls = self.rig.telegram.counters().by_method;
        polls.contains_key("getUpdates")
            && self.rig.discord.gateway_sessions() > 0
            && self.rig.slack.sockets() > 0
    }

    pub(super) fn say(&self, place: Side, number: usize) -> anyhow::Result<()> {
        let words = words(number);
        let words = words.as_str();
        match place {
            Side::Telegram => {
                let (group, ana) = self.telegram;
                self.rig.telegram.say(group, None, ana, words)?;
            }
            Side::Discord => {
                self.rig
                    .discord
                    .say(self.discord.0, self.discord.1, words)?;
            }
            Side::Slack => {
                self.rig.slack.say(&self.slack.0, &self.slack.1, words)?;
            }
            Side::Email => {
                let draft = Draft::new("The convening", words);
                self.rig.mail.write(WRITER, LIST, draft)?;
            }
        }
        Ok(())
    }

    /// The number of each message that the bridge brought since, and when. What bears none is not ours.
    pub(super) fn log_since(&self, window: Window, skip: usize) -> Vec<Arrival> {
        let rig = self.rig;
        match window {
            Window::Telegram => {
                let log = rig.telegram.log_since(self.telegram.0, skip).into_iter();
                log.map(|it| (number_of(&it.text), it.received_at))
                    .collect()
            }
            Window::Discord => {
                let log = rig.discord.log_since(self.discord.0, skip).into_iter();
                log.map(|it| (number_of(&it.text), it.received_at))
                    .collect()
            }
            Window::Slack => {
                let log = rig.slack.log_since(&self.slack.0, skip).into_iter();
                log.map(|it| (number_of(&it.text), it.received_at))
                    .collect()
            }
            Window::Mailbox(owner) => {
                let log = rig.mail.log_since(owner, skip).into_iter();
                log.map(|it| (number_of(&it.first_line), since_epoch(it.received_at_ms)))
                    .collect()
            }
        }
    }
}

fn members() -> impl Iterator<Item = &'static str> {
    WINDOWS.into_iter().filter_map(|it| match it {
        Window::Mailbox(owner) => Some(owner),
        _ => None,
    })
}

fn since_epoch(ms: i64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(ms.unsigned_abs())
}
