//! One webhook a channel, under which relayed people speak. **Invariant:** found again by whose it is before another
//! is made, and its token never leaves this program.

use std::sync::Arc;

use serde_json::json;

use calls::Transit;

use crate::bot::Discord;
use crate::errors::CallError;
use crate::hook::Hook;
use crate::id::Snowflake;
use crate::rest::Call;
use crate::wire::Webhook;

/// Seen in the server's settings only.
const NAME: &str = "Causeway";
/// The number of `Webhook::kind` for those that can be used with a token.
const INCOMING: u64 = 1;

/// From memory, or found in the channel, or made.
pub(crate) async fn of(discord: &Discord, channel: Snowflake) -> Result<Arc<Hook>, CallError> {
    if let Some(hook) = find(discord, channel).await? {
        return Ok(hook);
    }
    let call =
        Call::new("POST /channels/{}/webhooks", &[&channel]).with_json(&json!({ "name": NAME }));
    let made: Webhook = discord.rest.call_for(&call).await?;
    tracing::info!(
        channel.id = channel.0,
        webhook.id = made.id.0,
        "made a webhook"
    );
    keep(discord, channel, made)
        .ok_or_else(|| Transit::no_answer("the new webhook has no token").into())
}

/// From memory, or found in the channel.
pub(crate) async fn find(
    discord: &Discord,
    channel: Snowflake,
) -> Result<Option<Arc<Hook>>, CallError> {
    if let Some(hook) = discord.webhooks.get(channel) {
        return Ok(Some(hook));
    }
    let bot = discord.bot().await?;
    let call = Call::new("GET /channels/{}/webhooks", &[&channel]);
    let hooks: Vec<Webhook> = discord.rest.call_for(&call).await?;
    let application = discord.known().application;
    let is_ours = |it: &Webhook| {
        let by_program = application.is_some() && it.application_id == application;
        it.kind == INCOMING && (by_program || it.user.is_some_and(|user| user.id == bot))
    };
    let ours = hooks
        .into_iter()
        .find(|it| is_ours(it) && it.token.is_some());
    Ok(ours.and_then(|it| keep(discord, channel, it)))
}

/// One that spoke in this channel before the present one.
pub(crate) async fn former(
    discord: &Discord,
    id: Snowflake,
    channel: Snowflake,
) -> Result<Option<Hook>, CallError> {
    let hook: Webhook = match discord
        .rest
        .call_for(&Call::new("GET /webhooks/{}", &[&id]))
        .await
    {
        Ok(hook) => hook,
        Err(error) if error.is_lost_webhook() || error.is_shut() => return Ok(None),
        Err(error) => return Err(error),
    };
    let here = hook.channel_id.is_none_or(|it| it == channel);
    let token = hook.token.filter(|_| here);
    Ok(token.map(|token| Hook { id, token }))
}

fn keep(discord: &Discord, channel: Snowflake, hook: Webhook) -> Option<Arc<Hook>> {
    let token = hook.token?;
    discord.known().webhooks.insert(hook.id);
    let hook = Hook { id: hook.id, token };
    Some(discord.webhooks.put(channel, hook))
}
