//! Questions to Discord on the way in: no answer is waited for without end.

use calls::Patience;
use conversation::SendError;

use crate::adapter::Discord;
use crate::errors::CallError;
use crate::history::Read;
use crate::id::Snowflake;
use crate::known::Place;
use crate::rest::Call;
use crate::wire::Channel;

/// A channel that Discord hides from us is taken for a plain one: what was said there is heard all the same.
pub(super) async fn look_up(discord: &Discord, channel: Snowflake) -> Result<Read, SendError> {
    let call = Call::new("GET /channels/{}", &[&channel]);
    let error = match patiently::<Channel>(discord, &call).await? {
        Ok(found) if found.id == channel => {
            discord.known().learn_place(found, None);
            return Ok(Read::LookedUp);
        }
        Ok(_) => CallError::Unreadable,
        Err(error) => error,
    };
    tracing::warn!(%error, channel.id = channel.0, "a channel of Discord cannot be looked up");
    if !matches!(error, CallError::Answered(ref refusal) if refusal.status < 500) {
        return Ok(Read::Untold);
    }
    discord.known().learn_as(channel, Place::default());
    Ok(Read::LookedUp)
}

/// Waits out limits, and faults for a little. What Discord refuses comes back, and so does what it cannot answer now.
/// `Err` only when it refuses us altogether.
pub(crate) async fn patiently<T: serde::de::DeserializeOwned>(
    discord: &Discord,
    call: &Call,
) -> Result<Result<T, CallError>, SendError> {
    let mut patience = Patience::default();
    loop {
        let error = match Patience::answer(discord.rest.call_for(call)).await {
            Ok(answer) => return Ok(Ok(answer)),
            Err(error) => error,
        };
        if let Some(end) = error.is_final() {
            return Err(end);
        }
        let wait = patience.after(error.asked_to_wait());
        match wait.filter(|_| !error.is_answer()) {
            Some(wait) => tokio::time::sleep(wait).await,
            None => return Ok(Err(error)),
        }
    }
}
