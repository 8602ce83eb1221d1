//! The HTTP side: finds token and method, lets the faults speak first, then carries the method out.

use std::io;
use std::sync::atomic::Ordering;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::time::Instant;

use super::Telegram;
use super::answer::ApiError;
use super::faults::{Act, Asked};
use super::forms;
use super::methods::{self, How, Method};
use super::params::Params;
use super::{updates, webhook};
use crate::FileFault;
use crate::connection::{Door, Scissors};
use crate::forms::percent_decoded;

impl Telegram {
    /// `/bot<token>/<method>` and `/file/bot<token>/<path>`. Cut connections are clean only under `serve`:
    /// elsewhere a broken body stands for them.
    pub fn router(&self) -> Router {
        Router::new()
            .fallback(respond)
            .layer(DefaultBodyLimit::disable())
            .with_state(self.clone())
    }

    /// `/files/telegram/<path>`: attachments as `AttachmentView::url` names them, for a page to show.
    pub fn files_router(&self) -> Router {
        Router::new()
            .route("/files/telegram/{*path}", get(show_file))
            .with_state(self.clone())
    }

    /// Serves until the listener breaks.
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        let service = self
            .router()
            .into_make_service_with_connect_info::<Scissors>();
        axum::serve(Door(listener), service).await
    }
}

async fn show_file(
    State(telegram): State<Telegram>,
    axum::extract::Path(path): axum::extract::Path<String>,
) -> Response {
    match telegram.look(|world| world.files.contents(&path)) {
        Some((mime, bytes)) => ([(header::CONTENT_TYPE, mime)], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn respond(State(telegram): State<Telegram>, request: Request) -> Response {
    let path = percent_decoded(request.uri().path().as_bytes());
    if let Some(rest) = path.strip_prefix("/file/bot") {
        return telegram.download(rest);
    }
    let call = path.strip_prefix("/bot").and_then(|it| it.split_once('/'));
    let Some((token, method)) = call else {
        return refusal(&ApiError::not_found());
    };
    if !telegram.look(|world| world.bot.token == token) {
        return refusal(&ApiError::unauthorized());
    }
    match methods::find(method) {
        Some(method) => telegram.call(method, request).await,
        None => refusal(&ApiError::not_found()),
    }
}

impl Telegram {
    /// What comes in place of every file from now on.
    pub fn set_file_fault(&self, fault: Option<FileFault>) {
        self.look(|world| world.files.fault = fault);
    }

    fn download(&self, rest: &str) -> Response {
        if let Some(fault) = self.look(|world| world.files.fault.clone()) {
            return fault.answer();
        }
        let file = rest.split_once('/').and_then(|(token, path)| {
            self.look(|world| match world.bot.token == token {
                true => world.files.contents(path),
                false => None,
            })
        });
        match file {
            Some((_, bytes)) => {
                let kind = [(header::CONTENT_TYPE, "application/octet-stream")];
                (kind, bytes).into_response()
            }
            None => refusal(&ApiError::not_found()),
        }
    }

    async fn call(&self, method: &'static Method, request: Request) -> Response {
        let info = request.extensions().get::<ConnectInfo<Scissors>>();
        let scissors = info.map(|it| it.0.clone());
        let params = match forms::read(request).await {
            Ok(params) => params,
            Err(error) => return refusal(&error),
        };
        let text = params.text("text");
        let asked = Asked {
            method: method.name,
            chat: params.integer("chat_id"),
            text: text.as_deref(),
            posts: methods::posts(method.name, &params),
        };
        let verdict = self.look(|world| {
            let counters = &mut world.keeping.counters;
            counters.requests += 1;
            *counters.by_method.entry(method.name).or_default() += 1;
            world.judge(asked, Instant::now())
        });
        if !verdict.latency.is_zero() {
            tokio::time::sleep(verdict.latency).await;
        }
        match verdict.act {
            Act::Pass => self.answer(method, &params).await,
            Act::Refuse(error) => self.refuse(&error),
            Act::Cut { accepted } => {
                self.carry_out_if(accepted, method, &params).await;
                cut(scissors)
            }
            Act::Silence { accepted } => {
                self.carry_out_if(accepted, method, &params).await;
                std::future::pending().await
            }
            Act::Garble { accepted } => {
                self.carry_out_if(accepted, method, &params).await;
                json(
                    StatusCode::OK,
                    r#"{"ok":true,"result":{"message_id"#.to_owned(),
                )
            }
        }
    }

    async fn carry_out_if(&self, accepted: bool, method: &'static Method, params: &Params) {
        if accepted {
            let _ = self.answer(method, params).await;
        }
    }

    async fn answer(&self, method: &'static Method, params: &Params) -> Response {
        if let Err(error) = self.check_request(method.name, params) {
            return self.refuse(&error);
        }
        let result = match method.run {
            How::Now(run) if method.name.starts_with("get") => {
                text(self.look(|it| run(it, params)))
            }
            How::Now(run) => text(self.change(|it| run(it, params))),
            How::GetUpdates => updates::get_updates(self, params).await,
            How::SetWebhook => text(webhook::set(self, params)),
            How::DeleteWebhook => text(webhook::delete(self, params)),
        };
        match result {
            Ok(result) => {
                self.check_answer(method.name, &result);
                json(
                    StatusCode::OK,
                    format!(r#"{{"ok":true,"result":{result}}}"#),
                )
            }
            Err(error) => self.refuse(&error),
        }
    }

    fn refuse(&self, error: &ApiError) -> Response {
        self.look(|world| {
            let errors = &mut world.keeping.counters.errors;
            *errors.entry(error.code).or_default() += 1;
        });
        refusal(error)
    }

    fn check_request(&self, method: &str, params: &Params) -> Result<(), ApiError> {
        let Some(schema) = self.inner.schema.get() else {
            return Ok(());
        };
        let found = schema.check_request(method, params);
        let first = found.first().cloned();
        self.note_violations("request", found);
        match first.filter(|_| self.inner.strict.load(Ordering::Relaxed)) {
            Some(why) => Err(ApiError::bad(format!("not legal by the schema: {why}"))),
            None => Ok(()),
        }
    }

    fn check_answer(&self, method: &str, result: &str) {
        if let Some(schema) = self.inner.schema.get() {
            self.note_violations("our answer", schema.check_answer_text(method, result));
        }
    }

    fn note_violations(&self, whose: &str, found: Vec<String>) {
        if !found.is_empty() {
            let found = found.into_iter().map(|it| format!("{whose}: {it}"));
            self.look(|world| world.updates.violations.extend(found));
        }
    }
}

fn text(answer: Result<Value, ApiError>) -> Result<String, ApiError> {
    answer.map(|it| it.to_string())
}

fn json(status: StatusCode, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

fn refusal(error: &ApiError) -> Response {
    let status = StatusCode::from_u16(error.code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    json(status, error.body().to_string())
}

/// What follows is never seen: the first byte of it breaks the connection.
fn cut(scissors: Option<Scissors>) -> Response {
    match scissors {
        Some(scissors) => {
            scissors.cut();
            StatusCode::OK.into_response()
        }
        None => {
            let broken = Err::<String, _>(io::Error::from(io::ErrorKind::ConnectionReset));
            let body = Body::from_stream(futures::stream::iter([broken]));
            (StatusCode::OK, body).into_response()
        }
    }
}
