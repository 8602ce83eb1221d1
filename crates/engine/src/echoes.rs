//! How often the same was said by one person in one room within the hour before: what stops a loop whose forwarders strip
//! all marks.
//!
//! **Invariant:** a message counts once, however often its transaction is done again, and what is remembered is bounded.
//! It is remembered in memory alone, as the storm brake does: a count on disk would cost each message a statement, and a
//! restart lets a loop go round a few times more, no oftener than people restart.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    mem,
    sync::Mutex,
    time::Duration,
};

use conversation::{EventKey, Platform, RemoteId, RoomId, Timestamp};

const HOUR: Duration = Duration::from_secs(3600);
/// So many different things are remembered twice: those of now, and those of before. Where more is said within an hour,
/// what comes back sooner is still known.
const MANY: usize = 50_000;
/// Of one thing; no limit is higher.
pub(crate) const MOST_TIMES: usize = 100;

/// When something was said, and under which key.
type Times = Vec<(Timestamp, u64)>;

#[derive(Debug, Default)]
pub(crate) struct Echoes {
    heard: Mutex<Remembered>,
}

#[derive(Debug, Default)]
struct Remembered {
    now: HashMap<u64, Times>,
    before: HashMap<u64, Times>,
}

/// One message that says something.
pub(crate) struct Echo {
    key: u64,
    at: Timestamp,
    of_author: u64,
    /// Some forwarders give it a new author each time round.
    of_anybody: u64,
}

/// So many times as often as one person many may say the same, as a greeting is.
const MANY_SAY_SO: usize = 3;

impl Echo {
    /// `words` is what `conversation::echo` makes of it.
    pub(crate) fn new(
        (key, at): (&EventKey, Timestamp),
        room: &RoomId,
        author: (&Platform, &RemoteId),
        words: &str,
    ) -> Echo {
        Echo {
            key: hash(key),
            at,
            of_author: hash(&(room, author, words)),
            of_anybody: hash(&(room, words)),
        }
    }
}

impl Echoes {
    pub(crate) fn is_heard_too_often(&self, echo: &Echo, most: usize) -> bool {
        let heard = self.heard.lock().expect("no panic under this lock");
        heard.before(echo, echo.of_author) >= most
            || heard.before(echo, echo.of_anybody) >= most * MANY_SAY_SO
    }

    pub(crate) fn count(&self, echo: &Echo) {
        let mut heard = self.heard.lock().expect("no panic under this lock");
        heard.count(echo, echo.of_author);
        heard.count(echo, echo.of_anybody);
        if heard.now.len() > MANY {
            heard.before = mem::take(&mut heard.now);
        }
    }
}

impl Remembered {
    fn before(&self, echo: &Echo, what: u64) -> usize {
        let counts = |it: &&(Timestamp, u64)| {
            it.1 != echo.key && it.0 <= echo.at && echo.at.since(it.0) < HOUR
        };
        self.times(what).filter(counts).count()
    }

    fn count(&mut self, echo: &Echo, what: u64) {
        if self.times(what).any(|it| it.1 == echo.key) {
            return;
        }
        let times = self.now.entry(what).or_default();
        if times.len() == MOST_TIMES {
            times.remove(0);
        }
        times.push((echo.at, echo.key));
    }

    fn times(&self, what: u64) -> impl Iterator<Item = &(Timestamp, u64)> {
        let both = [&self.now, &self.before];
        both.into_iter()
            .filter_map(move |it| it.get(&what))
            .flatten()
    }
}

fn hash(what: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn echo(key: usize, minute: i64, author: &str, words: &str) -> Echo {
        let key = EventKey(key.to_string());
        let (platform, author) = (Platform::from("chat"), RemoteId::from(author));
        let at = Timestamp(minute * 60_000);
        Echo::new((&key, at), &"room".into(), (&platform, &author), words)
    }

    fn before(echoes: &Echoes, echo: &Echo) -> usize {
        let heard = echoes.heard.lock().expect("no panic under this lock");
        heard.before(echo, echo.of_author)
    }

    #[test]
    fn what_many_say_is_heard_three_times_as_often() {
        let echoes = Echoes::default();
        for number in 0..9 {
            let it = echo(number, 0, &format!("author {number}"), "bread");
            assert!(!echoes.is_heard_too_often(&it, 3), "{number}");
            echoes.count(&it);
        }
        assert!(echoes.is_heard_too_often(&echo(9, 0, "another", "bread"), 3));
        assert!(!echoes.is_heard_too_often(&echo(9, 0, "another", "cheese"), 3));
    }

    #[test]
    fn the_same_counts_for_an_hour_and_each_message_once() {
        let echoes = Echoes::default();
        for minute in 0..3_usize {
            for _ in 0..2 {
                let it = echo(minute, minute as i64, "ana", "bread");
                assert_eq!(before(&echoes, &it), minute);
                echoes.count(&it);
            }
        }
        assert_eq!(before(&echoes, &echo(9, 3, "ana", "bread")), 3);
        assert_eq!(before(&echoes, &echo(9, 3, "bo", "bread")), 0);
        assert_eq!(before(&echoes, &echo(9, 3, "ana", "cheese")), 0);
        assert_eq!(before(&echoes, &echo(9, 61, "ana", "bread")), 1);
        assert_eq!(before(&echoes, &echo(9, -1, "ana", "bread")), 0, "earlier");
    }

    #[test]
    fn what_is_remembered_is_bounded_and_what_comes_back_soon_is_known() {
        let echoes = Echoes::default();
        for key in 0..3 * MANY {
            echoes.count(&echo(key, 0, "ana", &format!("words {key}")));
        }
        let heard = echoes.heard.lock().expect("nobody panics");
        assert!(heard.now.len() + heard.before.len() <= 2 * MANY + 1);
        drop(heard);
        let last = format!("words {}", 3 * MANY - 10);
        assert_eq!(before(&echoes, &echo(usize::MAX, 1, "ana", &last)), 1);
    }
}
