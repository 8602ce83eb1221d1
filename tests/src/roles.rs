//! Who may what, and who is whom.

use conversation::RemoteId;
use engine::acts;

use crate::{Town, channel::at, people::account_of, town::COMMUNITY};

impl Town {
    /// The platform says so from now on.
    pub fn administers(&mut self, channel: &str, who: &str) {
        let at = at(channel);
        let administrator = (at.id.clone(), account_of(who));
        self.platform(&at)
            .state()
            .administrators
            .push(administrator);
    }

    pub fn administers_no_more(&mut self, channel: &str, who: &str) {
        let at = at(channel);
        let administrator: (RemoteId, RemoteId) = (at.id.clone(), account_of(who));
        let mut state = self.platform(&at).state();
        state.administrators.retain(|it| *it != administrator);
    }

    /// It does not say who may what, and nobody hears why.
    pub fn falls_silent(&mut self, channel: &str) {
        self.platform(&at(channel)).state().is_silent = true;
    }

    /// What the terminal shows, or why it shows none.
    pub async fn owner_code(&self) -> Result<String, String> {
        let code = acts::owner_code(&self.store, COMMUNITY, self.now).await;
        code.map_err(|error| error.to_string())
    }

    /// The newest that was shown to somebody alone there.
    pub fn shown_code(&self, channel: &str) -> String {
        let at = at(channel);
        let state = self.platform(&at).state();
        let whispers = state.whispers.iter().rev().map(|it| it.text());
        let posts = state.posts.iter().rev().map(|it| it.text.as_str());
        let mut shown = whispers
            .chain(posts)
            .filter_map(|it| it.split_once(": connect "));
        let (_, behind) = shown.next().expect("a code was shown");
        behind.chars().take(8).collect()
    }
}

impl Town {
    /// The channels of a room, as they stand.
    pub async fn links_of(&self, room: &str) -> String {
        let rooms = self.store.rooms(None).await.expect("rooms");
        let room = rooms.iter().find(|it| it.name == room).expect("a room");
        let channels = room.channels.iter().map(|it| it.channel.to_string());
        channels.collect::<Vec<_>>().join(", ")
    }

    /// The platform tells of it, twice as of everything.
    pub async fn arrives(&mut self, event: conversation::Inbound) {
        self.hand_in(event).await;
        self.settle().await;
    }
}

impl Town {
    /// Each person's accounts, and under which of them what they did counts.
    pub async fn persons(&self) -> String {
        let people = self.store.people(COMMUNITY, 100).await.expect("people");
        let line = |it: &store::PersonView| {
            let accounts = it.accounts.iter().map(|it| it.account.to_string());
            accounts.collect::<Vec<_>>().join(" = ")
        };
        people.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}
