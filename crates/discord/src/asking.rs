//! Questions to Discord on the way in: no answer is waited for without end.

use calls::Patience;
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
