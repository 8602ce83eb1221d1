//! What is said in the clear before TLS begins (RFC 3207).
//!
//! **Invariant:** nothing that was heard in the clear counts afterwards, neither what the server offered nor what somebody
//! put behind its answer; and nothing is said in the clear but our name.

use std::{fmt::Display, io, time::Duration};

use lettre::transport::smtp::{
    commands::{Ehlo, Starttls},
    extension::{ClientId, Extension, ServerInfo},
    response::Response,
};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};

use super::patience::{SILENT, within};
use crate::address::one_line;

/// Gives the stream back where the server waits for the handshake.
pub(super) async fn ask<S: AsyncRead + AsyncWrite + Unpin>(
    stream: S,
    hello: &ClientId,
    wait: Duration,
) -> Result<S, String> {
    let mut stream = BufReader::new(stream);
    let greeting = within(wait, SILENT, answer(&mut stream)).await?;
    agreed(&greeting, "it greets us with")?;
    let hello = Ehlo::new(hello.clone());
    let offers = within(wait, "it does not answer EHLO", command(&mut stream, hello)).await?;
    agreed(&offers, "it answered EHLO with")?;
    let info = ServerInfo::from_response(&offers).map_err(|error| error.to_string())?;
    if !info.supports_feature(Extension::StartTls) {
        let why = "it offers no STARTTLS, so nothing is sent: switch TLS on there, or set email.smtp.tls = \"implicit\" \
                   and the port for that, 465 as a rule";
        return Err(why.to_owned());
    }
    let begins = command(&mut stream, Starttls);
    let begins = within(wait, "it does not answer STARTTLS", begins).await?;
    agreed(&begins, "it offers STARTTLS and answered it with")?;
    match stream.buffer() {
        [] => Ok(stream.into_inner()),
        _ => Err("somebody on the way wrote into the connection before TLS began".to_owned()),
    }
}

async fn command<S: AsyncRead + AsyncWrite + Unpin>(
    stream: &mut BufReader<S>,
    command: impl Display,
) -> Result<Response, String> {
    let line = command.to_string();
    stream.write_all(line.as_bytes()).await.map_err(broken)?;
    stream.flush().await.map_err(broken)?;
    answer(stream).await
}

/// `Bounded` ends one that is endless.
async fn answer<S: AsyncRead + Unpin>(stream: &mut BufReader<S>) -> Result<Response, String> {
    let mut text = String::new();
    loop {
        let begin = text.len();
        if stream.read_line(&mut text).await.map_err(broken)? == 0 {
            return Err("it closed the connection without a word".to_owned());
        }
        if text.as_bytes().get(begin + 3) != Some(&b'-') {
            let unread = || format!("it speaks no SMTP, but says: {}", one_line(&text));
            return text.parse().map_err(|_| unread());
        }
    }
}

fn broken(error: io::Error) -> String {
    format!("the connection broke ({error})")
}

fn agreed(answer: &Response, said: &str) -> Result<(), String> {
    if answer.is_positive() {
        return Ok(());
    }
    let words = answer.message().collect::<Vec<_>>().join(" ");
    Err(format!("{said} {} {}", answer.code(), one_line(&words)))
}
