//! The readers of channels whose posts we hand out ourselves: who they are, and what becomes of a post for each.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
};

use conversation::{Adapter, Addressee, ChannelId, Platform, Reader, Timestamp};
use store::{Became, Entry, HandOut, KnownReader, Result, Trouble};

use tokio::sync::Semaphore;

use crate::Engine;

mod news;
mod returned;

pub(crate) use news::News;

/// Those of one channel, as the configuration names them: it is read once, at the start.
#[derive(Debug)]
pub(crate) struct Readership {
    /// In their order.
    pub(crate) all: Vec<Member>,
    pub(crate) at_once: usize,
    /// Those of the whole platform: whoever sends holds one until the result is on disk.
    pub(crate) ways: Arc<Semaphore>,
    /// When something reached one of them last, since the start.
    taken_at: AtomicI64,
}

#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) number: i64,
    pub(crate) to: Addressee,
    /// As staff knows them.
    pub(crate) name: String,
    /// What staff knows of.
    pub(crate) trouble: Mutex<Option<Trouble>>,
}

#[derive(Debug, Default)]
pub(crate) struct Readerships(
    Mutex<HashMap<ChannelId, Arc<Readership>>>,
    Mutex<HashMap<Platform, Arc<Semaphore>>>,
);

impl Readerships {
    fn ways(&self, platform: &Platform, at_once: usize) -> Arc<Semaphore> {
        let mut ways = self.1.lock().expect("no panic under this lock");
        let new = || Arc::new(Semaphore::new(at_once));
        ways.entry(platform.clone()).or_insert_with(new).clone()
    }
}

impl Readership {
    pub(crate) fn note_taken(&self, now: Timestamp) {
        self.taken_at.fetch_max(now.0, Ordering::Relaxed);
    }

    pub(crate) fn has_taken_since(&self, then: Timestamp) -> bool {
        self.taken_at.load(Ordering::Relaxed) > then.0
    }

    pub(crate) fn by_number(&self, number: i64) -> Option<&Member> {
        let at = self.all.binary_search_by_key(&number, |it| it.number);
        at.ok().map(|at| &self.all[at])
    }
}

impl Engine {
    pub(crate) fn has_readers(&self, channel: &ChannelId) -> bool {
        let directory = self.store.directory();
        let at = directory.by_id(channel).map(|it| &it.channel.at);
        at.is_some_and(|at| {
            let adapter = self.adapters.get(&at.platform);
            adapter.is_some_and(|it| it.readers(at).is_some())
        })
    }

    /// None of a channel whose platform hands out by itself.
    pub(crate) async fn readership(
        &self,
        entry: &Entry,
        adapter: &dyn Adapter,
    ) -> Result<Option<Arc<Readership>>> {
        let id = &entry.channel.id;
        let known = |it: &Readerships| {
            it.0.lock()
                .expect("no panic under this lock")
                .get(id)
                .cloned()
        };
        if let Some(known) = known(&self.readerships) {
            return Ok(Some(known));
        }
        let Some(readers) = adapter.readers(&entry.channel.at) else {
            return Ok(None);
        };
        let met = self.meet(entry, &readers.all).await?;
        let readership = Arc::new(Readership {
            all: members(met, &readers.all),
            at_once: readers.at_once.max(1),
            ways: self
                .readerships
                .ways(&entry.channel.at.platform, readers.at_once.max(1)),
            taken_at: AtomicI64::new(0),
        });
        let mut all = self.readerships.0.lock().expect("no panic under this lock");
        all.insert(id.clone(), readership.clone());
        Ok(Some(readership))
    }

    async fn meet(&self, entry: &Entry, readers: &[Reader]) -> Result<Vec<KnownReader>> {
        let accounts: Vec<_> = readers.iter().map(|it| it.account.clone()).collect();
        let case = Arc::new((entry.clone(), accounts));
        let met = self.store.write(move |tx| {
            let case = case.clone();
            Box::pin(async move { tx.readers(&case.0).meet(&case.1).await })
        });
        met.await
    }

    /// What became of a post for one reader.
    pub(crate) async fn settle_reader(
        &self,
        case: &Arc<(Arc<HandOut>, Became, i64)>,
        (entry, member): (&Entry, &Member),
        news: &Arc<Option<News>>,
        now: Timestamp,
    ) -> Result<()> {
        let (case, news) = (case.clone(), news.clone());
        let (of, entry, reader) = (entry.community.clone(), entry.clone(), member.number);
        let settled = self.store.write_in(&of, move |tx| {
            let (case, news, entry) = (case.clone(), news.clone(), entry.clone());
            Box::pin(async move {
                let (hand_out, became, through) = &*case;
                tx.hand_out(hand_out)
                    .settle(reader, (became, *through), now)
                    .await?;
                match &*news {
                    Some(news) => news.tell(tx, &entry).await,
                    None => Ok(()),
                }
            })
        });
        settled.await
    }
}

fn members(met: Vec<KnownReader>, readers: &[Reader]) -> Vec<Member> {
    let names: HashMap<_, _> = readers.iter().map(|it| (&it.account, &it.name)).collect();
    let member = |it: KnownReader| Member {
        number: it.number,
        name: names
            .get(&it.account)
            .map_or_else(String::new, |it| (*it).clone()),
        trouble: Mutex::new(it.trouble),
        to: Addressee {
            account: it.account,
            token: it.token,
        },
    };
    met.into_iter().map(member).collect()
}
