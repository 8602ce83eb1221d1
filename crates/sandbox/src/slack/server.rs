//! The HTTP side: finds the method, lets the faults speak first, then checks the token and carries the method out.

use std::io;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::time::Instant;

use super::answer::{Answer, ApiError, Checked};
use super::app::Standing;
use super::faults::{Asked, RetryAfter, too_many};
use super::methods::{self, Method, TokenKind};
use super::params::{self, Format, Params};
use super::world::{Slack, World};
use super::{answers, dispatch, doors, schema, socket};
use crate::kit::{Act, Scissors, Verdict, shell};

impl Slack {
    /// Serves the Web API under `/api`, sockets, uploads and files, and delivers events, until the listener breaks.
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        if let Ok(address) = listener.local_addr() {
            self.look(|world| world.base = format!("http://{address}"));
        }
        let router = Router::new()
            .route("/api/{method}", any(respond))
            .route("/link/", get(socket::open))
            .route("/upload/v1/{ticket}", post(doors::upload))
            .route("/files-pri/{team_and_file}/{*name}", get(doors::download))
            .route("/signin", get(doors::sign_in))
            .route("/response/{token}", post(answers::respond))
            .layer(DefaultBodyLimit::disable())
            .with_state(self.clone());
        tokio::select! {
            ended = shell::serve(router, listener) => ended,
            never = dispatch::deliver(self) => match never {},
        }
    }

    async fn call(
        &self,
        method: &'static Method,
        params: &Params,
        token: Option<&str>,
        scissors: Option<Scissors>,
    ) -> Response {
        let verdict = self.look(|world| world.admit(method, params));
        let carry_out = async || match self.answer(method, params, token) {
            Ok(body) => self.written(method, params, body),
            Err(error) => self.refuse(&error),
        };
        let refuse = |error| self.refuse(&error);
        let garbled = r#"{"ok":true,"channel":"C0"#;
        verdict.answer(scissors, carry_out, refuse, garbled).await
    }

    fn answer(&self, method: &'static Method, params: &Params, token: Option<&str>) -> Answer {
        self.look(|world| world.check_token(method, token))?;
        self.check_arguments(method, params)?;
        let answer = match method.changes {
            true => self.change(|world| (method.run)(world, params)),
            false => self.look(|world| (method.run)(world, params)),
        };
        doors::share_later(self);
        answer
    }

    fn check_arguments(&self, method: &Method, params: &Params) -> Checked {
        let found = schema::check(method.name, &method.shape, params);
        match self.look(|world| world.kit.wrong(found.iter().cloned())) {
            Some(_) => Err(ApiError::with_messages("invalid_arguments", &found)),
            None => Ok(()),
        }
    }

    fn written(&self, method: &Method, params: &Params, mut body: Value) -> Response {
        body["ok"] = true.into();
        if params.format == Format::JsonWithoutCharset {
            body["warning"] = "missing_charset".into();
            body["response_metadata"]["warnings"] = json!(["missing_charset"]);
        }
        let mut response = json(200, &body);
        let given = self.look(|world| world.app.scope_list());
        let accepted = method.scopes.replace(' ', ",");
        for (name, scopes) in [
            ("x-oauth-scopes", given),
            ("x-accepted-oauth-scopes", accepted),
        ] {
            if let Ok(scopes) = scopes.parse() {
                response.headers_mut().insert(name, scopes);
            }
        }
        response
    }

    pub(super) fn refuse(&self, error: &ApiError) -> Response {
        self.look(|world| {
            let name = match error.status {
                200 => error.error.to_string(),
                status => status.to_string(),
            };
            *world.kit.counters.errors.entry(name).or_default() += 1;
        });
        refusal(error)
    }
}

async fn respond(
    State(slack): State<Slack>,
    Path(name): Path<String>,
    request: Request,
) -> Response {
    let Some(method) = methods::find(&name) else {
        let mut error = ApiError::of("unknown_method").body();
        error["req_method"] = name.into();
        return json(200, &error);
    };
    let scissors = shell::scissors(&request);
    let bearer = doors::bearer(request.headers());
    let params = match params::read(request).await {
        Ok(params) => params,
        Err(error) => return refusal(&error),
    };
    let token = bearer.or_else(|| params.text("token"));
    let call = slack.call(method, &params, token.as_deref(), scissors);
    call.await
}

impl World {
    /// Counts the call, and says what becomes of it.
    fn admit(&mut self, method: &Method, params: &Params) -> Verdict<ApiError> {
        let counters = &mut self.kit.counters;
        counters.requests += 1;
        let name = method.name.to_owned();
        *counters.by_method.entry(name).or_default() += 1;
        self.judge(Asked {
            method: method.name,
            tier: method.tier,
            channel: params.text("channel").or_else(|| params.text("channel_id")),
        })
    }

    pub(super) fn judge(&mut self, asked: Asked) -> Verdict<ApiError> {
        let now = Instant::now();
        let mut verdict = self.kit.judge(&asked, now);
        if verdict.is_paced() {
            let channel = asked.channel.as_deref();
            let taken = self.limits.take(asked.method, asked.tier, channel, now);
            if let Err(until) = taken {
                self.kit.board.note_wait(asked.wait(), until);
                let error = too_many(until - now, RetryAfter::Honest);
                verdict.act = Act::Refuse(error, false);
            }
        }
        verdict
    }

    /// Which token this is, and whether it is good for this method.
    fn check_token(&self, method: &Method, token: Option<&str>) -> Checked {
        if method.token == TokenKind::None {
            return Ok(());
        }
        let kind = match token.ok_or("not_authed")? {
            it if it == self.tokens.bot => TokenKind::Bot,
            it if it == self.tokens.app => TokenKind::App,
            _ => return Err(ApiError::of("invalid_auth")),
        };
        match self.standing {
            Standing::Revoked => Err(ApiError::of("token_revoked")),
            Standing::Inactive => Err(ApiError::of("account_inactive")),
            Standing::Installed if kind != method.token => {
                Err(ApiError::of("not_allowed_token_type"))
            }
            Standing::Installed => Ok(()),
        }
    }

    /// Refuses where the app was not given the scope.
    pub(super) fn need(&self, scope: &str) -> Checked {
        refuse!(!self.app.scopes.contains(scope) => ApiError::missing_scope(scope, self.app.scope_list()));
        Ok(())
    }
}

fn json(status: u16, body: &Value) -> Response {
    shell::typed(status, "application/json; charset=utf-8", body.to_string())
}

fn refusal(error: &ApiError) -> Response {
    let mut response = match error.status {
        // Its gateways answer so when the API itself is down: no JSON there.
        500.. => (shell::status(error.status), "upstream error").into_response(),
        status => json(status, &error.body()),
    };
    let retry_after = error.retry_after.as_ref().and_then(|it| it.parse().ok());
    if let Some(retry_after) = retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, retry_after);
    }
    response
}
