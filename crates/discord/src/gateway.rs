//! The gateway: one session over as many connections as it takes. **Invariant:** what RESUME and each heartbeat
//! say was received is what the intake took, so that Discord sends the rest again.
//!
//! The loop is ours because serenity's `Shard` (0.12.5) counts an event as received before anybody has seen it,
//! hands its socket to nobody, notices a silent one only after two heartbeats, resumes at another address than the
//! one that READY gives, and turns to the real Discord where the configured one cannot be asked.

use std::time::Duration;

use calls::{Backoff, Trouble, random_fraction};
use conversation::{Intake, SendError};
use reqwest::Url;
use serde::Deserialize;
use tokio::sync::mpsc;
use tokio::time::Instant;

mod connection;
mod frame;
mod host;
mod pulse;
mod session;

use crate::bot::Discord;
use crate::errors::CallError;
use crate::id::PLATFORM;
use crate::rest::Call;
use connection::{Connection, End};
use session::Session;
pub(crate) use session::{Accepted, Heard};

/// "The number of identify requests allowed per 5 seconds" is one.
const BETWEEN_SESSIONS: Duration = Duration::from_millis(5500);
const LONGEST_IDENTIFY_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// Ends only when Discord refuses us for good.
pub(crate) async fn run(
    discord: &Discord,
    intake: &dyn Intake,
    queue: mpsc::Sender<Heard>,
    accepted: &Accepted,
) -> SendError {
    let mut gateway = Gateway {
        discord,
        intake,
        queue,
        accepted,
        session: None,
        backoff: Backoff::default(),
        began: None,
    };
    gateway.run().await
}

struct Gateway<'a> {
    discord: &'a Discord,
    intake: &'a dyn Intake,
    queue: mpsc::Sender<Heard>,
    accepted: &'a Accepted,
    session: Option<Session>,
    backoff: Backoff,
    /// When the last session was begun.
    began: Option<Instant>,
}

/// How often a session may be begun.
#[derive(Deserialize)]
struct Address {
    url: String,
    session_start_limit: Option<StartLimit>,
}

#[derive(Deserialize)]
struct StartLimit {
    remaining: u64,
    /// In milliseconds.
    reset_after: u64,
}

impl Gateway<'_> {
    async fn run(&mut self) -> SendError {
        loop {
            match self.connect().await {
                End::Fatal(error) => return error,
                End::Lost { why, lived } => {
                    tracing::info!(gateway.reason = %why, "the gateway of Discord is lost");
                    if !lived {
                        self.intake.note_hearing(&PLATFORM.into(), Some(why)).await;
                    }
                    self.pause(lived).await;
                }
                End::Reconnect => {
                    tracing::info!("Discord asks for another connection");
                    // A server that goes asks all its clients at once.
                    tokio::time::sleep(Duration::from_secs_f64(random_fraction())).await;
                }
                End::SessionOver => {
                    tracing::info!("Discord's session is over: another one begins");
                    self.session = None;
                    // "Wait a random amount of time—between 1 and 5 seconds".
                    let wait = Duration::from_secs_f64(1.0 + 4.0 * random_fraction());
                    tokio::time::sleep(wait).await;
                }
            }
        }
    }

    /// Whoever was heard for a while is called again soon, and never all of us at once.
    async fn pause(&mut self, lived: bool) {
        if lived {
            self.backoff.reset();
        }
        let wait = self.backoff.next();
        let wait = if lived {
            wait.mul_f64(random_fraction())
        } else {
            wait
        };
        tokio::time::sleep(wait).await;
    }

    async fn connect(&mut self) -> End {
        let url = match self.address().await {
            Ok(url) => url,
            Err(end) => return end,
        };
        let socket = match connection::open(&url).await {
            Ok(socket) => socket,
            Err(why) => {
                // The address of a session may be gone for good: the next try asks for the common one.
                if let Some(session) = &mut self.session {
                    session.url = None;
                }
                return End::Lost { why, lived: false };
            }
        };
        if self.session.is_none() {
            self.began = Some(Instant::now());
        }
        let mut connection = Connection::new(socket, &self.queue, self.accepted);
        let token = self.discord.settings.token.expose();
        let end = connection.run(token, &mut self.session).await;
        connection.close().await;
        end
    }

    async fn address(&self) -> Result<Url, End> {
        let server = self.discord.rest.server();
        let of_session = self.session.as_ref().and_then(|it| it.url.as_deref());
        if let Some(url) = of_session.and_then(|it| host::gateway(it, server)) {
            return Ok(url);
        }
        let call = Call::new("GET /gateway/bot", &[]);
        let address: Address = self.discord.rest.call_for(&call).await.map_err(lost)?;
        if self.session.is_none() {
            wait_for_a_start(address.session_start_limit).await;
            let next = self.began.map(|it| it + BETWEEN_SESSIONS);
            tokio::time::sleep_until(next.unwrap_or_else(Instant::now)).await;
        }
        host::gateway(&address.url, server).ok_or_else(|| {
            let why = "it names a gateway of another host, which is not called".to_owned();
            End::Lost { why, lived: false }
        })
    }
}

fn lost(error: CallError) -> End {
    match error.is_final() {
        Some(end) => End::Fatal(end),
        None => End::Lost {
            why: error.to_string(),
            lived: false,
        },
    }
}

async fn wait_for_a_start(limit: Option<StartLimit>) {
    if let Some(limit) = limit.filter(|it| it.remaining == 0) {
        let wait = Duration::from_millis(limit.reset_after).min(LONGEST_IDENTIFY_WAIT);
        tracing::error!(
            wait.s = wait.as_secs(),
            "Discord allows no more sessions today: we wait, and catch up afterwards"
        );
        tokio::time::sleep(wait).await;
    }
}
