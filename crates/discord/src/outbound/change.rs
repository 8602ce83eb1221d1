//! Changes of what stands: each by whoever posted it, be it the present webhook, a former one, or the bot.

use calls::{of_one, refused};
use conversation::{Post, Receipt, RemoteId, SendError};

use super::body::{Body, changed};
use super::say::open_again;
use super::text::text;
use crate::bot::Discord;
use crate::errors::{CallError, code};
use crate::hook::Hook;
use crate::id::{Snowflake, Spot};
use crate::rest::Call;
use crate::way_back::Way;
use crate::webhooks;
use crate::wire::Message;

const CHANGE_OF_WEBHOOK: &str = "PATCH /webhooks/{}/{}/messages/{}";
const DELETE_OF_WEBHOOK: &str = "DELETE /webhooks/{}/{}/messages/{}";

/// What is to be done with one message.
enum Change {
    To(Box<Body>),
    Delete,
}

pub(crate) async fn edit(
    discord: &Discord,
    channel: Snowflake,
    targets: &[RemoteId],
    post: &Post,
) -> Result<Receipt, SendError> {
    let target = targets.first().ok_or_else(|| refused("nothing to edit"))?;
    let spot = Spot::parse_target(target)?;
    let body = body(post)?;
    match change(discord, channel, spot, &Change::To(body)).await? {
        Outcome::Done => Ok(calls::receipt(targets.to_vec())),
        Outcome::Gone => Err(refused("the message was deleted on Discord meanwhile")),
    }
}

fn body(post: &Post) -> Result<Box<Body>, SendError> {
    let content = text(post)?;
    if content.trim().is_empty() && post.part.files.is_empty() {
        return Err(refused("there are no words in the message"));
    }
    Ok(Box::new(changed(content, post)))
}

/// Of what one person alone sees; nothing to say takes it away.
pub(crate) async fn change_for_asker(
    discord: &Discord,
    way: &Way,
    targets: &[RemoteId],
    post: Option<&Post>,
) -> Result<Receipt, SendError> {
    let application = discord.application()?;
    for target in targets {
        let name = way.name_of(Spot::parse_target(target)?.message);
        let ids: &[&(dyn ToString + Sync)] = &[&application, &way.token, &name];
        let call = match post {
            Some(post) => Call::new(CHANGE_OF_WEBHOOK, ids).with_json(&body(post)?),
            None => Call::new(DELETE_OF_WEBHOOK, ids),
        };
        let changed = discord.rest.call(&call).await;
        changed.map_err(named)?;
    }
    Ok(calls::receipt(targets.to_vec()))
}

pub(crate) async fn delete(
    discord: &Discord,
    channel: Snowflake,
    targets: &[RemoteId],
) -> Result<Receipt, SendError> {
    for target in targets {
        let spot = Spot::parse_target(target)?;
        discord.known().will_delete(spot.message);
        // What is gone already is what was asked for.
        change(discord, channel, spot, &Change::Delete).await?;
    }
    Ok(Receipt::default())
}

#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    Gone,
}

/// The present webhook is tried first, for nearly all is its own.
async fn change(
    discord: &Discord,
    channel: Snowflake,
    spot: Spot,
    change: &Change,
) -> Result<Outcome, SendError> {
    let place = match change {
        Change::To(_) => discord.place_to_speak(channel).await?,
        Change::Delete => discord.place(channel).await.map_err(named)?,
    };
    if super::speaks_by_webhook(discord, &place)
        && let Some(hook) = webhooks::find(discord, channel).await.map_err(named)?
    {
        match by(discord, Some(&hook), (channel, spot), change).await {
            Ok(()) => return Ok(Outcome::Done),
            Err(error) if error.is(code::UNKNOWN_MESSAGE) => {}
            Err(error) if error.is_lost_webhook() => discord.webhooks.forget(channel),
            Err(error) => return ended(error),
        }
    }
    let within = spot.within(channel);
    let call = Call::new("GET /channels/{}/messages/{}", &[&within, &spot.message]);
    let message: Message = match discord.rest.call_for(&call).await {
        Ok(message) => message,
        Err(error) => return ended(error),
    };
    let hook = match message.webhook_id {
        Some(id) => webhooks::former(discord, id, channel)
            .await
            .map_err(named)?,
        None => None,
    };
    if hook.is_none() && message.webhook_id.is_some() && matches!(change, Change::To(_)) {
        return Err(refused(
            "it was posted through a webhook that is deleted, so nobody can change it",
        ));
    }
    match by(discord, hook.as_ref(), (channel, spot), change).await {
        Ok(()) => Ok(Outcome::Done),
        Err(error) => ended(error),
    }
}

/// With the webhook's own token, or as the bot.
async fn by(
    discord: &Discord,
    hook: Option<&Hook>,
    (channel, spot): (Snowflake, Spot),
    change: &Change,
) -> Result<(), CallError> {
    let within = spot.within(channel);
    let ids: &[&(dyn ToString + Sync)] = match hook {
        Some(hook) => &[&hook.id, &hook.token, &spot.message],
        None => &[&within, &spot.message],
    };
    let call = match (hook, change) {
        (Some(_), Change::To(body)) => Call::new(CHANGE_OF_WEBHOOK, ids).with_json(body),
        (Some(_), Change::Delete) => Call::new(DELETE_OF_WEBHOOK, ids),
        (None, Change::To(body)) => {
            Call::new("PATCH /channels/{}/messages/{}", ids).with_json(body)
        }
        (None, Change::Delete) => Call::new("DELETE /channels/{}/messages/{}", ids),
    };
    let call = match spot.thread.filter(|_| hook.is_some()) {
        Some(thread) => call.with("thread_id", thread),
        None => call,
    };
    match (discord.rest.call(&call).await, spot.thread) {
        (Err(error), Some(thread)) if error.is(code::THREAD_ARCHIVED) => {
            if open_again(discord, thread).await.is_err() {
                return Err(error);
            }
            discord.rest.call(&call).await.map(drop)
        }
        (outcome, _) => outcome.map(drop),
    }
}

/// With its thread or channel, a message is gone.
fn ended(error: CallError) -> Result<Outcome, SendError> {
    let gone = [code::UNKNOWN_MESSAGE, code::UNKNOWN_CHANNEL];
    match gone.iter().any(|it| error.is(*it)) {
        true => Ok(Outcome::Gone),
        false => Err(named(error)),
    }
}

fn named(error: CallError) -> SendError {
    of_one(error.harmless())
}
