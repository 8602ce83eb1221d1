//! What the log says of a mail server that fails, and of one that serves again.

use std::{
    io::Write,
    sync::{Arc, Mutex},
};

use conversation::{Adapter, Markup};
use email::{Email, Tls};
use insta::assert_snapshot;
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio_rustls::rustls::version;

use crate::{
    certificates::self_signed,
    send::{SPRING, outbound, post},
    support::settings,
    tls_server::{Manner, TlsServer},
};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    /// Until this is dropped, what is logged in this thread is written here.
    fn begin() -> (Log, tracing::subscriber::DefaultGuard) {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .without_time()
            .with_writer(move || writer.clone());
        (log, tracing::subscriber::set_default(subscriber.finish()))
    }

    /// Without what differs each time.
    fn said(&self, port: u16) -> String {
        let bytes = self.0.lock().unwrap().clone();
        let said = String::from_utf8(bytes)
            .unwrap()
            .replace(&port.to_string(), "PORT");
        let lines = said
            .lines()
            .map(|line| match line.split_once(" trouble.since=") {
                Some((before, at)) if at.trim_matches('"').parse::<Timestamp>().is_ok() => {
                    format!("{} trouble.since=TIME", before.trim())
                }
                _ => line.trim().to_owned(),
            });
        lines.collect::<Vec<_>>().join("\n")
    }
}

#[tokio::test]
async fn a_server_that_is_down_is_told_when_it_begins_and_when_it_ends() {
    let (log, _guard) = Log::begin();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let shown = self_signed("localhost", |_| {});
    let mut settings = settings(port);
    settings.smtp.tls = Tls::Implicit;
    settings.smtp.fingerprint = shown.fingerprint().try_into().unwrap();
    let email = Email::new(settings).unwrap();
    let hello = || outbound(SPRING, post(Markup::plain("Hello")));
    for _ in 0..3 {
        email.send(&hello()).await.unwrap_err();
    }
    let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    let (_server, _) = TlsServer::serve(listener, Manner::Implicit, shown, &[&version::TLS13]);
    for _ in 0..3 {
        email.send(&hello()).await.unwrap();
    }
    assert_snapshot!(log.said(port), @r#"
    WARN email::outbound::health: the mail server cannot be used: mail waits mail.server="127.0.0.1:PORT" error="nothing listens there (connection refused)"
    INFO email::outbound::health: the mail server can be used again mail.server="127.0.0.1:PORT" trouble.since=TIME
    "#);
}

#[tokio::test]
async fn a_password_that_is_refused_is_told_without_the_password_and_without_addresses() {
    let (log, _guard) = Log::begin();
    let shown = self_signed("localhost", |_| {});
    let pin = shown.fingerprint();
    let (_server, port) = TlsServer::start(Manner::NoPassword, shown).await;
    let pinned = |it: &mut email::Smtp| it.fingerprint = pin.try_into().unwrap();
    crate::secured::sent(port, pinned).await.unwrap_err();
    assert_snapshot!(log.said(port), @r#"WARN email::outbound::health: the mail server cannot be used: mail waits mail.server="localhost:PORT" error="permanent error (535): 5.7.8 no, … AUTH PLAIN … …""#);
}
