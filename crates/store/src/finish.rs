//! What became of an attempt.

use conversation::{
    AS_A_CORRECTION, ChannelId, CommunityId, DeliveryId, LeftOut, MessageId, RemoteId, Timestamp,
    WaitsFor,
};

use crate::{
    DueKind, PartFiles, Result,
    accept::{CORRECTION, name_thread, put_copies},
    parts::Outcome,
    text,
    together::row,
};

/// Goes into the same transaction as the claim of what comes next.
#[derive(Debug, Clone)]
pub struct Finish {
    pub community: String,
    pub delivery: DeliveryId,
    pub message: MessageId,
    pub channel: ChannelId,
    /// What stands in the channel now, part by part.
    pub remote_ids: Vec<Vec<RemoteId>>,
    /// The files in these parts, where they are known.
    pub part_files: Option<PartFiles>,
    /// How many of these parts were known before.
    pub known_parts: usize,
    /// What arrived was said in reply to the message, which stays as it is.
    pub is_correction: bool,
    /// The thread that was opened for it, and its root.
    pub thread: Option<(RemoteId, MessageId)>,
    /// Files that the message goes without, from now on.
    pub left_out: Vec<LeftOut>,
    pub progress: Progress,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    Sent {
        revision: u32,
        at: Timestamp,
    },
    /// As the correction of a message that stays as it is.
    Corrected {
        revision: u32,
        at: Timestamp,
    },
    /// More parts are to come, at once.
    PartSent {
        /// The oldest of those that the parts stand in.
        revision: u32,
        at: Timestamp,
    },
    Again {
        at: Timestamp,
        reason: String,
        /// In the adapter's own words.
        done: Option<String>,
        count: Count,
    },
    InDoubt {
        at: Timestamp,
        reason: String,
        /// In the adapter's own words.
        done: Option<String>,
        count: Count,
    },
    Dead {
        reason: String,
    },
    Suppressed {
        rule: &'static str,
    },
    Waits {
        what: WaitsFor,
        /// When that is looked up; of a window, since when its opening counts.
        at: Timestamp,
    },
}

/// How an attempt counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    Counted,
    /// Nothing was tried: our own count of the platform's limits said wait.
    Uncounted,
    /// The first that left a doubt: doubts are counted by themselves.
    First,
}

impl Progress {
    fn state(&self) -> &'static str {
        match self {
            Progress::Sent { .. } | Progress::Corrected { .. } => "sent",
            Progress::PartSent { .. } | Progress::Again { .. } => "to_do",
            Progress::InDoubt { .. } => "uncertain",
            Progress::Dead { .. } => "dead",
            Progress::Suppressed { .. } => "suppressed",
            Progress::Waits { .. } => "waiting",
        }
    }

    /// Nothing more is tried.
    pub fn is_over(&self) -> bool {
        matches!(self.state(), "sent" | "dead" | "suppressed" | "waiting")
    }

    fn reason(&self) -> Option<String> {
        match self {
            Progress::Sent { .. } | Progress::PartSent { .. } => None,
            Progress::Corrected { .. } => Some(AS_A_CORRECTION.to_owned()),
            Progress::Again { reason, .. }
            | Progress::InDoubt { reason, .. }
            | Progress::Dead { reason } => Some(reason.clone()),
            Progress::Suppressed { rule } => Some((*rule).to_owned()),
            Progress::Waits { what, .. } => Some(what.rule().to_owned()),
        }
    }

    fn waits_for(&self) -> Option<&'static str> {
        match self {
            Progress::Waits { what, .. } => Some(what.as_str()),
            _ => None,
        }
    }

    /// The part that comes after one that arrived is work of its own: nothing of it was tried or done.
    fn attempts(&self) -> &'static str {
        match self {
            Progress::PartSent { .. } => "anew",
            Progress::Again { count, .. } | Progress::InDoubt { count, .. } => match count {
                Count::Counted => "counted",
                Count::Uncounted => "uncounted",
                Count::First => "first",
            },
            _ => "counted",
        }
    }

    fn next_attempt_at(&self) -> i64 {
        match self {
            Progress::PartSent { at, .. }
            | Progress::Again { at, .. }
            | Progress::InDoubt { at, .. } => at.0,
            _ => 0,
        }
    }
}

impl Finish {
    fn files_noted(&self) -> Result<Option<String>> {
        let noted = self.part_files.as_ref().map(serde_json::to_string);
        Ok(noted.transpose()?)
    }
}

