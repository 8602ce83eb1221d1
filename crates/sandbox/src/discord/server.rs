//! The HTTP side: finds the route, lets the faults and limits speak first, then carries it out.

use std::io;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::time::Instant;

use super::Discord;
use super::answer::{Answer, ApiError, Reply};
use super::call::Call;
use super::exchange::{Answered, Exchange};
use super::faults::{Act, Asked, Limited};
use super::forms;
use super::gateway;
use super::limits::{Limits, Told};
use super::routes::{self, Found, Route};
use crate::kit::connection::{Door, Scissors};
use crate::kit::forms::percent_decoded;

impl Discord {
    /// `/api/v10`, `/api`, the CDN's paths, and the gateway wherever a socket is asked for. Cut connections
    /// are clean only under `serve`: elsewhere a broken body stands for them.
    pub fn router(&self) -> Router {
        Router::new()
            .fallback(respond)
            .layer(DefaultBodyLimit::disable())
            .with_state(self.clone())
    }

    /// `/files/discord/<path>`: attachments and pictures as the view names them, for a page to show.
    pub fn files_router(&self) -> Router {
        Router::new()
            .route("/files/discord/{*path}", get(show_file))
            .with_state(self.clone())
    }

    /// Serves until the listener breaks. Links and the gateway's address name the listener, unless
    /// `set_public_url` said otherwise.
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        if self.look(|world| world.cdn.base.is_empty()) {
            self.set_public_url(&format!("http://{}", listener.local_addr()?));
        }
        let service = self
            .router()
            .into_make_service_with_connect_info::<Scissors>();
        axum::serve(Door(listener), service).await
    }

    /// Scheme, host and port under which callers reach it.
    pub fn set_public_url(&self, url: &str) {
        let url = url.trim_end_matches('/').to_owned();
        self.look(|world| world.cdn.base = url);
    }
}

