//! Whose turn it is while a request is heard and answered: theirs, as long as we wait for more of it; else ours.

use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::middleware::Next;
use axum::response::Response;
use futures::StreamExt;
use http_body_util::BodyExt;

use super::places::{Stage, Visit};

pub(super) async fn take_turns(
    ConnectInfo(visit): ConnectInfo<Visit>,
    request: Request,
    next: Next,
) -> Response {
    visit.turn(Stage::Served);
    let request = request.map(|body| heard(body, visit.clone()));
    let response = next.run(request).await;
    visit.turn(Stage::Served);
    let answer = Answer(visit);
    response.map(|body| {
        Body::new(body.map_err(move |error| {
            let _held = &answer;
            error
        }))
    })
}

fn heard(body: Body, visit: Visit) -> Body {
    let mut pieces = body.into_data_stream();
    Body::from_stream(futures::stream::poll_fn(move |context| {
        let piece = pieces.poll_next_unpin(context);
        visit.turn(match piece.is_pending() {
            true => Stage::Body,
            false => Stage::Served,
        });
        piece
    }))
}

/// Dropped with the last of an answer.
struct Answer(Visit);

impl Drop for Answer {
    fn drop(&mut self) {
        self.0.answered();
        self.0.turn(Stage::Silent);
    }
}
