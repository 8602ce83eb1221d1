//! Calls of the Bot API over one pool of kept-alive connections. **Invariant:** the token is in the address
//! and nowhere else, and no address leaves this file.
//!
//! What is said is teloxide-core's (`Payload`), how it is carried is ours. Its own transport (read in 0.13,
//! `net/request.rs`) sleeps 10 s after each 5xx before it tells, calls a request that never went out and one
//! whose answer was lost by one name, `Network`, although only the second may not simply be repeated, and has
//! no timeout for a single request. Its forms cannot be had without that transport; they name no media type and
//! no length, and a file that cannot be read is one more `Network`. So uploads are forms of ours, too.

use std::sync::Arc;
use std::time::Duration;

use calls::{Transit, Upload, body_of, client, one_line};
use conversation::Secrets;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::multipart::Form;
use reqwest::{Response, StatusCode, Url};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use teloxide_core::requests::Payload;

use crate::errors::{CallError, Refusal};
use crate::settings::{Settings, SettingsError};

/// How much longer than Telegram we wait for the end of a long poll.
const POLL_SLACK: Duration = Duration::from_secs(5);
#[derive(Clone)]
pub(crate) struct Api {
    client: reqwest::Client,
    methods: Arc<str>,
    files: Url,
    secrets: Secrets,
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
        let client = client(reqwest::Client::builder())?;
        let server = settings.api_url.trim_end_matches('/');
        let token = settings.token.expose();
        Ok(Api {
            client,
            methods: format!("{server}/bot{token}/").into(),
            files: calls::server(&format!("{server}/file/bot{token}/"))?,
            secrets: Secrets::of(settings.secrets()),
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
        let response = calls::answer(self.client.get(url), self.request_timeout).await?;
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
        let call = self.client.post(url);
        let response = match &request.body {
            RequestBody::Json(body) => {
                let call = call.header(CONTENT_TYPE, "application/json");
                calls::send(call.body(body.clone()).timeout(timeout)).await?
            }
            RequestBody::Form { fields, files } => {
                let fields = fields.iter().cloned();
                let form = fields.fold(Form::new(), |form, (name, value)| form.text(name, value));
                calls::send_form(call, timeout, form, files).await?
            }
        };
        if !response.status().is_success() {
            return Err(self.failure(response).await);
        }
        let body = body_of(response).await?;
        let answer: Answer<'_> = serde_json::from_slice(&body)
            .map_err(|_| Transit::no_answer("the answer is not Telegram's JSON"))?;
        match answer.result {
            Some(result) if answer.ok => Ok(result.to_owned()),
            _ => Err(self.refusal(answer, 200).unwrap_or_else(says_nothing)),
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
            Ok(answer) => self.refusal(answer, status).unwrap_or(foreign),
            Err(_) => foreign,
        }
    }

    /// None where nothing says no: neither a code, nor words and the status.
    fn refusal(&self, answer: Answer<'_>, status: u16) -> Option<CallError> {
        let has_words = !answer.description.trim().is_empty();
        let status = has_words.then_some(i64::from(status));
        let code = answer.error_code.or(status).filter(|it| *it >= 400)?;
        let description = match has_words {
            true => one_line(&answer.description, &self.secrets),
            false => "no reason is given".to_owned(),
        };
        let parameters = answer.parameters;
        (!answer.ok).then_some(CallError::Answered(Refusal {
            code,
            description,
            parameters,
        }))
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

fn says_nothing() -> CallError {
    Transit::no_answer("the answer says neither yes nor no").into()
}

fn read<T: DeserializeOwned>(result: &RawValue) -> Result<T, CallError> {
    serde_json::from_str(result.get())
        .map_err(|_| Transit::no_answer("the answer is not what the method returns").into())
}

fn retry_after_header(response: &Response) -> Option<Duration> {
    let header = response.headers().get(RETRY_AFTER)?;
    header.to_str().ok()?.parse().ok().map(Duration::from_secs)
}
