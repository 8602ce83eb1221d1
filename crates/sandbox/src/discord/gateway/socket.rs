//! One socket: HELLO, then what the client says and what its session is told, until one side has enough.

use std::collections::VecDeque;
use std::ops::ControlFlow::{self, Break, Continue};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{FromRequestParts, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio::time::Instant;

use super::super::world::{Discord, World};
use super::Order;
use super::opcodes::{Answer, hear};
use super::session::Gap;

/// Payloads that a client may send in a minute.
const MOST_IN_A_MINUTE: u32 = 120;

pub(in super::super) async fn connect(discord: Discord, request: Request) -> Response {
    let refused = discord.look(|world| world.gateway.faults.refuse_connections);
    if refused {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let query = request.uri().query().unwrap_or("").to_owned();
    let (mut parts, _) = request.into_parts();
    match WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        Ok(upgrade) => upgrade.on_upgrade(move |socket| run(discord, socket, query)),
        Err(rejection) => rejection.into_response(),
    }
}

struct Talk {
    discord: Discord,
    socket: WebSocket,
    line: u64,
    session: Option<String>,
    /// The newest sequence number that was said on this socket.
    seen: u64,
    interval: Duration,
    last_heard: Instant,
    minute: (Instant, u32),
}

/// Whether the socket goes on.
type Go = ControlFlow<()>;

/// Events in order, with the number of the last.
type Batch = (Vec<Arc<str>>, u64);

/// What a socket is to do next.
struct Due {
    silent: bool,
    /// Whether the session goes on at another socket.
    taken_over: bool,
    events: Option<Result<Batch, Gap>>,
    orders: VecDeque<Order>,
}

async fn run(discord: Discord, socket: WebSocket, query: String) {
    let (line, interval) = discord.look(|world| {
        world.kit.counters.connections += 1;
        (world.gateway.open_line(), world.gateway.heartbeat_ms)
    });
    let now = Instant::now();
    let mut talk = Talk {
        discord,
        socket,
        line,
        session: None,
        seen: 0,
        interval: Duration::from_millis(interval),
        last_heard: now,
        minute: (now, 0),
    };
    let wrong = |it: &str| {
        let other_version = it.starts_with("v=") && it != "v=10";
        it.starts_with("compress=") || it == "encoding=etf" || other_version
    };
    let _ = match query.split('&').any(wrong) {
        true => talk.close(4012).await,
        false => talk.go().await,
    };
    talk.discord.look(|world| world.gateway.close_line(line));
}

impl Due {
    fn of(world: &mut World, line: u64, session: Option<&str>, seen: u64) -> Due {
        let gateway = &mut world.gateway;
        let session = session.and_then(|it| gateway.sessions.get(it));
        let own = session.filter(|it| it.line == Some(line));
        let state = gateway.lines.get_mut(&line);
        let state = state.map(|it| (it.silent, std::mem::take(&mut it.orders)));
        let (silent, orders) = state.unwrap_or_default();
        let news =
            |batch: &Result<Batch, Gap>| !matches!(batch, Ok((events, _)) if events.is_empty());
        Due {
            taken_over: session.is_some() && own.is_none(),
            events: own.map(|it| Ok((it.since(seen)?, it.last()))).filter(news),
            silent,
            orders,
        }
    }

    fn is_nothing(&self) -> bool {
        self.orders.is_empty() && !self.taken_over && (self.silent || self.events.is_none())
    }
}

impl Talk {
    async fn go(&mut self) -> Go {
        let interval = self.interval.as_millis() as u64;
        let hello = json!({ "heartbeat_interval": interval, "_trace": [] });
        let hello = json!({ "op": 10, "d": hello, "s": null, "t": null });
        self.say(&hello.to_string()).await?;
        loop {
            let (line, session, seen) = (self.line, self.session.as_deref(), self.seen);
            let due = self.discord.until(|world| {
                let due = Due::of(world, line, session, seen);
                if due.is_nothing() { Err(None) } else { Ok(due) }
            });
            let deadline = self.last_heard + self.interval * 2;
            let speaks = !self.is_silent();
            tokio::select! {
                due = due => self.tell(due).await?,
                heard = self.socket.recv() => self.heard(heard).await?,
                () = tokio::time::sleep_until(deadline), if speaks => self.close(4009).await?,
            }
        }
    }

    fn is_silent(&self) -> bool {
        let line = self.line;
        self.discord
            .look(|world| world.gateway.lines.get(&line).is_some_and(|it| it.silent))
    }

    /// Tells the session's events, then carries out orders.
    async fn tell(&mut self, due: Due) -> Go {
        if due.taken_over || due.orders.iter().any(|it| matches!(it, Order::Drop)) {
            return Break(());
        }
        if due.silent {
            return Continue(());
        }
        match due.events {
            Some(Ok((events, last))) => {
                for event in events {
                    self.say(&event).await?;
                }
                self.seen = last;
            }
            // It reads so slowly that what it is to be told is forgotten.
            Some(Err(_)) => self.close(4000).await?,
            None => {}
        }
        for order in due.orders {
            match order {
                Order::Say(text) => self.say(&text).await?,
                Order::Close(code) => self.close(code).await?,
                Order::Drop => return Break(()),
            }
        }
        Continue(())
    }

    async fn heard(&mut self, heard: Option<Result<Message, axum::Error>>) -> Go {
        let text = match heard {
            Some(Ok(Message::Text(text))) => text.to_string(),
            Some(Ok(Message::Binary(bytes))) => String::from_utf8_lossy(&bytes).into_owned(),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => return Continue(()),
            Some(Ok(Message::Close(_)) | Err(_)) | None => return Break(()),
        };
        self.last_heard = Instant::now();
        if self.is_silent() {
            return Continue(());
        }
        if self.is_too_much() {
            return self.close(4008).await;
        }
        let (line, session) = (self.line, self.session.as_deref().unwrap_or(""));
        let answer = self.discord.look(|world| {
            let session = world.gateway.sessions.get(session);
            let attached = session.is_some_and(|it| it.line == Some(line));
            hear(world, line, attached, &text)
        });
        match answer {
            Answer::Nothing => {}
            Answer::Say(value) => self.say(&value.to_string()).await?,
            Answer::Attach { session, seen } => (self.session, self.seen) = (Some(session), seen),
            Answer::Close(code) => self.close(code).await?,
        }
        Continue(())
    }

    fn is_too_much(&mut self) -> bool {
        let (since, count) = &mut self.minute;
        if since.elapsed() > Duration::from_secs(60) {
            (*since, *count) = (Instant::now(), 0);
        }
        *count += 1;
        *count > MOST_IN_A_MINUTE
    }

    async fn say(&mut self, text: &str) -> Go {
        if self.is_silent() {
            return Continue(());
        }
        match self.socket.send(Message::Text(text.into())).await {
            Ok(()) => Continue(()),
            Err(_) => Break(()),
        }
    }

    async fn close(&mut self, code: u16) -> Go {
        let frame = CloseFrame {
            code,
            reason: reason(code).into(),
        };
        // A client that is gone already needs no farewell.
        let _ = self.socket.send(Message::Close(Some(frame))).await;
        // Unread bytes would turn the end into a reset, and the client would never see the code.
        let rest = async { while let Some(Ok(_)) = self.socket.recv().await {} };
        let _ = tokio::time::timeout(Duration::from_secs(1), rest).await;
        Break(())
    }
}

fn reason(code: u16) -> &'static str {
    match code {
        4001 => "Unknown opcode.",
        4002 => "Error while decoding payload.",
        4003 => "Not authenticated.",
        4004 => "Authentication failed.",
        4005 => "Already authenticated.",
        4007 => "Invalid seq.",
        4008 => "Rate limited.",
        4009 => "Session timed out.",
        4010 => "Invalid shard.",
        4011 => "Sharding required.",
        4012 => "Invalid API version.",
        4013 => "Invalid intent(s).",
        4014 => "Disallowed intent(s).",
        _ => "Unknown error.",
    }
}
