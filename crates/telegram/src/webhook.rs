//! Updates that Telegram brings. **Invariant:** the secret is proved before a byte of the body is read, and
//! 200 is said only after the intake took the update. Telegram keeps a chat's next update until then, so order
//! within a chat needs no care here, and an album's parts come alone: each is a message of its own.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use calls::{until_answered, webhook};
use conversation::{Intake, SendError};
use reqwest::Url;
use subtle::ConstantTimeEq;
use teloxide_core::payloads::{SetWebhook, SetWebhookSetters};

use crate::bot::Telegram;
use crate::id::PLATFORM;
use crate::inbound::{Bot, Update};
use crate::intake::{offer, set_aside};
use crate::polling::ALLOWED_UPDATES;

/// Added to the public address; holds no part of the token.
pub(crate) const PATH: &str = "/telegram/webhook";

const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";
/// Telegram honours it.
const RETRY_AFTER_S: &str = "1";

/// Asks Telegram to bring the updates, until it agrees.
pub(crate) async fn register(telegram: &Telegram, intake: &dyn Intake) -> Result<(), SendError> {
    let webhook = &telegram.settings.webhook;
    let url = format!("{}{PATH}", webhook.public_url.trim_end_matches('/'));
    let url = Url::parse(&url).map_err(|error| SendError::Refused(error.to_string()))?;
    // One at a time: on several connections a later update could overtake an earlier one.
    let payload = SetWebhook::new(url)
        .max_connections(1)
        .secret_token(webhook.secret.expose())
        .allowed_updates(ALLOWED_UPDATES.iter().copied());
    until_answered(PLATFORM, intake, || telegram.api.call(&payload)).await?;
    tracing::info!("Telegram brings its updates to the webhook");
    intake.note_hearing(&PLATFORM.into(), None).await;
    Ok(())
}

#[derive(Clone)]
struct Door {
    telegram: Arc<Telegram>,
    intake: Arc<dyn Intake>,
}

pub(crate) fn router(telegram: Arc<Telegram>, intake: Arc<dyn Intake>) -> Router {
    Router::new()
        .route(PATH, post(receive))
        .with_state(Door { telegram, intake })
}

async fn receive(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    if !proves_itself(&headers, door.telegram.settings.webhook.secret.expose()) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let body = match webhook::read(&headers, body).await {
        Ok(body) => body,
        Err(status) => return status.into_response(),
    };
    // Unknown until `getMe` was answered; Telegram offers the update again.
    let Some(bot) = door.telegram.bot() else {
        return later();
    };
    take_in(&door, bot, &body).await
}

/// Exactly one header with exactly the secret, compared without telling by the time taken how much of it
/// is right.
fn proves_itself(headers: &HeaderMap, secret: &str) -> bool {
    let given = webhook::only(headers, SECRET_HEADER);
    !secret.is_empty() && given.is_some_and(|it| bool::from(it.ct_eq(secret.as_bytes())))
}

async fn take_in(door: &Door, bot: &Bot, body: &[u8]) -> Response {
    let intake = &*door.intake;
    let taken = match std::str::from_utf8(body) {
        Ok(raw) => {
            let mut update = Update::read(raw, bot, calls::now());
            door.telegram.learn(&mut update);
            let taken = offer(&update.meaning, bot, intake).await;
            if taken.is_ok() {
                door.telegram.answer_query(update.query, &update.meaning);
            }
            taken
        }
        Err(_) => set_aside("malformed-update", body, bot, intake).await,
    };
    match taken {
        Ok(()) => StatusCode::OK.into_response(),
        Err(error) => {
            tracing::warn!(%error, "Telegram must keep its updates for a while");
            later()
        }
    }
}

fn later() -> Response {
    let retry = [(header::RETRY_AFTER, RETRY_AFTER_S)];
    (StatusCode::SERVICE_UNAVAILABLE, retry).into_response()
}
