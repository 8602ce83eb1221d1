//! What all the work shares: the store, the adapters, the settings.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex},
    time::Duration,
};

use conversation::{
    Adapter, Capabilities, ChannelId, ChannelRef, Platform, RetryPolicy, StormLimits, Timestamp,
};
use store::{Blobs, Store};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::{
    accept::Outlook, clock::delays, echoes::MOST_TIMES, files::Files, hearing::Unheard,
    readers::Readerships, requests::Strays,
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

pub(crate) type Adapters = HashMap<Platform, Arc<dyn Adapter>>;

pub struct Engine {
    pub(crate) store: Store,
    pub(crate) adapters: Arc<Adapters>,
    /// What the platforms are called behind people's names.
    pub(crate) labels: Vec<&'static str>,
    pub(crate) settings: Settings,
    pub(crate) files: Files,
    pub(crate) readerships: Readerships,
    /// What is under way ends, and nothing more begins.
    pub(crate) stop: CancellationToken,
    pub(crate) outlook: Outlook,
    /// Platforms that refuse our credentials; nothing is sent there until the next start.
    pub(crate) refused: Mutex<HashSet<Platform>>,
    pub(crate) unheard: Mutex<Unheard>,
    /// When it was last looked for what is due; at first as if the clock had gone back since.
    pub(crate) clock: Mutex<Timestamp>,
    pub(crate) strays: Strays,
    /// Channels with something new to send, for whoever runs the lanes.
    pub(crate) wake: mpsc::UnboundedSender<ChannelId>,
    pub(crate) woken: Mutex<Option<mpsc::UnboundedReceiver<ChannelId>>>,
}

fn labels(adapters: &Adapters) -> Vec<&'static str> {
    let any = |it: &Platform| ChannelRef::new(it.as_str(), "");
    let adapters = adapters.iter();
    adapters
        .map(|(platform, it)| it.capabilities(&any(platform)).label)
        .collect()
}

impl Engine {
    pub fn new(
        store: Store,
        blobs: Blobs,
        adapters: Vec<Arc<dyn Adapter>>,
        settings: Settings,
    ) -> Arc<Engine> {
        let adapters: Adapters = adapters.into_iter().map(|it| (it.platform(), it)).collect();
        let adapters = Arc::new(adapters);
        let (wake, woken) = mpsc::unbounded_channel();
        Arc::new(Engine {
            files: Files::new(
                blobs.guarded_by(store.clone()),
                settings.links.clone(),
                &store,
            ),
            store,
            outlook: Outlook {
                adapters: adapters.clone(),
                storm: Arc::default(),
                limits: settings.storm,
                echoes: Arc::default(),
                delays: delays(&settings),
                asked: Arc::default(),
                same_per_hour: usize::try_from(settings.same_per_hour)
                    .map_or(MOST_TIMES, |it| it.min(MOST_TIMES)),
            },
            labels: labels(&adapters),
            adapters,
            settings,
            readerships: Readerships::default(),
            stop: CancellationToken::new(),
            refused: Mutex::default(),
            unheard: Mutex::default(),
            clock: Mutex::new(Timestamp(i64::MAX)),
            strays: Strays::default(),
            wake,
            woken: Mutex::new(Some(woken)),
        })
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    /// `None` for a channel of a platform that is switched off.
    pub fn capabilities(&self, channel: &ChannelRef) -> Option<Capabilities> {
        let adapter = self.adapters.get(&channel.platform)?;
        Some(adapter.capabilities(channel))
    }

    pub(crate) fn retry_policy(&self, platform: &Platform) -> RetryPolicy {
        let retry = self.settings.retry;
        let life = self.settings.life.get(platform).copied();
        RetryPolicy {
            life: life.unwrap_or(retry.life),
            ..retry
        }
    }

    pub(crate) fn is_refused(&self, platform: &Platform) -> bool {
        self.refused
            .lock()
            .expect("no panic under this lock")
            .contains(platform)
    }
}
