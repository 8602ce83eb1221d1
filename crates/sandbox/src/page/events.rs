//! Tells an open page that something changed. What changed, the page asks for itself.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::Stream;
use futures::stream::unfold;

use super::shared::Shared;
use crate::town::next_of;

/// A `change` event at once and then after every change; many changes may become one event.
pub(super) async fn events(
    State(shared): State<Shared>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut watched = (shared.town.changes(), shared.town.progress());
    watched.1.mark_changed();
    let stream = unfold(watched, |(mut places, mut story)| async move {
        tokio::select! {
            changed = next_of(&mut places) => changed?,
            told = story.changed() => told.ok()?,
        }
        let change = Event::default().event("change").data("1");
        Some((Ok(change), (places, story)))
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}
