//! One place as it stands now, with its newest messages, by its address: `platform:id`. The page asks again for those that
//! it shows whenever something changed on their platform.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use serde::Serialize;

use super::refusal::Refusal;
use super::shared::Shared;
use crate::mail::MailboxView;
use crate::telegram::{self, ChatId};
use crate::town::Town;
use crate::{discord, slack};

/// A page shows no more of a place: under load there may be hundreds of thousands.
const NEWEST: usize = 300;

#[derive(Serialize)]
#[serde(tag = "platform", rename_all = "snake_case")]
pub(super) enum Place {
    Telegram {
        /// The last one as it is now, before it what it was before it migrated.
        chats: Vec<telegram::ChatView>,
    },
    Discord {
        /// The first one and its threads, among which only the first knows who can write there.
        channels: Vec<discord::ChannelView>,
        hidden: Vec<discord::HiddenView>,
        has_bot: bool,
        /// What the bot offers behind a slash, with what is said about it.
        commands: Vec<(String, String)>,
    },
    Slack {
        channel: slack::ChannelView,
        /// What the names of reactions look like.
        emoji: BTreeMap<String, &'static str>,
        modals: Vec<slack::ModalView>,
    },
    Email {
        /// `mailbox`, `list` or `commands`.
        kind: &'static str,
        mailbox: MailboxView,
        /// Name and address of whoever can write there.
        people: Vec<(String, String)>,
    },
}

pub(super) async fn place(
    State(shared): State<Shared>,
    Path(at): Path<String>,
) -> Result<Json<Place>, Refusal> {
    let town = &shared.town;
    let found = match at.split_once(':') {
        Some(("telegram", id)) => chat(town, id),
        Some(("discord", id)) => channel(town, id),
        Some(("slack", id)) => conversation(town, id),
        Some(("email", address)) => mailbox(town, address),
        _ => None,
    };
    let gone = || Refusal::gone(&format!("There is no place {at} here."));
    found.map(Json).ok_or_else(gone)
}

fn chat(town: &Town, id: &str) -> Option<Place> {
    let chats = town.telegram.view_history(ChatId(id.parse().ok()?), NEWEST);
    (!chats.is_empty()).then_some(Place::Telegram { chats })
}

/// Only those of the cast speak: a server's owner is there because every server has one.
fn channel(town: &Town, id: &str) -> Option<Place> {
    let (discord, id) = (&town.discord, discord::ChannelId(id.parse().ok()?));
    let mut own = discord.view_channel(id, NEWEST)?;
    let owner = discord.owner_id();
    own.members.retain(|it| it.id != owner);
    let threads = discord.threads_of(id).into_iter();
    let threads = threads.filter_map(|it| discord.view_channel(it, NEWEST));
    let threads = threads.map(|it| discord::ChannelView {
        members: Vec::new(),
        ..it
    });
    Some(Place::Discord {
        channels: std::iter::once(own).chain(threads).collect(),
        hidden: discord.hidden_in(id),
        has_bot: discord.has_bot(),
        commands: discord.offered_lines(),
    })
}

fn conversation(town: &Town, id: &str) -> Option<Place> {
    let channel = town.slack.view_channel(&id.into(), NEWEST)?;
    let roots = channel.messages.iter();
    let messages = roots.flat_map(|it| std::iter::once(it).chain(&it.replies));
    let names = messages.flat_map(|it| &it.reactions).map(|it| &it.name);
    let shown = names.filter_map(|it| Some((it.clone(), emojis::get_by_shortcode(it)?.as_str())));
    Some(Place::Slack {
        emoji: shown.collect(),
        modals: town.slack.modals(),
        channel,
    })
}

fn mailbox(town: &Town, address: &str) -> Option<Place> {
    let (kind, mailbox) = town.mail.view_mailbox(address)?;
    let mut people = town.mail.people();
    people.retain(|it| kind != "mailbox" || it.1 == mailbox.address);
    Some(Place::Email {
        kind,
        mailbox,
        people,
    })
}
