//! A Telegram group, as its people use it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use sandbox::telegram::{ChatId, FileKind, MessageId, MessageView, Said, SaidFile, UserId};
use serde_json::{Value, json};

use super::seen::{Cannot, LINK, MARKED, ODD, Place, Seen, SeenFile, Sent};
use crate::support::Town;

pub(crate) struct Telegram<'a> {
    pub(crate) town: &'a Town,
    pub(crate) chat: ChatId,
    pub(crate) cem: UserId,
    /// In a forum whoever begins something opens a topic for it.
    pub(crate) topics: Option<AtomicUsize>,
}

impl Telegram<'_> {
    fn say(&self, said: impl Into<Said>) {
        let telegram = &self.town.rig.telegram;
        let topic = self.topics.as_ref().map(|it| {
            let name = format!("Topic {}", it.fetch_add(1, Ordering::Relaxed));
            telegram.add_topic(self.chat, self.town.ana, &name).unwrap()
        });
        telegram.say(self.chat, topic, self.town.ana, said).unwrap();
    }

    fn id(&self, words: &str) -> MessageId {
        self.get(words).id.parse().unwrap()
    }

    fn seen_of(&self, message: &MessageView, around: &Around) -> Seen {
        let mut root = message.id;
        while let Some(parent) = around.parents.get(&root) {
            root = *parent;
        }
        let topic = message.topic.and_then(|it| around.topics.get(&it));
        // What stands in a topic belongs to what began it, whatever it points at.
        let opening = topic.map_or(root, |it| it.1);
        let parent = around.parents.get(&message.id).copied();
        let parent = parent.or(Some(opening).filter(|it| *it != message.id));
        Seen {
            id: message.id.to_string(),
            author: message.author.clone(),
            subject: topic.map(|it| it.0.clone()),
            text: message.text.clone(),
            marks: message
                .entities
                .iter()
                .filter_map(|it| mark(&message.text, it))
                .collect(),
            parent: parent.map(|it| it.to_string()),
            root: opening.to_string(),
            thread: message.topic.map(|it| it.to_string()),
            files: self.files(message),
            reactions: message
                .reactions
                .iter()
                .map(|it| it.emoji.clone())
                .collect(),
            edited: message.edited,
            pings: pings(message),
            length: message.text.encode_utf16().count(),
            picture: None,
        }
    }

    fn around(&self, messages: &[MessageView]) -> Around {
        let view = self.town.rig.telegram.view_chat(self.chat, 0).unwrap();
        let answered = |it: &MessageView| Some((it.id, it.reply_to.as_ref()?.id));
        let opening = |topic| messages.iter().find(|it| it.topic == Some(topic));
        let topics = view.topics.into_iter();
        let topics = topics.filter_map(|it| Some((it.id, (it.name, opening(it.id)?.id))));
        let topics: HashMap<_, _> = topics.collect();
        let parents = messages.iter().filter_map(answered);
        // Whatever stands in a topic answers the line that opened it, and nothing is meant by it.
        let parents = parents.filter(|(_, to)| !topics.contains_key(to));
        Around {
            parents: parents.collect(),
            topics,
        }
    }

    fn files(&self, message: &MessageView) -> Vec<SeenFile> {
        let file = |it: &sandbox::telegram::AttachmentView| {
            let url = it.url.as_deref().unwrap();
            let path = url.strip_prefix("/files/telegram/").unwrap();
            SeenFile {
                name: it.name.clone(),
                bytes: self.town.rig.telegram.file(path).unwrap().1.to_vec(),
                alt: None,
            }
        };
        message.attachments.iter().map(file).collect()
    }
}

/// What a message hangs on.
struct Around {
    parents: HashMap<MessageId, MessageId>,
    /// By the topic: its name, and what was said first in it.
    topics: HashMap<MessageId, (String, MessageId)>,
}

