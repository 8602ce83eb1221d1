//! Calls of Discord's REST interface over one pool of kept-alive connections. **Invariant:** no request goes out
//! before its limit allows, and no address, which may hold a webhook's token, leaves this file.
//!
//! Ours because serenity's client (read and tried in 0.12.5) ignores its proxy address while its own limiter is on,
//! and with it off tells of a 429 without saying how long to wait; and it calls a request that never went out and
//! one whose answer was lost by one name, although only the second may not simply be repeated.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use calls::{Transit, Upload, body_of, one_line};
use conversation::{Secrets, Timestamp};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};
use reqwest::multipart::{Form, Part};
use reqwest::{Method, Response, StatusCode, Url};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};

use crate::errors::{CallError, Refusal};
use crate::limits::{Limiter, RouteKey, Said};
use crate::settings::{Secret, Settings, SettingsError};

/// In the form that Discord asks programs for.
const USER_AGENT: &str = concat!("DiscordBot (causeway, ", env!("CARGO_PKG_VERSION"), ")");

pub(crate) struct Rest {
    client: reqwest::Client,
    server: Url,
    token: Secret,
    timeout: Duration,
    limiter: Limiter,
    /// Discord's clock less ours, in milliseconds.
    ahead_ms: AtomicI64,
}

impl std::fmt::Debug for Rest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rest").finish_non_exhaustive()
    }
}

/// One request, without its server.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Call {
    /// The method and the path, with `{}` for each id: what shares a limit, beside its first id.
    pub(crate) route: &'static str,
    pub(crate) ids: Vec<String>,
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) json: Option<String>,
    /// With these it becomes a form, and the JSON a field of it.
    pub(crate) files: Vec<Upload>,
}

impl Call {
    pub(crate) fn new(route: &'static str, ids: &[&(dyn ToString + Sync)]) -> Call {
        Call {
            route,
            ids: ids.iter().map(|it| it.to_string()).collect(),
            query: Vec::new(),
            json: None,
            files: Vec::new(),
        }
    }

    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Call {
        self.query.push((name, value.to_string()));
        self
    }

    #[must_use]
    pub(crate) fn with_json(mut self, body: &impl Serialize) -> Call {
        let json = serde_json::to_string(body);
        self.json = Some(json.expect("bodies are structs of strings, numbers and lists"));
        self
    }

    #[must_use]
    pub(crate) fn with_files(mut self, files: Vec<Upload>) -> Call {
        self.files = files;
        self
    }

    fn json_part(&self) -> Part {
        let part = Part::text(self.json.clone().unwrap_or_default());
        part.mime_str("application/json")
            .expect("it is a media type")
    }

    fn method(&self) -> Method {
        let word = self.route.split(' ').next().unwrap_or_default();
        Method::from_bytes(word.as_bytes()).unwrap_or(Method::GET)
    }

    /// Whoever holds a webhook's or an interaction's token needs no other.
    fn carries_its_own_token(&self) -> bool {
        let path = self.route.split(' ').nth(1).unwrap_or_default();
        path.starts_with("/webhooks/{}/{}") || path.starts_with("/interactions/")
    }

    /// A token has limits of its own: all interactions bear the same first id.
    fn key(&self) -> RouteKey {
        let ids = if self.carries_its_own_token() { 2 } else { 1 };
        let mut hasher = DefaultHasher::new();
        self.ids
            .iter()
            .take(ids)
            .for_each(|it| it.hash(&mut hasher));
        RouteKey {
            route: self.route,
            major: hasher.finish(),
        }
    }

    fn url(&self, server: &Url) -> Url {
        let mut url = server.clone();
        let mut ids = self.ids.iter();
        let path = self.route.split(' ').nth(1).unwrap_or_default();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty();
            for segment in path.split('/').filter(|it| !it.is_empty()) {
                match segment {
                    "{}" => segments.extend(ids.next()),
                    fixed => segments.push(fixed),
                };
            }
        }
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        url
    }
}

