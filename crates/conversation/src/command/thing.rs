//! What a command names that is there already, and which of all that there is somebody may mean who has not written it all.

use super::verb::{Holds, Param, Verb};

/// One of those that there are, for whoever asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    /// Of which help tells.
    Topic,
    Room,
    /// In a room.
    Channel,
    /// In none: it was heard there.
    Heard,
    /// What waits for staff.
    Held,
    /// What could not be delivered.
    Dead,
}

impl Verb {
    /// None where it is said freely, as what has no name yet.
    pub fn thing(&self, param: &Param) -> Option<Thing> {
        match (self.words, param.field) {
            ("help", _) => Some(Thing::Topic),
            (_, "room") => Some(Thing::Room),
            ("room add", "channels") | ("room link" | "room announce", "channel") => {
                Some(Thing::Heard)
            }
            (_, "channel") => Some(Thing::Channel),
            (words, "ids") if words.starts_with("held ") => Some(Thing::Held),
            (words, "ids") if words.starts_with("dead ") => Some(Thing::Dead),
            _ => None,
        }
    }
}

impl Param {
    /// Of a text what names one thing: the last of several words, where several belong there.
    pub fn last_of<'t>(&self, typed: &'t str) -> (&'t str, &'t str) {
        let start = match self.holds {
            Holds::Many | Holds::SomeOr(_) => {
                typed.rfind(char::is_whitespace).map_or(0, |it| it + 1)
            }
            _ => 0,
        };
        typed.split_at(start)
    }
}

/// Those that what was typed is a part of, each once; first those that begin so. Capitals do not matter.
pub fn fitting(typed: &str, mut all: Vec<String>) -> Vec<String> {
    let typed = typed.trim().to_lowercase();
    let place = |it: &String| it.to_lowercase().find(&typed);
    all.retain(|it| place(it).is_some());
    all.sort_by_cached_key(|it| (place(it) != Some(0), it.to_lowercase()));
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use insta::assert_snapshot;

    use super::{super::verb::verbs, *};

    #[test]
    fn it_is_known_what_each_command_names() {
        let of = |verb: &'static Verb| {
            let params = verb.params.iter();
            params.filter_map(|it| {
                Some(format!(
                    "{} {}: {:?}",
                    verb.words,
                    it.name(),
                    verb.thing(it)?
                ))
            })
        };
        let things: Vec<String> = verbs().flat_map(of).collect();
        assert_snapshot!(things.join("\n"), @"
        help about: Topic
        room add channels: Heard
        room link room: Room
        room link channel: Heard
        room announce room: Room
        room announce channel: Heard
        room unlink channel: Channel
        room set room: Room
        room rename room: Room
        room remove room: Room
        link list room: Room
        link open channel: Channel
        link suspend channel: Channel
        link here room: Room
        link here channel: Channel
        link leave channel: Channel
        held list channel: Channel
        held release ids: Held
        held drop ids: Held
        dead list channel: Channel
        dead retry ids: Dead
        dead drop ids: Dead
        ");
    }

    #[test]
    fn what_is_typed_is_found_within_names() {
        let rooms = || {
            ["Spring Fair", "Hill Spring", "Market", "market"]
                .map(str::to_owned)
                .to_vec()
        };
        assert_eq!(fitting(" spring", rooms()), ["Spring Fair", "Hill Spring"]);
        assert_eq!(fitting("", rooms()).len(), 4);
        assert!(fitting("springs", rooms()).is_empty());
    }

    #[test]
    fn of_several_the_last_is_typed() {
        let ids = &Verb::named("dead retry").unwrap().params[0];
        let room = &Verb::named("room rename").unwrap().params[0];
        assert_eq!(ids.last_of("ab1 ab2 a"), ("ab1 ab2 ", "a"));
        assert_eq!(ids.last_of("a"), ("", "a"));
        assert_eq!(room.last_of("Spring Fa"), ("", "Spring Fa"));
    }
}
