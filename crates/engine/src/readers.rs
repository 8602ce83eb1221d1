//! The readers of channels whose posts we hand out ourselves: who they are, and what becomes of a post for each.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
};

use conversation::{Addressee, ChannelId, ChannelRef, Platform, Reader, Readers, Timestamp};
use store::{Entry, KnownReader, Result, Store, Trouble};
use tokio::sync::Semaphore;

use crate::adapters::Adapters;

mod returned;
mod trouble;

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

pub(crate) struct Readerships {
    store: Store,
    adapters: Adapters,
    known: Mutex<HashMap<ChannelId, Arc<Readership>>>,
    ways: Mutex<HashMap<Platform, Arc<Semaphore>>>,
}

impl Readerships {
    pub(crate) fn new(store: Store, adapters: Adapters) -> Readerships {
        Readerships {
            store,
            adapters,
            known: Mutex::default(),
            ways: Mutex::default(),
        }
    }

    fn ways(&self, platform: &Platform, at_once: usize) -> Arc<Semaphore> {
        let mut ways = self.ways.lock().expect("no panic under this lock");
        let new = || Arc::new(Semaphore::new(at_once));
        ways.entry(platform.clone()).or_insert_with(new).clone()
    }

    /// Whether we hand out what is posted there.
    pub(crate) fn has(&self, channel: &ChannelId) -> bool {
        let directory = self.store.directory();
        let entry = directory.by_id(channel);
        entry.is_some_and(|it| self.readers(&it.channel.at).is_some())
    }

    fn readers(&self, at: &ChannelRef) -> Option<Readers> {
        self.adapters.get(&at.platform)?.readers(at)
    }

    /// None of a channel whose platform hands out by itself.
    pub(crate) async fn of(&self, entry: &Entry) -> Result<Option<Arc<Readership>>> {
        let (id, at) = (&entry.channel.id, &entry.channel.at);
        let known = || self.known.lock().expect("no panic under this lock");
        let readership = known().get(id).cloned();
        if readership.is_some() {
            return Ok(readership);
        }
        let Some(readers) = self.readers(at) else {
            return Ok(None);
        };
        let met = self.meet(entry, &readers.all).await?;
        let at_once = readers.at_once.max(1);
        let readership = Arc::new(Readership {
            all: members(met, &readers.all),
            at_once,
            ways: self.ways(&at.platform, at_once),
            taken_at: AtomicI64::new(0),
        });
        known().insert(id.clone(), readership.clone());
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
