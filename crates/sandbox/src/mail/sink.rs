//! The SMTP server of these people's mailboxes. A mail is in the mailbox before its 250 is written.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, BufWriter};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::faults::{Dot, Recipient};
use super::mailbox::Folder;
use super::session::{MAX_MAIL, Session, Step};
use super::world::{Mail, World};
use crate::kit::now_ms;

/// In bytes; RFC 5321 asks for 512 and extensions for more.
const MAX_COMMAND: u64 = 4096;
/// Bare-metal senders keep a connection open, but not for ever.
const IDLE: Duration = Duration::from_secs(300);
const REOPEN_AGAIN: Duration = Duration::from_millis(50);

impl Mail {
    /// Serves SMTP to whoever brings mail for these people, until the future is dropped.
    pub async fn serve(self, listener: TcpListener) -> io::Result<()> {
        let address = listener.local_addr()?;
        let mut listener = listener;
        loop {
            self.serve_until_closed(listener).await;
            self.until_open().await;
            listener = reopen(address).await;
        }
    }

    /// Returns once the fault is on; the listener and every connection are gone then.
    async fn serve_until_closed(&self, listener: TcpListener) {
        let mut connections = JoinSet::new();
        let is_closed = |world: &mut World| match world.faults.is_closed() {
            true => Ok(()),
            false => Err(None),
        };
        loop {
            tokio::select! {
                () = self.until(is_closed) => return,
                Some(_) = connections.join_next() => {}
                accepted = listener.accept() => match accepted {
                    Ok((stream, _)) => {
                        connections.spawn(talk(self.clone(), stream));
                    }
                    // Out of file handles, most likely: those that are open must end first.
                    Err(_) => tokio::time::sleep(REOPEN_AGAIN).await,
                }
            }
        }
    }

    async fn until_open(&self) {
        let is_open = |world: &mut World| {
            let until = world.faults.closed_until_ms;
            let left = u64::try_from(until.saturating_sub(now_ms())).unwrap_or(0);
            let due = Instant::now().checked_add(Duration::from_millis(left));
            if left == 0 { Ok(()) } else { Err(due) }
        };
        self.until(is_open).await;
    }
}

async fn reopen(address: SocketAddr) -> TcpListener {
    loop {
        match TcpListener::bind(address).await {
            Ok(listener) => return listener,
            Err(error) => {
                tracing::warn!(%error, "The mail stand-in cannot open its port again yet");
                tokio::time::sleep(REOPEN_AGAIN).await;
            }
        }
    }
}

async fn talk(mail: Mail, stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    let (reader, writer) = stream.into_split();
    let mut connection = Connection {
        mail,
        reader: BufReader::with_capacity(64 * 1024, reader),
        writer: BufWriter::new(writer),
    };
    // Whoever hung up knows it: there is nobody left to tell.
    let _ = connection.run().await;
}

struct Connection {
    mail: Mail,
    reader: BufReader<OwnedReadHalf>,
    writer: BufWriter<OwnedWriteHalf>,
}

enum Read {
    Line(Vec<u8>),
    TooLong,
    End,
}

impl Connection {
    async fn run(&mut self) -> io::Result<()> {
        let mut session = Session::default();
        self.say("220 sandbox.invalid ESMTP\r\n").await?;
        loop {
            let line = match self.command_line().await? {
                Read::Line(line) => line,
                Read::TooLong => {
                    self.say("500 5.5.2 Line too long\r\n").await?;
                    continue;
                }
                Read::End => return Ok(()),
            };
            let Ok(line) = std::str::from_utf8(&line) else {
                self.say("500 5.5.2 Commands are UTF-8\r\n").await?;
                continue;
            };
            match session.command(line.trim_end(), |address| self.look_up(address)) {
                Step::Answer(text) => self.say(&text).await?,
                Step::Close(text) => {
                    self.say(&text).await?;
                    return self.flush().await;
                }
                Step::TakeMail(text) => {
                    self.say(&text).await?;
                    if !self.take_mail(&mut session).await? {
                        return Ok(());
                    }
                }
            }
        }
    }

    fn look_up(&self, address: &str) -> Recipient {
        self.mail
            .look(|world| match world.faults.recipient(address) {
                Recipient::Known if world.of(address).is_none() => Recipient::Unknown,
                verdict => verdict,
            })
    }

    /// False if the connection must be cut.
    async fn take_mail(&mut self, session: &mut Session) -> io::Result<bool> {
        let mail = self.mail_data().await?;
        let recipients = session.finish();
        let Some(mail) = mail else {
            self.say("552 5.3.4 Larger than 52428800 bytes\r\n").await?;
            return Ok(true);
        };
        let mail = Bytes::from(mail);
        let dot = self.mail.change(|world| {
            let dot = world.faults.at_dot();
            for recipient in recipients.iter().filter(|_| dot != Dot::CutBeforeKeeping) {
                world.keep(recipient, Folder::Inbox, mail.clone());
            }
            dot
        });
        if dot != Dot::Keep {
            self.flush().await?;
            return Ok(false);
        }
        self.say("250 2.0.0 Kept\r\n").await?;
        Ok(true)
    }

    /// Answers are gathered until the client waits for them, which is what PIPELINING is for.
    async fn say(&mut self, text: &str) -> io::Result<()> {
        self.writer.write_all(text.as_bytes()).await
    }

    async fn flush(&mut self) -> io::Result<()> {
        let latency = self.mail.look(|world| world.faults.latency_ms);
        if latency > 0 && !self.writer.buffer().is_empty() {
            tokio::time::sleep(Duration::from_millis(latency)).await;
        }
        self.writer.flush().await
    }

    async fn line(&mut self, line: &mut Vec<u8>, limit: u64) -> io::Result<usize> {
        if !self.reader.buffer().contains(&b'\n') {
            self.flush().await?;
        }
        let mut limited = (&mut self.reader).take(limit);
        let read = limited.read_until(b'\n', line);
        match tokio::time::timeout(IDLE, read).await {
            Ok(read) => read,
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        }
    }

    async fn command_line(&mut self) -> io::Result<Read> {
        let mut line = Vec::new();
        if self.line(&mut line, MAX_COMMAND).await? == 0 {
            return Ok(Read::End);
        }
        if line.ends_with(b"\n") {
            return Ok(Read::Line(line));
        }
        while !line.ends_with(b"\n") {
            line.clear();
            if self.line(&mut line, MAX_COMMAND).await? == 0 {
                return Ok(Read::End);
            }
        }
        Ok(Read::TooLong)
    }

    /// Only CR LF dot CR LF ends a mail: a bare LF before the dot is a smuggler's trick. None if it is too large.
    async fn mail_data(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut mail = Vec::new();
        let mut too_large = false;
        let mut line_is_whole = true;
        loop {
            let start = mail.len();
            refuse!(self.line(&mut mail, MAX_MAIL as u64).await? == 0 => io::ErrorKind::UnexpectedEof);
            if line_is_whole && mail[start..].starts_with(b".") {
                if &mail[start..] == b".\r\n" {
                    mail.truncate(start);
                    return Ok((!too_large).then_some(mail));
                }
                mail.remove(start);
            }
            line_is_whole = mail.ends_with(b"\r\n");
            if mail.len() > MAX_MAIL {
                too_large = true;
                mail.clear();
            }
        }
    }
}
