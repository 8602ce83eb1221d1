//! The town and the verbs that its stories are told with.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use conversation::{
    Adapter, Author, AuthorKind, ChannelId, ChannelRef, Content, Event, EventKey, Inbound, Posted,
    ReactionChange, RemoteId, RetryPolicy, SendError, Timestamp,
};
use engine::{Engine, Lane, Settings, Step, rooms};
use store::{Blobs, DeliveryLine, Notice, Role, Store};

use crate::{FakePlatform, channel::at, chat, database::Database, list, platform::A_MOMENT};

const COMMUNITY: &str = "Spring Gathering";
/// 2 March 2026, 9:00 UTC.
const MORNING: Timestamp = Timestamp(1_772_442_000_000);
/// More rounds than any story needs: the bridge answers itself.
const STORM: usize = 10_000;

pub struct Town {
    pub now: Timestamp,
    engine: Arc<Engine>,
    store: Store,
    lanes: BTreeMap<ChannelId, Lane>,
    platforms: BTreeMap<String, Arc<FakePlatform>>,
    database: Database,
    settings: Settings,
    n_events: usize,
    /// Deliveries that wait for their time, as of the last settling.
    n_waiting: usize,
    /// Dead letters, held deliveries and notices that the story has not looked at.
    unread: bool,
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

#[derive(Default)]
pub struct TownBuilder {
    platforms: Vec<FakePlatform>,
    rooms: Vec<(String, Vec<String>)>,
    storm_per_minute: u32,
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
    pub fn braked_at(mut self, messages_per_minute: u32) -> TownBuilder {
        self.storm_per_minute = messages_per_minute;
        self
    }

