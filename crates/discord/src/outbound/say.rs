//! Posts: by a webhook under the author's name, by the bot, or as the answer to a command.

use calls::{Repeated, of_one, refused};
use conversation::{Receipt, SendError};
use serde::Deserialize;
use serde_json::json;

use super::body::{Body, Draft, Reference, username};
use super::home::{self, Home};
use crate::bot::Discord;
use crate::errors::{CallError, code};
use crate::hook::Hook;
use crate::id::{Snowflake, Spot};
use crate::interactions::EPHEMERAL;
use crate::known::KnownChannel;
use crate::rest::Call;
use crate::way_back::Way;
use crate::webhooks;
use crate::wire::HasId;

/// No more of the answer than is needed.
#[derive(Debug, Deserialize)]
struct Posted {
    id: Snowflake,
    channel_id: Snowflake,
}

/// How often what was plainly refused is tried in another way.
const MOST_TRIES: usize = 4;

pub(super) async fn by_webhook(
    discord: &Discord,
    channel: Snowflake,
    draft: &Draft<'_>,
    mut home: Home,
) -> Result<Receipt, SendError> {
    for _ in 0..MOST_TRIES {
        let hook = webhooks::of(discord, channel)
            .await
            .map_err(CallError::harmless)?;
        let mut call = Call::new("POST /webhooks/{}/{}", &[&hook.id, &hook.token])
            .with("wait", true)
            .with_json(&webhook_body(draft, &home))
            .with_files(draft.uploads());
        if let Home::Thread { id, .. } = home {
            call = call.with("thread_id", id);
        }
        match discord.rest.call_for::<Posted>(&call).await {
            Ok(posted) if is_astray(&posted, channel, &home) => {
                take_back(discord, channel, &hook, &posted).await;
            }
            Ok(posted) => return Ok(receipt(&posted, channel, &home)),
            Err(error) if error.is_lost_webhook() => discord.webhooks.forget(channel),
            Err(error) => home = elsewhere(discord, channel, draft, (home, error)).await?,
        }
    }
    Err(SendError::Unavailable(
        "its webhook is deleted again and again".to_owned(),
    ))
}

/// Whoever manages a server can move a webhook to another channel, and Discord does not ask where we meant.
fn is_astray(posted: &Posted, channel: Snowflake, home: &Home) -> bool {
    match home {
        Home::Channel { .. } => posted.channel_id != channel,
        Home::Thread { id, .. } => posted.channel_id != *id,
        Home::NewForumPost { .. } => false,
    }
}

async fn take_back(discord: &Discord, channel: Snowflake, hook: &Hook, posted: &Posted) {
    tracing::warn!(
        channel.id = channel.0,
        webhook.id = hook.id.0,
        "a webhook was moved to another channel: another is used here"
    );
    discord.webhooks.forget(channel);
    let call = Call::new(
        "DELETE /webhooks/{}/{}/messages/{}",
        &[&hook.id, &hook.token, &posted.id],
    );
    if let Err(error) = discord.rest.call(&call).await {
        tracing::error!(%error, message.id = posted.id.0, "a message stands in a wrong channel");
    }
}

pub(super) async fn by_bot(
    discord: &Discord,
    channel: Snowflake,
    draft: &Draft<'_>,
    mut home: Home,
) -> Result<Receipt, SendError> {
    for _ in 0..MOST_TRIES {
        let body = bot_body(draft, &home, channel);
        let call = match &home {
            Home::NewForumPost { tag } => Call::new("POST /channels/{}/threads", &[&channel])
                .with_json(&json!({
                    "name": draft.subject(),
                    "applied_tags": tag.iter().collect::<Vec<_>>(),
                    "message": body,
                })),
            Home::Thread { id, .. } => {
                Call::new("POST /channels/{}/messages", &[id]).with_json(&body)
            }
            Home::Channel { .. } => {
                Call::new("POST /channels/{}/messages", &[&channel]).with_json(&body)
            }
        };
        let call = call.with_files(draft.uploads());
        let posted = match &home {
            // The answer is the thread, whose first message has its id.
            Home::NewForumPost { .. } => {
                discord
                    .rest
                    .call_for::<HasId>(&call)
                    .await
                    .map(|it| Posted {
                        id: it.id,
                        channel_id: it.id,
                    })
            }
            _ => discord.rest.call_for::<Posted>(&call).await,
        };
        match posted {
            Ok(posted) => return Ok(receipt(&posted, channel, &home)),
            Err(error) => home = elsewhere(discord, channel, draft, (home, error)).await?,
        }
    }
    Err(SendError::Unavailable(
        "its thread is closed again and again".to_owned(),
    ))
}