async fn show_file(
    State(discord): State<Discord>,
    axum::extract::Path(path): axum::extract::Path<String>,
) -> Response {
    match discord.file(&path) {
        Some((mime, bytes)) => ([(header::CONTENT_TYPE, mime)], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn respond(State(discord): State<Discord>, request: Request) -> Response {
    if request.headers().contains_key(header::UPGRADE) {
        return gateway::connect(discord, request).await;
    }
    let path = request.uri().path().to_owned();
    let Some(below) = path.strip_prefix("/api") else {
        return discord.download(&path, request.uri().query().unwrap_or(""));
    };
    let below = below.strip_prefix("/v10").unwrap_or(below);
    match routes::find(request.method().as_str(), below) {
        Found::Route(route, call) => discord.call(route, call, below, request).await,
        Found::WrongMethod => discord.lost(&request, below, &ApiError::wrong_method()),
        Found::Nothing => discord.lost(&request, below, &ApiError::not_found()),
    }
}

impl Discord {
    fn download(&self, path: &str, query: &str) -> Response {
        if let Some(fault) = self.look(|world| world.cdn.fault.clone()) {
            return fault.answer();
        }
        let path = percent_decoded(path.trim_start_matches('/'));
        match self.look(|world| world.fetch(&path, query)) {
            Some((mime, bytes)) => ([(header::CONTENT_TYPE, mime)], bytes).into_response(),
            None => (
                StatusCode::NOT_FOUND,
                "This content is no longer available.",
            )
                .into_response(),
        }
    }

    async fn call(
        &self,
        route: &'static Route,
        mut call: Call,
        path: &str,
        request: Request,
    ) -> Response {
        let scissors = request.extensions().get::<ConnectInfo<Scissors>>();
        let scissors = scissors.map(|it| it.0.clone());
        let token = request.headers().get(header::AUTHORIZATION);
        let token = token.and_then(|it| it.to_str().ok()).map(str::to_owned);
        let mut exchange = Exchange {
            method: request.method().to_string(),
            path: path.to_owned(),
            query: request.uri().query().unwrap_or("").to_owned(),
            body: None,
            files: 0,
            answer: None,
        };
        if let Err(error) = forms::read(request, &mut call).await {
            return self.refuse(&error);
        }
        exchange.body = Some(call.body.clone()).filter(|it| !it.is_null());
        exchange.files = call.files.len();
        let now = Instant::now();
        let (verdict, told) = self.look(|world| world.admit(route, &call, now));
        if !verdict.latency.is_zero() {
            tokio::time::sleep(verdict.latency).await;
        }
        let allowed = route.open || self.look(|world| world.knows(token.as_deref()));
        let accepted = |accepted: bool| {
            if accepted && allowed {
                let _ = self.carry_out(route, &call, &mut exchange.clone());
            }
        };
        let mut response = match verdict.act {
            Act::Refuse(error) => self.refuse(&error),
            Act::Limit(limited) => self.limited(&limited),
            _ if !allowed => self.refuse(&ApiError::unauthorized()),
            Act::Pass => self.answer(self.carry_out(route, &call, &mut exchange), exchange),
            Act::Cut { accepted: done } => {
                accepted(done);
                cut(scissors)
            }
            Act::Silence { accepted: done } => {
                accepted(done);
                std::future::pending().await
            }
            Act::Garble { accepted: done } => {
                accepted(done);
                written(200, r#"{"id":"11"#.to_owned())
            }
        };
        if let Some(told) = told {
            told.write(response.headers_mut());
        }
        response
    }

    /// A request that has no place here is noticed even where nobody observes.
    fn lost(&self, request: &Request, path: &str, error: &ApiError) -> Response {
        let missing = format!("request: {} {path} is no route here", request.method());
        self.look(|world| world.violations.push(missing));
        self.refuse(error)
    }

    fn carry_out(&self, route: &Route, call: &Call, exchange: &mut Exchange) -> Answer {
        if let Some(why) = self.shown(exchange) {
            return Err(ApiError::form("_", "NOT_LEGAL_BY_THE_SCHEMA", &why));
        }
        match route.name.starts_with("GET ") {
            true => self.look(|world| (route.run)(world, call)),
            false => self.change(|world| (route.run)(world, call)),
        }
    }

    fn answer(&self, answer: Answer, mut exchange: Exchange) -> Response {
        let reply = answer.unwrap_or_else(|error| Reply {
            status: error.status,
            body: Some(error.body()),
        });
        self.count_error(reply.status);
        let text = reply.body.as_ref().map(Value::to_string);
        exchange.answer = Some(Answered {
            status: reply.status,
            body: reply.body,
        });
        // An answer is never refused: whoever asked must see it.
        let _ = self.shown(&exchange);
        match text {
            Some(text) => written(reply.status, text),
            None => status(reply.status).into_response(),
        }
    }

    fn count_error(&self, status: u16) {
        if status >= 300 {
            self.look(|world| {
                let errors = &mut world.keeping.counters.errors;
                *errors.entry(status).or_default() += 1;
            });
        }
    }

    fn refuse(&self, error: &ApiError) -> Response {
        self.count_error(error.status);
        refusal(error)
    }

    fn limited(&self, limited: &Limited) -> Response {
        self.count_error(429);
        if limited.from_proxy {
            let page = "<html><head><title>error code: 1015</title></head></html>";
            let kind = [(header::CONTENT_TYPE, "text/html")];
            let mut response = (StatusCode::TOO_MANY_REQUESTS, kind, page).into_response();
            limited.write(response.headers_mut());
            return response;
        }
        let honest = || limited.remaining.as_millis() as f64 / 1_000.0;
        let retry_after = match &limited.says {
            None => json!(honest()),
            Some(says) => says.parse::<f64>().map_or(json!(says), |it| json!(it)),
        };
        let body = json!({
            "message": "You are being rate limited.",
            "retry_after": retry_after,
            "global": limited.global,
            "code": 0,
        });
        let mut response = written(429, body.to_string());
        limited.write(response.headers_mut());
        response
    }
}

impl super::world::World {
    fn knows(&self, token: Option<&str>) -> bool {
        let token = token.and_then(|it| it.strip_prefix("Bot "));
        !self.bot.revoked && token == Some(self.bot.token.as_str())
    }

    /// Counts the request, and says what becomes of it and what its headers tell.
    fn admit(
        &mut self,
        route: &'static Route,
        call: &Call,
        now: Instant,
    ) -> (super::faults::Verdict, Option<Told>) {
        let asked = self.asked(route.name, call);
        let counters = &mut self.keeping.counters;
        counters.requests += 1;
        *counters.by_route.entry(route.name).or_default() += 1;
        let mut verdict = self.judge(asked, now);
        if let Act::Limit(limited) = &verdict.act {
            let told = (!limited.from_proxy).then(|| Limits::free(asked));
            return (verdict, told);
        }
        if !verdict.real_limits {
            return (verdict, Some(Limits::free(asked)));
        }
        match self.limits.take(asked, now) {
            Ok(told) => (verdict, Some(told)),
            Err((told, limited)) => {
                let until = now + limited.remaining;
                self.faults.note_wait(asked, until, limited.global);
                verdict.act = Act::Limit(limited);
                (verdict, Some(told))
            }
        }
    }

    fn asked(&self, route: &'static str, call: &Call) -> Asked {
        let webhook = call.id("webhook_id").ok();
        let by_webhook = || Some(self.webhooks.get(&webhook?)?.channel);
        let thread = call.asked_id("thread_id").ok().flatten();
        let channel = call.id("channel_id").ok().or(thread).or_else(by_webhook);
        let place = channel.and_then(|it| self.channels.get(&it));
        Asked {
            route,
            channel,
            parent: place.and_then(|it| it.parent).or_else(by_webhook),
            major: webhook.or(channel).unwrap_or(0),
        }
    }
}

fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn written(code: u16, body: String) -> Response {
    (
        status(code),
        [(header::CONTENT_TYPE, "application/json")],
        body,
    )
        .into_response()
}

fn refusal(error: &ApiError) -> Response {
    written(error.status, error.body().to_string())
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
