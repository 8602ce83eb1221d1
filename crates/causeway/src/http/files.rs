//! `GET /files/{hash}/{name}`: files that a channel could not take, by signed links.
//!
//! **Invariant:** nothing of a link is believed before its signature, and what it leads to never runs in a browser.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use engine::{Engine, FileLink, Linked, system_now};
use serde::Deserialize;
use tokio::sync::Semaphore;

use super::download::{self, Download};

/// Each holds a file open and a place at the door.
const MOST_DOWNLOADS: usize = 64;

#[derive(Clone)]
struct Shelf {
    engine: Arc<Engine>,
    places: Arc<Semaphore>,
}

/// All in text, so that whatever is missing or odd is a link that we did not make.
#[derive(Deserialize)]
struct Signed {
    #[serde(default, rename = "type")]
    mime: String,
    #[serde(default)]
    until: String,
    #[serde(default, rename = "sig")]
    signature: String,
}

pub(crate) fn router(engine: Arc<Engine>) -> Router {
    let places = Arc::new(Semaphore::new(MOST_DOWNLOADS));
    Router::new()
        .route("/files/{sha256}/{name}", get(file))
        .with_state(Shelf { engine, places })
}

async fn file(
    State(shelf): State<Shelf>,
    Path((sha256, name)): Path<(String, String)>,
    Query(signed): Query<Signed>,
    asked: Request,
) -> Response {
    let link = FileLink {
        until: signed.until.parse().unwrap_or(0),
        sha256,
        name,
        mime: signed.mime,
        signature: signed.signature,
    };
    let path = match shelf.engine.follow_link(&link, system_now()).await {
        Ok(Linked::File(path)) => path,
        Ok(Linked::Forged) => return words(StatusCode::FORBIDDEN, FORGED),
        Ok(Linked::Expired) => return words(StatusCode::GONE, EXPIRED),
        Ok(Linked::Gone) => return words(StatusCode::GONE, GONE),
        Err(error) => {
            tracing::warn!(%error, "a link to a file could not be looked at");
            return words(StatusCode::SERVICE_UNAVAILABLE, LATER);
        }
    };
    let Ok(place) = shelf.places.try_acquire_owned() else {
        return words(StatusCode::SERVICE_UNAVAILABLE, LATER);
    };
    let download = Download {
        path,
        sha256: link.sha256,
        name: link.name,
        mime: link.mime,
    };
    match download::answer(&download, asked, place).await {
        Ok(response) => response,
        // It had to make room just now.
        Err(_) => words(StatusCode::GONE, GONE),
    }
}

const FORGED: &str = "This is no link of ours, or a part of it is missing. Copy it again, whole.\n";
const EXPIRED: &str =
    "This link was good for some days, which are over. Ask in the conversation for the file.\n";
const GONE: &str = "This file is no longer kept here. Ask in the conversation for it.\n";
const LATER: &str = "Too many are here at the moment. Try again in a minute.\n";

fn words(status: StatusCode, words: &'static str) -> Response {
    let mut response = (status, words).into_response();
    download::guard(response.headers_mut());
    if status == StatusCode::SERVICE_UNAVAILABLE {
        let wait = axum::http::HeaderValue::from_static("60");
        response.headers_mut().insert("retry-after", wait);
    }
    response
}

#[cfg(test)]
mod tests;
