//! Lines in and answers out, with a time limit on every wait.
//!
//! **Invariant:** answers go out before we wait for more, and not sooner, so that pipelined commands get their
//! answers together.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    time::timeout,
};

use super::data::{Data, DataReceiver};

/// RFC 5321 says 512; long addresses and many parameters need more.
const LONGEST_LINE: usize = 4096;

pub(super) struct Wire<S> {
    stream: BufReader<S>,
    answers: Vec<u8>,
    idle: Duration,
}

#[derive(Debug)]
pub(super) enum Read {
    Line(Vec<u8>),
    TooLong,
    Closed,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Wire<S> {
    pub(super) fn new(stream: S, idle: Duration) -> Wire<S> {
        Wire {
            stream: BufReader::new(stream),
            answers: Vec::new(),
            idle,
        }
    }

    pub(super) fn answer(&mut self, line: &str) {
        self.answers.extend_from_slice(line.as_bytes());
        self.answers.extend_from_slice(b"\r\n");
    }

    pub(super) async fn flush(&mut self) -> io::Result<()> {
        if self.answers.is_empty() {
            return Ok(());
        }
        let answers = std::mem::take(&mut self.answers);
        let stream = self.stream.get_mut();
        timeout(self.idle, async {
            stream.write_all(&answers).await?;
            stream.flush().await
        })
        .await
        .map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
    }

    /// A line with its end. A time-out is an error of kind `TimedOut`.
    pub(super) async fn line(&mut self) -> io::Result<Read> {
        let mut line = Vec::new();
        let mut is_too_long = false;
        loop {
            let available = self.more().await?;
            if available.is_empty() {
                return Ok(Read::Closed);
            }
            let end = available.iter().position(|b| *b == b'\n').map(|at| at + 1);
            let taken = end.unwrap_or(available.len());
            is_too_long = is_too_long || line.len() + taken > LONGEST_LINE;
            if !is_too_long {
                line.extend_from_slice(&available[..taken]);
            }
            self.stream.consume(taken);
            match end {
                Some(_) if is_too_long => return Ok(Read::TooLong),
                Some(_) => return Ok(Read::Line(line)),
                None => {}
            }
        }
    }

    /// The mail after a DATA command; `None` if the client went away before its end.
    pub(super) async fn data(&mut self, limit: usize) -> io::Result<Option<Data>> {
        let mut receiver = DataReceiver::new(limit);
        loop {
            let available = self.more().await?;
            if available.is_empty() {
                return Ok(None);
            }
            let (taken, ended) = receiver.take(available);
            self.stream.consume(taken);
            if ended {
                return Ok(Some(receiver.finish()));
            }
        }
    }

    async fn more(&mut self) -> io::Result<&[u8]> {
        if self.stream.buffer().is_empty() {
            self.flush().await?;
        }
        timeout(self.idle, self.stream.fill_buf())
            .await
            .map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
    }
}
