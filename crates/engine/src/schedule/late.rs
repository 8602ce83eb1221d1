//! Tells authors that their messages have waited for long.

use std::time::Duration;

use conversation::{ChannelId, Timestamp};
use store::{Due, Overdue, Result};

use super::{Done, NO_JUMP, Scheduler};
use crate::perform::LATE;

/// More are told soon after.
const AT_ONCE: u32 = 200;
const SOON: Duration = Duration::from_secs(30);

impl Scheduler {
    /// Tells those whose messages to the channel have waited for long. The row stands for as long as anything waits there.
    pub(super) async fn tell_authors(&self, due: &Due, now: Timestamp) -> Result<()> {
        let authors = self.authors.clone();
        let work = self.in_one(due, move |tx, due| {
            let authors = authors.clone();
            Box::pin(async move {
                let place = (&due.community, &ChannelId(due.about.clone()));
                let untold = tx.backlog(place.0, place.1).untold(AT_ONCE).await?;
                let is_late = |it: &&Overdue| {
                    let is_of_a_wrong_clock = it.created_at > now.plus(NO_JUMP);
                    it.created_at <= now.minus(LATE) || is_of_a_wrong_clock
                };
                let next = untold.iter().find(|it| !is_late(it));
                let next = next.map(|it| it.created_at.plus(LATE));
                let mut done = Done::default();
                for late in untold.iter().filter(is_late) {
                    if let Some(words) = authors.words_of_delay(late)
                        && tx.own_words().say(&words, now).await?.is_some()
                    {
                        done.woken.push(words.home.channel.id);
                    }
                }
                if tx.backlog(place.0, place.1).has_open_posts().await? {
                    let again = next.unwrap_or(now.plus(LATE));
                    let is_all = untold.len() < usize::try_from(AT_ONCE).unwrap_or(usize::MAX);
                    done.next = Some(if is_all { again } else { now.plus(SOON) });
                }
                Ok(done)
            })
        });
        work.await
    }
}
