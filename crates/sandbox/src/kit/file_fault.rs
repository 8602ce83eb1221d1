//! What comes in place of a file that is asked for, the same on every platform.

use std::time::Duration;

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use bytes::Bytes;
use futures::{StreamExt, stream};

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
                    Err(std::io::Error::other("cut"))
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

fn streamed(
    pieces: impl stream::Stream<Item = std::io::Result<Bytes>> + Send + 'static,
) -> Response {
    ([(header::CONTENT_TYPE, OCTETS)], Body::from_stream(pieces)).into_response()
}
