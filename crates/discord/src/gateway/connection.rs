//! One connection to the gateway, from HELLO to its end.

use std::sync::Arc;
use std::time::Duration;

use calls::random_fraction;
use conversation::SendError;
use futures::{SinkExt, StreamExt};
use reqwest::Url;
use serenity::constants::Opcode;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use super::frame::{self, Closed, Frame, Hello};
use super::pulse::{Due, Pulse};
use super::session::{Accepted, Heard, Session};
use crate::wire::Ready;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(20);
const HELLO_TIMEOUT: Duration = Duration::from_secs(20);
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);
/// A server with all its channels is one frame.
const LARGEST_FRAME: usize = 64 << 20;
/// READY or RESUMED comes long before.
const MOST_BEATS_UNHEARD: u32 = 3;
/// Faster ones would be a mistake.
const SHORTEST_INTERVAL: Duration = Duration::from_millis(20);

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Why a connection is over, and what comes next.
#[derive(Debug)]
pub(super) enum End {
    /// Another one soon; `lived` if this one was heard at all.
    Lost {
        why: String,
        lived: bool,
    },
    /// Another one soon, as Discord asked.
    Reconnect,
    /// Another session.
    SessionOver,
    Fatal(SendError),
}

pub(super) async fn open(url: &Url) -> Result<Socket, String> {
    let config = WebSocketConfig::default()
        .max_message_size(Some(LARGEST_FRAME))
        .max_frame_size(Some(LARGEST_FRAME));
    let connecting = connect_async_with_config(url.as_str(), Some(config), true);
    match tokio::time::timeout(CONNECT_TIMEOUT, connecting).await {
        Ok(Ok((socket, _))) => Ok(socket),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("it does not answer".to_owned()),
    }
}

pub(super) struct Connection<'a> {
    socket: Socket,
    queue: &'a mpsc::Sender<Heard>,
    accepted: &'a Accepted,
    /// A dispatch for which the queue has no room; until it has, the socket is not read.
    waiting: Option<Heard>,
    lived: bool,
    /// Of our heartbeats, as long as nothing else was heard.
    beats_unheard: u32,
}

