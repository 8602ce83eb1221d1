//! The HTTP side that is the same everywhere: how it listens, how an answer is written, how a connection breaks, and what
//! comes in place of a file.

use std::io;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use bytes::Bytes;
use futures::{StreamExt, stream};
use tokio::net::TcpListener;

use super::connection::{Door, Scissors};

/// MIME type and bytes.
pub(crate) type File = (String, Bytes);

/// Serves until the listener breaks.
pub(crate) async fn serve(router: Router, listener: TcpListener) -> io::Result<()> {
    let service = router.into_make_service_with_connect_info::<Scissors>();
    axum::serve(Door(listener), service).await
}

pub(crate) fn scissors(request: &Request) -> Option<Scissors> {
    let info = request.extensions().get::<ConnectInfo<Scissors>>();
    info.map(|it| it.0.clone())
}

pub(crate) fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

pub(crate) fn json(code: u16, body: String) -> Response {
    typed(code, "application/json", body)
}

pub(crate) fn typed(code: u16, kind: &str, body: impl IntoResponse) -> Response {
    (status(code), [(header::CONTENT_TYPE, kind)], body).into_response()
}

pub(crate) fn file((mime, bytes): File) -> Response {
    typed(200, &mime, bytes)
}

/// What follows is never seen: the first byte of it breaks the connection. Without scissors a broken body stands for that.
pub(crate) fn cut(scissors: Option<Scissors>) -> Response {
    match scissors {
        Some(scissors) => {
            scissors.cut();
            StatusCode::OK.into_response()
        }
        None => {
            let broken = Err::<String, _>(io::Error::from(io::ErrorKind::ConnectionReset));
            Body::from_stream(stream::iter([broken])).into_response()
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileFault {
    /// To this address.
    Redirect(String),
    Status(u16),
    /// A page for people, and 200.
    Page,
    /// 200, and nothing more.
    Empty,
    /// Less than was announced, then the connection ends.
    Cut,
    /// More than anybody wants.
    Endless,
    /// Now and then a byte.
    Trickle,
    /// 200, and then nothing ever.
    Silence,
}

const OCTETS: &str = "application/octet-stream";
const PIECE: Bytes = Bytes::from_static(&[b'x'; 16 << 10]);

impl FileFault {
    /// Each that comes to an end, or to more than anybody takes.
    pub fn all(elsewhere: &str) -> [FileFault; 9] {
        [
            FileFault::Redirect(elsewhere.to_owned()),
            FileFault::Page,
            FileFault::Status(403),
            FileFault::Status(404),
            FileFault::Status(410),
            FileFault::Status(416),
            FileFault::Empty,
            FileFault::Cut,
            FileFault::Endless,
        ]
    }

    pub(crate) fn answer(&self) -> Response {
        match self {
            FileFault::Redirect(to) => {
                (StatusCode::FOUND, [(header::LOCATION, to.clone())]).into_response()
            }
            FileFault::Status(status) => StatusCode::from_u16(*status)
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
                .into_response(),
            FileFault::Page => Html("<!DOCTYPE html><p>Please sign in").into_response(),
            FileFault::Empty => ([(header::CONTENT_TYPE, OCTETS)], Bytes::new()).into_response(),
            FileFault::Cut => {
                // The head goes out before the end comes.
                let cut = stream::once(async {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    Err(io::Error::other("cut"))
                });
                streamed(stream::iter([Ok(PIECE)]).chain(cut))
            }
            FileFault::Endless => streamed(stream::repeat_with(|| Ok(PIECE))),
            FileFault::Silence => streamed(stream::pending()),
            FileFault::Trickle => streamed(stream::repeat(()).then(|()| async {
                tokio::time::sleep(Duration::from_millis(500)).await;
                Ok(PIECE.slice(..1))
            })),
        }
    }
}

fn streamed(pieces: impl stream::Stream<Item = io::Result<Bytes>> + Send + 'static) -> Response {
    ([(header::CONTENT_TYPE, OCTETS)], Body::from_stream(pieces)).into_response()
}