    pub async fn open(self) -> Town {
        let database = Database::new().await;
        let settings = Settings {
            storm_per_minute: self.storm_per_minute,
            retry: RetryPolicy {
                life: Duration::from_secs(24 * 3600),
                hold_back: Duration::from_secs(600),
                longest_wait: Duration::from_secs(3600),
            },
            life: Default::default(),
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

    /// Someone writes in a channel; the platform tells us.
    pub async fn says(&mut self, channel: &str, who: &str, text: &str) {
        self.speak(channel, who, text, None).await;
    }

    /// Someone answers the post that holds the words `to`.
    pub async fn replies(&mut self, channel: &str, who: &str, to: &str, text: &str) {
        let at = at(channel);
        let parent = self.platform(&at).find(&at.id, to);
        self.speak(channel, who, text, Some(parent)).await;
    }

    pub async fn edits(&mut self, channel: &str, who: &str, words: &str, text: &str) {
        let at = at(channel);
        let message = self.platform(&at).find(&at.id, words);
        self.platform(&at).change(&message, |it| {
            it.text = text.to_owned();
            it.edited = true;
        });
        let content = Content::plain(text);
        self.happens(&at, who, Event::Edited { message, content })
            .await;
    }

    pub async fn deletes(&mut self, channel: &str, who: &str, words: &str) {
        let at = at(channel);
        let message = self.platform(&at).find(&at.id, words);
        self.platform(&at).change(&message, |it| it.deleted = true);
        let messages = vec![message];
        self.happens(&at, who, Event::Deleted { messages }).await;
    }

    pub async fn reacts(&mut self, channel: &str, who: &str, words: &str, emoji: &str) {
        let at = at(channel);
        let message = self.platform(&at).find(&at.id, words);
        let change = ReactionChange {
            message,
            added: vec![emoji.to_owned()],
            removed: Vec::new(),
        };
        self.happens(&at, who, Event::Reacted(change)).await;
    }

    /// Anything else that a platform may tell.
    pub async fn happens(&mut self, at: &ChannelRef, who: &str, event: Event) {
        self.n_events += 1;
        let event = Inbound {
            key: EventKey(format!("event-{}", self.n_events)),
            channel: at.clone(),
            at: self.now,
            actor: person(who),
            event,
        };
        self.hand_in(event).await;
    }

    /// Lets everything that is due be sent, and every platform tell us what we posted there.
    pub async fn settle(&mut self) {
        for _ in 0..STORM {
            let steps = self.step_all_lanes().await;
            if steps.contains(&Step::Again) {
                continue;
            }
            let told = self.hear_late_echoes().await;
            if told == 0 {
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

    pub fn minutes_pass(&mut self, minutes: u64) {
        self.time_passes(Duration::from_secs(minutes * 60));
    }

    pub fn seconds_pass(&mut self, seconds: u64) {
        self.time_passes(Duration::from_secs(seconds));
    }

    pub fn hours_pass(&mut self, hours: u64) {
        self.time_passes(Duration::from_secs(hours * 3600));
    }

    pub fn next_send_fails(&self, platform: &str, error: SendError) {
        self.platforms[platform].fail_next(error);
    }

    /// The platform answers nobody until it comes back.
    pub fn goes_down(&self, platform: &str) {
        self.platforms[platform].set_down(true);
    }

    pub fn comes_back(&self, platform: &str) {
        self.platforms[platform].set_down(false);
    }

    /// The adapter panics at each post that holds these words.
    pub fn stumbles_over(&self, platform: &str, words: &str) {
        self.platforms[platform].panic_at(words);
    }

    pub fn n_sends(&self, platform: &str) -> usize {
        self.platforms[platform].n_sends()
    }

    /// The process dies after the platform took the next post, before it could be written down.
    pub async fn crashes_after_the_next_post_to(&mut self, channel: &str) {
        let id = self.channel_id(&at(channel));
        let platform = self.platform(&at(channel)).clone();
        platform.hang_after_next_post();
        let mut lane = self.lanes.remove(&id).unwrap_or_else(|| Lane::new(id));
        tokio::select! {
            _ = lane.step(&self.engine, self.now) => panic!("the post did not hang"),
            () = platform.hung.notified() => {}
        }
        self.restarts().await;
    }

    /// The process ends and starts anew on the same database.
    pub async fn restarts(&mut self) {
        self.lanes.clear();
        self.store.close().await;
        // The lock goes with the last handle.
        let (store, engine) = self.start_again().await;
        self.store = store;
        self.engine = engine;
    }

    pub async fn links(&mut self, room: &str, channel: &str) {
        rooms::add_room(&self.store, COMMUNITY, room, self.now)
            .await
            .expect("a room");
        rooms::link(&self.store, (COMMUNITY, room), &at(channel), self.now)
            .await
            .expect("linked");
    }

    pub async fn unlinks(&mut self, channel: &str) {
        rooms::unlink(&self.store, &at(channel))
            .await
            .expect("unlinked");
    }

    pub async fn staff_retries_all(&mut self) {
        let now = self.now;
        let work = self
            .store
            .write(move |tx| Box::pin(tx.retry_stopped("", now)));
        work.await.expect("retried");
    }

    /// What people see in the channel.
    pub fn transcript(&self, channel: &str) -> String {
        let at = at(channel);
        let posts = self.platform(&at).seen(&at.id);
        let lines: Vec<_> = posts.iter().map(line).collect();
        lines.join("\n")
    }

    /// Every delivery: to whom, its state and why. Reading it is looking at the trouble.
    pub async fn deliveries(&mut self) -> String {
        self.unread = false;
        let mut all = self
            .store
            .recent_deliveries(1000)
            .await
            .expect("deliveries");
        all.reverse();
        all.iter().map(delivery_line).collect::<Vec<_>>().join("\n")
    }

    /// What staff was told, and not yet read.
    pub async fn notices(&mut self) -> String {
        self.unread = false;
        let mut notices = self.store.notices(100).await.expect("notices");
        notices.reverse();
        let lines: Vec<_> = notices.iter().map(notice_line).collect();
        lines.join("\n")
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    fn time_passes(&mut self, by: Duration) {
        self.now = self.now.plus(by);
        self.platforms
            .values()
            .for_each(|it| it.state_now(self.now));
    }

    async fn speak(&mut self, channel: &str, who: &str, text: &str, parent: Option<RemoteId>) {
        self.time_passes(A_MOMENT);
        let at = at(channel);
        let id = self
            .platform(&at)
            .people_say(&at.id, who, text, parent.clone());
        let posted = Posted {
            messages: vec![id],
            reply_to: parent.into_iter().collect(),
            subject: None,
            content: Content::plain(text),
        };
        self.happens(&at, who, Event::Posted(posted)).await;
    }

    /// A platform tells of something; platforms deliver at least once.
    pub async fn hears(&mut self, event: Inbound) {
        self.hand_in(event).await;
    }

    async fn hand_in(&self, event: Inbound) {
        self.engine
            .accept(event.clone(), self.now)
            .await
            .expect("accepted");
        self.engine
            .accept(event, self.now)
            .await
            .expect("accepted again");
    }

    /// A platform that does not know our posts for ours tells of them after its receipt.
    async fn hear_late_echoes(&mut self) -> usize {
        let echoes: Vec<_> = self
            .platforms
            .values()
            .flat_map(|it| it.take_late_echoes())
            .collect();
        for echo in &echoes {
            self.hand_in(echo.clone()).await;
        }
        echoes.len()
    }

    async fn step_all_lanes(&mut self) -> Vec<Step> {
        let directory = self.store.directory();
        for entry in directory.channels() {
            let id = &entry.channel.id;
            self.lanes
                .entry(id.clone())
                .or_insert_with(|| Lane::new(id.clone()));
        }
        let mut steps = Vec::new();
        for lane in self.lanes.values_mut() {
            steps.push(lane.step(&self.engine, self.now).await.expect("a step"));
        }
        steps
    }

    async fn look_for_trouble(&mut self) {
        let tally = self.store.tally().await.expect("a tally");
        let notices = self.store.notices(1).await.expect("notices");
        self.unread = tally.dead + tally.held > 0 || !notices.is_empty();
    }

    async fn start_again(&mut self) -> (Store, Arc<Engine>) {
        start(&self.database, &self.platforms, &self.settings, self.now).await
    }

    fn channel_id(&self, at: &ChannelRef) -> ChannelId {
        let directory = self.store.directory();
        directory
            .find(at)
            .expect("a linked channel")
            .channel
            .id
            .clone()
    }

    fn platform(&self, at: &ChannelRef) -> &Arc<FakePlatform> {
        &self.platforms[&at.platform.0]
    }
}

async fn start(
    database: &Database,
    platforms: &BTreeMap<String, Arc<FakePlatform>>,
    settings: &Settings,
    now: Timestamp,
) -> (Store, Arc<Engine>) {
    let store = Store::open(&database.url, Role::Bridge, now)
        .await
        .expect("a store");
    let blobs = Blobs::open(&database.dir.path().join("files"), 50 << 20, 1 << 30)
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

fn person(name: &str) -> Author {
    Author {
        account: RemoteId(format!("account-of-{name}")),
        display_name: name.to_owned(),
        kind: AuthorKind::Person,
    }
}

fn line(post: &crate::platform::Seen) -> String {
    let indent = if post.reply_to.is_some() { "  > " } else { "" };
    let edited = if post.edited { " (edited)" } else { "" };
    let reactions: String = post.reactions.iter().map(|it| format!(" [{it}]")).collect();
    let files: String = post.files.iter().map(|it| format!(" <{it}>")).collect();
    let text = post.text.replace('\n', "\n      ");
    format!("{indent}{}: {text}{files}{edited}{reactions}", post.author)
}

fn delivery_line(line: &DeliveryLine) -> String {
    let reason = line
        .reason
        .as_deref()
        .map(|it| format!(": {it}"))
        .unwrap_or_default();
    format!(
        "{} {:?} -> {} {}{reason}",
        line.operation.as_str(),
        line.message_excerpt,
        line.to,
        line.state.as_str()
    )
}

fn notice_line(notice: &Notice) -> String {
    format!("{} {}: {}", notice.kind, notice.about, notice.text)
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
