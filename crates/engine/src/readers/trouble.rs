//! What staff hears of readers who do not get what is said: by name, when it begins, and no more once it is over.

use conversation::{ChannelRef, Timestamp};
use store::{Became, Entry, Notice, NoticeKind, Result, Trouble, Tx};

use super::Member;

/// A delay that is over by then is no news.
const TOLD_AFTER: u32 = 6;

impl Member {
    /// What staff must hear of it, if it is another than before. `attempts` counts those for what waits.
    pub(crate) fn change(
        &self,
        entry: &Entry,
        became: &Became,
        attempts: u32,
        now: Timestamp,
    ) -> Option<TroubleChange> {
        let (trouble, text) = match became {
            Became::Reached => {
                return self.note(None).then(|| TroubleChange::Over {
                    number: self.number,
                    about: self.about(&entry.channel.at),
                });
            }
            Became::Waits { .. } if attempts < TOLD_AFTER => return None,
            Became::Waits { said, .. } => (
                Trouble::Waits,
                format!("waits, and is tried again by itself: {said}"),
            ),
            Became::Refused { said } => (
                Trouble::Refused,
                format!(
                    "was given up: {said}. If that lasts, ask them for another address, or take them off the list"
                ),
            ),
        };
        let text = format!("what is said in {} {text}", entry.channel.at);
        tracing::debug!(channel.id = %entry.channel.id, reader.number = self.number, ?trouble, "a reader does not get what is said");
        self.note(Some(trouble)).then(|| TroubleChange::Trouble {
            number: self.number,
            trouble,
            notice: self.notice(NoticeKind::ReaderTrouble, &entry.channel.at, text, now),
        })
    }

    /// True if it was otherwise.
    fn note(&self, trouble: Option<Trouble>) -> bool {
        let mut known = self.trouble.lock().expect("no panic under this lock");
        std::mem::replace(&mut *known, trouble) != trouble
    }

    pub(super) fn notice(
        &self,
        kind: NoticeKind,
        channel: &ChannelRef,
        text: String,
        at: Timestamp,
    ) -> Notice {
        let text = format!("{}: {text}", self.name);
        Notice::new(kind, self.about(channel), text, at)
    }

    fn about(&self, channel: &ChannelRef) -> String {
        format!("{channel}#{}", self.number)
    }
}

/// Of one reader.
pub(crate) enum TroubleChange {
    Trouble {
        number: i64,
        trouble: Trouble,
        notice: Notice,
    },
    Over {
        number: i64,
        about: String,
    },
}

impl TroubleChange {
    pub(crate) async fn tell(&self, tx: &mut Tx, entry: &Entry) -> Result<()> {
        match self {
            TroubleChange::Trouble {
                number,
                trouble,
                notice,
            } => {
                tx.readers(entry)
                    .note_trouble(*number, Some(*trouble))
                    .await?;
                tx.notices(&entry.community).tell_anew(notice).await
            }
            TroubleChange::Over { number, about } => {
                tx.readers(entry).note_trouble(*number, None).await?;
                tx.notices(&entry.community)
                    .clear(NoticeKind::ReaderTrouble, about)
                    .await
            }
        }
    }
}
