//! One turn of a lane: the last result written down, and the next delivery taken, in one transaction.

use conversation::{CommunityId, Link};
use store::{Claim, Entry, Foresight, INSTALLATION, Result, Say, Tx};

use super::claiming::Claiming;
use super::failing::{Failing, NoticeChange};
use crate::{
    conclude::{Aftermath, Conclusion},
    notices::{closed_notice, dead_notice, refused_notice},
};

pub(super) struct Turn {
    /// None of a channel that nobody knows any more.
    pub(super) entry: Option<Entry>,
    pub(super) conclusion: Option<Conclusion>,
    /// What the author must hear.
    pub(super) bad_news: Option<Say>,
    /// The rule by which all that waits goes nowhere.
    pub(super) sweeps: Option<&'static str>,
    pub(super) failing: Failing,
    /// What staff must hear of the channel.
    pub(super) change: Option<NoticeChange>,
    /// The rooms of the community as they were when the last attempt began.
    pub(super) rooms: Option<i64>,
    pub(super) claiming: Claiming,
}

impl Turn {
    pub(super) fn community(&self) -> CommunityId {
        let entry = self.entry.as_ref();
        entry.map_or(INSTALLATION, |it| it.community.clone())
    }

    pub(super) fn foresight(&self) -> Foresight {
        let claims = self.claiming.taking.claims() && self.claiming.look.answer.is_none();
        let queue = self.entry.as_ref().filter(|_| claims);
        let ended = self.conclusion.as_ref().map(|it| &it.finish);
        let over = ended.filter(|it| it.progress.is_over());
        let foresight = |it| Foresight::of_queue(it, over.map(|it| &it.delivery));
        queue.map(foresight).unwrap_or_default()
    }

    pub(super) fn has_left(&self) -> bool {
        let entry = self.entry.as_ref();
        entry.is_some_and(|it| it.channel.has_left())
    }

    pub(super) async fn write(&self, tx: &mut Tx) -> Result<(Failing, Claim)> {
        if let (Some(change), Some(entry)) = (&self.change, &self.entry) {
            change.tell(tx, (entry, self.rooms)).await?;
        }
        if let Some(conclusion) = &self.conclusion {
            self.record(tx, conclusion).await?;
        }
        if let Some(words) = &self.bad_news {
            tx.own_words().say(words, self.claiming.now).await?;
        }
        let Some(entry) = &self.entry else {
            return Ok((self.failing, Claim::Idle));
        };
        if let Some(rule) = self.sweeps {
            let mut backlog = tx.backlog(&entry.community, &entry.channel.id);
            backlog.stop(rule).await?;
        }
        if self
            .conclusion
            .as_ref()
            .is_some_and(Conclusion::stops_the_lane)
        {
            return Ok((self.failing, Claim::Idle));
        }
        let claim = self.claiming.claim(tx, entry).await?;
        let about = (entry, self.claiming.taking, &claim);
        Ok((self.failing.settle(tx, about).await?, claim))
    }

    async fn record(&self, tx: &mut Tx, conclusion: &Conclusion) -> Result<()> {
        let (finish, now) = (&conclusion.finish, self.claiming.now);
        tx.outcome(finish).record().await?;
        let Some(entry) = &self.entry else {
            return Ok(());
        };
        let channel = &entry.channel;
        let notice = match &conclusion.aftermath {
            Aftermath::Nothing => return Ok(()),
            Aftermath::Edited { revision } => {
                return tx.outcome(finish).record_edit(*revision).await;
            }
            Aftermath::Corrected { revision } => {
                return tx.outcome(finish).record_correction(*revision).await;
            }
            // Who is spoken to alone is found again once they speak.
            Aftermath::MoveChannel(_) | Aftermath::SuspendLink { .. } if channel.is_direct() => {
                return tx.channel(entry).set_link(Link::Suspended).await;
            }
            Aftermath::MoveChannel(to) => return tx.channel(entry).moves_to(to, now).await,
            // Perhaps it was opened while this attempt was under way: the next one tells.
            Aftermath::SuspendLink { .. }
                if tx.directory().revision_of(&entry.community).await? != self.rooms =>
            {
                return Ok(());
            }
            Aftermath::SuspendLink { why } => {
                tx.channel(entry).set_link(Link::Suspended).await?;
                closed_notice(entry, why, now)
            }
            Aftermath::Dead => dead_notice(entry, now),
            Aftermath::RefuseAccount { why } => {
                let notice = refused_notice(&channel.at.platform, why, now);
                return tx.notices(&INSTALLATION).tell_once(&notice).await;
            }
        };
        tx.notices(&entry.community).tell_once(&notice).await
    }
}

impl Conclusion {
    /// The channel's address or its right to be sent to has changed: look again before the next claim.
    pub(super) fn stops_the_lane(&self) -> bool {
        !matches!(
            self.aftermath,
            Aftermath::Nothing
                | Aftermath::Edited { .. }
                | Aftermath::Corrected { .. }
                | Aftermath::Dead
        )
    }
}
