//! The engine: its parts, how they are put together, and the doors that lead to them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use blobs::Blobs;
use conversation::{
    Adapter, Attachment, ChannelId, Inbound, Platform, RetryPolicy, StormLimits, Timestamp,
    Whereabouts,
};
use store::{Answer, Delays, Error, Result, Store};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio_util::sync::CancellationToken;

use crate::{
    Accepted, FileLink, Lane, LateLane, Linked,
    accept::{Ingest, Outlook},
    adapters::Adapters,
    echoes::MOST_TIMES,
    files::Files,
    hearing::Hearing,
    log::OperatorLog,
    perform::{Dispatcher, LATE},
    readers::Readerships,
    refusals::Refusals,
    requests::{House, Rights, Strays},
    retries::Retries,
    schedule::{NEVER_LOOKED, Scheduler},
    tell::Authors,
    underway::Underway,
    wake::Wake,
};

/// What the operator chose.
#[derive(Debug, Clone)]
pub struct Settings {
    pub storm: StormLimits,
    /// How often one person may say the same in one room within an hour before staff looks; 0 is no limit.
    pub same_per_hour: u32,
    pub retry: RetryPolicy,
    /// Where a post cannot be changed, what is different is said once its author has left it alone for so long.
    pub correction_after: Duration,
    /// Where there are no reactions, they are told together, so long after the first of them.
    pub digest_every: Duration,
    /// How long what was said is kept.
    pub retention: store::Retention,
    /// Platforms whose deliveries live for another time than `retry.life`.
    pub life: HashMap<Platform, Duration>,
    /// A text of more posts than this goes as a file, where its room has no number of its own; 0 is no limit.
    pub most_parts: u32,
    /// For files that a channel cannot take. Without it people are told where else they are.
    pub links: Option<LinkSettings>,
}

/// Where people reach our own listener, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkSettings {
    /// Without a slash at its end, as in `https://causeway.example.org`.
    pub public_url: String,
    pub days: u32,
}

/// Its parts hold what they need, and none knows the engine.
pub struct Engine {
    pub(crate) store: Store,
    pub(crate) files: Arc<Files>,
    pub(crate) ingest: Arc<Ingest>,
    pub(crate) dispatcher: Arc<Dispatcher>,
    pub(crate) scheduler: Arc<Scheduler>,
    pub(crate) hearing: Hearing,
    /// Channels with something new to send, for whoever runs the lanes.
    pub(crate) woken: Mutex<Option<UnboundedReceiver<ChannelId>>>,
    /// What is under way ends, and nothing more begins.
    pub(crate) stop: CancellationToken,
}

impl Engine {
    pub fn new(
        store: Store,
        blobs: Blobs,
        adapters: Vec<Arc<dyn Adapter>>,
        settings: Settings,
    ) -> Arc<Engine> {
        let adapters = Adapters::new(adapters);
        let (wake, woken) = Wake::new(store.clone());
        let outlook = outlook(&adapters, &settings);
        let retries = Retries::new(store.clone(), &settings);
        let blobs = blobs.guarded_by(store.clone());
        let files = Arc::new(Files::new(blobs, settings.links, &store));
        let authors = Authors {
            store: store.clone(),
            adapters: adapters.clone(),
        };
        let log = OperatorLog {
            store: store.clone(),
            adapters: adapters.clone(),
        };
        let underway = Underway::default();
        let stop = CancellationToken::new();
        Arc::new(Engine {
            ingest: Arc::new(Ingest {
                store: store.clone(),
                outlook: outlook.clone(),
                wake: wake.clone(),
                underway: underway.clone(),
                strays: Strays::default(),
                rights: Rights::default(),
            }),
            scheduler: Arc::new(Scheduler {
                store: store.clone(),
                outlook,
                files: files.clone(),
                retries: retries.clone(),
                retention: settings.retention,
                authors: authors.clone(),
                wake: wake.clone(),
                looked_at: Mutex::new(NEVER_LOOKED),
                stop: stop.clone(),
            }),
            dispatcher: Arc::new(Dispatcher {
                store: store.clone(),
                labels: adapters.labels(),
                files: files.clone(),
                readerships: Readerships::new(store.clone(), adapters.clone()),
                retries,
                refusals: Refusals::default(),
                authors,
                log,
                wake,
                underway,
                correction_after: settings.correction_after,
                most_parts: settings.most_parts,
                adapters,
                stop: stop.clone(),
            }),
            hearing: Hearing::new(store.clone()),
            store,
            files,
            woken: Mutex::new(Some(woken)),
            stop,
        })
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    /// `Ok` means: committed and synced. Of an event that became several, the last tells.
    pub async fn accept(&self, event: Inbound, now: Timestamp) -> Result<Accepted> {
        let accepted = self.ingest.accept_all(vec![event], now).await?;
        accepted.into_iter().next_back().ok_or(Error::Closed)
    }

    /// What staff released, in the order in which it was said, as if it came now. Says how many.
    pub async fn take_in_released(&self, now: Timestamp) -> Result<usize> {
        self.ingest.take_in_released(now).await
    }

    /// Does all that is due, one after the other. Says how much that was.
    pub async fn fall_due(&self, now: Timestamp) -> Result<usize> {
        self.scheduler.fall_due(now).await
    }

    pub fn lane(&self, channel: ChannelId) -> Lane {
        Lane::new(self.dispatcher.clone(), channel)
    }

    pub fn answer_lane(&self, answer: Answer) -> Lane {
        Lane::answering(self.dispatcher.clone(), answer)
    }

    pub fn late_lane(&self, channel: ChannelId) -> LateLane {
        LateLane::new(self.dispatcher.clone(), channel)
    }

    /// To a file that lies in our cache. None without a listener of ours.
    pub async fn link_to(&self, file: &Attachment, now: Timestamp) -> Option<Whereabouts> {
        self.files.linked(file, now).await
    }

    pub async fn follow_link(&self, link: &FileLink, now: Timestamp) -> Result<Linked> {
        self.files.follow_link(link, now).await
    }
}

fn outlook(adapters: &Adapters, settings: &Settings) -> Outlook {
    let same_per_hour = usize::try_from(settings.same_per_hour);
    Outlook {
        adapters: adapters.clone(),
        storm: Arc::default(),
        limits: settings.storm,
        echoes: Arc::default(),
        asked: Arc::default(),
        house: Arc::new(House {
            kept: settings.retention,
            public_url: settings.links.as_ref().map(|it| it.public_url.clone()),
        }),
        delays: Delays {
            correction: settings.correction_after,
            digest: settings.digest_every,
            lateness: LATE,
        },
        administers: Arc::default(),
        same_per_hour: same_per_hour.map_or(MOST_TIMES, |it| it.min(MOST_TIMES)),
    }
}
