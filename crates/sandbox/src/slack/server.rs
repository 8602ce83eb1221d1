//! The HTTP side: finds the method, lets the faults speak first, then checks the token and carries the method out.

use std::io;
use std::sync::atomic::Ordering;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::time::Instant;

use super::answer::{Answer, ApiError};
use super::app::Standing;
use super::judge::{Act, Asked};
use super::limits::Tier;
use super::methods::{self, Call, Method, TokenKind};
use super::params::{Format, Params};
use super::world::World;
use super::{Slack, answers, dispatch, doors, forms, schema, socket};
use crate::kit::connection::{Door, Scissors};

impl Slack {
    /// Serves the Web API under `/api`, sockets, uploads and files, and delivers events, until the listener breaks.
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        if let Ok(address) = listener.local_addr() {
            self.look(|world| world.base = format!("http://{address}"));
        }
        let service = self
            .router()
            .into_make_service_with_connect_info::<Scissors>();
        let served = async { axum::serve(Door(listener), service).await };
        tokio::select! {
            ended = served => ended,
            never = dispatch::deliver(self.clone()) => match never {},
        }
    }

    fn router(&self) -> Router {
        Router::new()
            .route("/api/{method}", any(respond))
            .route("/link/", get(socket::open))
            .route("/upload/v1/{ticket}", post(doors::upload))
            .route("/files-pri/{team_and_file}/{*name}", get(doors::download))
            .route("/signin", get(doors::sign_in))
            .route("/response/{token}", post(answers::respond))
            .layer(DefaultBodyLimit::disable())
            .with_state(self.clone())
    }

    /// `/files/slack/<id>/<name>`: files as `FileView::url` names them, for a page to show.
    pub fn files_router(&self) -> Router {
        Router::new()
            .route("/files/slack/{file}/{*name}", get(doors::show))
            .with_state(self.clone())
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
        return answer_json(StatusCode::OK, &error);
    };
    let info = request.extensions().get::<ConnectInfo<Scissors>>();
    let scissors = info.map(|it| it.0.clone());
    let bearer = bearer(request.headers());
    let params = match forms::read(request).await {
        Ok(params) => params,
        Err(error) => return refusal(&error),
    };
    let token = bearer.or_else(|| params.text("token"));
    slack
        .call(method, &params, token.as_deref(), scissors)
        .await
}

pub(super) fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer")).then(|| token.trim().to_owned())
}

/// The answer that the faults give in the place of an upload or a download, if they do.
pub(super) async fn by_fault(
    slack: &Slack,
    method: &'static str,
    scissors: Option<Scissors>,
) -> Option<Response> {
    let asked = Asked {
        method,
        tier: Tier::None,
        channel: None,
    };
    let verdict = slack.look(|world| world.judge(asked, Instant::now()));
    if !verdict.latency.is_zero() {
        tokio::time::sleep(verdict.latency).await;
    }
    match verdict.act {
        Act::Pass => None,
        Act::Refuse(error) | Act::RefuseDone(error) => Some(slack.refuse(&error)),
        Act::Cut { .. } => Some(cut(scissors)),
        Act::Silence { .. } => std::future::pending().await,
        Act::Garble { .. } => Some("<html>".into_response()),
    }
}

