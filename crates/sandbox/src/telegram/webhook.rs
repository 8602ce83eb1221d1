//! Delivers updates to the bot's own server: in order within a chat, again until it answers 2xx.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::answer::{Answer, ApiError, Checked};
use super::params::Params;
use super::updates::{Updates, Webhook};
use super::world::{Telegram, now};

const FIRST_WAIT: Duration = Duration::from_millis(200);
const LONGEST_WAIT: Duration = Duration::from_secs(60);
const ANSWER_WITHIN: Duration = Duration::from_secs(60);
/// How far into the queue we look for a chat that has nothing under way.
const LOOK_AHEAD: usize = 1_000;

struct Parcel {
    update: i64,
    url: String,
    secret: Option<String>,
    json: Arc<str>,
}

pub(super) fn set(telegram: &Telegram, params: &Params) -> Answer {
    let url = params.text("url").unwrap_or_default();
    if url.is_empty() {
        return delete(telegram, params);
    }
    let webhook = requested(url, params)?;
    let number = telegram.change(|world| {
        world.updates.set_wanted(params)?;
        if params.flag("drop_pending_updates") {
            world.updates.queue.clear();
        }
        let number = world.updates.end_polls();
        world.updates.webhook = Some(Webhook { number, ..webhook });
        Checked::Ok(number)
    })?;
    tokio::spawn(deliver(telegram.clone(), number));
    Ok(true.into())
}

/// The real server asks for https; a stand-in on loopback takes http as well.
fn requested(url: String, params: &Params) -> Checked<Webhook> {
    if !url.starts_with("https://") && !url.starts_with("http://") {
        let why = "bad webhook: An HTTPS URL must be provided for webhook";
        return Err(ApiError::bad(why));
    }
    let secret = params.text("secret_token").filter(|it| !it.is_empty());
    let fits = |it: u8| it.is_ascii_alphanumeric() || it == b'_' || it == b'-';
    match &secret {
        Some(it) if it.len() > 256 => return Err(ApiError::bad("secret token is too long")),
        Some(it) if !it.bytes().all(fits) => {
            return Err(ApiError::bad("secret token contains unallowed characters"));
        }
        _ => {}
    }
    let connections = params.integer("max_connections").unwrap_or(40);
    Ok(Webhook {
        url,
        secret,
        max_connections: connections.clamp(1, 100) as usize,
        ..Webhook::default()
    })
}

pub(super) fn delete(telegram: &Telegram, params: &Params) -> Answer {
    telegram.change(|world| {
        if params.flag("drop_pending_updates") {
            world.updates.queue.clear();
        }
        world.updates.webhook = None;
        for queued in &mut world.updates.queue {
            (queued.under_way, queued.due) = (false, None);
        }
        // Whoever delivers must look up and see that it is over.
        world.updates.end_polls();
    });
    Ok(true.into())
}

pub(super) fn info(updates: &Updates) -> Value {
    let mut info = json!({
        "url": "", "has_custom_certificate": false, "pending_update_count": updates.queue.len(),
    });
    if let Some(wanted) = updates.wanted() {
        info["allowed_updates"] = wanted.into();
    }
    if let Some(webhook) = &updates.webhook {
        info["url"] = webhook.url.as_str().into();
        info["max_connections"] = webhook.max_connections.into();
        info["ip_address"] = "127.0.0.1".into();
        if let Some((at, why)) = &webhook.last_error {
            info["last_error_date"] = (*at).into();
            info["last_error_message"] = why.as_str().into();
        }
    }
    info
}

async fn deliver(telegram: Telegram, number: u64) {
    let client = reqwest::Client::builder().no_proxy().timeout(ANSWER_WITHIN);
    let Ok(client) = client.build() else {
        return;
    };
    let next = || telegram.until(|world| world.updates.next_parcel(number));
    while let Some(parcel) = next().await {
        tokio::spawn(carry(telegram.clone(), client.clone(), parcel, number));
    }
}

async fn carry(telegram: Telegram, client: reqwest::Client, parcel: Parcel, number: u64) {
    let outcome = post(&client, &parcel).await;
    telegram.look(|world| world.updates.carried(number, parcel.update, outcome));
    telegram.ring();
}

struct NotTaken {
    why: String,
    retry_after: Option<Duration>,
}

async fn post(client: &reqwest::Client, parcel: &Parcel) -> Result<(), NotTaken> {
    let mut request = client
        .post(&parcel.url)
        .header("content-type", "application/json")
        .body(parcel.json.to_string());
    if let Some(secret) = &parcel.secret {
        request = request.header("x-telegram-bot-api-secret-token", secret);
    }
    let response = request.send().await.map_err(|error| {
        let why = match error.is_connect() {
            true => "Connection refused",
            false => "Connection timed out",
        };
        NotTaken {
            why: why.to_owned(),
            retry_after: None,
        }
    })?;
    if response.status().is_success() {
        return Ok(());
    }
    let wait = response.headers().get("retry-after");
    let wait = wait.and_then(|it| it.to_str().ok()?.parse().ok());
    Err(NotTaken {
        why: format!("Wrong response from the webhook: {}", response.status()),
        retry_after: wait.map(Duration::from_secs),
    })
}

impl Updates {
    /// None once another webhook took its place; the error is when there may be something.
    fn next_parcel(&mut self, number: u64) -> Result<Option<Parcel>, Option<Instant>> {
        let Some(webhook) = self.webhook.as_mut().filter(|it| it.number == number) else {
            return Ok(None);
        };
        if webhook.under_way >= webhook.max_connections {
            return Err(None);
        }
        let at = Instant::now();
        let mut passed = HashSet::new();
        let mut earliest: Option<Instant> = None;
        for queued in self.queue.iter_mut().take(LOOK_AHEAD) {
            if !passed.insert(queued.chat) || queued.under_way {
                continue;
            }
            if let Some(due) = queued.due.filter(|due| *due > at) {
                earliest = Some(earliest.map_or(due, |it| it.min(due)));
                continue;
            }
            queued.under_way = true;
            webhook.under_way += 1;
            return Ok(Some(Parcel {
                update: queued.id,
                url: webhook.url.clone(),
                secret: webhook.secret.clone(),
                json: queued.json.clone(),
            }));
        }
        Err(earliest)
    }

    fn carried(&mut self, number: u64, update: i64, outcome: Result<(), NotTaken>) {
        let Some(webhook) = self.webhook.as_mut().filter(|it| it.number == number) else {
            return;
        };
        webhook.under_way = webhook.under_way.saturating_sub(1);
        let Some(at) = self.queue.iter().position(|it| it.id == update) else {
            return;
        };
        let Err(error) = outcome else {
            self.queue.remove(at);
            return;
        };
        webhook.last_error = Some((now(), error.why));
        let queued = &mut self.queue[at];
        let doubled = FIRST_WAIT * 2_u32.pow(queued.failures.min(16));
        let wait = error.retry_after.unwrap_or(doubled).min(LONGEST_WAIT);
        queued.failures += 1;
        queued.under_way = false;
        queued.due = Some(Instant::now() + wait);
    }
}
