//! One Socket Mode connection: greets, passes envelopes on, takes acknowledgements, pings, and ends as told.

use std::time::Duration;

use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, Interval, MissedTickBehavior};

use super::delivery::{Out, Socket};
use super::faults::SocketFaults;
use super::sockets::disconnect_text;
use super::world::Slack;

/// More are told so and ended.
const MOST_SOCKETS: usize = 10;
/// After so many pings without a sign of life, the other side counts as gone.
const PATIENCE: u32 = 3;
const LAST_WORDS: Duration = Duration::from_secs(1);

#[derive(Deserialize)]
pub(super) struct Ticket {
    #[serde(default)]
    ticket: String,
}

pub(super) async fn open(
    State(slack): State<Slack>,
    Query(ticket): Query<Ticket>,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !slack.look(|world| world.delivery.use_ticket(&ticket.ticket)) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    upgrade.on_upgrade(|socket| speak(slack, socket))
}

async fn speak(slack: Slack, mut socket: WebSocket) {
    if slack.sockets() >= MOST_SOCKETS {
        let text = disconnect_text("too_many_websockets");
        let _ = socket.send(Message::text(text)).await;
        return;
    }
    let (out, inbox) = mpsc::unbounded_channel();
    let (line, cut) = oneshot::channel();
    let (id, hello, faults, ping) = slack.look(|world| {
        let id = world.delivery.new_socket(Socket { out, _line: line });
        world.kit.counters.sockets_opened += 1;
        let hello = json!({
            "type": "hello", "num_connections": world.delivery.sockets.len(),
            "debug_info": { "host": "applink-1", "build_number": 1, "approximate_connection_time": 18060 },
            "connection_info": { "app_id": world.app.app_id },
        });
        let faults = world.delivery.socket_faults.subscribe();
        (id, hello, faults, world.delivery.waits.ping)
    });
    let mut pings = tokio::time::interval_at(Instant::now() + ping, ping);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let line = Line {
        slack: slack.clone(),
        inbox,
        faults,
        pings,
        silence: 0,
    };
    if socket.send(Message::text(hello.to_string())).await.is_ok() {
        // What waited for a socket is retried by its own time.
        slack.ring();
        tokio::select! {
            () = line.run(&mut socket) => {}
            _ = cut => {}
        }
    }
    slack.change(|world| world.socket_ended(id));
}

struct Line {
    slack: Slack,
    inbox: mpsc::UnboundedReceiver<Out>,
    faults: watch::Receiver<SocketFaults>,
    pings: Interval,
    /// Pings since the other side was last heard.
    silence: u32,
}

enum Next {
    On,
    End,
}

impl Line {
    async fn run(mut self, socket: &mut WebSocket) {
        let opened = Instant::now();
        loop {
            let mut changed = self.faults.clone();
            let faults = changed.borrow_and_update().clone();
            let end = faults
                .drop_every_ms
                .map(|it| opened + Duration::from_millis(it));
            let step = async {
                match faults.silent {
                    true => std::future::pending().await,
                    false => self.step(socket).await,
                }
            };
            tokio::select! {
                next = step => if let Next::End = next { return },
                _ = changed.changed() => {}
                () = at(end) => return,
            }
        }
    }

    async fn step(&mut self, socket: &mut WebSocket) -> Next {
        tokio::select! {
            out = self.inbox.recv() => match out {
                Some(Out::Text(text)) => said(socket.send(Message::text(text)).await),
                Some(Out::Close) => {
                    let _ = tokio::time::timeout(LAST_WORDS, self.wind_up(socket)).await;
                    Next::End
                }
                None => Next::End,
            },
            heard = socket.recv() => {
                self.silence = 0;
                match heard {
                    Some(Ok(Message::Text(text))) => {
                        self.hear(&text);
                        Next::On
                    }
                    None | Some(Err(_) | Ok(Message::Close(_))) => Next::End,
                    Some(Ok(_)) => Next::On,
                }
            }
            _ = self.pings.tick() => {
                self.silence += 1;
                let ping = Message::Ping("Ping from applink-1".into());
                match socket.send(ping).await {
                    Ok(()) if self.silence <= PATIENCE => Next::On,
                    _ => Next::End,
                }
            }
        }
    }

    /// What the other side has still to say is heard, so that nothing of ours is lost on its way either.
    async fn wind_up(&self, socket: &mut WebSocket) {
        let _ = socket.send(Message::Close(None)).await;
        while let Some(Ok(message)) = socket.recv().await {
            if let Message::Text(text) = message {
                self.hear(&text);
            }
        }
    }

    fn wrong(&self, why: &str) {
        let why = why.to_owned();
        self.slack.look(|world| world.kit.violations.push(why));
    }

    fn hear(&self, text: &str) {
        let Ok(Value::Object(mut fields)) = serde_json::from_str(text) else {
            return self.wrong("a socket was sent what is no JSON object");
        };
        let payload = fields.remove("payload");
        match fields.get("envelope_id").and_then(Value::as_str) {
            Some(envelope) => self.slack.change(|world| world.acked(envelope, payload)),
            None => self.wrong("a socket was sent no envelope_id"),
        }
    }
}

async fn at(end: Option<Instant>) {
    match end {
        Some(end) => tokio::time::sleep_until(end).await,
        None => std::future::pending().await,
    }
}

fn said<E>(outcome: Result<(), E>) -> Next {
    match outcome {
        Ok(()) => Next::On,
        Err(_) => Next::End,
    }
}
