//! Calls of the Bot API over one pool of kept-alive connections. **Invariant:** the token is in the address
//! and nowhere else, and no address leaves this file.
//!
//! What is said is teloxide-core's (`Payload`), how it is carried is ours. Its own transport (read in 0.13,
//! `net/request.rs`) sleeps 10 s after each 5xx before it tells, calls a request that never went out and one
//! whose answer was lost by one name, `Network`, although only the second may not simply be repeated, and has
//! no timeout for a single request. Its forms cannot be had without that transport; they name no media type and
//! no length, and a file that cannot be read is one more `Network`. So uploads are forms of ours, too.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::{StreamExt, TryStreamExt};
use reqwest::multipart::{Form, Part};
use reqwest::{Body, RequestBuilder, Response, StatusCode, Url};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use teloxide_core::requests::Payload;
use tokio_util::io::ReaderStream;

use crate::errors::{CallError, Refusal};
use crate::settings::{Secret, Settings, SettingsError};

/// An answer beyond this is no answer of Telegram's.
const LONGEST_ANSWER: usize = 64 << 20;
/// In characters; Telegram's are a sentence.
const LONGEST_DESCRIPTION: usize = 300;
/// The slowest upload that we wait for, in bytes per second.
const SLOWEST_UPLOAD: u64 = 64 << 10;
/// How much longer than Telegram we wait for the end of a long poll.
const POLL_SLACK: Duration = Duration::from_secs(5);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Shorter than servers keep theirs, so that a connection is seldom closed just as it is used.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

#[derive(Clone)]
pub(crate) struct Api {
    client: reqwest::Client,
    methods: Arc<str>,
    files: Url,
    token: Secret,
    request_timeout: Duration,
}

impl std::fmt::Debug for Api {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Api").finish_non_exhaustive()
    }
}

/// A method with its parameters, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: &'static str,
    pub(crate) body: RequestBody,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RequestBody {
    Json(String),
    Form {
        fields: Vec<(&'static str, String)>,
        files: Vec<Upload>,
    },
}

/// A file that is streamed from disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Upload {
    pub(crate) field: String,
    pub(crate) path: PathBuf,
    pub(crate) name: String,
    pub(crate) mime: Option<String>,
}

#[derive(Deserialize)]
struct Answer<'a> {
    ok: bool,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    error_code: Option<i64>,
    #[serde(default)]
    description: String,
    parameters: Option<Value>,
}

