//! The readers of channels whose posts we hand out ourselves: who they are, and what staff hears of those who get nothing.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use conversation::{Adapter, Addressee, ChannelId, ChannelRef, Reader, Returned, Timestamp};
use store::{Became, Entry, HandOut, KnownReader, Notice, READER_TROUBLE, Result, Trouble, Tx};

use crate::Engine;

/// A delay that is over by then is no news.
const TOLD_AFTER: u32 = 6;

/// Those of one channel, as the configuration names them: it is read once, at the start.
#[derive(Debug)]
pub(crate) struct Readership {
    /// In their order.
    pub(crate) all: Vec<Member>,
    pub(crate) at_once: usize,
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
pub(crate) struct Readerships(Mutex<HashMap<ChannelId, Arc<Readership>>>);

impl Readership {
    pub(crate) fn by_number(&self, number: i64) -> Option<&Member> {
        let at = self.all.binary_search_by_key(&number, |it| it.number);
        at.ok().map(|at| &self.all[at])
    }
}

impl Member {
    /// What staff must hear of it, if it is news. `attempts` counts those for what waits.
    pub(crate) fn news(
        &self,
        entry: &Entry,
        became: &Became,
        attempts: u32,
        now: Timestamp,
    ) -> Option<News> {
        let (trouble, text) = match became {
            Became::Reached => {
                return self.note(None).then(|| News::Over {
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
        self.note(Some(trouble)).then(|| News::Trouble {
            number: self.number,
            trouble,
            notice: self.notice(&entry.channel.at, text, now),
        })
    }

    /// True if it was otherwise.
    fn note(&self, trouble: Option<Trouble>) -> bool {
        let mut known = self.trouble.lock().expect("no panic under this lock");
        std::mem::replace(&mut *known, trouble) != trouble
    }

    fn notice(&self, channel: &ChannelRef, text: String, at: Timestamp) -> Notice {
        Notice {
            kind: READER_TROUBLE.to_owned(),
            about: self.about(channel),
            text: format!("{}: {text}", self.name),
            at,
        }
    }

    fn about(&self, channel: &ChannelRef) -> String {
        format!("{channel}#{}", self.number)
    }
}

/// Of one reader.
pub(crate) enum News {
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

impl News {
    pub(crate) async fn tell(&self, tx: &mut Tx, entry: &Entry) -> Result<()> {
        match self {
            News::Trouble {
                number,
                trouble,
                notice,
            } => {
                tx.note_trouble(entry, *number, Some(*trouble)).await?;
                tx.clear_notice(&entry.community, READER_TROUBLE, &notice.about)
                    .await?;
                tx.notify_once(&entry.community, notice).await.map(|_| ())
            }
            News::Over { number, about } => {
                tx.note_trouble(entry, *number, None).await?;
                tx.clear_notice(&entry.community, READER_TROUBLE, about)
                    .await
            }
        }
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
            Box::pin(async move { tx.meet_readers(&case.0, &case.1).await })
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
        let (entry, reader) = (entry.clone(), member.number);
        let settled = self.store.write(move |tx| {
            let (case, news, entry) = (case.clone(), news.clone(), entry.clone());
            Box::pin(async move {
                let (hand_out, became, through) = &*case;
                tx.settle_reader(hand_out, reader, (became, *through), now)
                    .await?;
                match &*news {
                    Some(news) => news.tell(tx, &entry).await,
                    None => Ok(()),
                }
            })
        });
        settled.await
    }

    pub(crate) async fn count_returned(&self, report: Returned, now: Timestamp) -> Result<()> {
        let directory = self.store.directory();
        let entry = directory.find(&report.channel).cloned();
        let readership = match (&entry, self.adapters.get(&report.channel.platform)) {
            (Some(entry), Some(adapter)) => self.readership(entry, adapter.as_ref()).await?,
            _ => None,
        };
        let case = Arc::new((report, entry, readership));
        let counted = self.store.write(move |tx| {
            let case = case.clone();
            Box::pin(async move {
                let (report, entry, readership) = &*case;
                let raw = conversation::RawEvent {
                    platform: report.channel.platform.clone(),
                    key: report.key.clone(),
                    reason: "bounce",
                    body: report.raw.clone(),
                };
                tx.set_aside(&raw, now).await?;
                let Some(entry) = entry else { return Ok(None) };
                let counted = tx.count_returned(entry, report, now).await?;
                let (Some(counted), Some(readership)) = (counted, readership) else {
                    return Ok(None);
                };
                if let Some(member) = readership.by_number(counted.number) {
                    let text = format!(
                        "does not get what is said in {}: it came back, the last time with `{}`",
                        entry.channel.at, report.why
                    );
                    let notice = member.notice(&entry.channel.at, text, now);
                    tx.notify_once(&entry.community, &notice).await?;
                }
                Ok(Some(counted))
            })
        });
        if let Some(counted) = counted.await? {
            tracing::warn!(channel.id = %counted.channel, reader.number = counted.number, times = counted.times, "what was sent to a reader came back");
        }
        Ok(())
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
