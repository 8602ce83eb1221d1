//! What somebody whom a community knows says to the bridge alone, and which of their communities they mean.
//!
//! **Invariant:** no word of it is kept, told on or logged; an answer leaves the name of a community. All of it is a request,
//! and answered; who takes part in several is asked once which they mean.

use conversation::{
    Arg, AuthorKind, ChannelId, DirectMessages, Event, IN_PRIVATE, Inbound, Link, Phrase,
    Timestamp,
    command::{Command, Everyday},
};
use serde_json::json;
use store::{Choice, Entry, PrivateChat, Result, Tx};
use words::{COMMUNITY_NAME, TOLD, WHICH_COMMUNITY};

use super::{accepted::Accepted, later, outlook::Outlook, unkept};
use crate::requests::{Act, Asker, Reply, Told, is_said, say_in_private};

pub(super) async fn take_in(
    tx: &mut Tx,
    event: &Inbound,
    outlook: &Outlook,
    now: Timestamp,
) -> Result<Accepted> {
    if event.actor.kind == AuthorKind::Ourselves {
        return Ok(Accepted::dropped("own-words"));
    }
    let chats = chats(tx, event, outlook, now).await?;
    if chats.is_empty() {
        if is_said(&event.event)
            && let Some(chat) = tx.private_chats().of_forgotten(&event.channel).await?
        {
            return say_how_far(tx, event, &chat, now).await;
        }
        return unkept::counted(tx, event, outlook, now).await;
    }
    let mut accepted = Accepted::dropped(IN_PRIVATE);
    let of = (&event.channel.platform, &event.key);
    if tx.events().first_stopped(of, IN_PRIVATE, now).await? {
        accepted.recorded.woken = match &event.event {
            Event::Closed { .. } => set_links(tx, &chats, Link::Suspended).await?,
            Event::Opened => set_links(tx, &chats, Link::Active).await?,
            Event::Failed { .. } | Event::Confirmed { .. } => {
                for chat in &chats {
                    later::tell(tx, &chat.entry, event, now).await?;
                }
                Vec::new()
            }
            said if is_said(said) => {
                let told = hear(tx, event, &chats, outlook, now).await?;
                accepted.is_unanswered = !told.by_way_back;
                told.woken
            }
            _ => Vec::new(),
        };
        if !matches!(event.event, Event::Closed { .. }) {
            let what = (&event.channel, event.event.kind());
            unkept::count(tx, what, outlook, now).await?;
        }
    }
    Ok(accepted)
}

/// Whoever is being forgotten is nobody that a community knows, and hears how far it is.
async fn say_how_far(
    tx: &mut Tx,
    event: &Inbound,
    chat: &Entry,
    now: Timestamp,
) -> Result<Accepted> {
    let mut accepted = Accepted::dropped(IN_PRIVATE);
    let of = (&event.channel.platform, &event.key);
    if tx.events().first_stopped(of, IN_PRIVATE, now).await? {
        let told = Arg::Told(Box::new(Command::Everyday(Everyday::ForgetMe)));
        let reply = Reply::plain(Phrase::of(TOLD).with("told", told));
        accepted.recorded.woken = say_in_private(tx, chat, (reply, String::new()), now).await?;
    }
    Ok(accepted)
}

/// One for each community that knows who is in it.
async fn chats(
    tx: &mut Tx,
    event: &Inbound,
    outlook: &Outlook,
    now: Timestamp,
) -> Result<Vec<PrivateChat>> {
    let at = &event.channel;
    let may_be_others = event.way_back.is_some() && outlook.adapters.describe(at).may_be_others;
    match &event.event {
        Event::Closed { .. } | Event::Opened | Event::Failed { .. } | Event::Confirmed { .. } => {
            tx.private_chats().at(at).await
        }
        // Nobody writes to us there before they were heard without one.
        _ if may_be_others && tx.private_chats().at(at).await?.is_empty() => Ok(Vec::new()),
        said if is_said(said) => {
            let heard_at = event.at.min(now);
            tx.private_chats()
                .hear(at, &event.actor.account, heard_at)
                .await
        }
        _ => Ok(Vec::new()),
    }
}

/// Which community is meant by what this account says here. None while that is open.
pub(crate) fn meant(chats: &[PrivateChat]) -> Option<&PrivateChat> {
    match chats {
        [only] => Some(only),
        several => {
            let meant = several.iter().filter(|it| it.meant_since.is_some());
            meant.max_by_key(|it| it.meant_since)
        }
    }
}

async fn hear(
    tx: &mut Tx,
    event: &Inbound,
    chats: &[PrivateChat],
    outlook: &Outlook,
    now: Timestamp,
) -> Result<Told> {
    let meant = meant(chats);
    let chat = meant.unwrap_or(&chats[0]);
    let asker = Asker {
        event,
        entry: &chat.entry,
        identity: chat.identity.clone(),
        chats,
        adapters: &outlook.adapters,
        asked: &outlook.asked,
        house: &outlook.house,
        administers: outlook.administers(),
    };
    let was_asked = chats.iter().any(|it| it.asked_at.is_some());
    let opened = open_windows(tx, chats, outlook).await?;
    let mut told = match meant.is_none() && !was_asked && asker.may_be_asked() {
        true => Told::openly(ask(tx, chats, now).await?),
        false => asker.take_in(tx, now).await?,
    };
    told.woken.extend(opened);
    Ok(told)
}

/// Where the platform lets us speak for some hours after its person did, what waited for that goes.
async fn open_windows(
    tx: &mut Tx,
    chats: &[PrivateChat],
    outlook: &Outlook,
) -> Result<Vec<ChannelId>> {
    let mut opened = Vec::new();
    for entry in chats.iter().map(|it| &it.entry) {
        let can = outlook.adapters.capabilities(&entry.channel.at);
        let can = can.map(|it| it.direct_messages);
        let has_window = matches!(can, Some(DirectMessages::WithinHours(_)));
        if has_window
            && tx
                .backlog(&entry.community, &entry.channel.id)
                .open_window()
                .await?
        {
            opened.push(entry.channel.id.clone());
        }
    }
    Ok(opened)
}

async fn ask(tx: &mut Tx, chats: &[PrivateChat], now: Timestamp) -> Result<Vec<ChannelId>> {
    for chat in chats {
        tx.private_chats().note_asked(chat, now).await?;
    }
    let number = i64::try_from(chats.len()).unwrap_or(i64::MAX);
    let question = Phrase::of(WHICH_COMMUNITY).with("number", Arg::Number(number));
    let first = &chats[0];
    let button = |chat: &PrivateChat| {
        let community = &chat.entry.community;
        Choice {
            label: Phrase::of(COMMUNITY_NAME).with("community", Arg::Community(community.clone())),
            act: json!(Act::Mean(community.clone())),
            for_identity: first.identity.clone(),
        }
    };
    let buttons = chats.iter().map(button).collect();
    let question = Reply {
        buttons,
        ..Reply::plain(question)
    };
    say_in_private(tx, &first.entry, (question, String::new()), now).await
}

/// Its person shuts the bridge out, or lets it in again.
async fn set_links(tx: &mut Tx, chats: &[PrivateChat], link: Link) -> Result<Vec<ChannelId>> {
    for chat in chats {
        tx.channel(&chat.entry).set_link(link).await?;
    }
    Ok(chats.iter().map(|it| it.entry.channel.id.clone()).collect())
}
