//! What somebody whom a community knows says to the bridge alone, and which of their communities they mean.
//!
//! **Invariant:** no word of it is kept, told on or logged; an answer leaves the name of a community. Who takes part in several
//! is asked once which they mean, and whatever answers that to nothing gets no answer.

use conversation::{
    Adapter, AuthorKind, ChannelId, ChannelRef, Event, IN_PRIVATE, Inbound, Link, Timestamp,
};
use store::{PrivateChat, Result, Tx};

use super::{Accepted, Outlook, unkept};

/// As far as its adapter knows.
pub(super) fn is_private(outlook: &Outlook, at: &ChannelRef) -> bool {
    let adapter = outlook.adapters.get(&at.platform);
    adapter.is_some_and(|it| Adapter::describe(&**it, at).is_direct)
}

pub(super) async fn take_in(
    tx: &mut Tx,
    event: &Inbound,
    outlook: &Outlook,
    now: Timestamp,
) -> Result<Accepted> {
    if event.actor.kind == AuthorKind::Ourselves {
        return Ok(Accepted::dropped("own-words"));
    }
    let chats = chats(tx, event, now).await?;
    if chats.is_empty() {
        return unkept::counted(tx, event, outlook, now).await;
    }
    let mut accepted = Accepted::dropped(IN_PRIVATE);
    let of = (&event.channel.platform, &event.key);
    if tx.first_stopped(of, IN_PRIVATE, now).await? {
        let heard = match &event.event {
            Event::Closed { .. } => set_links(tx, &chats, Link::Suspended).await?,
            Event::Opened => set_links(tx, &chats, Link::Active).await?,
            _ => hear(tx, event, &chats, now).await?,
        };
        if !heard.is_answer {
            let what = (&event.channel, event.event.kind());
            unkept::count(tx, what, outlook, now).await?;
        }
        accepted.recorded.woken = heard.woken;
    }
    Ok(accepted)
}

/// What came of it.
#[derive(Default)]
struct Heard {
    /// Where the bridge has something to say.
    woken: Vec<ChannelId>,
    /// It was waited for.
    is_answer: bool,
}

/// One for each community that knows who is in it.
async fn chats(tx: &mut Tx, event: &Inbound, now: Timestamp) -> Result<Vec<PrivateChat>> {
    let at = &event.channel;
    match &event.event {
        Event::Closed { .. } | Event::Opened => tx.private_chats(at).await,
        said if is_said(said) => {
            let heard_at = event.at.min(now);
            tx.hear_in_private(at, &event.actor.account, heard_at).await
        }
        _ => Ok(Vec::new()),
    }
}

fn is_said(event: &Event) -> bool {
    matches!(
        event,
        Event::Posted(_) | Event::Commanded { .. } | Event::Pressed { .. } | Event::Answered { .. }
    )
}

/// Which community is meant by what this account says here. None while that is open.
fn meant(chats: &[PrivateChat]) -> Option<&PrivateChat> {
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
    now: Timestamp,
) -> Result<Heard> {
    let meant = meant(chats);
    let was_asked = chats.iter().any(|it| it.asked_at.is_some());
    match chosen(event, chats).filter(|_| was_asked) {
        Some(chosen) => {
            let is_meant = meant.is_some_and(|it| it.entry.community == chosen.entry.community);
            Ok(Heard {
                woken: match is_meant {
                    true => Vec::new(),
                    false => confirm(tx, chosen, now).await?,
                },
                is_answer: true,
            })
        }
        None if meant.is_none() && !was_asked => Ok(Heard {
            woken: ask(tx, chats, now).await?,
            is_answer: false,
        }),
        None => Ok(Heard::default()),
    }
}

async fn ask(tx: &mut Tx, chats: &[PrivateChat], now: Timestamp) -> Result<Vec<ChannelId>> {
    for chat in chats {
        tx.note_asked(chat, now).await?;
    }
    say(tx, (&chats[0], "which"), &question(chats), now).await
}

async fn confirm(tx: &mut Tx, chosen: &PrivateChat, now: Timestamp) -> Result<Vec<ChannelId>> {
    tx.mean(chosen, now).await?;
    let text = format!("What you write here is for {} from now on.", chosen.name);
    say(tx, (chosen, "meant"), &text, now).await
}

async fn say(
    tx: &mut Tx,
    (chat, what): (&PrivateChat, &str),
    text: &str,
    now: Timestamp,
) -> Result<Vec<ChannelId>> {
    let id = &chat.entry.channel.id;
    let news = format!("{what}-{id}-{}", now.0);
    let said = tx.say_in_private(&chat.entry, (news, text), now).await?;
    Ok(said.then(|| id.clone()).into_iter().collect())
}

fn question(chats: &[PrivateChat]) -> String {
    let lines = (1..)
        .zip(chats)
        .map(|(n, it)| format!("{n}. {}\n", it.name));
    format!(
        "You take part in {} communities here:\n{}Which one do you mean? Answer with its number or its name. You are asked once; \
         to mean another one later, write that one's.",
        chats.len(),
        lines.collect::<String>()
    )
}

/// By its number in the question, or by its name; case, blanks and a dot at the end do not matter.
fn chosen<'c>(event: &Inbound, chats: &'c [PrivateChat]) -> Option<&'c PrivateChat> {
    let Event::Posted(posted) = &event.event else {
        return None;
    };
    let said = bare(&posted.content.text.plain_text());
    let asked = || chats.iter().filter(|it| it.asked_at.is_some());
    let by_number = |n: usize| asked().nth(n.checked_sub(1)?);
    let by_name = || chats.iter().find(|it| bare(&it.name) == said);
    by_name().or_else(|| by_number(said.parse().ok()?))
}

fn bare(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let text = words.join(" ").to_lowercase();
    let bare = text.strip_suffix('.').unwrap_or(&text);
    bare.trim_end().to_owned()
}

/// Its person shuts the bridge out, or lets it in again.
async fn set_links(tx: &mut Tx, chats: &[PrivateChat], link: Link) -> Result<Heard> {
    for chat in chats {
        tx.set_link(&chat.entry, link).await?;
    }
    Ok(Heard {
        woken: chats.iter().map(|it| it.entry.channel.id.clone()).collect(),
        is_answer: link == Link::Suspended,
    })
}
