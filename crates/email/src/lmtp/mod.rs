//! Our door behind the mail server: an LMTP server on TCP.
//!
//! **Invariant:** all sessions live inside `serve`, so that dropping it ends them; a mail that was not answered for is
//! offered again by the mail server.

mod data;
mod deliver;
mod foreign;
mod session;
#[cfg(test)]
mod tests;
mod wire;

use std::time::Duration;

use conversation::Intake;
use futures::{StreamExt, stream::FuturesUnordered};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
};

use self::{deliver::Desk, session::Session, wire::Wire};
use crate::{inbound::Reuse, settings::Settings};

/// So long we rest when the machine cannot give us a connection, as when it is out of files.
const REST: Duration = Duration::from_millis(200);

pub(crate) async fn serve(
    listener: &TcpListener,
    settings: &Settings,
    intake: &dyn Intake,
    reuse: &Reuse,
) {
    let mut sessions = FuturesUnordered::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) if sessions.len() >= settings.lmtp.max_sessions => turn_away(stream).await,
                Ok((stream, _)) => sessions.push(session(stream, settings, intake, reuse)),
                Err(error) => {
                    tracing::warn!(lmtp.error = %error, "a connection could not be taken");
                    tokio::time::sleep(REST).await;
                }
            },
            Some(()) = sessions.next() => {}
        }
    }
}

async fn session(stream: TcpStream, settings: &Settings, intake: &dyn Intake, reuse: &Reuse) {
    let idle = Duration::from_secs(settings.lmtp.idle_timeout_s);
    // Answers are short and waited for.
    let _ = stream.set_nodelay(true);
    let desk = Desk {
        domain: &settings.domain,
        intake,
        reuse,
    };
    if let Err(error) = Session::new(settings, desk, Wire::new(stream, idle))
        .run()
        .await
    {
        tracing::debug!(lmtp.error = %error, "an LMTP session broke off");
    }
}

async fn turn_away(mut stream: TcpStream) {
    // Whether the client still hears it does not matter: it will come back.
    let _ = stream
        .write_all(b"421 4.7.0 too many sessions, try again later\r\n")
        .await;
}
