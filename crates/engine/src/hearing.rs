//! Whether a platform is heard at all: staff is told when that fails for a while, and it is taken off the board once it is over.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use conversation::{Platform, Timestamp};
use store::{INSTALLATION, Notice, NoticeKind, Result, Store};

/// What is over by then is no news.
const TOLD_AFTER: Duration = Duration::from_secs(15);

pub(crate) struct Hearing {
    store: Store,
    unheard: Mutex<Unheard>,
}

/// Since when each platform that is not heard is so, and whether staff knows.
#[derive(Debug, Default)]
struct Unheard(HashMap<Platform, (Timestamp, bool)>);

/// What staff must hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outage {
    Begins,
    Over,
}

impl Unheard {
    fn note(&mut self, platform: &Platform, fails: bool, now: Timestamp) -> Option<Outage> {
        if !fails {
            let (_, is_told) = self.0.remove(platform)?;
            return is_told.then_some(Outage::Over);
        }
        let (since, is_told) = self.0.entry(platform.clone()).or_insert((now, false));
        let is_news = !*is_told && now.since(*since) >= TOLD_AFTER;
        *is_told |= is_news;
        is_news.then_some(Outage::Begins)
    }

    /// It could not be written down: the next look tells it.
    fn take_back(&mut self, platform: &Platform, outage: Outage, now: Timestamp) {
        let is_told = outage == Outage::Over;
        let (_, told) = self.0.entry(platform.clone()).or_insert((now, is_told));
        *told = is_told;
    }
}

impl Hearing {
    pub(crate) fn new(store: Store) -> Hearing {
        Hearing {
            store,
            unheard: Mutex::default(),
        }
    }

    /// `trouble` says why nothing is heard there.
    pub(crate) async fn note(&self, platform: &Platform, trouble: Option<String>, now: Timestamp) {
        let known = || self.unheard.lock().expect("no panic under this lock");
        let Some(outage) = known().note(platform, trouble.is_some(), now) else {
            return;
        };
        let is_written = match trouble {
            Some(why) => self.tell(unheard(platform, &why, now)).await,
            None => self.heard_again(platform.0.clone()).await,
        };
        if !is_written {
            known().take_back(platform, outage, now);
        }
    }

    /// About an account, which is no community's own. False if it could not be written down.
    pub(crate) async fn tell(&self, notice: Notice) -> bool {
        let told = self.store.write(move |tx| {
            let notice = notice.clone();
            Box::pin(async move { tx.notices(&INSTALLATION).tell_once(&notice).await })
        });
        is_written(told.await)
    }

    async fn heard_again(&self, platform: String) -> bool {
        let cleared = self.store.write(move |tx| {
            let platform = platform.clone();
            let kind = NoticeKind::AccountUnheard;
            Box::pin(async move { tx.notices(&INSTALLATION).clear(kind, &platform).await })
        });
        is_written(cleared.await)
    }
}

fn is_written(outcome: Result<()>) -> bool {
    let told = outcome.inspect_err(|error| {
        tracing::warn!(%error, "staff could not be told of an account");
    });
    told.is_ok()
}

fn unheard(platform: &Platform, why: &str, now: Timestamp) -> Notice {
    let text = format!(
        "nothing is heard from {platform}, and it is tried again by itself: {why}. What is said there meanwhile is read \
         afterwards, as far as the platform keeps it."
    );
    Notice::new(NoticeKind::AccountUnheard, platform.0.clone(), text, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lasts_is_told_once_and_that_it_is_over_too() {
        let mut unheard = Unheard::default();
        let chat = Platform::from("chat");
        let mut note = |fails, at| unheard.note(&chat, fails, Timestamp(at));
        assert_eq!(note(true, 0), None);
        assert_eq!(
            note(false, 1_000),
            None,
            "it was over before anybody was told"
        );
        assert_eq!(note(true, 2_000), None);
        assert_eq!(note(true, 17_000), Some(Outage::Begins));
        assert_eq!(note(true, 90_000), None);
        assert_eq!(note(false, 91_000), Some(Outage::Over));
        assert_eq!(note(false, 92_000), None);
    }

    #[test]
    fn what_could_not_be_written_down_is_told_at_the_next_look() {
        let mut unheard = Unheard::default();
        let chat = Platform::from("chat");
        let at = Timestamp;
        unheard.note(&chat, true, at(0));
        for outage in [Outage::Begins, Outage::Over] {
            let fails = outage == Outage::Begins;
            assert_eq!(unheard.note(&chat, fails, at(20_000)), Some(outage));
            unheard.take_back(&chat, outage, at(20_000));
            assert_eq!(unheard.note(&chat, fails, at(21_000)), Some(outage));
        }
    }
}
