//! The town and the verbs that its stories are told with.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use blobs::Blobs;
use conversation::{Adapter, ChannelId, ChannelRef, RetryPolicy, StormLimits, Timestamp};
use engine::{Engine, Lane, LateLane, Settings, Step, WayOut};
use store::{Answer, At, Role, Store};

use crate::{FakePlatform, chat, database::Database, forum, letters, list, workplace};

pub(crate) const COMMUNITY: &str = "Spring Gathering";
/// 2 March 2026, 9:00 UTC.
const MORNING: Timestamp = Timestamp(1_772_442_000_000);
/// More rounds than any story needs: the bridge answers itself.
const STORM: usize = 10_000;

pub struct Town {
    pub now: Timestamp,
    pub(crate) engine: Arc<Engine>,
    pub(crate) store: Store,
    pub(crate) lanes: BTreeMap<ChannelId, Lane>,
    pub(crate) answers: BTreeMap<Answer, Lane>,
    /// Of those channels, for readers who wait.
    pub(crate) late_lanes: BTreeMap<ChannelId, LateLane>,
    pub(crate) platforms: BTreeMap<String, Arc<FakePlatform>>,
    database: Database,
    settings: Settings,
    pub(crate) n_events: usize,
    /// Deliveries that wait for their time, as of the last settling.
    n_waiting: usize,
    /// Dead letters, held deliveries and notices that the story has not looked at.
    pub(crate) unread: bool,
}

/// The default town: a chat group and a mailing list in one room.
pub async fn town() -> Town {
    Town::build()
        .platform(chat("telegram"))
        .platform(list("list"))
        .room("general", &["telegram #general", "list spring@"])
        .open()
        .await
}

/// Two chat groups and a mailing list in one room.
pub async fn larger_town() -> Town {
    Town::build()
        .platform(chat("telegram"))
        .platform(chat("discord"))
        .platform(list("list"))
        .room(
            "general",
            &["telegram #general", "discord #lobby", "list spring@"],
        )
        .open()
        .await
}

/// The channels of `every_kind`.
pub const EVERY_KIND: [&str; 4] = [
    "telegram #general",
    "discord #plans",
    "slack #spring",
    "list spring@",
];

/// A group chat, a forum, a chat of teams and a mailing list in one room.
pub async fn every_kind() -> Town {
    Town::build()
        .platform(chat("telegram"))
        .platform(forum("discord"))
        .platform(workplace("slack"))
        .platform(letters("list"))
        .room("general", &EVERY_KIND)
        .open()
        .await
}

#[derive(Default)]
pub struct TownBuilder {
    platforms: Vec<FakePlatform>,
    rooms: Vec<(String, Vec<String>)>,
    storm: StormLimits,
}

impl TownBuilder {
    #[must_use]
    pub fn platform(mut self, platform: FakePlatform) -> TownBuilder {
        self.platforms.push(platform);
        self
    }

    #[must_use]
    pub fn room(mut self, name: &str, channels: &[&str]) -> TownBuilder {
        let channels = channels.iter().map(|it| (*it).to_owned()).collect();
        self.rooms.push((name.to_owned(), channels));
        self
    }

    #[must_use]
    pub fn braked_at(mut self, per_minute: StormLimits) -> TownBuilder {
        self.storm = per_minute;
        self
    }

    pub async fn open(self) -> Town {
        let database = Database::new().await;
        let settings = Settings {
            storm: self.storm,
            same_per_hour: 3,
            retry: RetryPolicy {
                life: Duration::from_secs(24 * 3600),
                hold_back: Duration::from_secs(600),
                longest_wait: Duration::from_secs(3600),
            },
            correction_after: Duration::from_secs(90),
            digest_every: Duration::from_secs(24 * 3600),
            retention: store::Retention {
                body_days: 30,
                metadata_months: 13,
            },
            life: Default::default(),
            most_parts: 5,
            links: None,
        };
        let platforms = self
            .platforms
            .into_iter()
            .map(|it| (it.platform().0, Arc::new(it)))
            .collect();
        let (store, engine) = start(&database, &platforms, &settings, MORNING).await;
        let mut town = Town {
            now: MORNING,
            engine,
            store,
            lanes: BTreeMap::new(),
            answers: BTreeMap::new(),
            late_lanes: BTreeMap::new(),
            platforms,
            database,
            settings,
            n_events: 0,
            n_waiting: 0,
            unread: false,
        };
        for (room, channels) in &self.rooms {
            for channel in channels {
                town.links(room, channel).await;
            }
        }
        town
    }
}

impl Town {
    pub fn build() -> TownBuilder {
        TownBuilder::default()
    }

    /// Lets everything that is due be sent, and every platform tell us what we posted there.
    pub async fn settle(&mut self) {
        for _ in 0..STORM {
            let steps = self.step_all_lanes().await;
            if steps.contains(&Step::Again) {
                continue;
            }
            if self.hear_late_echoes().await + self.falls_due().await == 0 {
                self.n_waiting = steps
                    .iter()
                    .filter(|it| matches!(it, Step::NotBefore(_)))
                    .count();
                self.look_for_trouble().await;
                return;
            }
        }
        panic!("a message storm: the bridge keeps answering itself");
    }

