//! Calls of Discord's REST interface over one pool of kept-alive connections. **Invariant:** no request goes out
//! before its limit allows, and no address, which may hold a webhook's token, leaves this file.
//!
//! Ours because serenity's client (read and tried in 0.12.5) ignores its proxy address while its own limiter is on,
//! and with it off tells of a 429 without saying how long to wait; and it calls a request that never went out and
//! one whose answer was lost by one name, although only the second may not simply be repeated.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use conversation::Timestamp;
use futures::{StreamExt, TryStreamExt};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};
use reqwest::multipart::{Form, Part};
use reqwest::{Body, Method, RequestBuilder, Response, Url};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio_util::io::ReaderStream;

use crate::errors::{CallError, Refusal};
use crate::limits::{Limiter, RouteKey, Said};
use crate::settings::{Secret, Settings, SettingsError};

/// An answer beyond this is no answer of Discord's.
const LONGEST_ANSWER: usize = 64 << 20;
/// In characters; Discord's are a sentence, or a list of fields.
const LONGEST_MESSAGE: usize = 300;
/// The slowest upload that we wait for, in bytes per second.
const SLOWEST_UPLOAD: u64 = 64 << 10;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Shorter than servers keep theirs, so that a connection is seldom closed just as it is used.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);
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

/// A file that is streamed from disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Upload {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
    pub(crate) mime: Option<String>,
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

    fn method(&self) -> Method {
        let word = self.route.split(' ').next().unwrap_or_default();
        Method::from_bytes(word.as_bytes()).unwrap_or(Method::GET)
    }

    /// Whoever holds a webhook's or an interaction's token needs no other.
    fn carries_its_own_token(&self) -> bool {
        let path = self.route.split(' ').nth(1).unwrap_or_default();
        path.starts_with("/webhooks/{}/{}") || path.starts_with("/interactions/")
    }

    fn key(&self) -> RouteKey {
        RouteKey {
            route: self.route,
            major: self.ids.first().and_then(|it| it.parse().ok()).unwrap_or(0),
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
        let wrong = |problem: String| SettingsError {
            key: "api_url",
            problem,
        };
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .pool_idle_timeout(IDLE_TIMEOUT)
            .tcp_nodelay(true)
            .user_agent(USER_AGENT)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| wrong(format!("no HTTP client can be made: {error}")))?;
        let server = settings.api_url.parse();
        Ok(Rest {
            client,
            server: server.map_err(|_| wrong("is no address".to_owned()))?,
            token: settings.token.clone(),
            timeout: Duration::from_secs(settings.request_timeout_s),
            limiter: Limiter::default(),
            ahead_ms: AtomicI64::new(0),
        })
    }

    /// By Discord's clock, as its last answer told it.
    pub(crate) fn now(&self) -> Timestamp {
        let ahead = self.ahead_ms.load(Ordering::Relaxed);
        Timestamp(our_clock_ms().saturating_add(ahead))
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
        let broken_file = Arc::new(AtomicBool::new(false));
        let request = self.request(call, &broken_file).await?;
        let response = request.send().await.map_err(|error| {
            if broken_file.load(Ordering::Relaxed) {
                return CallError::File("it changed or broke off while it was sent".to_owned());
            }
            CallError::of_transport(error)
        })?;
        self.set_clock(response.headers());
        self.read(&key, response).await
    }

    async fn request(
        &self,
        call: &Call,
        broken_file: &Arc<AtomicBool>,
    ) -> Result<RequestBuilder, CallError> {
        let mut request = self.client.request(call.method(), call.url(&self.server));
        if !call.carries_its_own_token() {
            request = request.header(AUTHORIZATION, format!("Bot {}", self.token.expose()));
        }
        if !call.files.is_empty() {
            return self.form(request, call, broken_file).await;
        }
        if let Some(json) = &call.json {
            request = request
                .header(CONTENT_TYPE, "application/json")
                .body(json.clone());
        }
        Ok(request.timeout(self.timeout))
    }

    async fn form(
        &self,
        request: RequestBuilder,
        call: &Call,
        broken_file: &Arc<AtomicBool>,
    ) -> Result<RequestBuilder, CallError> {
        let json = Part::text(call.json.clone().unwrap_or_default());
        let json = json
            .mime_str("application/json")
            .unwrap_or_else(|_| Part::text(""));
        let mut form = Form::new().part("payload_json", json);
        let mut bytes = 0;
        for (number, file) in call.files.iter().enumerate() {
            let (part, size) = part(file, broken_file).await?;
            form = form.part(format!("files[{number}]"), part);
            bytes += size;
        }
        let timeout = self.timeout + Duration::from_secs(bytes / SLOWEST_UPLOAD);
        Ok(request.timeout(timeout).multipart(form))
    }

    async fn read(&self, key: &RouteKey, response: Response) -> Result<Vec<u8>, CallError> {
        let status = response.status();
        let headers = response.headers().clone();
        let body = body_of(response).await;
        if status.is_success() {
            let said = said(&headers, &Answer::default());
            self.limiter
                .learn(key, status.as_u16(), &said, Instant::now());
            return body;
        }
        let status = status.as_u16();
        let answer = body
            .ok()
            .and_then(|it| serde_json::from_slice::<Answer>(&it).ok());
        let is_ours = answer.as_ref().is_some_and(|it| !it.message.is_empty());
        let answer = answer.unwrap_or_default();
        let mut said = said(&headers, &answer);
        // Discord's own 429 is JSON. What stands before it turns away our address, and so all that we ask.
        said.is_global |= !is_ours;
        if let Some(wait) = self.limiter.learn(key, status, &said, Instant::now()) {
            return Err(CallError::TooEarly(wait));
        }
        match is_ours {
            true => Err(self.refused(status, &answer)),
            false => Err(CallError::Foreign { status }),
        }
    }

    fn refused(&self, status: u16, answer: &Answer) -> CallError {
        let details = answer.errors.as_ref().map(|it| format!(": {it}"));
        let message = format!("{}{}", answer.message, details.unwrap_or_default());
        CallError::Answered(Refusal {
            status,
            code: answer.code,
            message: self.one_line(&message),
        })
    }

    /// For logs and people: whoever answers may repeat our token, and is not to write our log.
    fn one_line(&self, message: &str) -> String {
        let line = message
            .replace(self.token.expose(), "…")
            .replace(char::is_control, " ");
        line.chars().take(LONGEST_MESSAGE).collect()
    }

    fn set_clock(&self, headers: &HeaderMap) {
        let date = headers.get(DATE).and_then(|it| it.to_str().ok());
        let parser = jiff::fmt::rfc2822::DateTimeParser::new();
        if let Some(date) = date.and_then(|it| parser.parse_timestamp(it).ok()) {
            let ahead = date.as_millisecond().saturating_sub(our_clock_ms());
            // The header is whole seconds: less than two are no difference.
            let ahead = if ahead.abs() < 2000 { 0 } else { ahead };
            self.ahead_ms.store(ahead, Ordering::Relaxed);
        }
    }

    /// The address is Discord's word, and only its own hosts are asked.
    pub(crate) async fn download(&self, url: Url) -> Result<Response, CallError> {
        let response = tokio::time::timeout(self.timeout, self.client.get(url).send()).await;
        let response = response
            .map_err(|_| CallError::NoAnswer("it took too long".to_owned()))?
            .map_err(CallError::of_transport)?;
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

fn our_clock_ms() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

async fn part(file: &Upload, broken: &Arc<AtomicBool>) -> Result<(Part, u64), CallError> {
    let unreadable = |error: std::io::Error| CallError::File(error.to_string());
    let handle = tokio::fs::File::open(&file.path)
        .await
        .map_err(unreadable)?;
    let size = handle.metadata().await.map_err(unreadable)?.len();
    let broken = Arc::clone(broken);
    let bytes = ReaderStream::with_capacity(handle, 64 << 10)
        .inspect_err(move |_| broken.store(true, Ordering::Relaxed))
        .boxed();
    let part =
        Part::stream_with_length(Body::wrap_stream(bytes), size).file_name(file.name.clone());
    // What is no media type is left for Discord to find out.
    match &file.mime {
        Some(mime) if mime.parse::<reqwest::header::HeaderValue>().is_ok() => {
            let typed = part.mime_str(mime);
            typed
                .map(|it| (it, size))
                .map_err(|_| CallError::File(format!("{mime} is no media type")))
        }
        _ => Ok((part, size)),
    }
}

async fn body_of(mut response: Response) -> Result<Vec<u8>, CallError> {
    // The request had arrived, whatever became of its answer.
    let cut_off = |error: reqwest::Error| CallError::NoAnswer(error.without_url().to_string());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(cut_off)? {
        if body.len() + chunk.len() > LONGEST_ANSWER {
            return Err(CallError::NoAnswer("the answer has no end".to_owned()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
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

    #[test]
    fn an_address_is_made_of_its_route_and_nothing_else() {
        let server = "https://discord.com/api/v10".parse().unwrap();
        let call = Call::new("GET /channels/{}/messages/{}", &[&1, &"../2?x"]).with("a", "b c");
        assert_eq!(
            call.url(&server).as_str(),
            "https://discord.com/api/v10/channels/1/messages/..%2F2%3Fx?a=b+c"
        );
        assert_eq!(call.method(), Method::GET);
        assert_eq!(call.key().major, 1);
        assert!(!call.carries_its_own_token());
        let webhook = Call::new("POST /webhooks/{}/{}", &[&1, &"token"]);
        assert!(webhook.carries_its_own_token());
    }
}
