//! Asking until there is an answer: platforms that cannot be reached, and a store that takes nothing now.

use std::fmt::Display;
use std::future::Future;
use std::time::Duration;

use conversation::{Intake, IntakeError, SendError};

use crate::{Backoff, Patience, Transit};

/// How a call failed, and what that asks for.
pub trait Trouble: Display + From<Transit> {
    /// Where the credentials are refused, nothing can be received any more.
    fn is_final(&self) -> Option<SendError>;

    /// Zero if the platform did not say how long.
    fn asked_to_wait(&self) -> Duration;

    /// The platform answered by its own choice, and would again.
    fn is_answer(&self) -> bool;
}

/// Again and again, while staff is told why nothing is heard. `Err` only where the platform refuses us altogether.
pub async fn until_answered<T, E, F>(
    platform: &'static str,
    intake: &dyn Intake,
    ask: impl Fn() -> F,
) -> Result<T, SendError>
where
    E: Trouble,
    F: Future<Output = Result<T, E>>,
{
    let mut backoff = Backoff::default();
    loop {
        let error = match ask().await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        tracing::debug!(%error, platform, "a platform cannot be reached now");
        if let Some(end) = error.is_final() {
            return Err(end);
        }
        let why = error.to_string();
        intake.note_hearing(&platform.into(), Some(why)).await;
        tokio::time::sleep(backoff.next().max(error.asked_to_wait())).await;
    }
}

/// Waits out limits, and faults for a little. What the platform refuses comes back, and so does what it cannot answer now.
pub async fn patiently<T, E, F>(ask: impl Fn() -> F) -> Result<T, E>
where
    E: Trouble,
    F: Future<Output = Result<T, E>>,
{
    let mut patience = Patience::default();
    loop {
        let error = match Patience::answer(ask()).await {
            Err(error) if !error.is_answer() => error,
            answer => return answer,
        };
        match patience.after(error.asked_to_wait()) {
            Some(wait) => tokio::time::sleep(wait).await,
            None => return Err(error),
        }
    }
}

/// Again and again until it is on disk; `meanwhile` is said in the log.
pub async fn insist<T, F>(meanwhile: &'static str, ask: impl Fn() -> F) -> T
where
    F: Future<Output = Result<T, IntakeError>>,
{
    let mut backoff = Backoff::default();
    loop {
        match ask().await {
            Ok(it) => return it,
            Err(error) => tracing::warn!(%error, "{meanwhile}"),
        }
        tokio::time::sleep(backoff.next()).await;
    }
}
