//! Events that Slack brings by HTTP. **Invariant:** what is too long is not read, what is not signed is not parsed,
//! and 200 is said only after the intake took it; whatever else is said makes Slack bring it again.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use calls::webhook;
use conversation::{Intake, SendError};
use serde_json::{Map, Value};
use slack_morphism::prelude::SlackSigningSecret;
use slack_morphism::signature_verifier::SlackEventSignatureVerifier;
use tokio::sync::oneshot;

use crate::bot::Slack;
use crate::intake::set_aside;
use crate::queue::{Heard, Payload, Told};

#[derive(Clone)]
struct Door {
    slack: Arc<Slack>,
    intake: Arc<dyn Intake>,
}

pub(crate) fn router(slack: Arc<Slack>, intake: Arc<dyn Intake>) -> Router {
    Router::new()
        .route("/slack/events", post(event))
        .route("/slack/interactions", post(interaction))
        .route("/slack/commands", post(command))
        .with_state(Door { slack, intake })
}

/// Before anything else, the gap that our own outage left; then Slack calls us. Never ends.
pub(crate) async fn listen(slack: &Slack) -> SendError {
    slack.queue.put(Heard::Gap).await;
    std::future::pending().await
}

async fn event(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    let body = match signed(&door, &headers, body).await {
        Ok(body) => body,
        Err(status) => return status.into_response(),
    };
    let Ok(payload) = serde_json::from_str::<Value>(&body) else {
        return kept(&door, &body).await;
    };
    if payload["type"] == "url_verification" {
        let challenge = payload["challenge"].as_str().unwrap_or_default();
        return ([(header::CONTENT_TYPE, "text/plain")], challenge.to_owned()).into_response();
    }
    if payload["type"] == "app_rate_limited" {
        tracing::warn!("Slack held events back, because there were too many");
        door.slack.queue.put(Heard::Gap).await;
    }
    if let Some(retry) = headers.get("x-slack-retry-num") {
        let reason = headers.get("x-slack-retry-reason");
        tracing::info!(slack.retry = ?retry, slack.reason = ?reason, "Slack brings an event again");
    }
    heard(&door, payload).await
}

async fn interaction(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    let body = match signed(&door, &headers, body).await {
        Ok(body) => body,
        Err(status) => return status.into_response(),
    };
    let form = fields(&body);
    let payload = form.get("payload").and_then(Value::as_str);
    match payload.and_then(|it| serde_json::from_str::<Value>(it).ok()) {
        Some(payload) => heard(&door, payload).await,
        None => kept(&door, &body).await,
    }
}

async fn command(State(door): State<Door>, headers: HeaderMap, body: Body) -> Response {
    let body = match signed(&door, &headers, body).await {
        Ok(body) => body,
        Err(status) => return status.into_response(),
    };
    let form = fields(&body);
    // Slack looks whether our certificate is good.
    if form.contains_key("ssl_check") {
        return StatusCode::OK.into_response();
    }
    match form.contains_key("command") {
        true => heard(&door, Value::Object(form)).await,
        false => kept(&door, &body).await,
    }
}

async fn heard(door: &Door, payload: Value) -> Response {
    // Unknown until `auth.test` was answered; Slack brings the event again.
    if door.slack.app().is_none() {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let (answer, answered) = oneshot::channel();
    let told = move |told| {
        // Slack may have hung up.
        let _ = answer.send(told);
    };
    let heard = Payload {
        payload,
        answer: Box::new(told),
        takes_turns: false,
    };
    door.slack.queue.put(Heard::Payload(heard)).await;
    match answered.await {
        Ok(Told::Taken) => StatusCode::OK.into_response(),
        Ok(Told::Says(answer)) => Json(answer).into_response(),
        Ok(Told::Refused) | Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

async fn kept(door: &Door, body: &str) -> Response {
    match set_aside("malformed-payload", body.as_bytes(), &*door.intake).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// The raw body, once it proved to be Slack's.
async fn signed(door: &Door, headers: &HeaderMap, body: Body) -> Result<String, StatusCode> {
    use SlackEventSignatureVerifier as Verifier;
    let only = |name| str::from_utf8(webhook::only(headers, name)?).ok();
    let (Some(signature), Some(at)) = (
        only(Verifier::SLACK_SIGNED_HASH_HEADER),
        only(Verifier::SLACK_SIGNED_TIMESTAMP),
    ) else {
        return Err(StatusCode::UNAUTHORIZED);
    };
    let body = webhook::read(headers, body).await?;
    let body = String::from_utf8(body).map_err(|_| StatusCode::BAD_REQUEST)?;
    let secret = SlackSigningSecret::new(door.slack.settings.signing_secret.expose().to_owned());
    // Compares in constant time, and takes nothing older than five minutes.
    let verified = Verifier::new(&secret).verify(signature, &body, at);
    match verified {
        Ok(()) => Ok(body),
        Err(_) => {
            tracing::warn!("somebody who is not Slack called, or one of two clocks is wrong");
            Err(StatusCode::UNAUTHORIZED)
        }
    }
}

fn fields(form: &str) -> Map<String, Value> {
    let pairs = form_urlencoded::parse(form.as_bytes());
    pairs
        .map(|(name, value)| (name.into_owned(), value.into_owned().into()))
        .collect()
}
