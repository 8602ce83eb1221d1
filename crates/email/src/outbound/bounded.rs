//! A connection on which the other side must let us speak. **Invariant:** no more is read between two writes of ours
//! than any mail server has to say: lettre keeps a line in memory until it ends, and reads an answer anew with each of
//! its lines.

use std::{
    fmt, io,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll, ready},
};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// In bytes; below TLS its certificates are among them.
const MOST_HEARD: usize = 32 * 1024;

pub(super) struct Bounded<S> {
    stream: S,
    peer: SocketAddr,
    heard: usize,
    /// Read before anything that comes over the stream.
    ahead: &'static [u8],
}

impl<S> Bounded<S> {
    pub(super) fn new(stream: S, peer: SocketAddr) -> Bounded<S> {
        Bounded {
            stream,
            peer,
            heard: 0,
            ahead: b"",
        }
    }

    /// For a server that has greeted us before TLS began, and does not do it again: lettre waits for that.
    pub(super) fn greeted(stream: S, peer: SocketAddr) -> Bounded<S> {
        Bounded {
            ahead: b"220 TLS\r\n",
            ..Bounded::new(stream, peer)
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Bounded<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.ahead.is_empty() {
            let (now, later) = self
                .ahead
                .split_at(self.ahead.len().min(buffer.remaining()));
            buffer.put_slice(now);
            self.ahead = later;
            return Poll::Ready(Ok(()));
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        self.heard += buffer.filled().len() - before;
        if self.heard > MOST_HEARD {
            let error = io::Error::other("the mail server talks without end");
            return Poll::Ready(Err(error));
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Bounded<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.heard = 0;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl<S: AsyncRead + AsyncWrite + Send + Sync + Unpin> AsyncTokioStream for Bounded<S> {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.peer)
    }
}

impl<S> fmt::Debug for Bounded<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bounded")
            .field("heard", &self.heard)
            .finish()
    }
}