/// Discord's words about a refusal, and about a limit.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Answer {
    code: u64,
    message: String,
    errors: Option<serde_json::Value>,
    retry_after: Option<f64>,
    global: bool,
}

impl Rest {
    pub(crate) fn new(settings: &Settings) -> Result<Rest, SettingsError> {
        let client = reqwest::Client::builder().user_agent(USER_AGENT);
        Ok(Rest {
            client: calls::client(client)?,
            server: calls::server(&settings.api_url)?,
            token: settings.token.clone(),
            timeout: Duration::from_secs(settings.request_timeout_s),
            limiter: Limiter::default(),
            ahead_ms: AtomicI64::new(0),
        })
    }

    /// By Discord's clock, as its last answer told it.
    pub(crate) fn now(&self) -> Timestamp {
        let ahead = self.ahead_ms.load(Ordering::Relaxed);
        Timestamp(calls::now().0.saturating_add(ahead))
    }

    /// Reads no more of the answer than `T`, so that nothing new in it can make a message look lost that was posted.
    pub(crate) async fn call_for<T: DeserializeOwned>(&self, call: &Call) -> Result<T, CallError> {
        let body = self.call(call).await?;
        serde_json::from_slice(&body).map_err(|_| CallError::Unreadable)
    }

    pub(crate) async fn call(&self, call: &Call) -> Result<Vec<u8>, CallError> {
        let key = call.key();
        let room = self.limiter.take(&key, Instant::now());
        room.map_err(CallError::TooEarly)?;
        let response = self.send(call).await?;
        self.set_clock(response.headers());
        self.read(call, response).await
    }

    async fn send(&self, call: &Call) -> Result<Response, Transit> {
        let mut request = self.client.request(call.method(), call.url(&self.server));
        if !call.carries_its_own_token() {
            request = request.header(AUTHORIZATION, format!("Bot {}", self.token.expose()));
        }
        if !call.files.is_empty() {
            let form = Form::new().part("payload_json", call.json_part());
            return calls::send_form(request, self.timeout, form, &call.files).await;
        }
        if let Some(json) = &call.json {
            request = request
                .header(CONTENT_TYPE, "application/json")
                .body(json.clone());
        }
        calls::send(request.timeout(self.timeout)).await
    }

    async fn read(&self, call: &Call, response: Response) -> Result<Vec<u8>, CallError> {
        let key = &call.key();
        let status = response.status();
        let headers = response.headers().clone();
        let body = body_of(response).await;
        if status.is_success() {
            let said = said(&headers, &Answer::default());
            self.limiter
                .learn(key, status.as_u16(), &said, Instant::now());
            return returned(status, body?);
        }
        let status = status.as_u16();
        let answer = body
            .ok()
            .and_then(|it| serde_json::from_slice::<Answer>(&it).ok());
        let has_words = answer.as_ref().is_some_and(|it| !it.message.is_empty());
        let is_ours = has_words && status >= 400;
        let answer = answer.unwrap_or_default();
        let mut said = said(&headers, &answer);
        // Discord's own 429 is JSON. What stands before it turns away our address, and so all that we ask.
        said.is_global |= !is_ours;
        if let Some(wait) = self.limiter.learn(key, status, &said, Instant::now()) {
            return Err(CallError::TooEarly(wait));
        }
        match is_ours {
            true => Err(self.refused(call, status, &answer)),
            false => Err(CallError::Foreign { status }),
        }
    }

    fn refused(&self, call: &Call, status: u16, answer: &Answer) -> CallError {
        let details = answer.errors.as_ref().map(|it| format!(": {it}"));
        let message = format!("{}{}", answer.message, details.unwrap_or_default());
        CallError::Answered(Refusal {
            status,
            code: answer.code,
            message: one_line(&message, &self.secrets(call)),
        })
    }

    /// What the call may have been made with.
    fn secrets(&self, call: &Call) -> Secrets {
        let own = call.ids.get(1).filter(|_| call.carries_its_own_token());
        Secrets::of(
            [self.token.expose()]
                .into_iter()
                .chain(own.map(String::as_str)),
        )
    }

