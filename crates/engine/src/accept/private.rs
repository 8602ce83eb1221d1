//! What somebody whom a community knows says to the bridge alone, and which of their communities they mean.
//!
//! **Invariant:** no word of it is kept, told on or logged; an answer leaves the name of a community. Who takes part in several
//! is asked once which they mean, and whatever answers that to nothing gets no answer.

use conversation::{
    Adapter, Arg, AuthorKind, ChannelId, ChannelRef, Event, IN_PRIVATE, Inbound, Link, Phrase,
    Timestamp,
};
use serde_json::json;
use store::{Choice, PrivateChat, Result, Say, Tx};
use words::{COMMUNITY_MEANT, COMMUNITY_NAME, Sentence, WHICH_COMMUNITY};

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
    let number = i64::try_from(chats.len()).unwrap_or(i64::MAX);
    let phrase = Phrase::of(WHICH_COMMUNITY).with("number", Arg::Number(number));
    let offer = |it: &PrivateChat| Choice {
        label: of_community(COMMUNITY_NAME, it),
        act: json!({ "mean": it.entry.community }),
        for_identity: None,
    };
    let question = Say {
        buttons: chats.iter().map(offer).collect(),
        ..in_private(&chats[0], "which", phrase, now)
    };
    say(tx, question, now).await
}

async fn confirm(tx: &mut Tx, chosen: &PrivateChat, now: Timestamp) -> Result<Vec<ChannelId>> {
    tx.mean(chosen, now).await?;
    let phrase = of_community(COMMUNITY_MEANT, chosen);
    say(tx, in_private(chosen, "meant", phrase, now), now).await
}

fn of_community(sentence: Sentence, chat: &PrivateChat) -> Phrase {
    let community = chat.entry.community.clone();
    Phrase::of(sentence).with("community", Arg::Community(community))
}

fn in_private(chat: &PrivateChat, what: &str, phrase: Phrase, now: Timestamp) -> Say {
    let id = &chat.entry.channel.id;
    let key = format!("{what}-{id}-{}", now.0);
    Say::to(chat.entry.clone(), key, phrase, vec![id.clone()])
}

async fn say(tx: &mut Tx, say: Say, now: Timestamp) -> Result<Vec<ChannelId>> {
    let said = tx.say(&say, now).await?;
    Ok(said.map(|_| say.channels().to_vec()).unwrap_or_default())
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
