//! Questions to Discord on the way in: no answer is waited for without end.

use calls::Trouble;
use conversation::SendError;

use crate::bot::Discord;
use crate::errors::CallError;
use crate::rest::Call;

/// Waits out limits, and faults for a little. What Discord refuses comes back, and so does what it cannot answer now.
/// `Err` only when it refuses us altogether.
pub(crate) async fn patiently<T: serde::de::DeserializeOwned>(
    discord: &Discord,
    call: &Call,
) -> Refusable<T> {
    let answer = calls::patiently(|| discord.rest.call_for(call)).await;
    match answer.as_ref().err().and_then(CallError::is_final) {
        Some(end) => Err(end),
        None => Ok(answer),
    }
}

/// Discord's refusal, within its refusal of us altogether.
pub(crate) type Refusable<T> = Result<Result<T, CallError>, SendError>;

macro_rules! allowed {
    ($asked:expr) => {
        match $asked? {
            Ok(answer) => answer,
            Err(error) => return Ok(Err(error)),
        }
    };
}
pub(crate) use allowed;
