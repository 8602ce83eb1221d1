//! Our door behind the mail server: an LMTP server on TCP.
//!
//! **Invariant:** all sessions live inside `serve`, so that dropping it ends them; a mail that was not answered for is
//! offered again by the mail server.

mod commanded;
mod data;
mod deliver;
mod doubts;
mod foreign;
mod seats;
mod session;
#[cfg(test)]
mod tests;
mod wire;

use std::{sync::Arc, time::Duration};

use futures::{StreamExt, stream::FuturesUnordered};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
};

pub(crate) use self::{deliver::Desk, doubts::Doubts};
use self::{
    seats::{Seat, Seats},
    session::Session,
    wire::Wire,
};

const TOO_MANY: &str = "421 4.7.0 too many sessions, try again later";

/// So long we rest when the machine cannot give us a connection, as when it is out of files.
const REST: Duration = Duration::from_millis(200);

pub(crate) async fn serve(listener: &TcpListener, desk: Desk<'_>) {
    let settings = desk.settings;
    let (mut sessions, mut seats) = (FuturesUnordered::new(), Seats::default());
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => match seats.take(settings.lmtp.max_sessions) {
                    Some(seat) => sessions.push(session(stream, seat, desk)),
                    None => turn_away(stream).await,
                },
                Err(error) => {
                    tracing::warn!(lmtp.error = %error, "a connection could not be taken");
                    tokio::time::sleep(REST).await;
                }
            },
            Some(()) = sessions.next() => {}
        }
    }
}

async fn session(stream: TcpStream, seat: Arc<Seat>, desk: Desk<'_>) {
    let settings = desk.settings;
    let idle = Duration::from_secs(settings.lmtp.idle_timeout_s);
    // Answers are short and waited for.
    let _ = stream.set_nodelay(true);
    let wire = Wire::new(stream, idle, Arc::clone(&seat));
    if let Err(error) = Session::new(settings, desk, wire, &seat).run().await {
        tracing::debug!(lmtp.error = %error, "an LMTP session broke off");
    }
}

async fn turn_away(mut stream: TcpStream) {
    // Whether the client still hears it does not matter: it will come back.
    let _ = stream.write_all(format!("{TOO_MANY}\r\n").as_bytes()).await;
}
