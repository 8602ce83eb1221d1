//! What a community tells everybody, and what they agree to.

use std::time::Duration;

use conversation::{AccountRef, Inbound, Language, Proof, WayBack};
use engine::people;
use store::Retention;

use crate::{Town, people::person, town::COMMUNITY};

impl Town {
    /// From now on these are the accounts of staff.
    pub async fn is_run_by(&mut self, staff: &[(&str, &str)]) {
        let account = |(platform, who): &(&str, &str)| AccountRef {
            platform: (*platform).into(),
            account: person(who).account,
        };
        let staff: Vec<_> = staff.iter().map(account).collect();
        people::set_staff(&self.store, COMMUNITY, &staff, self.now)
            .await
            .expect("set");
    }

    /// From now on the bridge speaks so with whoever chose no language.
    pub async fn is_spoken_to_in(&mut self, language: Language) {
        people::speak(&self.store, COMMUNITY, language, self.now)
            .await
            .expect("set");
    }

    /// From now on what somebody says first in the room waits until they agreed that it goes on.
    pub async fn asks_first(&mut self, room: &str) {
        let command = format!("room set {room} first-messages=wait");
        self.staff_does(&command).await;
    }

    /// As a start with these words, which everybody in the channels of rooms is told of, or nobody.
    pub async fn asks_for(&mut self, words: &str, is_told: bool) {
        let kept = Retention {
            body_days: 30,
            metadata_months: 13,
        };
        let told = is_told.then_some(kept);
        people::set_agreement(&self.store, COMMUNITY, (words, told), self.now)
            .await
            .expect("set");
        self.store.refresh_directory().await.expect("read");
    }

    /// In a mail that is surely theirs.
    pub async fn says_by_mail(&mut self, list: &str, who: &str, text: &str) {
        let said = self.will_say(list, who, text);
        let way_back = Some(WayBack {
            token: who.to_owned(),
            until: self.now.plus(Duration::from_secs(24 * 3600)),
        });
        let mail = Inbound {
            proof: Proof::Proven,
            way_back,
            ..said
        };
        self.hears(mail).await;
    }
}
