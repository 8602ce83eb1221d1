//! After `private on`, `#local` and `name off` nothing that the bridge tells holds what was to stay: whatever is said, waits, fails
//! and starts anew. `CAUSEWAY_HISTORIES=100` tries more than the few of each run.

use std::collections::{BTreeMap, BTreeSet};

use causeway_tests::{Told, Town, chat, letters, workplace};
use conversation::{
    Attachment, AttachmentKind, AttachmentSource, ChannelRef, Content, Event, Markup, Node, Posted,
    ReactionChange, RemoteId, StormLimits,
};

mod chance;
mod looks;

use chance::Chance;

const CHANNELS: [&str; 4] = [
    "telegram #general",
    "discord #lobby",
    "slack #spring",
    "list spring@",
];
/// Each with the channels in which they speak. Whoever speaks in two has joined both accounts.
const PEOPLE: [(&str, &[usize]); 5] = [
    ("Anabel", &[0]),
    ("Bodo", &[1]),
    ("Cyprian", &[2]),
    ("Didier", &[3]),
    ("Evangeline", &[0, 1]),
];
/// Who steps back: a list's members do so by mail, in a story of their own.
const WHO_STEP_BACK: [usize; 4] = [0, 1, 2, 4];
const EVENTS: usize = 500;

/// Something that somebody said, as it is known where it was said.
struct Said {
    by: usize,
    channel: usize,
    id: RemoteId,
    /// All words that ever stood in it.
    words: BTreeSet<String>,
}

struct History {
    chance: Chance,
    town: Town,
    said: Vec<Said>,
    n_words: usize,
    is_private: [bool; PEOPLE.len()],
    is_nameless: [bool; PEOPLE.len()],
    /// Words that nothing may hold any more which is not there yet, with the channel where they were said.
    kept: BTreeMap<String, usize>,
    /// Words said without a name, with whose they are.
    nameless: BTreeMap<String, usize>,
    before: BTreeMap<(String, String), Told>,
}

impl History {
    async fn begin(seed: u64) -> History {
        let mut town = Town::build()
            .platform(chat("telegram"))
            .platform(chat("discord"))
            .platform(workplace("slack"))
            .platform(letters("list").read_by(&["Didier", "Eve"]))
            .room("general", &CHANNELS)
            .braked_at(StormLimits {
                per_author: 5,
                per_channel: 0,
                per_room: 0,
            })
            .open()
            .await;
        for channel in ["telegram #general", "discord #lobby"] {
            town.says(channel, "Evangeline", "good morning").await;
        }
        town.staff_does("member join telegram:account-of-Evangeline discord:account-of-Evangeline")
            .await;
        town.staff_does("member mentions telegram:account-of-Evangeline account")
            .await;
        History {
            chance: Chance(seed),
            town,
            said: Vec::new(),
            n_words: 0,
            is_private: [false; PEOPLE.len()],
            is_nameless: [false; PEOPLE.len()],
            kept: BTreeMap::new(),
            nameless: BTreeMap::new(),
            before: BTreeMap::new(),
        }
    }

    /// Nobody else ever says it.
    fn new_word(&mut self) -> String {
        self.n_words += 1;
        format!("word{}x", self.n_words)
    }

    async fn goes_on(&mut self) {
        match self.chance.below(100) {
            0..=34 => self.somebody_speaks(None).await,
            35..=49 => {
                let channel = self.chance.below(CHANNELS.len());
                let copies = self.town.told_in(CHANNELS[channel]);
                let own = self.said.iter().filter(|it| it.channel == channel);
                let all: Vec<_> = copies
                    .into_iter()
                    .chain(own.map(|it| it.id.clone()))
                    .collect();
                if let Some(to) = self.chance.one(&all).cloned() {
                    self.somebody_speaks(Some((channel, to))).await;
                }
            }
            50..=61 => self.somebody_edits().await,
            62..=65 => self.somebody_deletes().await,
            66..=73 => self.somebody_reacts().await,
            74..=81 => self.somebody_steps_back().await,
            82..=85 => self.platform_goes_or_comes_back(),
            86..=87 => self.town.restarts().await,
            88..=89 => self.town.staff_retries_all().await,
            90..=91 => self.town.minutes_pass(30),
            92 => self.town.hours_pass(25),
            _ => self.look().await,
        }
    }

    async fn somebody_speaks(&mut self, answers: Option<(usize, RemoteId)>) {
        let channel = answers
            .as_ref()
            .map_or_else(|| self.chance.below(CHANNELS.len()), |it| it.0);
        let there = who_speaks_in(channel);
        let Some(&by) = self.chance.one(&there) else {
            return;
        };
        let word = self.new_word();
        let is_local = self.chance.below(12) == 0;
        let content = self.content(&word, (by, channel), is_local);
        self.said_now(&word, (by, channel), is_local);
        if self.is_nameless[by] {
            self.nameless.insert(word.clone(), by);
        }
        let id = RemoteId(format!("said-{word}"));
        self.said.push(Said {
            by,
            channel,
            id: id.clone(),
            words: [word.clone()].into(),
        });
        let has_subject = answers.is_none() && channel == 3;
        let posted = Posted {
            messages: vec![id],
            reply_to: answers.map(|it| it.1).into_iter().collect(),
            thread: None,
            subject: has_subject.then(|| format!("About {word}")),
            content,
            elided: String::new(),
            twin: None,
        };
        self.happens(channel, by, Event::Posted(posted)).await;
    }

    fn said_now(&mut self, word: &str, (by, channel): (usize, usize), is_local: bool) {
        if is_local || self.is_private[by] {
            self.kept.insert(word.to_owned(), channel);
        }
    }

