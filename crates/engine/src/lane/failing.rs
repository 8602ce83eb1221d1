//! A channel that takes nothing for a while: staff hears why, and it is taken off the board once something goes through. Each
//! start tells anew.

use std::time::Duration;

use conversation::{SendError, Timestamp};
use store::{Claim, Entry, Notice, NoticeKind, Result, Tx};

use super::claiming::Taking;
use crate::perform::{Outcome, Says};

/// A delay that is over by then is no news.
const TOLD_AFTER: Duration = Duration::from_secs(20);

/// What a lane knows of its channel's trouble.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Failing {
    /// When the first attempt began that failed.
    since: Option<Timestamp>,
    /// Staff was told.
    is_told: bool,
}

pub(super) enum NoticeChange {
    Raise(Notice),
    Clear,
}

impl Failing {
    pub(super) fn is_told(self) -> bool {
        self.is_told
    }

    /// Where nothing is left that could fail, nobody waits to know whether the channel takes anything.
    pub(super) async fn settle(
        self,
        tx: &mut Tx,
        (entry, taking, claim): (&Entry, Taking, &Claim),
    ) -> Result<Failing> {
        if !self.is_told || !taking.claims() || !matches!(claim, Claim::Idle) {
            return Ok(self);
        }
        NoticeChange::Clear.tell(tx, (entry, None)).await?;
        Ok(Failing::default())
    }

    /// After an attempt that was begun at that time: what is known now, and what staff must hear of it.
    pub(super) fn after(
        self,
        entry: &Entry,
        (began, outcome): (Timestamp, &Outcome),
        now: Timestamp,
    ) -> (Failing, Option<NoticeChange>) {
        match (outcome.says(), outcome) {
            (Says::ChannelTakesMessages, _) => (
                Failing::default(),
                self.is_told.then_some(NoticeChange::Clear),
            ),
            (Says::ChannelFails, Outcome::Failed(error)) => {
                let since = self.since.unwrap_or(began);
                let lasts = now.since(since) >= TOLD_AFTER;
                let known = Failing {
                    since: Some(since),
                    is_told: self.is_told || lasts,
                };
                (
                    known,
                    lasts.then(|| NoticeChange::Raise(notice(entry, error, now))),
                )
            }
            _ => (self, None),
        }
    }
}

fn notice(entry: &Entry, error: &SendError, now: Timestamp) -> Notice {
    let (channel, why) = (entry.name(), error.words());
    let text = format!("nothing can be sent to {channel}, and it is tried again by itself: {why}");
    Notice::new(NoticeKind::ChannelFails, channel.to_string(), text, now)
}

impl NoticeChange {
    /// Of rooms that changed since the attempt began, the next one tells: the channel may have left them meanwhile.
    pub(super) async fn tell(
        &self,
        tx: &mut Tx,
        (entry, rooms): (&Entry, Option<i64>),
    ) -> Result<()> {
        match self {
            NoticeChange::Raise(_)
                if tx.directory().revision_of(&entry.community).await? != rooms =>
            {
                Ok(())
            }
            NoticeChange::Raise(notice) => tx.notices(&entry.community).tell_once(notice).await,
            NoticeChange::Clear => {
                let about = entry.name().to_string();
                tx.notices(&entry.community)
                    .clear(NoticeKind::ChannelFails, &about)
                    .await
            }
        }
    }
}
