//! Calls of the Web API over one pool of kept-alive connections. **Invariant:** tokens go to the configured server
//! and to its own subdomains, in a header, and no address leaves this file.
//!
//! How it is carried is ours, and not slack-morphism's: its client (read in 2.31, `hyper_tokio/connector.rs`) takes a
//! file as one `Vec`, has no timeout for a single request, calls a request that never went out and one whose
//! answer was lost by the same name, and reads answers into types that refuse what they do not know, so that
//! a new field could make a message look lost that was posted.

use std::path::Path;
use std::time::{Duration, Instant};

use calls::{Transit, body_of, client, is_at_home, one_line};
use conversation::Secrets;
use reqwest::header::{self, HeaderMap};
use reqwest::{RequestBuilder, Response, StatusCode, Url};
use serde_json::Value;

use crate::errors::{CallError, Refusal, retry_after};
use crate::method::{CONNECTIONS_OPEN, Method, POST};
use crate::pace::{Counted, Pacer};
use crate::settings::{Secret, Settings, SettingsError};

const NOT_SLACKS: &str = "the answer is neither Slack's yes nor its no";

/// The parameters of a method. Sent as a form, which each method of Slack understands; JSON only some do.
pub(crate) type Form = Vec<(&'static str, String)>;

pub(crate) struct Api {
    client: reqwest::Client,
    methods: String,
    home: Url,
    bot_token: Secret,
    app_token: Secret,
    secrets: Secrets,
    timeout: Duration,
    pacer: Pacer,
}

impl std::fmt::Debug for Api {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Api").finish_non_exhaustive()
    }
}

impl Api {
    pub(crate) fn new(settings: &Settings) -> Result<Api, SettingsError> {
        let client = client(reqwest::Client::builder().http1_only())?;
        let home = calls::server(&settings.api_url)?;
        Ok(Api {
            client,
            methods: format!("{}/", settings.api_url.trim_end_matches('/')),
            home,
            bot_token: settings.bot_token.clone(),
            app_token: settings.app_token.clone(),
            secrets: Secrets::of(settings.secrets()),
            timeout: Duration::from_secs(settings.request_timeout_s),
            pacer: Pacer::new(settings.pace.per_channel_per_s),
        })
    }

    /// The whole answer, once Slack said `"ok": true`.
    pub(crate) async fn call(
        &self,
        method: &'static Method,
        form: Form,
    ) -> Result<Value, CallError> {
        let counted = self.make_room(method, &form)?;
        let token = match method == CONNECTIONS_OPEN {
            true => &self.app_token,
            false => &self.bot_token,
        };
        let call = self
            .client
            .post(format!("{}{}", self.methods, method.name))
            .bearer_auth(token.expose())
            .form(&form)
            .timeout(self.timeout);
        let answer = self.answer(call).await;
        if let Err(CallError::Limited(wait)) = answer {
            self.pacer.block(counted, wait, Instant::now());
        }
        answer
    }

    /// For what makes a message by another way than `chat.postMessage`.
    pub(crate) fn room_to_post(&self, channel: &str) -> Result<(), CallError> {
        let room = self.pacer.post(channel, Instant::now());
        room.map_err(CallError::Limited)
    }

    /// Nothing sleeps here: the core keeps the schedule.
    fn make_room(&self, method: &'static Method, form: &Form) -> Result<Counted, CallError> {
        let now = Instant::now();
        let channel = form.iter().find(|(name, _)| *name == "channel");
        if let Some((_, channel)) = channel.filter(|_| method == POST) {
            self.pacer.post(channel, now).map_err(CallError::Limited)?;
            return Ok(Counted::Channel(channel.clone()));
        }
        let room = self.pacer.call(method.name, method.per_minute, now);
        room.map_err(CallError::Limited)?;
        Ok(Counted::Method(method.name))
    }

    async fn answer(&self, call: RequestBuilder) -> Result<Value, CallError> {
        let response = calls::send(call).await?;
        let status = response.status();
        let headers = response.headers().clone();
        if status == StatusCode::TOO_MANY_REQUESTS {
            return Err(CallError::Limited(asked_to_wait(&headers)));
        }
        match understood(status, body_of(response).await, &self.secrets) {
            Err(error) if error.is("ratelimited") => {
                Err(CallError::Limited(asked_to_wait(&headers)))
            }
            answer => answer,
        }
    }

    /// To an address that Slack handed out, which lets in whoever has it.
    pub(crate) async fn upload(&self, to: &str, path: &Path) -> Result<(), CallError> {
        let url = self.own(to)?;
        let call = self
            .client
            .post(url)
            .header(header::CONTENT_TYPE, "application/octet-stream");
        let response = calls::send_file(call, self.timeout, path).await?;
        successful(response).map(drop)
    }

