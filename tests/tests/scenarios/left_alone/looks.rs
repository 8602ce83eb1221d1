//! What may be told, and what not.

use causeway_tests::Told;

use super::{EVENTS, History, PEOPLE, is_on, speaks_on};

impl History {
    /// All that can be sent is, and what is new of it holds nothing that was to stay.
    pub(super) async fn look(&mut self) {
        self.town.settle().await;
        let now = self.town.told();
        for (place, told) in &now {
            if self.before.get(place) != Some(told) {
                self.may_be_told(place, told);
            }
        }
        self.before = now;
    }

    fn may_be_told(&self, place: &(String, String), told: &Told) {
        // What is changed in place keeps its author, its subject and its files.
        let before = self.before.get(place);
        let author = before.map_or(told.author.as_str(), |_| "");
        let is_new = |it: &&String| before.is_none_or(|before| !before.around.contains(it));
        let around: Vec<_> = told.around.iter().filter(is_new).collect();
        let holds =
            |word: &str| told.text.contains(word) || around.iter().any(|it| it.contains(word));
        for (word, _) in self.kept.iter().filter(|it| !is_on(*it.1, &place.0)) {
            assert!(
                !holds(word),
                "{word} was to stay, and is told at {place:?}: {told:?}"
            );
        }
        for said in self.said.iter().filter(|it| self.is_private[it.by]) {
            for word in said.words.iter().filter(|_| !is_on(said.channel, &place.0)) {
                assert!(
                    !holds(word),
                    "{word} is of somebody private, and is told at {place:?}: {told:?}"
                );
            }
        }
        for (who, (name, _)) in PEOPLE.iter().enumerate() {
            let is_named = holds(name) || author.contains(name);
            assert!(
                !(self.is_nameless[who] && is_named && !speaks_on(who, &place.0)),
                "{name} is named at {place:?}: {told:?}"
            );
        }
        for (word, who) in self
            .nameless
            .iter()
            .filter(|it| !speaks_on(*it.1, &place.0))
        {
            let name = PEOPLE[*who].0;
            let tells = |line: &str| line.contains(&**word) && line.contains(name);
            let lines = told.text.lines();
            let own = told.text.lines().last().unwrap_or_default();
            let is_told = lines.chain(around.iter().map(|it| it.as_str())).any(tells)
                || author.contains(name) && own.contains(&**word);
            assert!(
                !is_told,
                "{word} was said without a name at {place:?}: {told:?}"
            );
        }
    }

    /// Nothing waits any more.
    pub(super) async fn end(mut self) {
        for platform in ["telegram", "discord", "slack", "list"] {
            self.town.comes_back(platform);
        }
        for _ in 0..3 {
            self.town.hours_pass(25);
            self.look().await;
        }
        self.town.staff_retries_all().await;
        self.look().await;
        for _ in 0..3 {
            self.town.hours_pass(25);
            self.look().await;
        }
        self.town.deliveries().await;
        self.town.notices().await;
        assert!(
            self.before.len() > EVENTS / 4,
            "little was told: {}",
            self.before.len()
        );
    }
}
