//! One connection of Socket Mode, from the question for its address to its end. **Invariant:** one that is silent, or
//! never becomes one, ends in bounded time; all that it holds ends with its future.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use calls::{Transit, Trouble};
use conversation::SendError;
use futures::{SinkExt, StreamExt};
use reqwest::{StatusCode, Upgraded, header};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::client::generate_key;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use crate::bot::Slack;
use crate::errors::CallError;
use crate::method::CONNECTIONS_OPEN;
use crate::queue::{Answer, Heard, Payload, Told};

/// Slack's envelopes are smaller by far.
const LONGEST_FRAME: usize = 4 << 20;
/// Slack ends a connection that it announced to end; if not, we do.
const LONGEST_LEAVE: Duration = Duration::from_secs(60);
/// A silent connection is given up when it missed so many pings.
const MISSED_PINGS: u32 = 2;

/// What a connection tells of itself.
pub(super) enum Signal {
    Hello,
    /// Slack will end it: another is wanted before.
    Leaving,
}

/// What all connections share.
pub(super) struct Shared {
    pub(super) signals: mpsc::UnboundedSender<Signal>,
    /// Connections that Slack may use, with those that are only about to be opened.
    pub(super) opened: AtomicUsize,
    /// Connections that said hello and did not end. Where there are none, something may be said that nobody hears.
    pub(super) greeted: AtomicUsize,
}

pub(super) struct End {
    pub(super) reason: String,
    /// Slack had begun to bring events here.
    pub(super) greeted: bool,
    /// Where Slack refuses us for good.
    pub(super) refused: Option<SendError>,
    /// Before another try, if Slack said so.
    pub(super) wait: Duration,
}

type Socket = WebSocketStream<Upgraded>;

pub(super) async fn connect(slack: &Slack, shared: &Shared) -> End {
    match open(slack).await {
        Ok(socket) => {
            let mut connection = Connection::new(slack, socket, shared);
            let reason = connection.run().await;
            End {
                greeted: connection.greeted,
                refused: refused(&reason),
                reason,
                wait: Duration::ZERO,
            }
        }
        Err(error) => End {
            reason: error.to_string(),
            greeted: false,
            wait: error.asked_to_wait(),
            refused: error.final_for_app_token(),
        },
    }
}

/// Socket Mode was turned off: nobody will be heard here any more.
fn refused(reason: &str) -> Option<SendError> {
    let refusal = crate::errors::Refusal {
        error: reason.to_owned(),
        ..Default::default()
    };
    CallError::Answered(refusal).is_final()
}

/// reqwest asks for the WebSocket, so that it has the certificates and the time limits of every other call.
async fn open(slack: &Slack) -> Result<Socket, CallError> {
    let answer = slack.api.call(CONNECTIONS_OPEN, Vec::new()).await?;
    let address = answer["url"].as_str().ok_or(CallError::Elsewhere)?;
    let key = generate_key();
    let response = slack.api.upgrade(address, &key).await?;
    let accepted = response.headers().get(header::SEC_WEBSOCKET_ACCEPT);
    let is_ours =
        accepted.is_some_and(|it| it.as_bytes() == derive_accept_key(key.as_bytes()).as_bytes());
    if response.status() != StatusCode::SWITCHING_PROTOCOLS || !is_ours {
        return Err(CallError::Foreign(response.status().as_u16()));
    }
    let stream = response.upgrade().await.map_err(Transit::of)?;
    let limits = WebSocketConfig::default()
        .max_message_size(Some(LONGEST_FRAME))
        .max_frame_size(Some(LONGEST_FRAME));
    Ok(WebSocketStream::from_raw_socket(stream, Role::Client, Some(limits)).await)
}

struct Connection<'a> {
    slack: &'a Slack,
    socket: Socket,
    shared: &'a Shared,
    acknowledge: mpsc::UnboundedSender<String>,
    acknowledgements: mpsc::UnboundedReceiver<String>,
    ping_every: Duration,
    opened: Instant,
    heard: Instant,
    greeted: bool,
    leaving: Option<Instant>,
}