impl Api {
    pub(crate) fn new(settings: &Settings) -> Result<Api, SettingsError> {
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .pool_idle_timeout(IDLE_TIMEOUT)
            .tcp_nodelay(true)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| SettingsError {
                key: "api_url",
                problem: format!("no HTTP client can be made: {error}"),
            })?;
        let server = settings.api_url.trim_end_matches('/');
        let token = settings.token.expose();
        let files = format!("{server}/file/bot{token}/").parse();
        Ok(Api {
            client,
            methods: format!("{server}/bot{token}/").into(),
            files: files.map_err(|_| SettingsError {
                key: "api_url",
                problem: "is no address".to_owned(),
            })?,
            token: settings.token.clone(),
            request_timeout: Duration::from_secs(settings.request_timeout_s),
        })
    }

    /// For methods whose answer is as simple as `True`.
    pub(crate) async fn call<P>(&self, payload: &P) -> Result<P::Output, CallError>
    where
        P: Payload<Output: DeserializeOwned> + Serialize,
    {
        self.call_for(&Request::of(payload)).await
    }

    /// Reads no more of the answer than `T`, so that nothing new in it can make a message look lost that
    /// was posted.
    pub(crate) async fn call_for<T: DeserializeOwned>(
        &self,
        request: &Request,
    ) -> Result<T, CallError> {
        let result = self.call_raw(request, self.request_timeout).await?;
        read(&result)
    }

    /// The updates as they came, each to be read alone. Telegram holds an empty answer for `wait`.
    pub(crate) async fn updates(
        &self,
        request: &Request,
        wait: Duration,
    ) -> Result<Vec<Box<RawValue>>, CallError> {
        let result = self.call_raw(request, wait + POLL_SLACK).await?;
        read(&result)
    }

    /// Whatever the path says, nothing outside of the bot's own folder is asked for.
    pub(crate) async fn download(&self, path: &str) -> Result<Response, CallError> {
        let mut url = self.files.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            // It skips `.` and `..`, and encodes what else would lead elsewhere.
            segments.pop_if_empty().extend(path.split('/'));
        }
        let response = self.client.get(url).send().await;
        let response = response.map_err(CallError::of_transport)?;
        match response.status() {
            StatusCode::OK => Ok(response),
            _ => Err(self.failure(response).await),
        }
    }

    async fn call_raw(
        &self,
        request: &Request,
        timeout: Duration,
    ) -> Result<Box<RawValue>, CallError> {
        let url = format!("{}{}", self.methods, request.method);
        let call = self.client.post(url).timeout(timeout);
        let broken_file = Arc::new(AtomicBool::new(false));
        let call = match &request.body {
            RequestBody::Json(body) => call
                .header(reqwest::header::CONTENT_TYPE, "application/json")
                .body(body.clone()),
            RequestBody::Form { fields, files } => {
                upload(call, timeout, fields, files, &broken_file).await?
            }
        };
        let response = call.send().await.map_err(|error| {
            if broken_file.load(Ordering::Relaxed) {
                return CallError::File("it changed or broke off while it was sent".to_owned());
            }
            CallError::of_transport(error)
        })?;
        if !response.status().is_success() {
            return Err(self.failure(response).await);
        }
        let body = body_of(response).await?;
        let answer: Answer<'_> = serde_json::from_slice(&body)
            .map_err(|_| CallError::NoAnswer("the answer is not Telegram's JSON".to_owned()))?;
        match answer.result {
            Some(result) if answer.ok => Ok(result.to_owned()),
            _ if answer.ok => Err(CallError::NoAnswer("the answer is empty".to_owned())),
            _ => Err(self.refused(answer, 200)),
        }
    }

    /// Telegram's own words, if they are its own.
    async fn failure(&self, response: Response) -> CallError {
        let status = response.status().as_u16();
        let wait = retry_after_header(&response);
        let foreign = CallError::Foreign { status, wait };
        let Ok(body) = body_of(response).await else {
            return foreign;
        };
        match serde_json::from_slice::<Answer<'_>>(&body) {
            Ok(answer) => self.refused(answer, status),
            Err(_) => foreign,
        }
    }

    fn refused(&self, answer: Answer<'_>, status: u16) -> CallError {
        CallError::Answered(Refusal {
            code: answer.error_code.unwrap_or(i64::from(status)),
            description: self.one_line(&answer.description),
            parameters: answer.parameters,
        })
    }

    /// For logs and people: whoever answers may repeat our address, and is not to write our log.
    fn one_line(&self, description: &str) -> String {
        let token = self.token.expose();
        let line = description
            .replace(token, "…")
            .replace(&token.replace(':', "%3A"), "…")
            .replace(char::is_control, " ");
        line.chars().take(LONGEST_DESCRIPTION).collect()
    }
}

impl Request {
    pub(crate) fn of<P: Payload + Serialize>(payload: &P) -> Request {
        Request {
            method: P::NAME,
            body: RequestBody::Json(json(payload)),
        }
    }
}

pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("parameters are structs of strings, numbers and lists")
}

async fn upload(
    call: RequestBuilder,
    timeout: Duration,
    fields: &[(&'static str, String)],
    files: &[Upload],
    broken_file: &Arc<AtomicBool>,
) -> Result<RequestBuilder, CallError> {
    let mut form = Form::new();
    for (name, value) in fields {
        form = form.text(*name, value.clone());
    }
    let mut bytes = 0;
    for file in files {
        let (part, size) = part(file, broken_file).await?;
        form = form.part(file.field.clone(), part);
        bytes += size;
    }
    let timeout = timeout + Duration::from_secs(bytes / SLOWEST_UPLOAD);
    Ok(call.timeout(timeout).multipart(form))
}

async fn part(file: &Upload, broken: &Arc<AtomicBool>) -> Result<(Part, u64), CallError> {
    let unreadable = |error: std::io::Error| CallError::File(format!("{}: {error}", file.name));
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
    let part = match &file.mime {
        Some(mime) => part
            .mime_str(mime)
            .map_err(|_| CallError::File(format!("{mime} is no media type")))?,
        None => part,
    };
    Ok((part, size))
}

async fn body_of(mut response: Response) -> Result<Vec<u8>, CallError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(cut_off)? {
        if body.len() + chunk.len() > LONGEST_ANSWER {
            return Err(CallError::NoAnswer("the answer has no end".to_owned()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The request had arrived, whatever became of its answer.
fn cut_off(error: reqwest::Error) -> CallError {
    CallError::NoAnswer(error.without_url().to_string())
}

fn read<T: DeserializeOwned>(result: &RawValue) -> Result<T, CallError> {
    serde_json::from_str(result.get())
        .map_err(|_| CallError::NoAnswer("the answer is not what the method returns".to_owned()))
}

fn retry_after_header(response: &Response) -> Option<Duration> {
    let header = response.headers().get(reqwest::header::RETRY_AFTER)?;
    header.to_str().ok()?.parse().ok().map(Duration::from_secs)
}
