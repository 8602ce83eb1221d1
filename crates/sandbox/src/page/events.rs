//! Tells an open page that something changed. What changed, the page asks for itself.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::Stream;
use futures::stream::unfold;
use tokio::sync::watch;

use super::shared::Shared;
use crate::town::{Progress, Town};

struct Watched {
    telegram: watch::Receiver<u64>,
    discord: watch::Receiver<u64>,
    slack: watch::Receiver<u64>,
    mail: watch::Receiver<u64>,
    story: watch::Receiver<Progress>,
}

/// A `change` event at once and then after every change; many changes may become one event.
pub(super) async fn events(
    State(shared): State<Shared>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut watched = Watched::of(&shared.town);
    watched.telegram.mark_changed();
    let stream = unfold(watched, |mut watched| async move {
        watched.any().await?;
        Some((Ok(Event::default().event("change").data("1")), watched))
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

impl Watched {
    fn of(town: &Town) -> Watched {
        Watched {
            telegram: town.telegram.changes(),
            discord: town.discord.changes(),
            slack: town.slack.changes(),
            mail: town.mail.changes(),
            story: town.progress(),
        }
    }

    /// None once the town is gone.
    async fn any(&mut self) -> Option<()> {
        let changed = tokio::select! {
            it = self.telegram.changed() => it,
            it = self.discord.changed() => it,
            it = self.slack.changed() => it,
            it = self.mail.changed() => it,
            it = self.story.changed() => it,
        };
        changed.ok()
    }
}
