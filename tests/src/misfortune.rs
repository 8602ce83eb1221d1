//! What goes wrong in a town, and what staff does about it.

use conversation::{SendError, command::Command};
use engine::{WayOut, acts, rooms};

use crate::{Town, channel::at, town::COMMUNITY};

impl Town {
    pub fn next_send_fails(&self, platform: &str, error: SendError) {
        self.platforms[platform].fail_next(error);
    }

    /// So many sends go well before one fails.
    pub fn fails_after(&self, platform: &str, n_good: usize, error: SendError) {
        self.platforms[platform].fail_after(n_good, error);
    }

    /// The platform answers nobody until it comes back.
    pub fn goes_down(&self, platform: &str) {
        self.platforms[platform].set_down(true);
    }

    pub fn comes_back(&self, platform: &str) {
        self.platforms[platform].set_down(false);
    }

    /// The platform cuts each connection once a call has gone out, until it comes back.
    pub fn cuts_calls(&self, platform: &str) {
        self.platforms[platform].set_cuts_calls(true);
    }

    pub fn answers_calls(&self, platform: &str) {
        self.platforms[platform].set_cuts_calls(false);
    }

    /// The same at each post that holds these words, and at no other.
    pub fn cuts_calls_at(&self, platform: &str, words: &str) {
        self.platforms[platform].cut_at(words);
    }

    /// The platform takes what we send, and its answer gets lost, so many times.
    pub fn answers_get_lost(&self, platform: &str, how_many: usize) {
        self.platforms[platform].lose_answers(how_many);
    }

    /// The next look into the history of its channels.
    pub fn next_look_fails(&self, platform: &str, error: SendError) {
        self.platforms[platform].fail_next_look(error);
    }

    /// It goes on as ever but for its files.
    pub fn hands_out_no_files(&self, platform: &str) {
        self.platforms[platform].keep_files(true);
    }

    /// It hands out all others.
    pub fn hands_out_no(&self, platform: &str, file: &str) {
        self.platforms[platform].keep_file(file);
    }

    pub fn hands_out_files_again(&self, platform: &str) {
        self.platforms[platform].keep_files(false);
    }

    /// Whoever asks for a file of it waits for ever.
    /// It takes words alone, and says so.
    pub fn refuses_files(&self, platform: &str) {
        self.platforms[platform].refuse_files();
    }

    pub fn sits_on_its_files(&self, platform: &str) {
        self.platforms[platform].sit_on_files();
    }

    /// The next file that is asked of it.
    pub fn next_fetch_fails(&self, platform: &str, error: SendError) {
        self.platforms[platform].fail_next_fetch(error);
    }

    /// The adapter panics at each post that holds these words.
    pub fn stumbles_over(&self, platform: &str, words: &str) {
        self.platforms[platform].panic_at(words);
    }

    /// The next event in a room of the platform cannot be taken in, however often it is tried.
    pub fn stumbles_over_the_next_event(&self, platform: &str) {
        self.platforms[platform].panic_at_capabilities();
    }

    pub fn n_sends(&self, platform: &str) -> usize {
        self.platforms[platform].n_sends()
    }

    /// The process dies after the platform took the next post, before it could be written down.
    pub async fn crashes_after_the_next_post_to(&mut self, channel: &str) {
        let id = self.channel_id(&at(channel));
        let platform = self.platform(&at(channel)).clone();
        platform.hang_after_next_post();
        let lane = self.lanes.remove(&id);
        let mut lane = lane.unwrap_or_else(|| self.engine.lane(id));
        tokio::select! {
            _ = lane.step(self.now) => panic!("the post did not hang"),
            () = platform.hung.notified() => {}
        }
        self.restarts().await;
    }

    /// The process ends and starts anew on the same database.
    pub async fn restarts(&mut self) {
        self.is_stopped_for_hours(0).await;
    }

    /// So long nothing is heard of it before it starts anew.
    pub async fn is_stopped_for_hours(&mut self, hours: u64) {
        let now = self.now;
        let alive = self
            .store
            .write(move |tx| Box::pin(async move { tx.installation().mark_alive(now).await }));
        alive.await.expect("marked");
        self.hours_pass(hours);
        self.lanes.clear();
        self.late_lanes.clear();
        self.answers.clear();
        self.store.close().await;
        // The lock goes with the last handle.
        let (store, engine) = self.start_again().await;
        self.store = store;
        self.engine = engine;
    }

    pub async fn links(&mut self, room: &str, channel: &str) {
        self.links_in((COMMUNITY, room), channel).await;
    }

    /// Of whichever community.
    pub async fn links_in(&mut self, (community, room): (&str, &str), channel: &str) {
        let wanted = vec![rooms::Wanted {
            name: room.to_owned(),
            channels: vec![at(channel)],
            most_parts: None,
        }];
        rooms::add_all(&self.store, community, wanted, self.now)
            .await
            .expect("linked");
        self.store.refresh_directory().await.expect("read");
    }

    /// Staff says how many posts a text may take in the room.
    pub async fn lets_pass(&mut self, room: &str, most_parts: Option<u32>) {
        let most = most_parts.map_or("default".to_owned(), |it| it.to_string());
        self.staff_does(&format!("room set {room} most-parts={most}"))
            .await;
    }

    pub async fn unlinks(&mut self, channel: &str) {
        self.staff_does(&format!("room unlink {}", at(channel)))
            .await;
    }

    /// At the terminal.
    pub async fn staff_does(&mut self, command: &str) {
        let command = Command::read(command).expect("a command");
        let done = acts::run(&self.store, COMMUNITY, &command, self.now);
        done.await.expect("done");
        self.store.refresh_directory().await.expect("read");
    }

    pub async fn staff_retries_all(&mut self) {
        let now = self.now;
        let work = self.store.write(move |tx| {
            Box::pin(async move {
                let community = tx.communities().known(COMMUNITY).await?;
                tx.held(&community).retry_stopped("", now).await
            })
        });
        work.await.expect("retried");
    }

    /// Of what is held. The bridge looks for it by itself.
    pub async fn staff_releases_all(&mut self) {
        self.staff_lets_all_go().await;
        self.looks_for_released().await;
    }

    /// Says how many.
    pub async fn staff_lets_all_go(&mut self) -> u64 {
        let now = self.now;
        let released = self.store.write(move |tx| {
            Box::pin(async move {
                let community = tx.communities().known(COMMUNITY).await?;
                tx.held(&community).release_held("", now).await
            })
        });
        released.await.expect("released")
    }

    pub async fn looks_for_released(&mut self) {
        let taken = self.engine.take_in_released(self.now).await;
        taken.expect("taken in");
    }

    pub async fn staff_drops_all(&mut self) {
        let dropped = self.store.write(|tx| {
            Box::pin(async move {
                let community = tx.communities().known(COMMUNITY).await?;
                tx.held(&community).drop_held("").await
            })
        });
        dropped.await.expect("dropped");
    }

    /// What is held, the oldest first.
    pub async fn held(&self) -> String {
        let held = self.store.held(COMMUNITY, 100).await.expect("held");
        let lines = held.iter().map(|it| {
            format!(
                "{} {}: {} ({})",
                it.channel, it.author, it.message_excerpt, it.reason
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Channels that were heard and are in no room, as staff sees them.
    pub async fn heard(&self) -> String {
        let heard = self.store.heard_channels().await.expect("heard");
        let lines = heard.iter().map(|it| match &it.name {
            Some(name) => format!("{} {} ({name})", it.channel, it.events),
            None => format!("{} {}", it.channel, it.events),
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}
