//! What the app answers to presses, modals and commands, with its acknowledgement or later, and what people see of it.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::asked::Asked;
use super::blocks;
use super::channel::Ephemeral;
use super::ids::Ts;
use super::world::{Slack, World};

/// What Slack says in a modal where the app says nothing that it understands.
const TROUBLE: &str = "We had some trouble connecting. Try again?";

impl World {
    /// The app answered in time; `payload` is what it says with that.
    pub(crate) fn answered(&mut self, asked: &Asked, payload: Value) {
        match asked {
            Asked::Press { .. } => {}
            Asked::Command { channel, user, .. } => {
                let payload = match payload {
                    Value::String(text) if !text.trim().is_empty() => json!({ "text": text }),
                    other => other,
                };
                if payload.is_object() {
                    self.respond(channel, user, &payload);
                }
            }
            Asked::Submission { modal } => self.submitted(modal, payload),
        }
    }

    fn submitted(&mut self, modal: &str, payload: Value) {
        let modals = &mut self.interactions.modals;
        match payload["response_action"].as_str() {
            Some("errors") => {
                if let Some(modal) = modals.get_mut(modal) {
                    modal.errors =
                        match blocks::are_named(&modal.view["blocks"], &payload["errors"]) {
                            true => payload["errors"].clone(),
                            false => json!({ "": TROUBLE }),
                        };
                }
            }
            Some("update" | "push") => {
                if let Some(modal) = modals.get_mut(modal) {
                    modal.view = payload["view"].clone();
                }
            }
            _ => {
                modals.remove(modal);
            }
        }
    }

    /// Slack tells the person in the app's place.
    pub(crate) fn not_answered(&mut self, asked: &Asked, reason: &str) {
        let why = match reason {
            "connection_failed" => "dispatch_failed",
            _ => "operation_timeout",
        };
        match asked {
            Asked::Command {
                channel,
                user,
                command,
            } => {
                let text = format!("{command} failed with the error \"{why}\"");
                self.whisper(channel, user, "Slackbot", &json!({ "text": text }));
            }
            Asked::Press { channel, user } => {
                let text = json!({ "text": "This app is not responding" });
                self.whisper(channel, user, "Slackbot", &text);
            }
            Asked::Submission { modal } => {
                if let Some(modal) = self.interactions.modals.get_mut(modal) {
                    modal.errors = json!({ "": TROUBLE });
                }
            }
        }
    }

    fn whisper(&mut self, channel: &str, to: &str, author: &str, payload: &Value) {
        let Some(place) = self.channels.get_mut(channel) else {
            return;
        };
        let ts = place.next_ts();
        let (text, blocks) = said(payload);
        place.ephemeral.push(Ephemeral {
            ts,
            to: to.to_owned(),
            author: author.to_owned(),
            text,
            blocks,
        });
    }

    /// What an answer to a command or a press says, for one or for all.
    fn respond(&mut self, channel: &str, user: &str, payload: &Value) {
        if payload["response_type"] != "in_channel" {
            let name = self.app.name.clone();
            self.whisper(channel, user, &name, payload);
            return;
        }
        let mut message = self.own_message();
        (message.text, message.blocks) = said(payload);
        let thread = payload["thread_ts"].as_str();
        let thread = thread.and_then(|it| it.parse::<Ts>().ok());
        message.thread = thread.map(|it| it.0);
        let at = self.insert(channel, message);
        self.tell_message(channel, at);
    }

    fn replace(&mut self, url: (&str, u64), payload: &Value) {
        let (channel, at) = url;
        let Some(place) = self.channels.get_mut(channel) else {
            return;
        };
        let (text, blocks) = said(payload);
        if let Some(it) = place.ephemeral.iter_mut().find(|it| it.ts == at) {
            (it.text, it.blocks) = (text, blocks);
            return;
        }
        if let Some(message) = place.messages.get_mut(&at) {
            let before = message.clone();
            (message.text, message.blocks) = (text, blocks);
            self.tell_changed(channel, &before, at);
        }
    }

    /// False where the address is worn out or unknown.
    fn respond_by_url(&mut self, token: &str, payload: &Value) -> Result<(), &'static str> {
        let url = self.interactions.responses.get_mut(token);
        let url = url.ok_or("no_service")?;
        refuse!(url.until < Instant::now() => "expired_url");
        url.left = url.left.checked_sub(1).ok_or("used_url")?;
        let (channel, user, message) = (url.channel.clone(), url.user.clone(), url.message);
        let asked_to = |name: &str| payload[name] == true || payload[name] == "true";
        match message {
            Some(at) if asked_to("delete_original") => {
                if let Some(place) = self.channels.get_mut(&channel) {
                    place.ephemeral.retain(|it| it.ts != at);
                }
                self.remove_message(&channel, at);
            }
            Some(at) if asked_to("replace_original") => self.replace((&channel, at), payload),
            _ => self.respond(&channel, &user, payload),
        }
        Ok(())
    }
}

/// The words and blocks of an answer.
fn said(payload: &Value) -> (String, Option<Value>) {
    let text = payload["text"].as_str().unwrap_or_default();
    let blocks = payload.get("blocks").cloned();
    (text.to_owned(), blocks.map(blocks::with_ids))
}

/// `response_url`: takes JSON, and says `ok` in plain text.
pub(super) async fn respond(
    State(slack): State<Slack>,
    Path(token): Path<String>,
    body: Bytes,
) -> Response {
    let Ok(payload) = serde_json::from_slice::<Value>(&body) else {
        return (StatusCode::BAD_REQUEST, "invalid_payload").into_response();
    };
    if let Some(blocks) = payload.get("blocks")
        && blocks::check(blocks).is_err()
    {
        return (StatusCode::BAD_REQUEST, "invalid_blocks").into_response();
    }
    match slack.change(|world| world.respond_by_url(&token, &payload)) {
        Ok(()) => "ok".into_response(),
        Err(why) => (StatusCode::NOT_FOUND, why).into_response(),
    }
}
