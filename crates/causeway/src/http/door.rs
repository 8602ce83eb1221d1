//! The door of our listener. **Invariant:** whoever connects is heard for so long and no longer, unless we had
//! something to answer and they take it, and no more than so many are heard at once.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, Sleep, sleep_until};
use tokio_util::sync::WaitForCancellationFutureOwned;

use super::places::{Places, Seat, Stage, Visit};

/// To whoever began a request and does not end it. hyper would hang up without a word.
const TOO_SLOW: &[u8] =
    b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

pub(super) struct Door {
    listener: TcpListener,
    places: Arc<Places>,
}

impl Door {
    pub(super) fn new(listener: TcpListener, places: Arc<Places>) -> Door {
        Door { listener, places }
    }
}

impl Listener for Door {
    type Io = Caller;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Caller, SocketAddr) {
        let (stream, from) = Listener::accept(&mut self.listener).await;
        let place = self.places.take().await;
        (Caller::new(stream, place), from)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

pub(super) struct Caller {
    stream: TcpStream,
    place: Seat,
    end: Pin<Box<Sleep>>,
    sent_away: Pin<Box<WaitForCancellationFutureOwned>>,
}

impl Caller {
    fn new(stream: TcpStream, place: Seat) -> Caller {
        Caller {
            stream,
            end: Box::pin(sleep_until(place.visit.end())),
            sent_away: Box::pin(place.visit.sent_away()),
            place,
        }
    }

    /// Why we hang up, once we do.
    fn poll_end(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        if self.sent_away.as_mut().poll(context).is_ready() {
            return Poll::Ready(io::ErrorKind::ConnectionAborted.into());
        }
        loop {
            ready!(self.end.as_mut().poll(context));
            // It may have moved since.
            let end = self.place.visit.end();
            if end <= Instant::now() {
                return Poll::Ready(io::ErrorKind::TimedOut.into());
            }
            self.end.as_mut().reset(end);
        }
    }

    fn say_too_slow(&self) {
        if let Stage::Header | Stage::Body = self.place.visit.stage() {
            // Whoever does not take it has hung up.
            let _ = self.stream.try_write(TOO_SLOW);
        }
    }
}

impl Connected<IncomingStream<'_, Door>> for Visit {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Visit {
        stream.io().place.visit.clone()
    }
}

impl AsyncRead for Caller {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Poll::Ready(error) = self.poll_end(context) {
            self.say_too_slow();
            return Poll::Ready(Err(error));
        }
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before && self.place.visit.heard() {
            let end = self.place.visit.end();
            self.end.as_mut().reset(end);
        }
        read
    }
}

impl AsyncWrite for Caller {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        if written.is_ready() {
            self.place.visit.answered();
        } else if let Poll::Ready(error) = self.poll_end(context) {
            return Poll::Ready(Err(error));
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests;