/// What one person alone sees can be changed for as long as the way to them lasts.
pub(super) async fn to_asker(
    discord: &Discord,
    draft: &Draft<'_>,
    way: &Way,
) -> Result<Receipt, SendError> {
    let application = discord.application()?;
    // What follows would be for all to see, if it did not say otherwise.
    let (route, flags) = match way.awaits(draft.post.part.number) {
        true => ("PATCH /webhooks/{}/{}/messages/@original", None),
        false => ("POST /webhooks/{}/{}", Some(EPHEMERAL)),
    };
    let body = Body {
        flags,
        ..draft.body()
    };
    let call = Call::new(route, &[&application, &way.token])
        .with_json(&body)
        .with_files(draft.uploads());
    let said = discord.rest.call_for::<HasId>(&call).await;
    let said = said.map_err(|error| error.into_send_error(Repeated::Doubles))?;
    Ok(calls::receipt(vec![said.id.remote()]))
}

fn webhook_body(draft: &Draft<'_>, home: &Home) -> Body {
    let (thread_name, applied_tags) = match home {
        Home::NewForumPost { tag } => (Some(draft.subject()), tag.iter().copied().collect()),
        _ => (None, Vec::new()),
    };
    Body {
        username: Some(username(draft.post)),
        avatar_url: draft.picture(),
        thread_name,
        applied_tags,
        ..draft.body()
    }
}

fn bot_body(draft: &Draft<'_>, home: &Home, channel: Snowflake) -> Body {
    let answers = match home {
        Home::Channel { answers } | Home::Thread { answers, .. } => *answers,
        Home::NewForumPost { .. } => return draft.body(),
    };
    Body {
        nonce: Some(draft.nonce.clone()),
        enforce_nonce: Some(true),
        message_reference: answers.map(|it| Reference {
            message_id: it.message,
            channel_id: it.within(channel),
            fail_if_not_exists: false,
        }),
        ..draft.body()
    }
}

/// Where to try next after a plain refusal: a thread that was put away is opened again, one that is deleted gets
/// a successor.
async fn elsewhere(
    discord: &Discord,
    channel: Snowflake,
    draft: &Draft<'_>,
    (home, error): (Home, CallError),
) -> Result<Home, SendError> {
    let Home::Thread { id, .. } = home else {
        return Err(doubled(error));
    };
    if error.is(code::THREAD_ARCHIVED) {
        open_again(discord, id).await?;
        return Ok(home);
    }
    if !error.is(code::UNKNOWN_CHANNEL) {
        return Err(doubled(error));
    }
    discord.known().forget_place(id);
    let place: KnownChannel = discord.place(channel).await.map_err(CallError::harmless)?;
    if place.is_forum() {
        return Ok(Home::NewForumPost {
            tag: place.required_tag,
        });
    }
    home::named(discord, channel, draft.post).await
}

pub(super) async fn open_again(discord: &Discord, thread: Snowflake) -> Result<(), SendError> {
    let call = Call::new("PATCH /channels/{}", &[&thread]).with_json(&json!({ "archived": false }));
    match discord.rest.call(&call).await {
        Ok(_) => Ok(()),
        Err(error) if error.is_shut() => Err(refused(
            "the thread is closed: a moderator can open it again",
        )),
        Err(error) => Err(of_one(error.harmless())),
    }
}

fn receipt(posted: &Posted, channel: Snowflake, home: &Home) -> Receipt {
    let spot = Spot {
        thread: Some(posted.channel_id).filter(|it| *it != channel),
        message: posted.id,
    };
    let is_named = match home {
        Home::NewForumPost { .. } => true,
        Home::Thread { is_named, .. } => *is_named,
        Home::Channel { .. } => false,
    };
    Receipt {
        remote_ids: vec![spot.remote()],
        thread: spot.thread.filter(|_| is_named).map(Snowflake::remote),
    }
}

fn doubled(error: CallError) -> SendError {
    error.into_send_error(Repeated::Doubles)
}
