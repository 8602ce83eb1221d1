//! The mail server: how a connection to it is opened, and why it cannot be, for people.
//!
//! **Invariant:** where TLS is wanted, no connection exists without it, and all that is heard goes through `Bounded`,
//! before it is decrypted and after.

use std::{fmt, io, net::SocketAddr, time::Duration};

use lettre::transport::smtp::{
    Error,
    client::{AsyncSmtpConnection, AsyncTokioStream},
    commands::Ehlo,
    extension::ClientId,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
};
use tokio_rustls::client::TlsStream;

use super::{
    bounded::Bounded,
    patience::{SILENT, within},
    starttls,
    tls::Tls,
};
use crate::settings::{self, Smtp};

pub(super) struct Server {
    host: String,
    port: u16,
    hello: ClientId,
    /// For each step.
    wait: Duration,
    way: Way,
}

enum Way {
    InTheClear,
    Starttls(Tls),
    Implicit(Tls),
}

impl Server {
    pub(super) fn new(smtp: &Smtp, domain: &str) -> Result<Server, String> {
        let way = match smtp.tls {
            settings::Tls::None => Way::InTheClear,
            settings::Tls::Starttls => Way::Starttls(Tls::new(smtp)?),
            settings::Tls::Implicit => Way::Implicit(Tls::new(smtp)?),
        };
        Ok(Server {
            host: smtp.host.clone(),
            port: smtp.port,
            hello: ClientId::Domain(domain.to_owned()),
            wait: Duration::from_secs(smtp.timeout_s),
            way,
        })
    }

    /// Said hello to, by TLS where that is wanted.
    pub(super) async fn open(&self) -> Result<AsyncSmtpConnection, String> {
        let (stream, peer) = self.reach().await?;
        let plain = Bounded::new(stream, peer);
        let stream: Box<dyn AsyncTokioStream> = match &self.way {
            Way::InTheClear => Box::new(plain),
            Way::Starttls(tls) => {
                let asked = starttls::ask(plain, &self.hello, self.wait).await?;
                let speaks = "it answered STARTTLS, and then went on in the clear";
                let shaken = self.shake(tls, asked, speaks).await?;
                Box::new(Bounded::greeted(shaken, peer))
            }
            Way::Implicit(tls) => {
                let speaks = "it speaks no TLS on this port: for port 587 or 25 set email.smtp.tls = \"starttls\"";
                Box::new(Bounded::new(self.shake(tls, plain, speaks).await?, peer))
            }
        };
        let said = AsyncSmtpConnection::connect_with_transport(stream, &self.hello);
        let silent = match self.way {
            Way::InTheClear => SILENT,
            Way::Starttls(_) | Way::Implicit(_) => "TLS has begun, and it says nothing any more",
        };
        within(self.wait, silent, async { said.await.map_err(in_words) }).await
    }

    /// The largest mail that the server takes, in bytes (RFC 1870), which lettre does not keep; 0 where it does not say. A
    /// connection on which no answer comes must not be used on: the next answer would be to this.
    pub(super) async fn largest(
        &self,
        connection: &mut AsyncSmtpConnection,
    ) -> Result<u64, String> {
        let hello = Ehlo::new(self.hello.clone());
        let answer = within(self.wait, SILENT, async {
            connection.command(hello).await.map_err(in_words)
        });
        let answer = answer.await?;
        let size = answer.message().find_map(|line| {
            let mut words = line.split_whitespace();
            let first = words.next()?;
            let is_size = first.eq_ignore_ascii_case("SIZE");
            is_size.then(|| words.next().and_then(|it| it.parse().ok()).unwrap_or(0))
        });
        Ok(size.unwrap_or(0))
    }

    async fn reach(&self) -> Result<(TcpStream, SocketAddr), String> {
        let reached = async {
            let stream = TcpStream::connect((self.host.as_str(), self.port)).await?;
            // A mail and its final dot are two writes: without this the second waits 40 ms for an acknowledgement.
            stream.set_nodelay(true)?;
            let peer = stream.peer_addr()?;
            Ok((stream, peer))
        };
        let reached = async { reached.await.map_err(unreachable) };
        within(self.wait, "it cannot be reached", reached).await
    }

    async fn shake<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        tls: &Tls,
        stream: S,
        speaks: &str,
    ) -> Result<TlsStream<S>, String> {
        let silent = "it does not take part in the TLS handshake";
        within(self.wait, silent, tls.over(stream, speaks)).await
    }
}

/// As in `mail.example.org:465`.
impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

fn unreachable(error: io::Error) -> String {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => "nothing listens there (connection refused)".to_owned(),
        _ => format!("it cannot be reached ({error})"),
    }
}

fn in_words(error: Error) -> String {
    match error.status() {
        Some(_) => format!("it sends us away: {error}"),
        None => format!("it does not greet us as mail servers do: {error}"),
    }
}
