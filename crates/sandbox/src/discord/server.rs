//! The HTTP side: finds the route, lets the faults and limits speak first, then carries it out.

use std::io;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::time::Instant;

use super::answer::{Answer, ApiError, Reply};
use super::call::Call;
use super::exchange::{Answered, Exchange};
use super::faults::{Asked, Limited, Refusal};
use super::gateway;
use super::limits::{Limits, Told};
use super::routes::{self, Found, Route};
use super::world::{Discord, World};
use crate::kit::{Act, Verdict, forms, shell};

impl Discord {
    /// Serves `/api/v10`, `/api`, the CDN's paths, and the gateway wherever a socket is asked for, until the listener
    /// breaks. Links and the gateway's address name the listener, unless `set_public_url` said otherwise.
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        if self.look(|world| world.cdn.base.is_empty()) {
            self.set_public_url(&format!("http://{}", listener.local_addr()?));
        }
        let router = Router::new().fallback(respond);
        let router = router.layer(DefaultBodyLimit::disable());
        shell::serve(router.with_state(self), listener).await
    }

    /// Scheme, host and port under which callers reach it.
    pub fn set_public_url(&self, url: &str) {
        let url = url.trim_end_matches('/').to_owned();
        self.look(|world| world.cdn.base = url);
    }

    fn download(&self, path: &str, query: &str) -> Response {
        if let Some(fault) = self.look(|world| world.cdn.fault.clone()) {
            return fault.answer();
        }
        let path = forms::percent_decoded(path.trim_start_matches('/'));
        let gone = "This content is no longer available.";
        match self.look(|world| world.fetch(&path, query)) {
            Some(file) => shell::file(file),
            None => (StatusCode::NOT_FOUND, gone).into_response(),
        }
    }

    async fn call(&self, route: &'static Route, mut call: Call, request: Request) -> Response {
        let scissors = shell::scissors(&request);
        let token = request.headers().get(header::AUTHORIZATION);
        let token = token.and_then(|it| it.to_str().ok()).map(str::to_owned);
        let uri = request.uri();
        let mut exchange = Exchange {
            method: request.method().to_string(),
            path: below(uri.path()).unwrap_or_default().to_owned(),
            query: uri.query().unwrap_or("").to_owned(),
            body: None,
            files: 0,
            answer: None,
        };
        if let Err(error) = call.read(request).await {
            return self.refuse(Refusal::Error(error));
        }
        exchange.body = Some(call.body.clone()).filter(|it| !it.is_null());
        exchange.files = call.files.len();
        let (mut verdict, told) = self.look(|world| world.admit(route, &call, Instant::now()));
        let allowed = route.open || self.look(|world| world.knows(token.as_deref()));
        if !allowed && !matches!(verdict.act, Act::Refuse(..)) {
            verdict.act = Act::Refuse(Refusal::Error(ApiError::UNAUTHORIZED), false);
        }
        let carry_out = async || self.answer(self.carry_out(route, &call, &exchange), exchange);
        let refuse = |it| self.refuse(it);
        let answer = verdict.answer(scissors, carry_out, refuse, r#"{"id":"11"#);
        let mut response = answer.await;
        if let Some(told) = told {
            told.write(response.headers_mut());
        }
        response
    }

    /// A request that has no place here is noticed even where nobody observes.
    fn lost(&self, request: &Request, path: &str, error: ApiError) -> Response {
        let missing = format!("request: {} {path} is no route here", request.method());
        self.look(|world| world.kit.violations.push(missing));
        self.refuse(Refusal::Error(error))
    }

    fn carry_out(&self, route: &Route, call: &Call, exchange: &Exchange) -> Answer {
        if let Some(why) = self.look(|world| world.kit.show("request", exchange)) {
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
        let _ = self.look(|world| world.kit.show("our answer", &exchange));
        match text {
            Some(text) => shell::json(reply.status, text),
            None => shell::status(reply.status).into_response(),
        }
    }

    fn count_error(&self, status: u16) {
        if status >= 300 {
            self.look(|world| *world.kit.counters.errors.entry(status).or_default() += 1);
        }
    }

    fn refuse(&self, refusal: Refusal) -> Response {
        match refusal {
            Refusal::Error(error) => {
                self.count_error(error.status);
                shell::json(error.status, error.body().to_string())
            }
            Refusal::Limit(limited) => {
                self.count_error(429);
                let mut response = limited_answer(&limited);
                limited.write(response.headers_mut());
                response
            }
        }
    }
}

async fn respond(State(discord): State<Discord>, request: Request) -> Response {
    if request.headers().contains_key(header::UPGRADE) {
        return gateway::socket::connect(discord, request).await;
    }
    let path = request.uri().path().to_owned();
    let Some(below) = below(&path) else {
        return discord.download(&path, request.uri().query().unwrap_or(""));
    };
    match routes::find(request.method().as_str(), below) {
        Found::Route(route, call) => discord.call(route, call, request).await,
        Found::WrongMethod => discord.lost(&request, below, ApiError::WRONG_METHOD),
        Found::Nothing => discord.lost(&request, below, ApiError::NOT_FOUND),
    }
}

/// What stands below the API's own path.
fn below(path: &str) -> Option<&str> {
    let below = path.strip_prefix("/api")?;
    Some(below.strip_prefix("/v10").unwrap_or(below))
}

fn limited_answer(limited: &Limited) -> Response {
    if limited.from_proxy {
        let page = "<html><head><title>error code: 1015</title></head></html>";
        return shell::typed(429, "text/html", page);
    }
    let honest = || json!(limited.remaining.as_millis() as f64 / 1_000.0);
    let says = |says: &String| says.parse::<f64>().map_or(json!(says), |it| json!(it));
    let body = json!({
        "message": "You are being rate limited.",
        "retry_after": limited.says.as_ref().map_or_else(honest, says), "global": limited.global, "code": 0,
    });
    shell::json(429, body.to_string())
}

impl World {
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
    ) -> (Verdict<Refusal>, Option<Told>) {
        let asked = self.asked(route.name, call);
        let counters = &mut self.kit.counters;
        counters.requests += 1;
        *counters.by_route.entry(route.name).or_default() += 1;
        let mut verdict = self.kit.judge(&asked, now);
        if let Act::Refuse(Refusal::Limit(limited), _) = &verdict.act {
            let told = (!limited.from_proxy).then(|| Limits::free(asked));
            return (verdict, told);
        }
        if !verdict.real_limits {
            return (verdict, Some(Limits::free(asked)));
        }
        let told = match self.limits.take(asked, now) {
            Ok(told) => told,
            Err((told, limited)) => {
                let until = now + limited.remaining;
                self.kit.board.note_wait(asked.wait(limited.global), until);
                verdict.act = Act::Refuse(Refusal::Limit(limited), false);
                told
            }
        };
        (verdict, Some(told))
    }

    fn asked(&self, route: &'static str, call: &Call) -> Asked {
        let webhook = call.id("webhook_id").ok();
        let by_webhook = || Some(self.webhooks.get(&webhook?)?.channel);
        let thread = call.asked_id("thread_id").ok().flatten();
        let channel = call.id("channel_id").ok().or(thread).or_else(by_webhook);
        let place = channel.and_then(|it| self.channels.get(&it));
        // "webhook_id + webhook_token": all interactions have one id.
        let token = call.text("webhook_token");
        let mut interactions = self.interactions.values().rev();
        let interaction = interactions.find(|it| it.token == token).map(|it| it.id);
        Asked {
            route,
            channel,
            parent: place.and_then(|it| it.parent).or_else(by_webhook),
            major: interaction.or(webhook).or(channel).unwrap_or(0),
        }
    }
}
