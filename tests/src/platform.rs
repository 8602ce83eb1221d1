//! A platform that holds its state as its people would see it, and keeps its own declared limits.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, OnceLock, Weak},
    time::Duration,
};

use conversation::{Capabilities, Inbound, RemoteId, SendError, Timestamp};
use engine::Engine;
use tokio::sync::Notify;

use crate::{
    asking::Whisper,
    mailboxes::Mailboxes,
    seen::Seen,
    threads::{Opened, Threads},
};

mod adapter;

pub struct FakePlatform {
    pub(crate) name: String,
    pub(crate) can: Capabilities,
    /// How its threads look.
    pub(crate) threads: Threads,
    /// Do people see the subjects?
    pub(crate) shows_subjects: bool,
    /// Does the platform mark our own posts as ours when it tells us of them?
    pub(crate) knows_us: bool,
    /// Does an address open the chat with the bot?
    pub(crate) has_door: bool,
    pub(crate) state: Mutex<State>,
    /// Where echoes go from inside `send`.
    pub(crate) engine: OnceLock<Mutex<Weak<Engine>>>,
    pub(crate) hung: Notify,
}

#[derive(Default)]
pub(crate) struct State {
    pub(crate) posts: Vec<Seen>,
    pub(crate) opened: Vec<Opened>,
    /// What becomes of the next sends; `None` goes well.
    failures: VecDeque<Option<SendError>>,
    /// Told to us after the receipt.
    pub(crate) late_echoes: Vec<Inbound>,
    is_down: bool,
    /// Calls go out, and nobody knows what became of them: nothing did.
    cuts_calls: bool,
    /// It does so to each post that holds these words.
    cut_at: Option<String>,
    hang_after_next: bool,
    /// So many answers get lost on their way to us.
    lost_answers: usize,
    failing_looks: VecDeque<SendError>,
    failing_fetches: VecDeque<SendError>,
    keeps_files: bool,
    /// It hands out all files but the one of this name.
    kept_file: Option<String>,
    sits_on_files: bool,
    pub(crate) refuses_files: bool,
    panics_at_capabilities: bool,
    panic_at: Option<String>,
    pub(crate) now: Timestamp,
    n_sends: usize,
    pub(crate) mailboxes: Mailboxes,
    pub(crate) whispers: Vec<Whisper>,
    /// Who hears nothing by the way that came with what they asked.
    pub(crate) left: Vec<String>,
    /// Who administers which channel.
    pub(crate) administrators: Vec<(RemoteId, RemoteId)>,
    /// Nobody answers who may what.
    pub(crate) is_silent: bool,
}

impl FakePlatform {
    pub(crate) fn new(name: &str, can: Capabilities) -> FakePlatform {
        FakePlatform {
            name: name.to_owned(),
            can,
            threads: Threads::None,
            shows_subjects: false,
            knows_us: true,
            has_door: false,
            state: Mutex::default(),
            engine: OnceLock::new(),
            hung: Notify::new(),
        }
    }

    #[must_use]
    pub fn that_can(mut self, change: impl FnOnce(&mut Capabilities)) -> FakePlatform {
        change(&mut self.can);
        self
    }

    pub(crate) fn state_now(&self, now: Timestamp) {
        self.state().now = now;
    }

    pub(crate) fn fail_next(&self, error: SendError) {
        self.fail_after(0, error);
    }

    pub(crate) fn fail_after(&self, n_good: usize, error: SendError) {
        let good = std::iter::repeat_n(None, n_good);
        self.state().failures.extend(good.chain([Some(error)]));
    }

    pub(crate) fn set_down(&self, is_down: bool) {
        self.state().is_down = is_down;
    }

    pub(crate) fn is_down(&self) -> bool {
        self.state().is_down
    }

    pub(crate) fn set_cuts_calls(&self, cuts: bool) {
        self.state().cuts_calls = cuts;
    }

    pub(crate) fn cut_at(&self, words: &str) {
        self.state().cut_at = Some(words.to_owned());
    }

    pub(crate) fn hang_after_next_post(&self) {
        self.state().hang_after_next = true;
    }

    pub(crate) fn lose_answers(&self, how_many: usize) {
        self.state().lost_answers = how_many;
    }

    pub(crate) fn fail_next_look(&self, error: SendError) {
        self.state().failing_looks.push_back(error);
    }

    pub(crate) fn fail_next_fetch(&self, error: SendError) {
        self.state().failing_fetches.push_back(error);
    }

    pub(crate) fn keep_files(&self, keeps: bool) {
        self.state().keeps_files = keeps;
    }

    pub(crate) fn keep_file(&self, name: &str) {
        self.state().kept_file = Some(name.to_owned());
    }

    pub(crate) fn refuse_files(&self) {
        self.state().refuses_files = true;
    }

    pub(crate) fn sit_on_files(&self) {
        self.state().sits_on_files = true;
    }

    pub(crate) fn panic_at_capabilities(&self) {
        self.state().panics_at_capabilities = true;
    }

    pub(crate) fn panic_at(&self, words: &str) {
        self.state().panic_at = Some(words.to_owned());
    }

    pub(crate) fn unused_failures(&self) -> usize {
        let state = self.state();
        state.failures.len() + state.failing_looks.len() + state.failing_fetches.len()
    }

    pub(crate) fn n_sends(&self) -> usize {
        self.state().n_sends
    }

    pub(crate) fn take_late_echoes(&self) -> Vec<Inbound> {
        std::mem::take(&mut self.state().late_echoes)
    }

    /// The post that holds these words, in the newest place.
    pub(crate) fn find(&self, channel: &RemoteId, words: &str) -> RemoteId {
        let state = self.state();
        let found = state
            .posts
            .iter()
            .rev()
            .find(|it| it.channel == *channel && it.text.contains(words));
        found
            .unwrap_or_else(|| panic!("nobody wrote {words:?} in {channel}"))
            .id
            .clone()
    }

    pub(crate) fn people_say(
        &self,
        channel: &RemoteId,
        who: &str,
        (subject, text): (Option<&str>, &str),
        reply_to: Option<RemoteId>,
    ) -> RemoteId {
        self.add(Seen {
            author: who.to_owned(),
            text: text.to_owned(),
            subject: subject.map(str::to_owned),
            reply_to,
            ..Seen::new(channel)
        })
    }

    pub(crate) fn change(&self, id: &RemoteId, change: impl FnOnce(&mut Seen)) {
        let mut state = self.state();
        let post = state.posts.iter_mut().find(|it| it.id == *id);
        change(post.expect("the post stands"));
    }

    pub(crate) fn seen(&self, channel: &RemoteId) -> Vec<Seen> {
        let state = self.state();
        let there = state
            .posts
            .iter()
            .filter(|it| it.channel == *channel && !it.deleted);
        there.cloned().collect()
    }

    pub(crate) fn add(&self, post: Seen) -> RemoteId {
        let mut state = self.state();
        let id = RemoteId(format!("{}-{}", self.name, state.posts.len() + 1));
        let at = state.now;
        state.posts.push(Seen {
            id: id.clone(),
            at,
            ..post
        });
        id
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no panic under this lock")
    }
}

/// Between two posts of the same person.
pub(crate) const A_MOMENT: Duration = Duration::from_millis(1000);