    fn content(&mut self, word: &str, (by, channel): (usize, usize), is_local: bool) -> Content {
        let mut nodes = vec![Node::Text(format!("I say {word} here"))];
        if self.chance.below(4) == 0 {
            let there: Vec<_> = who_speaks_in(channel)
                .into_iter()
                .filter(|it| *it != by)
                .collect();
            let whom = PEOPLE[*self.chance.one(&there).unwrap_or(&3)].0;
            let account = Some(RemoteId(format!("account-of-{whom}")));
            nodes.push(Node::Text(" to ".to_owned()));
            nodes.push(Node::Mention {
                account,
                name: format!("@{whom}"),
            });
        }
        if is_local {
            nodes.push(Node::Text(" #local".to_owned()));
        }
        let at = at(channel);
        let file = Attachment {
            kind: AttachmentKind::Photo,
            name: Some(format!("{} {word}.jpg", PEOPLE[by].0)),
            mime: None,
            size: None,
            alt: Some(format!("a picture of {word}")),
            source: AttachmentSource::Remote {
                channel: at,
                file: RemoteId(format!("file-{word}")),
            },
        };
        Content {
            text: Markup(nodes),
            attachments: if self.chance.below(6) == 0 {
                vec![file]
            } else {
                Vec::new()
            },
        }
    }

    async fn somebody_edits(&mut self) {
        if self.said.is_empty() {
            return;
        }
        let number = self.chance.below(self.said.len());
        let (by, channel, id) = (
            self.said[number].by,
            self.said[number].channel,
            self.said[number].id.clone(),
        );
        let word = self.new_word();
        let is_local = self.chance.below(8) == 0;
        let has_stayed = self.said[number]
            .words
            .iter()
            .any(|it| self.kept.contains_key(it));
        self.said_now(&word, (by, channel), is_local || has_stayed);
        // A message keeps the name under which it was said.
        if self.said[number]
            .words
            .iter()
            .any(|it| self.nameless.contains_key(it))
        {
            self.nameless.insert(word.clone(), by);
        }
        self.said[number].words.insert(word.clone());
        if is_local {
            let all = self.said[number].words.clone();
            self.kept.extend(all.into_iter().map(|it| (it, channel)));
        }
        let mut content = self.content(&word, (by, channel), is_local);
        content.attachments.clear();
        self.happens(
            channel,
            by,
            Event::Edited {
                message: id,
                content,
            },
        )
        .await;
    }

    async fn somebody_deletes(&mut self) {
        if let Some(it) = self.chance.one(&self.said) {
            let (by, channel) = (it.by, it.channel);
            let messages = vec![it.id.clone()];
            self.happens(channel, by, Event::Deleted { messages }).await;
        }
    }

    async fn somebody_reacts(&mut self) {
        if let Some(it) = self.chance.one(&self.said) {
            let (channel, message) = (it.channel, it.id.clone());
            let there = who_speaks_in(channel);
            let by = self.chance.one(&there).copied().unwrap_or_default();
            let emoji = vec!["👍".to_owned()];
            let (added, removed) = match self.chance.below(3) {
                0 => (Vec::new(), emoji),
                _ => (emoji, Vec::new()),
            };
            let change = ReactionChange {
                message,
                added,
                removed,
            };
            self.happens(channel, by, Event::Reacted(change)).await;
        }
    }

    async fn somebody_steps_back(&mut self) {
        let who = WHO_STEP_BACK[self.chance.below(WHO_STEP_BACK.len())];
        let command = match self.chance.below(2) {
            0 => {
                self.is_private[who] = !self.is_private[who];
                format!(
                    "private {}",
                    if self.is_private[who] { "on" } else { "off" }
                )
            }
            _ => {
                self.is_nameless[who] = !self.is_nameless[who];
                format!("name {}", if self.is_nameless[who] { "off" } else { "on" })
            }
        };
        let (name, channels) = PEOPLE[who];
        let channel = CHANNELS[channels[self.chance.below(channels.len())]];
        self.town.minutes_pass(1);
        self.town.commands(channel, name, &command).await;
    }

    fn platform_goes_or_comes_back(&mut self) {
        let platform = ["telegram", "discord", "slack", "list"][self.chance.below(4)];
        match self.chance.below(3) {
            0 => self.town.goes_down(platform),
            _ => self.town.comes_back(platform),
        }
    }

    async fn happens(&mut self, channel: usize, by: usize, event: Event) {
        self.town.seconds_pass(1);
        self.town.happens(&at(channel), PEOPLE[by].0, event).await;
    }
}

fn who_speaks_in(channel: usize) -> Vec<usize> {
    (0..PEOPLE.len())
        .filter(|it| PEOPLE[*it].1.contains(&channel))
        .collect()
}

/// Where everybody sees who they are.
fn speaks_on(who: usize, platform: &str) -> bool {
    PEOPLE[who].1.iter().any(|it| is_on(*it, platform))
}

fn is_on(channel: usize, platform: &str) -> bool {
    CHANNELS[channel].starts_with(platform)
}

fn at(channel: usize) -> ChannelRef {
    let channel = CHANNELS[channel].replacen(' ', ":", 1);
    channel.parse().expect("a channel")
}

#[tokio::test]
async fn what_was_to_stay_is_told_nowhere_whatever_happens() {
    let more = std::env::var("CAUSEWAY_HISTORIES").ok();
    let seeds = more.and_then(|it| it.parse().ok()).unwrap_or(2);
    for seed in 0..seeds {
        let mut history = History::begin(seed).await;
        for _ in 0..EVENTS {
            history.goes_on().await;
        }
        history.end().await;
    }
}
