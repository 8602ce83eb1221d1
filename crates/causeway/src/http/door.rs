//! The door of our listener. **Invariant:** whoever connects is heard for so long and no longer, unless we had
//! something to answer and they take it, and no more than so many are heard at once.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, Sleep, sleep};

/// For a whole request, and for whoever stops taking its answer. hyper would count for the header alone, and axum gives it
/// no clock.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);
pub(super) const MOST_CALLERS: usize = 256;

pub(super) struct Door {
    listener: TcpListener,
    patience: Duration,
    places: Arc<Semaphore>,
}

impl Door {
    pub(super) fn new(listener: TcpListener, patience: Duration, most_callers: usize) -> Door {
        Door {
            listener,
            patience,
            places: Arc::new(Semaphore::new(most_callers)),
        }
    }
}

impl Listener for Door {
    type Io = Caller;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Caller, SocketAddr) {
        // Who finds no place waits in the system's queue.
        let place = Arc::clone(&self.places).acquire_owned().await.ok();
        let (stream, from) = Listener::accept(&mut self.listener).await;
        let caller = Caller {
            stream,
            patience: self.patience,
            end: Box::pin(sleep(self.patience)),
            _place: place,
        };
        (caller, from)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

pub(super) struct Caller {
    stream: TcpStream,
    patience: Duration,
    end: Pin<Box<Sleep>>,
    _place: Option<OwnedSemaphorePermit>,
}

impl AsyncRead for Caller {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.end.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
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
            let end = Instant::now() + self.patience;
            self.end.as_mut().reset(end);
        } else if self.end.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
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
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::Instant;

    use axum::Router;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    const A_MOMENT: Duration = Duration::from_millis(300);

    async fn open(patience: Duration, most_callers: usize) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/", get(|| async { "hello" }));
        let door = Door::new(listener, patience, most_callers);
        tokio::spawn(async move { axum::serve(door, router).await });
        address
    }

    async fn asked(stream: &mut TcpStream) -> usize {
        let request = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";
        stream.write_all(request).await.unwrap();
        stream.read(&mut [0; 4096]).await.unwrap()
    }

    /// S16.
    #[tokio::test]
    async fn a_request_that_trickles_in_is_not_waited_for() {
        let address = open(A_MOMENT, 10).await;
        let stream = TcpStream::connect(address).await.unwrap();
        let (mut reader, mut writer) = stream.into_split();
        let began = Instant::now();
        let trickle = async {
            let mut pause = tokio::time::interval(A_MOMENT / 10);
            writer.write_all(b"GET / HTTP/1.1\r\nx-slow: ").await.ok();
            while writer.write_all(b"x").await.is_ok() {
                pause.tick().await;
            }
        };
        let mut answer = Vec::new();
        let (_, ()) = tokio::join!(reader.read_to_end(&mut answer), trickle);
        assert!(began.elapsed() >= A_MOMENT && began.elapsed() < 20 * A_MOMENT);
        assert!(!answer.starts_with(b"HTTP/1.1 200"));
    }

    #[tokio::test]
    async fn who_asks_in_time_may_ask_again() {
        let address = open(A_MOMENT, 10).await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        let mut pause = tokio::time::interval(A_MOMENT / 3);
        for _ in 0..9 {
            assert!(asked(&mut stream).await > 0);
            pause.tick().await;
        }
    }

    #[tokio::test]
    async fn who_asks_and_does_not_take_the_answer_is_let_go() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/", get(|| async { vec![0_u8; 64 << 20] }));
        let door = Door::new(listener, A_MOMENT, 1);
        let places = Arc::clone(&door.places);
        tokio::spawn(async move { axum::serve(door, router).await });
        let mut silent = TcpStream::connect(address).await.unwrap();
        let request = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";
        silent.write_all(request).await.unwrap();
        // The door takes the one place for the next caller as soon as it is free.
        silent.readable().await.unwrap();
        let next = TcpStream::connect(address).await.unwrap();
        tokio::time::timeout(40 * A_MOMENT, asked_on(next))
            .await
            .unwrap();
        assert_eq!(places.available_permits(), 0);
    }

    async fn asked_on(mut stream: TcpStream) {
        assert!(asked(&mut stream).await > 0);
    }

    #[tokio::test]
    async fn one_caller_too_many_waits_for_a_place() {
        let address = open(PATIENCE, 1).await;
        let mut first = TcpStream::connect(address).await.unwrap();
        assert!(asked(&mut first).await > 0);
        let mut second = TcpStream::connect(address).await.unwrap();
        let waiting = tokio::time::timeout(A_MOMENT, asked(&mut second)).await;
        assert!(waiting.is_err());
        drop(first);
        assert!(second.read(&mut [0; 4096]).await.unwrap() > 0);
    }
}
