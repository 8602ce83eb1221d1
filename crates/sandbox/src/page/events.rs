//! Tells an open page what changed: of the shelf the places in which something came, and the platforms on which anything
//! did. What stands in a place the page asks for itself.

use std::collections::HashMap;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures::Stream;
use futures::stream::unfold;
use serde::Serialize;
use tokio::sync::watch::Receiver;

use super::requests::Switches;
use super::shared::Shared;
use crate::kit::Shelved;
use crate::mail::MailFaults;
use crate::town::{Progress, Town, next_of};

/// A page cannot be read faster.
const PAUSE: Duration = Duration::from_millis(100);

#[derive(Serialize)]
struct Change {
    platforms: Vec<&'static str>,
    /// Those of them that are new, or in which something came.
    shelf: Vec<Shelved>,
    /// Addresses of places that are no more.
    gone: Vec<String>,
    switches: Switches,
    mail: MailFaults,
    story: Progress,
}

/// In the order of `Town::changes`.
const PLATFORMS: [&str; 4] = ["telegram", "discord", "slack", "email"];

struct Watch {
    shared: Shared,
    places: [Receiver<u64>; 4],
    story: Receiver<Progress>,
    /// What was told of each platform: its count of changes, and its part of the shelf.
    told: [(Option<u64>, HashMap<String, Shelved>); 4],
}

/// Everything at once, and then a `change` event after every change; many changes may become one event.
pub(super) async fn events(
    State(shared): State<Shared>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let town = &shared.town;
    let mut watch = Watch {
        places: town.changes(),
        story: town.progress(),
        told: Default::default(),
        shared,
    };
    watch.story.mark_changed();
    let stream = unfold(watch, |mut watch| async move {
        if watch.told[0].0.is_some() {
            tokio::time::sleep(PAUSE).await;
        }
        tokio::select! {
            changed = next_of(&mut watch.places) => changed?,
            told = watch.story.changed() => told.ok()?,
        }
        let change = Event::default().event("change").json_data(watch.change());
        Some((Ok(change.ok()?), watch))
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

impl Watch {
    fn change(&mut self) -> Change {
        let town = &self.shared.town;
        let mut change = Change {
            platforms: Vec::new(),
            shelf: Vec::new(),
            gone: Vec::new(),
            switches: self.shared.switches().clone(),
            mail: town.mail.faults(),
            story: self.story.borrow_and_update().clone(),
        };
        let all = PLATFORMS
            .into_iter()
            .zip(&mut self.places)
            .zip(&mut self.told);
        for ((platform, count), (told, shelf)) in all {
            let count = *count.borrow_and_update();
            if told.replace(count) == Some(count) {
                continue;
            }
            change.platforms.push(platform);
            let now = shelf_of(town, platform);
            let is_news = |it: &&Shelved| shelf.remove(&it.at).as_ref() != Some(*it);
            change.shelf.extend(now.iter().filter(is_news).cloned());
            change.gone.extend(shelf.drain().map(|(at, _)| at));
            *shelf = now.into_iter().map(|it| (it.at.clone(), it)).collect();
        }
        change
    }
}

fn shelf_of(town: &Town, platform: &str) -> Vec<Shelved> {
    match platform {
        "telegram" => town.telegram.shelf(),
        "discord" => town.discord.shelf(),
        "slack" => town.slack.shelf(),
        _ => town.mail.shelf(),
    }
}
