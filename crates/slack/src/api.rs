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
mod tests {
    #![allow(clippy::unwrap_used)]

    use calls::Repeated;

    use super::*;
    use crate::settings::{Mode, Pace};

    fn api(url: &str) -> Api {
        Api::new(&Settings {
            bot_token: Secret::new("xoxb-1"),
            mode: Mode::Socket,
            app_token: Secret::new("xapp-1"),
            signing_secret: Secret::new(""),
            api_url: url.to_owned(),
            request_timeout_s: 1,
            ping_every_s: 1,
            max_upload_bytes: 1,
            max_download_bytes: 1,
            pace: Pace {
                per_channel_per_s: 0,
            },
        })
        .unwrap()
    }

    /// Nothing of these says that Slack did not do it, unless the status does.
    #[test]
    fn an_answer_that_says_neither_yes_nor_no_is_no_refusal() {
        let page = "<html>Oh no.</html>";
        for (status, body, post, edit) in [
            (200, r#"{"ok":false}"#, "Uncertain", "Unavailable"),
            (
                200,
                r#"{"ok":false,"error":""}"#,
                "Uncertain",
                "Unavailable",
            ),
            (
                200,
                r#"{"ok":false,"error":" \n"}"#,
                "Uncertain",
                "Unavailable",
            ),
            (200, r#"{"ok":false,"error":7}"#, "Uncertain", "Unavailable"),
            (
                200,
                r#"{"ok":false,"error":null}"#,
                "Uncertain",
                "Unavailable",
            ),
            (200, r#"{"ok":"no"}"#, "Uncertain", "Unavailable"),
            (200, "{}", "Uncertain", "Unavailable"),
            (200, "[]", "Uncertain", "Unavailable"),
            (200, "", "Uncertain", "Unavailable"),
            (200, page, "Uncertain", "Unavailable"),
            (500, r#"{"ok":false}"#, "Uncertain", "Unavailable"),
            (502, page, "Uncertain", "Unavailable"),
            (503, page, "Unavailable", "Unavailable"),
            (400, r#"{"ok":false}"#, "Unavailable", "Unavailable"),
            (403, page, "Unavailable", "Unavailable"),
            (302, "", "Unavailable", "Unavailable"),
            (
                200,
                r#"{"ok":false,"error":"msg_too_long"}"#,
                "Refused",
                "Refused",
            ),
            (
                400,
                r#"{"ok":false,"error":"msg_too_long"}"#,
                "Refused",
                "Refused",
            ),
        ] {
            let status = StatusCode::from_u16(status).unwrap();
            let body_of = Ok(body.as_bytes().to_vec());
            let error = understood(status, body_of, &Secrets::default()).unwrap_err();
            for (repeated, expected) in [(Repeated::Doubles, post), (Repeated::IsHarmless, edit)] {
                let next = format!("{:?}", error.clone().into_send_error(repeated));
                assert!(next.starts_with(expected), "{status} {body}: {next}");
            }
        }
    }

    #[test]
    fn what_an_address_answers_is_read() {
        let of = |body: &str| accepted(body.as_bytes().to_vec(), &Secrets::default());
        for body in ["ok", "", r#"{"ok":true}"#, "<html>"] {
            assert!(of(body).is_ok(), "{body}");
        }
        let refused = of(r#"{"ok":false,"error":"invalid_blocks"}"#).unwrap_err();
        assert!(refused.is("invalid_blocks"));
    }

    #[test]
    fn tokens_go_to_the_configured_server_alone() {
        let (slack, local) = (api("https://slack.com/api"), api("http://127.0.0.1:1/api"));
        for (api, address, is_own) in [
            (&slack, "https://slack.com/api/x", true),
            (
                &slack,
                "https://files.slack.com/files-pri/T1-F1/x.png",
                true,
            ),
            (
                &slack,
                "http://files.slack.com/files-pri/T1-F1/x.png",
                false,
            ),
            (&slack, "https://evilslack.com/x", false),
            (&slack, "https://slack.com.evil.example/x", false),
            (&slack, "https://slack.com@evil.example/x", false),
            (&slack, "file:///etc/passwd", false),
            (&slack, "https://slack.com:8443/x", false),
            (&local, "http://127.0.0.1:1/files/F1", true),
            (&local, "http://127.0.0.1:2/files/F1", false),
            (&local, "https://files.slack.com/x", false),
        ] {
            assert_eq!(api.own(address).is_ok(), is_own, "{address}");
        }
    }
}
