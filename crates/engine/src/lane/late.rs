//! What waits for single readers of a channel, one after the other, beside the channel's own way out: who waits holds up nobody.

use std::{sync::Arc, time::Duration};

use conversation::{Adapter, ChannelId, Timestamp};
use store::{Became, Entry, Late, LateWork, Result};

use super::{Step, claiming::Taking};
use crate::{Engine, readers::Member};

pub struct LateLane {
    channel: ChannelId,
    /// As late as this it is, if the clock went back since.
    reached: Timestamp,
    /// What keeps everybody from getting anything is waited out.
    rests_until: Timestamp,
}

/// Before a server is asked again that took nothing for anybody.
const REST: Duration = Duration::from_secs(60);

impl LateLane {
    pub fn new(channel: ChannelId) -> LateLane {
        LateLane {
            channel,
            reached: Timestamp(0),
            rests_until: Timestamp(0),
        }
    }

    /// What waits for that time may go, whatever the clock says.
    pub fn time_has_come(&mut self, at: Timestamp) {
        self.reached = at;
    }

    /// Takes what is due first and makes it.
    pub async fn step(&mut self, engine: &Engine, now: Timestamp) -> Result<Step> {
        let directory = engine.store.directory();
        let Some(entry) = directory.by_id(&self.channel).cloned() else {
            return Ok(Step::Idle);
        };
        let adapter = engine.adapters.get(&entry.channel.at.platform);
        let Some(adapter) = adapter.filter(|_| engine.taking_from(&entry) == Taking::WhatIsDue)
        else {
            return Ok(Step::Idle);
        };
        // Known by now, but for the first time.
        if engine.readership(&entry, adapter.as_ref()).await?.is_none() {
            return Ok(Step::Idle);
        }
        if now < self.rests_until {
            return Ok(Step::NotBefore(self.rests_until));
        }
        match self.claim(engine, &entry, now).await? {
            Late::Idle => Ok(Step::Idle),
            Late::NotBefore(at) => Ok(Step::NotBefore(at)),
            Late::Work(late) => {
                self.reached = Timestamp(0);
                let is_over = engine
                    .make_late(entry, *late, adapter.as_ref(), now)
                    .await?;
                if !is_over {
                    self.rests_until = now.plus(REST);
                }
                Ok(Step::Again)
            }
        }
    }

    async fn claim(&self, engine: &Engine, entry: &Entry, now: Timestamp) -> Result<Late> {
        let (of, entry, now) = (
            entry.community.clone(),
            entry.clone(),
            now.max(self.reached),
        );
        let claimed = engine.store.write_in(&of, move |tx| {
            let entry = entry.clone();
            Box::pin(async move { tx.readers(&entry).claim_late(now).await })
        });
        claimed.await
    }
}

impl Engine {
    /// False if it was everybody's trouble, and counts for nobody.
    async fn make_late(
        &self,
        entry: Entry,
        late: LateWork,
        adapter: &dyn Adapter,
        now: Timestamp,
    ) -> Result<bool> {
        let readers = self.readership(&entry, adapter).await?;
        let known = readers.as_ref();
        let known = known.and_then(|it| Some((it, it.by_number(late.reader)?)));
        let Some((readers, member)) = known else {
            self.let_go(entry, late.reader).await?;
            return Ok(true);
        };
        let _way = readers.ways.acquire().await;
        let whom = (adapter, readers.as_ref(), member);
        let became = match self.perform_late(&late, whom, now).await.transpose() {
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
        let done = self.store.write_in(&of, move |tx| {
            let case = case.clone();
            Box::pin(async move { tx.readers(&case.0).put_back_late(&case.1).await })
        });
        done.await
    }

    /// They are no reader any more.
    async fn let_go(&self, entry: Entry, reader: i64) -> Result<()> {
        let channel = self.channel_in_logs(&entry.channel.id);
        tracing::warn!(channel.ref = channel, reader.number = reader, "what waited for somebody who is no reader any more is dropped");
        let gone = self.store.write(move |tx| {
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
        let news = became
            .as_ref()
            .and_then(|it| member.news(&entry, it, late.attempts, now));
        let of = entry.community.clone();
        let case = Arc::new((entry, late, became, news));
        let settled = self.until_written(|| {
            let case = case.clone();
            self.store.write_in(&of, move |tx| {
                let case = case.clone();
                Box::pin(async move {
                    let (entry, late, became, news) = &*case;
                    let is_buried = tx
                        .readers(entry)
                        .settle_late(late, became.as_ref(), now)
                        .await?;
                    if let Some(news) = news {
                        news.tell(tx, entry).await?;
                    }
                    if is_buried {
                        let notice = super::dead_notice(entry, now);
                        tx.notices(&entry.community).tell_once(&notice).await?;
                    }
                    Ok(is_buried)
                })
            })
        });
        settled.await
    }
}