impl Slack {
    async fn call(
        &self,
        method: &'static Method,
        params: &Params,
        token: Option<&str>,
        scissors: Option<Scissors>,
    ) -> Response {
        let channel = params.text("channel").or_else(|| params.text("channel_id"));
        let asked = Asked {
            method: method.name,
            tier: method.tier,
            channel: channel.as_deref(),
        };
        let verdict = self.look(|world| {
            let counters = &mut world.keeping.counters;
            counters.requests += 1;
            *counters
                .by_method
                .entry(method.name.to_owned())
                .or_default() += 1;
            world.judge(asked, Instant::now())
        });
        if !verdict.latency.is_zero() {
            tokio::time::sleep(verdict.latency).await;
        }
        match verdict.act {
            Act::Pass => {
                let answer = self.answer(method, params, token);
                self.written(method, params, answer)
            }
            Act::Refuse(error) => self.refuse(&error),
            Act::RefuseDone(error) => {
                let _ = self.answer(method, params, token);
                self.refuse(&error)
            }
            Act::Cut { accepted } => {
                self.answer_if(accepted, method, params, token);
                cut(scissors)
            }
            Act::Silence { accepted } => {
                self.answer_if(accepted, method, params, token);
                std::future::pending().await
            }
            Act::Garble { accepted } => {
                self.answer_if(accepted, method, params, token);
                written(StatusCode::OK, r#"{"ok":true,"channel":"C0"#.to_owned())
            }
        }
    }

    fn answer_if(&self, yes: bool, method: &'static Method, params: &Params, token: Option<&str>) {
        if yes {
            let _ = self.answer(method, params, token);
        }
    }

    fn answer(&self, method: &'static Method, params: &Params, token: Option<&str>) -> Answer {
        self.look(|world| world.check_token(method, token))?;
        self.check_arguments(method, params)?;
        let call = Call { params };
        let answer = match method.changes {
            true => self.change(|world| (method.run)(world, &call)),
            false => self.look(|world| (method.run)(world, &call)),
        };
        doors::share_later(self);
        answer
    }

    fn check_arguments(&self, method: &Method, params: &Params) -> Result<(), ApiError> {
        let found = schema::check(method.name, &method.shape, params);
        if found.is_empty() {
            return Ok(());
        }
        self.look(|world| world.violations.extend(found.iter().cloned()));
        match self.inner.strict.load(Ordering::Relaxed) {
            true => Err(ApiError::with_messages("invalid_arguments", &found)),
            false => Ok(()),
        }
    }

    fn written(&self, method: &Method, params: &Params, answer: Answer) -> Response {
        let mut body = match answer {
            Ok(body) => body,
            Err(error) => return self.refuse(&error),
        };
        body["ok"] = true.into();
        if params.format == Format::JsonWithoutCharset {
            body["warning"] = "missing_charset".into();
            body["response_metadata"]["warnings"] = json!(["missing_charset"]);
        }
        let mut response = answer_json(StatusCode::OK, &body);
        let scopes = self.look(|world| world.app.scope_list());
        let headers = response.headers_mut();
        if let Ok(scopes) = scopes.parse() {
            headers.insert("x-oauth-scopes", scopes);
        }
        if let Ok(scopes) = method.scopes.join(",").parse() {
            headers.insert("x-accepted-oauth-scopes", scopes);
        }
        response
    }

    fn refuse(&self, error: &ApiError) -> Response {
        self.look(|world| {
            let name = match error.status {
                200 => error.error.to_string(),
                status => status.to_string(),
            };
            *world.keeping.counters.errors.entry(name).or_default() += 1;
        });
        refusal(error)
    }
}

impl World {
    /// Which token this is, and whether it is good for this method.
    fn check_token(&self, method: &Method, token: Option<&str>) -> Result<(), ApiError> {
        if method.token == TokenKind::None {
            return Ok(());
        }
        let token = token.ok_or(ApiError::of("not_authed"))?;
        let kind = match token {
            it if it == self.tokens.bot => TokenKind::Bot,
            it if it == self.tokens.app => TokenKind::App,
            _ => return Err(ApiError::of("invalid_auth")),
        };
        match self.standing {
            Standing::Revoked => return Err(ApiError::of("token_revoked")),
            Standing::Inactive => return Err(ApiError::of("account_inactive")),
            Standing::Installed => {}
        }
        if kind != method.token {
            return Err(ApiError::of("not_allowed_token_type"));
        }
        Ok(())
    }

    /// Refuses where the app was not given the scope.
    pub(super) fn need(&self, scope: &str) -> Result<(), ApiError> {
        match self.app.scopes.contains(scope) {
            true => Ok(()),
            false => Err(ApiError::missing_scope(scope, self.app.scope_list())),
        }
    }
}

fn written(status: StatusCode, body: String) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
    (status, kind, body).into_response()
}

fn answer_json(status: StatusCode, body: &Value) -> Response {
    written(status, body.to_string())
}

fn refusal(error: &ApiError) -> Response {
    let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match error.status {
        // Its gateways answer so when the API itself is down: no JSON there.
        500.. => (status, "upstream error").into_response(),
        _ => answer_json(status, &error.body()),
    };
    let retry_after = error.retry_after.as_ref().and_then(|it| it.parse().ok());
    if let Some(retry_after) = retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, retry_after);
    }
    response
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
