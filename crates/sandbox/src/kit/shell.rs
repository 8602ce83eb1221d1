//! The HTTP side that is the same everywhere: how it listens, how an answer is written, and how a connection breaks.

use std::io;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
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
            Body::from_stream(futures::stream::iter([broken])).into_response()
        }
    }
}