    fn set_clock(&self, headers: &HeaderMap) {
        let date = headers.get(DATE).and_then(|it| it.to_str().ok());
        let parser = jiff::fmt::rfc2822::DateTimeParser::new();
        if let Some(date) = date.and_then(|it| parser.parse_timestamp(it).ok()) {
            let ahead = date.as_millisecond().saturating_sub(calls::now().0);
            // The header is whole seconds: less than two are no difference.
            let ahead = if ahead.abs() < 2000 { 0 } else { ahead };
            self.ahead_ms.store(ahead, Ordering::Relaxed);
        }
    }

    /// The address is Discord's word, and only its own hosts are asked.
    pub(crate) async fn download(&self, url: Url) -> Result<Response, CallError> {
        let response = calls::answer(self.client.get(url), self.timeout).await?;
        let status = response.status().as_u16();
        match status {
            200 => Ok(response),
            _ => Err(CallError::Foreign { status }),
        }
    }

    pub(crate) fn server(&self) -> &Url {
        &self.server
    }
}

/// What succeeds returns JSON, or says that there is nothing: a page of a proxy says neither.
fn returned(status: StatusCode, body: Vec<u8>) -> Result<Vec<u8>, CallError> {
    let is_json = || serde_json::from_slice::<IgnoredAny>(&body).is_ok();
    match status == StatusCode::NO_CONTENT || is_json() {
        true => Ok(body),
        false => Err(CallError::Unreadable),
    }
}

fn said(headers: &HeaderMap, answer: &Answer) -> Said {
    let text = |name: &str| headers.get(name).and_then(|it| it.to_str().ok());
    let number = |name: &str| text(name).and_then(|it| it.parse::<f64>().ok());
    Said {
        bucket: text("x-ratelimit-bucket").map(str::to_owned),
        remaining: text("x-ratelimit-remaining").and_then(|it| it.parse().ok()),
        reset_after: number("x-ratelimit-reset-after"),
        retry_after: answer.retry_after.or_else(|| number(RETRY_AFTER.as_str())),
        is_global: answer.global || text("x-ratelimit-global").is_some(),
        is_shared: text("x-ratelimit-scope") == Some("shared"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// An edit, a delete or a reaction would else count as done.
    #[test]
    fn what_is_neither_json_nor_nothing_is_no_success() {
        for (status, body, is_success) in [
            (204, "", true),
            (200, r#"{"id":"1"}"#, true),
            (200, "[]", true),
            (200, "", false),
            (200, "<html>Welcome</html>", false),
            (202, "OK", false),
        ] {
            let status = StatusCode::from_u16(status).unwrap();
            let outcome = returned(status, body.as_bytes().to_vec());
            assert_eq!(outcome.is_ok(), is_success, "{status} {body}");
        }
    }

    #[test]
    fn an_address_is_made_of_its_route_and_nothing_else() {
        let server = "https://discord.com/api/v10".parse().unwrap();
        let call = Call::new("GET /channels/{}/messages/{}", &[&1, &"../2?x"]).with("a", "b c");
        assert_eq!(
            call.url(&server).as_str(),
            "https://discord.com/api/v10/channels/1/messages/..%2F2%3Fx?a=b+c"
        );
        assert_eq!(call.method(), Method::GET);
        assert!(!call.carries_its_own_token());
        let webhook = Call::new("POST /webhooks/{}/{}", &[&1, &"token"]);
        assert!(webhook.carries_its_own_token());
    }

    #[test]
    fn a_channel_and_a_token_have_limits_of_their_own() {
        let channel =
            |id: u64, message: u64| Call::new("GET /channels/{}/messages/{}", &[&id, &message]);
        assert_eq!(channel(1, 2).key(), channel(1, 3).key());
        assert_ne!(channel(1, 2).key(), channel(2, 2).key());
        let asker = |token: &'static str| Call::new("POST /webhooks/{}/{}", &[&1, &token]);
        assert_eq!(asker("a").key(), asker("a").key());
        assert_ne!(asker("a").key(), asker("b").key());
    }
}
