//! What waits for single readers of a channel, one after the other, beside the channel's own way out: who waits holds up nobody.

use std::{sync::Arc, time::Duration};

use conversation::{Adapter, ChannelId, Timestamp};
use store::{Became, Entry, Late, LateWork, Result};

use super::{Step, WayOut, claiming::Taking};
use crate::{
    notices::dead_notice,
    perform::Dispatcher,
    readers::{Member, Readership},
};

pub struct LateLane {
    dispatcher: Arc<Dispatcher>,
    channel: ChannelId,
    /// As late as this it is, if the clock went back since.
    reached: Timestamp,
    /// What keeps everybody from getting anything is waited out.
    back_off_until: Timestamp,
}

/// Before a server is asked again that took nothing for anybody.
const BACK_OFF: Duration = Duration::from_secs(60);

impl WayOut for LateLane {
    async fn step(&mut self, now: Timestamp) -> Result<Step> {
        let by = self.dispatcher.clone();
        let directory = by.store.directory();
        let Some(entry) = directory.by_id(&self.channel).cloned() else {
            return Ok(Step::Idle);
        };
        let adapter = by.adapters.get(&entry.channel.at.platform);
        let (Some(adapter), Taking::WhatIsDue) = (adapter, Taking::from(&by, &entry)) else {
            return Ok(Step::Idle);
        };
        // Known by now, but for the first time.
        let Some(readers) = by.readerships.of(&entry).await? else {
            return Ok(Step::Idle);
        };
        if now < self.back_off_until {
            return Ok(Step::NotBefore(self.back_off_until));
        }
        match self.claim(&entry, now).await? {
            Late::Idle => Ok(Step::Idle),
            Late::NotBefore(at) => Ok(Step::NotBefore(at)),
            Late::Work(late) => {
                self.reached = Timestamp(0);
                let is_over = self
                    .make(entry, *late, (adapter.as_ref(), &readers), now)
                    .await?;
                if !is_over {
                    self.back_off_until = now.plus(BACK_OFF);
                }
                Ok(Step::Again)
            }
        }
    }

    fn time_has_come(&mut self, at: Timestamp) {
        self.reached = at;
    }

    async fn settle(&mut self, _now: Timestamp) -> Result<()> {
        Ok(())
    }
}

impl LateLane {
    pub(crate) fn new(dispatcher: Arc<Dispatcher>, channel: ChannelId) -> LateLane {
        LateLane {
            dispatcher,
            channel,
            reached: Timestamp(0),
            back_off_until: Timestamp(0),
        }
    }

    async fn claim(&self, entry: &Entry, now: Timestamp) -> Result<Late> {
        let (of, entry, now) = (
            entry.community.clone(),
            entry.clone(),
            now.max(self.reached),
        );
        let claimed = self.dispatcher.store.write_in(&of, move |tx| {
            let entry = entry.clone();
            Box::pin(async move { tx.readers(&entry).claim_late(now).await })
        });
        claimed.await
    }

    /// False if it was everybody's trouble, and counts for nobody.
    async fn make(
        &self,
        entry: Entry,
        late: LateWork,
        (adapter, readers): (&dyn Adapter, &Readership),
        now: Timestamp,
    ) -> Result<bool> {
        let Some(member) = readers.by_number(late.reader) else {
            self.let_go(entry, late.reader).await?;
            return Ok(true);
        };
        let _way = readers.ways.acquire().await;
        let became = self
            .dispatcher
            .perform_late(&late, (adapter, readers, member), now);
        let became = match became.await.transpose() {
            Ok(became) => became,
            Err(error) => {
                tracing::debug!(%error, channel.id = %entry.channel.id, "what waits for a reader waits on");
                self.put_back(entry, late).await?;
                return Ok(false);
            }
        };
        if became == Some(Became::Reached) {
            readers.note_taken(now);
        }
        if self.settle_late((entry, late), became, member, now).await? {
            tracing::error!(
                reader.number = member.number,
                "delivery given up: see `causeway dead list`"
            );
        }
        Ok(true)
    }

    async fn put_back(&self, entry: Entry, late: LateWork) -> Result<()> {
        let (of, case) = (entry.community.clone(), Arc::new((entry, late)));
        let done = self.dispatcher.store.write_in(&of, move |tx| {
            let case = case.clone();
            Box::pin(async move { tx.readers(&case.0).put_back_late(&case.1).await })
        });
        done.await
    }

    /// They are no reader any more.
    async fn let_go(&self, entry: Entry, reader: i64) -> Result<()> {
        let channel = self.dispatcher.log.channel(&entry.channel.id);
        tracing::warn!(channel.ref = channel, reader.number = reader, "what waited for somebody who is no reader any more is dropped");
        let gone = self.dispatcher.store.write(move |tx| {
            let entry = entry.clone();
            Box::pin(async move {
                tx.backlog(&entry.community, &entry.channel.id)
                    .stop_readers(Some(reader))
                    .await
            })
        });
        gone.await
    }

    async fn settle_late(
        &self,
        (entry, late): (Entry, LateWork),
        became: Option<Became>,
        member: &Member,
        now: Timestamp,
    ) -> Result<bool> {
        let change = became
            .as_ref()
            .and_then(|it| member.change(&entry, it, late.attempts, now));
        let of = entry.community.clone();
        let case = Arc::new((entry, late, became, change));
        let settled = self.dispatcher.until_written(|| {
            let case = case.clone();
            self.dispatcher.store.write_in(&of, move |tx| {
                let case = case.clone();
                Box::pin(async move {
                    let (entry, late, became, change) = &*case;
                    let is_buried = tx
                        .readers(entry)
                        .settle_late(late, became.as_ref(), now)
                        .await?;
                    if let Some(change) = change {
                        change.tell(tx, entry).await?;
                    }
                    if is_buried {
                        let notice = dead_notice(entry, now);
                        tx.notices(&entry.community).tell_once(&notice).await?;
                    }
                    Ok(is_buried)
                })
            })
        });
        settled.await
    }
}