impl<'a> Connection<'a> {
    pub(super) fn new(
        socket: Socket,
        queue: &'a mpsc::Sender<Heard>,
        accepted: &'a Accepted,
    ) -> Connection<'a> {
        Connection {
            socket,
            queue,
            accepted,
            waiting: None,
            lived: false,
            beats_unheard: 0,
        }
    }

    pub(super) async fn run(&mut self, token: &str, session: &mut Option<Session>) -> End {
        let hello = tokio::time::timeout(HELLO_TIMEOUT, self.hello()).await;
        let interval = match hello {
            Ok(Ok(interval)) => interval,
            Ok(Err(end)) => return end,
            Err(_) => return self.lost("it does not say hello"),
        };
        let mut pulse = Pulse::new(interval, random_fraction(), Instant::now());
        let opening = match session {
            Some(it) => frame::resume(token, it, self.received(it)),
            None => frame::identify(token),
        };
        if let Err(end) = self.say(opening).await {
            return end;
        }
        loop {
            if let Err(end) = self.step(&mut pulse, session).await {
                // Discord never sends READY again, and what was missed before it would not be read.
                if self.waiting.as_ref().is_some_and(|it| it.kind == "READY") {
                    *session = None;
                }
                return end;
            }
        }
    }

    /// Without a close frame: one would end the session, which is to be resumed.
    pub(super) async fn close(mut self) {
        let closing = self.socket.get_mut();
        let closing = tokio::io::AsyncWriteExt::shutdown(closing);
        // The connection is given up either way.
        let _ = tokio::time::timeout(CLOSE_TIMEOUT, closing).await;
    }

    async fn step(&mut self, pulse: &mut Pulse, session: &mut Option<Session>) -> Result<(), End> {
        let listens = self.waiting.is_none();
        tokio::select! {
            biased;
            () = tokio::time::sleep_until(pulse.next()) => self.beat(pulse, session.as_ref(), listens).await,
            permit = self.queue.reserve(), if !listens => {
                if let (Ok(permit), Some(heard)) = (permit, self.waiting.take()) {
                    permit.send(heard);
                }
                pulse.listens_again(Instant::now());
                Ok(())
            }
            message = self.socket.next(), if listens => self.hear(message, pulse, session).await,
        }
    }

    async fn beat(
        &mut self,
        pulse: &mut Pulse,
        session: Option<&Session>,
        listens: bool,
    ) -> Result<(), End> {
        let due = pulse.due(Instant::now());
        self.beats_unheard += u32::from(!self.lived && !matches!(due, Due::Nothing));
        if self.beats_unheard > MOST_BEATS_UNHEARD {
            return Err(self.lost("it answers heartbeats and nothing else"));
        }
        match due {
            Due::Nothing => Ok(()),
            Due::Dead if listens => Err(self.lost("it is silent")),
            Due::Dead | Due::Beat => {
                pulse.listens_again(Instant::now());
                self.say_heartbeat(pulse, session).await
            }
        }
    }

    async fn say_heartbeat(
        &mut self,
        pulse: &mut Pulse,
        session: Option<&Session>,
    ) -> Result<(), End> {
        pulse.sent(Instant::now());
        let received = session.map(|it| self.received(it));
        self.say(frame::heartbeat(received)).await
    }

    async fn hear(
        &mut self,
        message: Option<Result<Message, Error>>,
        pulse: &mut Pulse,
        session: &mut Option<Session>,
    ) -> Result<(), End> {
        let text = self.text(message)?;
        let Some(text) = text else {
            return Ok(());
        };
        let Ok(frame) = serde_json::from_str::<Frame<'_>>(&text) else {
            // Its number is not known, so only a new session, with a look at the history, is sure to lose nothing.
            tracing::error!(
                frame.size_bytes = text.len(),
                "a frame of Discord cannot be read"
            );
            return Err(End::SessionOver);
        };
        match frame.opcode() {
            Opcode::Dispatch => self.dispatched(&frame, session),
            Opcode::Heartbeat => self.say_heartbeat(pulse, session.as_ref()).await,
            Opcode::HeartbeatAck => {
                pulse.answered();
                Ok(())
            }
            Opcode::Reconnect if self.lived => Err(End::Reconnect),
            Opcode::Reconnect => Err(self.lost("it sends us away at once")),
            Opcode::InvalidSession => match frame.data() {
                "true" => Err(self.lost("the session is not ready to be resumed")),
                _ => Err(End::SessionOver),
            },
            _ => Ok(()),
        }
    }

    fn dispatched(&mut self, frame: &Frame<'_>, session: &mut Option<Session>) -> Result<(), End> {
        let (Some(seq), Some(kind)) = (frame.s, &frame.t) else {
            tracing::error!("a dispatch of Discord has no number or no name");
            return Err(End::SessionOver);
        };
        self.lived = true;
        if kind == "READY" {
            *session = Some(begun(frame, seq).ok_or_else(|| self.lost("READY cannot be read"))?);
        }
        let Some(current) = session else {
            return Err(End::SessionOver);
        };
        let heard = Heard {
            session: Arc::clone(&current.id),
            seq,
            kind: kind.clone(),
            data: frame.data().to_owned(),
        };
        if let Err(mpsc::error::TrySendError::Full(heard)) = self.queue.try_send(heard) {
            self.waiting = Some(heard);
        }
        Ok(())
    }

    /// The interval between heartbeats.
    async fn hello(&mut self) -> Result<Duration, End> {
        loop {
            let message = self.socket.next().await;
            let Some(text) = self.text(message)? else {
                continue;
            };
            let frame: Option<Frame<'_>> = serde_json::from_str(&text).ok();
            let hello = frame
                .filter(|it| it.opcode() == Opcode::Hello)
                .and_then(|it| serde_json::from_str::<Hello>(it.data()).ok());
            let hello = hello.ok_or_else(|| self.lost("it begins without a hello"))?;
            let interval = Duration::from_millis(hello.heartbeat_interval);
            return Ok(interval.max(SHORTEST_INTERVAL));
        }
    }

    /// `None` for what carries nothing.
    fn text(&self, message: Option<Result<Message, Error>>) -> Result<Option<String>, End> {
        match message {
            Some(Ok(Message::Text(text))) => Ok(Some(text.as_str().to_owned())),
            Some(Ok(Message::Close(frame))) => Err(self.closed(frame.map(|it| it.code.into()))),
            Some(Ok(_)) => Ok(None),
            Some(Err(error)) => Err(self.lost(&error.to_string())),
            None => Err(self.lost("it hung up")),
        }
    }

    fn closed(&self, code: Option<u16>) -> End {
        let Some(code) = code else {
            return self.lost("it hung up");
        };
        match frame::closed(code) {
            Closed::MayResume => self.lost(&format!("it closed with {code}")),
            Closed::SessionOver => End::SessionOver,
            Closed::ForGood(error) => End::Fatal(error),
        }
    }

    fn received(&self, session: &Session) -> u64 {
        let accepted = self.accepted.of(&session.id);
        accepted.unwrap_or_default().max(session.begins)
    }

    async fn say(&mut self, text: String) -> Result<(), End> {
        let sent = self.socket.send(Message::text(text)).await;
        sent.map_err(|error| self.lost(&error.to_string()))
    }

    fn lost(&self, why: &str) -> End {
        End::Lost {
            why: why.to_owned(),
            lived: self.lived,
        }
    }
}

fn begun(frame: &Frame<'_>, seq: u64) -> Option<Session> {
    let ready: Ready = serde_json::from_str(frame.data()).ok()?;
    Some(Session {
        id: ready.session_id.as_str().into(),
        url: ready.resume_gateway_url,
        begins: seq,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// TLS needs a library of ciphers, which is chosen when a connection is made: none may be missing.
    #[tokio::test]
    async fn a_server_that_speaks_no_tls_is_an_error_and_no_crash() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("wss://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let greeting = tokio::io::AsyncWriteExt::write_all(&mut socket, b"hello\r\n");
                greeting.await.unwrap();
            }
        });
        assert!(open(&url.parse().unwrap()).await.is_err());
    }
}
