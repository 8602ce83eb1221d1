//! The HTTP side: finds token and method, lets the faults speak first, then carries the method out.

use std::io;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::response::Response;
use serde_json::{Map, Value};
use tokio::net::TcpListener;
use tokio::time::Instant;

use super::answer::{Answer, ApiError, Checked};
use super::chat::ChatKind;
use super::faults::Asked;
use super::given::Seen;
use super::methods::{self, How, Method};
use super::params::{self, Params};
use super::webhook;
use super::world::{Telegram, World};
use crate::kit::forms::percent_decoded;
use crate::kit::{Act, FileFault, Verdict, shell, whole_seconds};

impl Telegram {
    /// `/bot<token>/<method>` and `/file/bot<token>/<path>`. Cut connections are clean only under `serve`:
    /// elsewhere a broken body stands for them.
    pub fn router(&self) -> Router {
        Router::new()
            .fallback(respond)
            .layer(DefaultBodyLimit::disable())
            .with_state(self.clone())
    }

    /// Serves until the listener breaks.
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        shell::serve(self.router(), listener).await
    }

    /// What comes in place of every file from now on.
    pub fn set_file_fault(&self, fault: Option<FileFault>) {
        self.look(|world| world.files.fault = fault);
    }

    /// The published names of all methods that the stand-in knows.
    pub fn methods() -> impl Iterator<Item = &'static str> {
        methods::METHODS.iter().map(|method| method.name)
    }

    fn download(&self, rest: &str) -> Response {
        if let Some(fault) = self.look(|world| world.files.fault.clone()) {
            return fault.answer();
        }
        let named = rest.split_once('/');
        let file = named.and_then(|(token, path)| {
            self.look(|world| {
                world
                    .files
                    .contents(path)
                    .filter(|_| world.bot.token == token)
            })
        });
        match file {
            Some((_, bytes)) => shell::typed(200, "application/octet-stream", bytes),
            None => refusal(&ApiError::not_found()),
        }
    }

    async fn call(&self, method: &'static Method, request: Request) -> Response {
        let scissors = shell::scissors(&request);
        let params = match params::read(request).await {
            Ok(params) => params,
            Err(error) => return refusal(&error),
        };
        let verdict = self.look(|world| world.judge(method, &params, Instant::now()));
        let carry_out = async || match self.answer(method, &params).await {
            Ok(result) => shell::json(200, format!(r#"{{"ok":true,"result":{result}}}"#)),
            Err(error) => self.refuse(&error),
        };
        let garbled = r#"{"ok":true,"result":{"message_id"#;
        let refuse = |error| self.refuse(&error);
        verdict.answer(scissors, carry_out, refuse, garbled).await
    }

    async fn answer(&self, method: &'static Method, params: &Params) -> Checked<String> {
        let name = method.name;
        if let Some(why) = self.show("request", || Seen::Request(name, params.given())) {
            return Err(format!("not legal by the schema: {why}").into());
        }
        let text = |answer: Answer| answer.map(|it| it.to_string());
        let result = match method.run {
            How::Now(run) if name.starts_with("get") => text(self.look(|it| run(it, params))),
            How::Now(run) => text(self.change(|it| run(it, params))),
            How::Send(kind) => text(self.change(|it| methods::send_file(it, params, kind))),
            How::GetUpdates => get_updates(self, params).await,
            How::SetWebhook => text(webhook::set(self, params)),
            How::DeleteWebhook => text(webhook::delete(self, params)),
        }?;
        let parsed = || serde_json::from_str(&result).unwrap_or_default();
        // An answer is never refused: whoever asked must see it.
        let _ = self.show("our answer", || Seen::Answer(name, parsed()));
        Ok(result)
    }

    fn show(&self, whose: &str, seen: impl FnOnce() -> Seen) -> Option<String> {
        self.look(|world| world.show(whose, seen))
    }

    fn refuse(&self, error: &ApiError) -> Response {
        self.look(|world| *world.kit.counters.errors.entry(error.code).or_default() += 1);
        refusal(error)
    }
}

async fn respond(State(telegram): State<Telegram>, request: Request) -> Response {
    let path = percent_decoded(request.uri().path());
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

impl World {
    /// What becomes of a request before its method is looked at.
    fn judge(&mut self, method: &Method, params: &Params, now: Instant) -> Verdict<ApiError> {
        let asked = Asked {
            method: method.name,
            chat: params.integer("chat_id"),
            text: params.text("text"),
            posts: methods::posts(method.name, params),
        };
        let counters = &mut self.kit.counters;
        counters.requests += 1;
        *counters.by_method.entry(method.name).or_default() += 1;
        let mut verdict = self.kit.judge(&asked, now);
        let posts_to = asked.chat.filter(|_| asked.posts > 0 && verdict.is_paced());
        if let Some(chat) = posts_to {
            let kind = self.chats.get(&chat).map(|it| it.kind);
            let is_group = kind.is_some_and(|it| it != ChatKind::Private);
            if let Err(until) = self.limits.take(chat, is_group, asked.posts, now) {
                self.kit.board.note_wait(chat, until);
                let error = ApiError::too_many(whole_seconds(until - now));
                verdict.act = Act::Refuse(error, false);
            }
        }
        verdict
    }
}

fn refusal(error: &ApiError) -> Response {
    shell::json(error.code, error.body().to_string())
}

const LONGEST_POLL_S: i64 = 50;

/// The `result` of `getUpdates`, as JSON text.
pub(super) async fn get_updates(telegram: &Telegram, params: &Params) -> Checked<String> {
    let number = |name: &str, usual| params.integer(name).unwrap_or(usual);
    let limit = number("limit", 100).clamp(1, 100) as usize;
    let timeout = number("timeout", 0).clamp(0, LONGEST_POLL_S) as u64;
    let deadline = Instant::now() + Duration::from_secs(timeout);
    let turn = telegram.look(|world| world.updates.begin(params))?;
    telegram.ring();
    let batch = telegram.until(|world| match world.updates.batch(turn, limit).transpose() {
        Some(batch) => Ok(batch),
        None if Instant::now() >= deadline => Ok(Ok("[]".to_owned())),
        None => Err(Some(deadline)),
    });
    batch.await
}

impl Telegram {
    /// Hands the bot an update of any shape, under the next id; no observer is asked.
    pub fn raw_update(&self, fields: &Map<String, Value>) -> i64 {
        self.change(|world| world.updates.push_raw(fields))
    }

    /// Queries of pressed buttons that the bot answered, with what whoever pressed saw.
    pub fn answered_queries(&self) -> Vec<(String, String)> {
        self.look(|world| world.answered.clone())
    }

    /// Updates that the bot has not confirmed yet.
    pub fn pending_updates(&self) -> usize {
        self.look(|world| world.updates.queue.len())
    }
}
