//! What the bridge does with the readers of a channel.

use conversation::{RemoteId, Returned, Timestamp, Whose};
use store::{Became, Begun, Counted, HandOut, KnownReader, Late, LateWork, Work};

use super::World;

pub(crate) const LIST: &str = "mail:list";

impl World {
    pub(crate) async fn meets(&self, accounts: &[&str]) -> Vec<KnownReader> {
        let entry = self.entry(LIST);
        let accounts: Vec<RemoteId> = accounts.iter().map(|it| (*it).into()).collect();
        let met = self.store.write(move |tx| {
            let (entry, accounts) = (entry.clone(), accounts.clone());
            Box::pin(async move { tx.readers(&entry).meet(&accounts).await })
        });
        met.await.unwrap()
    }

    pub(crate) async fn begins(&self, it: &HandOut) -> Begun {
        let (it, now) = (it.clone(), self.now);
        let begun = self.store.write(move |tx| {
            let it = it.clone();
            Box::pin(async move { tx.hand_out(&it).begin((None, None), now).await })
        });
        begun.await.unwrap()
    }

    pub(crate) async fn ends(&self, it: &HandOut, last: i64) {
        let it = it.clone();
        let ended = self.store.write(move |tx| {
            let it = it.clone();
            Box::pin(async move { tx.hand_out(&it).end(last).await })
        });
        ended.await.unwrap();
    }

    pub(crate) async fn puts_back(&self, it: &LateWork) {
        let (entry, it) = (self.entry(LIST), it.clone());
        let done = self.store.write(move |tx| {
            let (entry, it) = (entry.clone(), it.clone());
            Box::pin(async move { tx.readers(&entry).put_back_late(&it).await })
        });
        done.await.unwrap();
    }

    pub(crate) async fn settles(&self, it: &HandOut, reader: i64, became: Became, through: i64) {
        let (it, now) = (it.clone(), self.now);
        let settled = self.store.write(move |tx| {
            let (it, became) = (it.clone(), became.clone());
            Box::pin(async move {
                tx.hand_out(&it)
                    .settle(reader, (&became, through), now)
                    .await
            })
        });
        settled.await.unwrap();
    }

    pub(crate) async fn claims_late(&self, now: Timestamp) -> Late {
        let entry = self.entry(LIST);
        let claimed = self.store.write(move |tx| {
            let entry = entry.clone();
            Box::pin(async move { tx.readers(&entry).claim_late(now).await })
        });
        claimed.await.unwrap()
    }

    pub(crate) async fn late_work(&self) -> LateWork {
        match self.claims_late(self.now).await {
            Late::Work(work) => *work,
            other => panic!("{other:?}"),
        }
    }

    pub(crate) async fn settles_late(&self, it: &LateWork, became: Option<Became>) -> bool {
        let (entry, it, now) = (self.entry(LIST), it.clone(), self.now);
        let settled = self.store.write(move |tx| {
            let (entry, it, became) = (entry.clone(), it.clone(), became.clone());
            Box::pin(async move {
                tx.readers(&entry)
                    .settle_late(&it, became.as_ref(), now)
                    .await
            })
        });
        settled.await.unwrap()
    }

    pub(crate) async fn returns(&self, key: &str, whom: Whose) -> Option<Counted> {
        let (entry, now) = (self.entry(LIST), self.now);
        let report = Returned {
            channel: entry.channel.at.clone(),
            key: key.into(),
            whom,
            is_final: true,
            why: "5.1.1".to_owned(),
            raw: Vec::new(),
        };
        let counted = self.store.write(move |tx| {
            let (entry, report) = (entry.clone(), report.clone());
            Box::pin(async move { tx.readers(&entry).count_returned(&report, now).await })
        });
        counted.await.unwrap()
    }
}

pub(crate) fn hand_out(work: &Work) -> HandOut {
    HandOut {
        community: work.community.clone(),
        channel: work.to.id.clone(),
        delivery: work.delivery.clone(),
        part: 0,
        revision: work.said.revision,
    }
}

pub(crate) fn waits(until: Timestamp) -> Became {
    Became::Waits {
        said: "452 4.2.2 full".to_owned(),
        until,
        in_doubt: false,
    }
}

pub(crate) fn refused() -> Became {
    Became::Refused {
        said: "550 5.1.1 no".to_owned(),
    }
}