    /// By an address that came with what somebody did, which lets in whoever has it.
    pub(crate) async fn respond(&self, to: &str, body: &Value) -> Result<(), CallError> {
        let call = self.client.post(self.own(to)?).json(body);
        let response = calls::answer(call, self.timeout).await?;
        let answered = match successful(response) {
            Ok(response) => accepted(body_of(response).await?, &self.secrets),
            Err(error) => Err(error),
        };
        answered.map_err(|error| match error {
            // It was used up, or its time is over.
            CallError::Foreign(404 | 410) => CallError::Answered(Refusal {
                error: "expired_url".to_owned(),
                ..Refusal::default()
            }),
            other => other,
        })
    }

    /// A file that needs our token, and so lies on Slack's own servers.
    pub(crate) async fn download(&self, from: &str) -> Result<Response, CallError> {
        let call = self
            .client
            .get(self.own(from)?)
            .bearer_auth(self.bot_token.expose());
        let response = calls::answer(call, self.timeout).await?;
        match response.status() {
            StatusCode::OK => Ok(response),
            StatusCode::TOO_MANY_REQUESTS => {
                Err(CallError::Limited(asked_to_wait(response.headers())))
            }
            status => Err(CallError::Foreign(status.as_u16())),
        }
    }

    /// A request for a WebSocket, over the same client: one set of certificates and of timeouts.
    pub(crate) async fn upgrade(&self, to: &str, key: &str) -> Result<Response, CallError> {
        let to = match to.strip_prefix("ws") {
            Some(rest) => format!("http{rest}"),
            None => to.to_owned(),
        };
        let call = self
            .client
            .get(self.own(&to)?)
            .header(header::CONNECTION, "Upgrade")
            .header(header::UPGRADE, "websocket")
            .header(header::SEC_WEBSOCKET_VERSION, "13")
            .header(header::SEC_WEBSOCKET_KEY, key);
        Ok(calls::answer(call, self.timeout).await?)
    }

    /// The configured server and its subdomains.
    fn own(&self, address: &str) -> Result<Url, CallError> {
        let url = Url::parse(address).map_err(|_| CallError::Elsewhere)?;
        match is_at_home(&url, &self.home) {
            true => Ok(url),
            false => Err(CallError::Elsewhere),
        }
    }
}

fn successful(response: Response) -> Result<Response, CallError> {
    match response.status() {
        status if status.is_success() => Ok(response),
        StatusCode::TOO_MANY_REQUESTS => Err(CallError::Limited(asked_to_wait(response.headers()))),
        status => Err(CallError::Foreign(status.as_u16())),
    }
}

fn asked_to_wait(headers: &HeaderMap) -> Duration {
    let header = headers.get(header::RETRY_AFTER);
    retry_after(header.and_then(|it| it.to_str().ok()))
}

/// An address that takes words says so in one, and may say no in the body all the same.
fn accepted(body: Vec<u8>, secrets: &Secrets) -> Result<(), CallError> {
    let answer = serde_json::from_slice::<Value>(&body).unwrap_or_default();
    match refusal(&answer, secrets) {
        Some(refusal) => Err(CallError::Answered(refusal)),
        None => Ok(()),
    }
}

/// A no without a code is nobody's: Slack gives one with each, and what may have been done is in doubt.
fn understood(
    status: StatusCode,
    body: Result<Vec<u8>, Transit>,
    secrets: &Secrets,
) -> Result<Value, CallError> {
    let answer = body.and_then(|body| {
        serde_json::from_slice::<Value>(&body).map_err(|_| Transit::no_answer(NOT_SLACKS))
    });
    if let Some(refusal) = answer.as_ref().ok().and_then(|it| refusal(it, secrets)) {
        return Err(CallError::Answered(refusal));
    }
    if !status.is_success() {
        return Err(CallError::Foreign(status.as_u16()));
    }
    match answer? {
        answer if answer["ok"] == true => Ok(answer),
        _ => Err(Transit::no_answer(NOT_SLACKS).into()),
    }
}

fn refusal(answer: &Value, secrets: &Secrets) -> Option<Refusal> {
    let text = |value: &Value| one_line(value.as_str().unwrap_or_default().trim(), secrets);
    let error = text(&answer["error"]);
    if answer["ok"] != false || error.is_empty() {
        return None;
    }
    let messages = answer["response_metadata"]["messages"].as_array();
    let messages = messages.into_iter().flatten().map(text);
    Some(Refusal {
        error,
        needed: text(&answer["needed"]),
        provided: text(&answer["provided"]),
        messages: one_line(&messages.collect::<Vec<_>>().join(" "), secrets),
    })
}

#[cfg(test)]
mod tests;