impl Outcome<'_> {
    pub async fn record(&mut self) -> Result<()> {
        let finish = self.finish;
        let (revision, sent_at) = match finish.progress {
            Progress::Sent { revision, at } | Progress::Corrected { revision, at } => {
                (Some(i64::from(revision)), Some(at.0))
            }
            Progress::PartSent { revision, .. } => (Some(i64::from(revision)), None),
            _ => (None, None),
        };
        let done = match &finish.progress {
            Progress::Again { done, .. } | Progress::InDoubt { done, .. } => {
                done.as_deref().map(text::clean)
            }
            _ => None,
        };
        let row = row![
            &finish.community,
            &finish.delivery.0,
            finish.progress.state(),
            finish.progress.reason().as_deref().map(text::clean),
            serde_json::to_string(&finish.remote_ids)?,
            revision,
            sent_at,
            finish.progress.next_attempt_at(),
            finish.progress.attempts(),
            done,
            finish.files_noted()?,
            finish.progress.waits_for(),
        ];
        self.tx.put_finished(finish, row);
        self.put_new_parts();
        if let Progress::Waits {
            what: WaitsFor::Window,
            at,
        } = finish.progress
        {
            self.go_through_the_window(at).await?;
        }
        if let Progress::Waits { what, at } = finish.progress
            && let Some(kind) = DueKind::of(what)
        {
            let about = match kind {
                DueKind::File => &finish.delivery.0,
                _ => &finish.channel.0,
            };
            let community = CommunityId::from(finish.community.as_str());
            self.tx
                .clock()
                .fall_due_at(&community, (kind, about), at)
                .await?;
        }
        if !finish.left_out.is_empty() {
            let now = Timestamp(finish.progress.next_attempt_at());
            self.leave_out(now).await?;
        }
        match &finish.thread {
            Some((name, root)) => {
                let place = (finish.community.as_str(), finish.channel.as_str());
                name_thread(self.tx, place, name, root).await
            }
            None => Ok(()),
        }
    }

    /// Its person may have been heard while the attempt found it shut.
    async fn go_through_the_window(&mut self, since: Timestamp) -> Result<()> {
        sqlx::query(
            "update delivery set state = 'to_do', waits_for = null, reason = null
             where community_id = $1 and id = $2 and exists (
               select 1 from channel where community_id = $1 and id = $3 and heard_at > $4
             )",
        )
        .bind(&self.finish.community)
        .bind(&self.finish.delivery.0)
        .bind(&self.finish.channel.0)
        .bind(since.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    fn put_new_parts(&mut self) {
        let finish = self.finish;
        let earlier: usize = finish
            .remote_ids
            .iter()
            .take(finish.known_parts)
            .map(Vec::len)
            .sum();
        let first_part = if finish.is_correction { CORRECTION } else { 0 };
        let all = finish.remote_ids.iter().flatten();
        let fresh: Vec<_> = (first_part..).zip(all).skip(earlier).collect();
        let place = (finish.community.as_str(), finish.channel.as_str());
        put_copies(self.tx, place, &finish.message, &fresh);
    }

    /// An edit leaves its post at a newer revision, and perhaps in more or fewer parts.
    pub async fn record_edit(&mut self, revision: u32) -> Result<()> {
        let finish = self.finish;
        sqlx::query(
            "update delivery set revision = $1, remote_ids = $2, part_files = $3
             where community_id = $4 and message_id = $5 and channel_id = $6 and operation = 'post'",
        )
        .bind(i64::from(revision))
        .bind(serde_json::to_string(&finish.remote_ids)?)
        .bind(finish.files_noted()?)
        .bind(&finish.community)
        .bind(&finish.message.0)
        .bind(&finish.channel.0)
        .execute(self.tx.connection().await?)
        .await?;
        let mut words = self.tx.words(&finish.community);
        words.forget_unseen(&finish.message.0).await
    }

    /// A correction leaves its post as it is, and what stands there says a newer revision.
    pub async fn record_correction(&mut self, revision: u32) -> Result<()> {
        let finish = self.finish;
        sqlx::query(
            "update delivery set revision = $1
             where community_id = $2 and message_id = $3 and channel_id = $4 and operation = 'post'",
        )
        .bind(i64::from(revision))
        .bind(&finish.community)
        .bind(&finish.message.0)
        .bind(&finish.channel.0)
        .execute(self.tx.connection().await?)
        .await?;
        let mut words = self.tx.words(&finish.community);
        words.forget_unseen(&finish.message.0).await
    }
}