impl<'a> Connection<'a> {
    fn new(slack: &'a Slack, socket: Socket, shared: &'a Shared) -> Connection<'a> {
        let (acknowledge, acknowledgements) = mpsc::unbounded_channel();
        Connection {
            slack,
            socket,
            shared,
            acknowledge,
            acknowledgements,
            ping_every: Duration::from_secs(slack.settings.ping_every_s),
            opened: Instant::now(),
            heard: Instant::now(),
            greeted: false,
            leaving: None,
        }
    }

    /// Why it ended.
    async fn run(&mut self) -> String {
        let mut clock = interval(self.ping_every);
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let ended = tokio::select! {
                frame = self.socket.next() => match frame {
                    Some(Ok(frame)) => {
                        self.heard = Instant::now();
                        self.read(frame).await
                    }
                    Some(Err(error)) => Err(error.to_string()),
                    None => Err("Slack closed it".to_owned()),
                },
                Some(ack) = self.acknowledgements.recv() => self.write(Message::text(ack)).await,
                _ = clock.tick() => self.look_at_the_clock().await,
            };
            if let Err(reason) = ended {
                return reason;
            }
        }
    }

    async fn look_at_the_clock(&mut self) -> Result<(), String> {
        let patience = self.ping_every * MISSED_PINGS;
        if self.heard.elapsed() >= patience {
            return Err("it fell silent".to_owned());
        }
        if !self.greeted && self.opened.elapsed() >= patience {
            return Err("Slack did not say hello".to_owned());
        }
        if self
            .leaving
            .is_some_and(|since| since.elapsed() >= LONGEST_LEAVE)
        {
            return Err("Slack had announced its end".to_owned());
        }
        self.write(Message::Ping(Vec::new().into())).await
    }

    /// A peer that reads no more would hold us for ever.
    async fn write(&mut self, message: Message) -> Result<(), String> {
        match timeout(self.ping_every, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("it takes nothing more".to_owned()),
        }
    }

    async fn read(&mut self, frame: Message) -> Result<(), String> {
        match frame {
            Message::Text(text) => self.hear(text.as_str()).await,
            Message::Close(_) => Err("Slack closed it".to_owned()),
            _ => Ok(()),
        }
    }

    async fn hear(&mut self, text: &str) -> Result<(), String> {
        let frame: Value = serde_json::from_str(text).unwrap_or_default();
        match (frame["type"].as_str(), frame["envelope_id"].as_str()) {
            (Some("hello"), _) => {
                tracing::info!(
                    slack.connections = frame["num_connections"].as_u64(),
                    "listening to Slack"
                );
                self.greet().await
            }
            (Some("disconnect"), _) => self.leave(frame["reason"].as_str()),
            (_, Some(id)) => {
                let answer = self.acknowledges(id);
                let heard = Payload {
                    answer,
                    takes_turns: self.shared.opened.load(Ordering::Relaxed) > 1,
                    payload: frame,
                };
                self.slack.queue.put(Heard::Payload(heard)).await;
                // As long as there was no room, nobody listened.
                self.heard = Instant::now();
                Ok(())
            }
            _ => {
                tracing::warn!(frame.size_bytes = text.len(), "Slack sent an odd frame");
                Ok(())
            }
        }
    }

    async fn greet(&mut self) -> Result<(), String> {
        if !std::mem::replace(&mut self.greeted, true)
            && self.shared.greeted.fetch_add(1, Ordering::Relaxed) == 0
        {
            self.slack.queue.put(Heard::Gap).await;
        }
        self.tell(Signal::Hello)
    }

    /// Only what was taken in. Where the connection ended meanwhile, Slack offers it again, and it is known then.
    fn acknowledges(&self, envelope: &str) -> Answer {
        let mut acknowledgement = json!({"envelope_id": envelope});
        let acknowledge = self.acknowledge.clone();
        Box::new(move |told| {
            match told {
                Told::Taken => {}
                Told::Says(payload) => acknowledgement["payload"] = payload,
                Told::Refused => return,
            }
            let _ = acknowledge.send(acknowledgement.to_string());
        })
    }

    fn leave(&mut self, reason: Option<&str>) -> Result<(), String> {
        match reason {
            Some("link_disabled") => Err("link_disabled".to_owned()),
            Some("too_many_websockets") => Err(
                "this app has too many connections: stop other programs that use its app-level token"
                    .to_owned(),
            ),
            reason => {
                tracing::info!(slack.reason = reason, "Slack wants another connection");
                self.leaving.get_or_insert_with(Instant::now);
                self.tell(Signal::Leaving)
            }
        }
    }

    fn tell(&mut self, signal: Signal) -> Result<(), String> {
        let told = self.shared.signals.send(signal);
        told.map_err(|_| "nobody listens any more".to_owned())
    }
}