impl Place for Telegram<'_> {
    fn label(&self) -> &'static str {
        "Telegram"
    }

    fn speaker(&self) -> &'static str {
        "Ana"
    }

    fn seen(&self) -> Vec<Seen> {
        let messages = self.town.messages(self.chat);
        let around = self.around(&messages);
        let mut albums: HashMap<String, usize> = HashMap::new();
        let mut seen: Vec<Seen> = Vec::new();
        for message in &messages {
            let one = self.seen_of(message, &around);
            let album = message.album.clone();
            if let Some(at) = album.as_ref().and_then(|it| albums.get(it)) {
                seen[*at].files.extend(one.files);
                continue;
            }
            albums.extend(album.map(|it| (it, seen.len())));
            seen.push(one);
        }
        seen
    }

    fn says(&self, words: &str, files: &[Sent]) {
        let kind = |it: &Sent| match it.mime.starts_with("image/") {
            true => FileKind::Photo,
            false => FileKind::Document,
        };
        let mut said = Said::from(words);
        said.album = files.len() > 1;
        for file in files {
            said = said.with_file(SaidFile {
                mime: Some(file.mime.to_owned()),
                ..SaidFile::new(kind(file), file.name, file.bytes.clone())
            });
        }
        self.say(said);
    }

    fn says_with_marks(&self, begin: &str) {
        let mut said = Said::from(begin);
        for (mark, words) in MARKED.iter().filter(|it| self.marks().contains(&it.0)) {
            said.text += "\n";
            let offset = said.text.encode_utf16().count();
            said.text += words;
            let length = words.encode_utf16().count();
            let mut entity = json!({ "type": wire(mark), "offset": offset, "length": length });
            match *mark {
                "link" => entity["url"] = LINK.into(),
                "block" => entity["language"] = "rust".into(),
                _ => {}
            }
            said.entities.push(entity);
        }
        for odd in ODD {
            said.text += "\n";
            said.text += odd;
        }
        self.say(said);
    }

    fn marks(&self) -> &'static [&'static str] {
        &[
            "bold",
            "italic",
            "underline",
            "strike",
            "spoiler",
            "code",
            "link",
            "quote",
            "block",
        ]
    }

    fn answers(&self, to: &str, words: &str) {
        let to = self.get(to);
        let topic = to.thread.map(|it| it.parse().unwrap());
        let said = Said::from(words).in_reply_to(to.id.parse().unwrap());
        let telegram = &self.town.rig.telegram;
        telegram.say(self.chat, topic, self.town.ana, said).unwrap();
    }

    fn edits(&self, what: &str, now: &str) -> Result<(), Cannot> {
        let telegram = &self.town.rig.telegram;
        telegram
            .edit(self.chat, self.id(what), self.town.ana, now)
            .unwrap();
        Ok(())
    }

    fn deletes(&self, what: &str) -> Result<(), Cannot> {
        let telegram = &self.town.rig.telegram;
        telegram
            .delete(self.chat, self.id(what), self.town.ana)
            .unwrap();
        Ok(())
    }

    fn moderates(&self, what: &str) -> Result<(), Cannot> {
        self.deletes(what)
    }

    fn reacts(&self, what: &str) -> Result<(), Cannot> {
        let telegram = &self.town.rig.telegram;
        telegram
            .react(self.chat, self.id(what), self.cem, Some("👍"))
            .unwrap();
        Ok(())
    }

    fn takes_reaction_back(&self, what: &str) -> Result<(), Cannot> {
        let telegram = &self.town.rig.telegram;
        telegram
            .react(self.chat, self.id(what), self.cem, None)
            .unwrap();
        Ok(())
    }

    fn calls_cem(&self, begin: &str) -> Result<(), Cannot> {
        let text = format!("{begin} Cem please");
        let user = json!({ "id": self.cem.0, "is_bot": false, "first_name": "Cem" });
        let offset = begin.encode_utf16().count() + 1;
        let call = json!({ "type": "text_mention", "offset": offset, "length": 3, "user": user });
        self.say(Said {
            entities: vec![call],
            ..Said::from(text.as_str())
        });
        Ok(())
    }

    fn points(&self) -> bool {
        true
    }

    fn longest(&self) -> usize {
        4_000
    }
}

fn wire(mark: &str) -> &str {
    match mark {
        "strike" => "strikethrough",
        "link" => "text_link",
        "quote" => "blockquote",
        "block" => "pre",
        other => other,
    }
}

fn mark(text: &str, entity: &Value) -> Option<(&'static str, String)> {
    let (name, _) = MARKED.iter().find(|it| wire(it.0) == entity["type"])?;
    if *name == "link" {
        assert_eq!(entity["url"], LINK, "a link of another place");
    }
    Some((name, covered(text, entity)))
}

fn covered(text: &str, entity: &Value) -> String {
    let number = |field: &str| usize::try_from(entity[field].as_u64().unwrap()).unwrap();
    let units = text
        .encode_utf16()
        .skip(number("offset"))
        .take(number("length"));
    String::from_utf16(&units.collect::<Vec<u16>>()).unwrap()
}

fn pings(message: &MessageView) -> Vec<String> {
    let calls = message
        .entities
        .iter()
        .filter(|it| it["type"] == "text_mention");
    calls
        .map(|it| {
            covered(&message.text, it)
                .trim_start_matches('@')
                .to_owned()
        })
        .collect()
}
