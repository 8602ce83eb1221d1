//! Lines in and answers out, with a time limit on every line and every mail, however it trickles in.
//!
//! **Invariant:** answers go out before we wait for more, and not sooner, so that pipelined commands get their
//! answers together.

use std::{io, sync::Arc, time::Duration};

use futures::FutureExt;
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    time::{Instant, timeout, timeout_at},
};

use super::{
    data::{Data, DataReceiver},
    foreign::begins_no_command,
    seats::Seat,
};

/// Of a mail so many times the limit the end is not waited for.
const ENDLESS: usize = 10;
/// A mail that comes more slowly, in bytes a second, is not waited for.
const SLOWEST_MAIL: usize = 4096;
/// RFC 5321 says 512; long addresses and many parameters need more.
const LONGEST_LINE: usize = 4096;

pub(super) struct Wire<S> {
    stream: BufReader<S>,
    answers: Vec<u8>,
    idle: Duration,
    seat: Arc<Seat>,
}

#[derive(Debug)]
pub(super) enum Read {
    Line(Vec<u8>),
    TooLong,
    /// What begins here is no command, and may have no end.
    Foreign,
    Closed,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Wire<S> {
    pub(super) fn new(stream: S, idle: Duration, seat: Arc<Seat>) -> Wire<S> {
        Wire {
            stream: BufReader::new(stream),
            answers: Vec::new(),
            idle,
            seat,
        }
    }

    pub(super) fn answer(&mut self, line: &str) {
        self.answers.extend_from_slice(line.as_bytes());
        self.answers.extend_from_slice(b"\r\n");
    }

    pub(super) async fn flush(&mut self) -> io::Result<()> {
        let seat = Arc::clone(&self.seat);
        seat.while_waiting(self.send()).await
    }

    /// The last word to a client who may not listen.
    pub(super) fn leave_with(&mut self, line: &str) {
        self.answer(line);
        let _ = self.send().now_or_never();
    }

    async fn send(&mut self) -> io::Result<()> {
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

    /// A line with its end. A time-out is an error of kind `TimedOut`, a place that is needed one of kind `ConnectionAborted`.
    pub(super) async fn line(&mut self) -> io::Result<Read> {
        let deadline = Instant::now() + self.idle;
        let mut line = Vec::new();
        let (mut is_begun, mut is_too_long) = (false, false);
        loop {
            let available = self.more(deadline).await?;
            match available.first() {
                None => return Ok(Read::Closed),
                Some(first) if !is_begun && begins_no_command(*first) => return Ok(Read::Foreign),
                Some(_) => is_begun = true,
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
        let began = Instant::now();
        let mut received = 0;
        while received <= limit.saturating_mul(ENDLESS) {
            let deadline = began + self.idle + time_for(received);
            let available = self.more(deadline).await?;
            if available.is_empty() {
                return Ok(None);
            }
            let (taken, ended) = receiver.take(available);
            self.stream.consume(taken);
            received += taken;
            if ended {
                return Ok(Some(receiver.finish()));
            }
        }
        Ok(Some(Data::Endless))
    }

    async fn more(&mut self, deadline: Instant) -> io::Result<&[u8]> {
        if self.stream.buffer().is_empty() {
            let seat = Arc::clone(&self.seat);
            seat.while_waiting(self.fill(deadline)).await?;
        }
        Ok(self.stream.buffer())
    }

    async fn fill(&mut self, deadline: Instant) -> io::Result<()> {
        self.send().await?;
        let filled = timeout_at(deadline, self.stream.fill_buf()).await;
        filled.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
        Ok(())
    }
}

fn time_for(bytes: usize) -> Duration {
    Duration::from_secs((bytes / SLOWEST_MAIL) as u64)
}