    /// All that is due by now is done. Says how much that was.
    pub async fn falls_due(&mut self) -> usize {
        self.engine.fall_due(self.now).await.expect("done")
    }

    /// Each channel's lane makes one step.
    pub async fn step_once(&mut self) {
        self.step_all_lanes().await;
    }

    pub fn minutes_pass(&mut self, minutes: u64) {
        self.time_passes(Duration::from_secs(minutes * 60));
    }

    pub fn seconds_pass(&mut self, seconds: u64) {
        self.time_passes(Duration::from_secs(seconds));
    }

    pub fn hours_pass(&mut self, hours: u64) {
        self.time_passes(Duration::from_secs(hours * 3600));
    }

    /// Somebody sets the clock right, or wrong.
    pub fn clock_goes_back(&mut self, hours: u64) {
        self.now = self.now.minus(Duration::from_secs(hours * 3600));
        self.time_passes(Duration::ZERO);
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    pub(crate) fn time_passes(&mut self, by: Duration) {
        self.now = self.now.plus(by);
        self.platforms
            .values()
            .for_each(|it| it.state_now(self.now));
    }

    async fn step_all_lanes(&mut self) -> Vec<Step> {
        let directory = self.store.directory();
        let rooms = directory.channels().map(|it| it.channel.id.clone());
        let open = self.store.open_channels().await.expect("channels");
        for id in rooms.chain(open) {
            self.lanes
                .entry(id.clone())
                .or_insert_with(|| self.engine.lane(id.clone()));
            self.late_lanes
                .entry(id.clone())
                .or_insert_with(|| self.engine.late_lane(id.clone()));
        }
        for answer in self.store.open_answers().await.expect("answers") {
            let lane = self.answers.entry(answer.clone());
            lane.or_insert_with(|| self.engine.answer_lane(answer));
        }
        let mut steps = Vec::new();
        for lane in self.answers.values_mut().chain(self.lanes.values_mut()) {
            steps.push(lane.step(self.now).await.expect("a step"));
        }
        for lane in self.late_lanes.values_mut() {
            steps.push(lane.step(self.now).await.expect("a step"));
        }
        steps
    }

    async fn look_for_trouble(&mut self) {
        let tally = self.store.tally().await.expect("a tally");
        let notices = self.store.notices(1).await.expect("notices");
        self.unread = tally.dead + tally.held > 0 || !notices.is_empty();
    }

    pub(crate) fn folder_for_files(&self) -> PathBuf {
        folder_for_files(&self.database)
    }

    pub(crate) async fn start_again(&mut self) -> (Store, Arc<Engine>) {
        start(&self.database, &self.platforms, &self.settings, self.now).await
    }

    pub(crate) fn channel_id(&self, at: &ChannelRef) -> ChannelId {
        let directory = self.store.directory();
        directory
            .find(at)
            .expect("a linked channel")
            .channel
            .id
            .clone()
    }

    pub(crate) fn platform(&self, at: &ChannelRef) -> &Arc<FakePlatform> {
        &self.platforms[&at.platform.0]
    }
}

async fn start(
    database: &Database,
    platforms: &BTreeMap<String, Arc<FakePlatform>>,
    settings: &Settings,
    now: Timestamp,
) -> (Store, Arc<Engine>) {
    let key_file = database.dir.path().join("town.key");
    let at = At {
        key_file: Some(&key_file),
        ..At::from(&database.url)
    };
    let store = Store::open(at, Role::Bridge, now).await.expect("a store");
    let blobs = Blobs::open(&folder_for_files(database), 50 << 20, 1 << 30)
        .await
        .expect("a folder for files");
    let adapters = platforms
        .values()
        .map(|it| it.clone() as Arc<dyn Adapter>)
        .collect();
    let engine = Engine::new(store.clone(), blobs, adapters, settings.clone());
    for platform in platforms.values() {
        platform.state_now(now);
        let place = platform
            .engine
            .get_or_init(|| Mutex::new(Arc::downgrade(&engine)));
        *place.lock().expect("no panic under this lock") = Arc::downgrade(&engine);
    }
    (store, engine)
}

fn folder_for_files(database: &Database) -> PathBuf {
    database.dir.path().join("files")
}

impl Drop for Town {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        assert_eq!(
            self.n_waiting, 0,
            "the story ends with deliveries that still wait"
        );
        assert!(
            !self.unread,
            "the story ends with trouble that it has not looked at"
        );
        for (name, platform) in &self.platforms {
            assert!(!platform.is_down(), "{name} never came back");
            assert_eq!(
                platform.unused_failures(),
                0,
                "a failure of {name} never happened"
            );
            assert!(
                platform.take_late_echoes().is_empty(),
                "{name} has more to tell"
            );
        }
    }
}
