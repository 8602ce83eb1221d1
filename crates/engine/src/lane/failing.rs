//! A channel that takes nothing for a while: staff hears why, and it is taken off the board once something goes through. Each
//! start tells anew.

use conversation::{SendError, Timestamp};
use store::{CHANNEL_FAILS, Entry, Notice, Result, Tx, Work};

use crate::perform::{Outcome, Says};

/// A delay that is over by then, within a minute, is no news.
const TOLD_AFTER: u32 = 5;

pub(super) enum News {
    Fails(Notice),
    Works,
}

/// `is_told` says whether staff knows that the channel fails.
pub(super) fn news(
    (entry, is_told): (&Entry, bool),
    (work, outcome): (&Work, &Outcome),
    now: Timestamp,
) -> Option<News> {
    match outcome {
        Outcome::Failed(SendError::Unavailable(why)) if !is_told && work.attempts >= TOLD_AFTER => {
            let channel = &entry.channel.at;
            Some(News::Fails(Notice {
                kind: CHANNEL_FAILS.to_owned(),
                about: channel.to_string(),
                text: format!(
                    "nothing can be sent to {channel}, and it is tried again by itself: {why}"
                ),
                at: now,
            }))
        }
        outcome if is_told && outcome.says() == Says::ChannelTakesMessages => Some(News::Works),
        _ => None,
    }
}

impl News {
    pub(super) async fn tell(&self, tx: &mut Tx, entry: &Entry) -> Result<()> {
        match self {
            News::Fails(notice) => tx.notify_once(&entry.community, notice).await.map(|_| ()),
            News::Works => {
                let about = entry.channel.at.to_string();
                tx.clear_notice(&entry.community, CHANNEL_FAILS, &about)
                    .await
            }
        }
    }
}
