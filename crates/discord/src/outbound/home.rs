//! Where a post goes: the channel itself, a thread that stands, or one that is opened for it.
//!
//! A reply in a text channel goes into the thread of its root. Where the root is deleted, a thread of its own name is
//! opened, so that what answers it keeps together, and `Receipt::thread` says which.

use conversation::{Post, RemoteId, SendError};
use serde_json::json;

use super::body::subject;
use crate::bot::Discord;
use crate::errors::{CallError, code};
use crate::id::{Snowflake, Spot};
use crate::known::KnownChannel;
use crate::rest::Call;
use crate::settings::AuthorMode;
use crate::wire::{Channel, channel_kind};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Home {
    /// The channel itself; the bot can point at what it answers.
    Channel { answers: Option<Spot> },
    Thread {
        id: Snowflake,
        answers: Option<Spot>,
        /// It has no root that bears its id, so its name must be remembered.
        is_named: bool,
    },
    /// A post of a forum is opened by what begins it.
    NewForumPost { tag: Option<Snowflake> },
}

pub(crate) fn speaks_by_webhook(discord: &Discord, place: &KnownChannel) -> bool {
    discord.settings.author == AuthorMode::Webhook && place.takes_webhooks()
}

pub(super) async fn of(
    discord: &Discord,
    channel: Snowflake,
    place: &KnownChannel,
    post: &Post,
) -> Result<Home, SendError> {
    if let Some(home) = existing(discord, place, post) {
        return Ok(home);
    }
    let Some(root) = root(post) else {
        return Ok(Home::Channel { answers: None });
    };
    thread_of(discord, channel, root.message, post).await
}

/// As far as it stands already, or needs nothing to be opened. `None`: a thread must be begun at the root.
pub(crate) fn existing(discord: &Discord, place: &KnownChannel, post: &Post) -> Option<Home> {
    let answers = post.reply.as_ref().and_then(|it| Spot::parse(&it.to));
    if let Some(id) = thread(post) {
        return Some(Home::Thread {
            id,
            answers: answers.filter(|it| it.thread == Some(id)),
            is_named: false,
        });
    }
    if place.is_forum() {
        return Some(match answers {
            // What stands in a forum stands in a thread: this one has the id of what begins it.
            Some(spot) => Home::Thread {
                id: spot.message,
                answers: None,
                is_named: false,
            },
            None => Home::NewForumPost {
                tag: place.required_tag,
            },
        });
    }
    let flat = !place.has_threads() || !speaks_by_webhook(discord, place);
    if answers.is_none() || flat {
        return Some(Home::Channel { answers });
    }
    let root = root(post)?.message;
    let stands = discord.known().place(root).is_some();
    stands.then_some(Home::Thread {
        id: root,
        answers: None,
        is_named: false,
    })
}

/// By its own name, or because what is answered stands in it.
fn thread(post: &Post) -> Option<Snowflake> {
    let named = post
        .thread
        .as_ref()
        .and_then(|it| Snowflake::parse(it.as_str()));
    let reply = post.reply.as_ref();
    let relatives = reply
        .into_iter()
        .flat_map(|it| std::iter::once(&it.to).chain(it.ancestors.iter().rev()));
    let mut spots = relatives.filter_map(Spot::parse);
    named.or_else(|| spots.find_map(|it| it.thread))
}

fn root(post: &Post) -> Option<Spot> {
    let reply = post.reply.as_ref()?;
    let root: &RemoteId = reply.ancestors.first().unwrap_or(&reply.to);
    Spot::parse(root)
}

/// A thread that is begun at a message has its id.
async fn thread_of(
    discord: &Discord,
    channel: Snowflake,
    root: Snowflake,
    post: &Post,
) -> Result<Home, SendError> {
    let call = Call::new("POST /channels/{}/messages/{}/threads", &[&channel, &root])
        .with_json(&json!({ "name": subject(post) }));
    let home = |id| Home::Thread {
        id,
        answers: None,
        is_named: false,
    };
    match discord.rest.call_for::<Channel>(&call).await {
        Ok(thread) => {
            let id = thread.id;
            discord.known().learn_place(thread, None);
            Ok(home(id))
        }
        Err(error) if error.is(code::THREAD_EXISTS) => Ok(home(root)),
        Err(error) if error.is(code::UNKNOWN_MESSAGE) => named(discord, channel, post).await,
        Err(error) => Err(error.harmless()),
    }
}

/// A thread without a root in the channel.
pub(super) async fn named(
    discord: &Discord,
    channel: Snowflake,
    post: &Post,
) -> Result<Home, SendError> {
    let body = json!({ "name": subject(post), "type": channel_kind::PUBLIC_THREAD });
    let call = Call::new("POST /channels/{}/threads", &[&channel]).with_json(&body);
    let thread = discord.rest.call_for::<Channel>(&call).await;
    let thread = thread.map_err(CallError::harmless)?;
    let id = thread.id;
    discord.known().learn_place(thread, None);
    Ok(Home::Thread {
        id,
        answers: None,
        is_named: true,
    })
}
