//! A Telegram group, as its people use it.

use std::collections::HashMap;

use sandbox::telegram::{ChatId, FileKind, MessageId, MessageView, Said, SaidFile, UserId};
use serde_json::{Value, json};

use super::seen::{Cannot, LINK, MARKED, ODD, Place, Seen, SeenFile, Sent};
use crate::support::Town;

pub(crate) struct Telegram<'a> {
    pub(crate) town: &'a Town,
    pub(crate) chat: ChatId,
    pub(crate) cem: UserId,
}

impl Telegram<'_> {
    fn say(&self, said: impl Into<Said>) {
        let telegram = &self.town.rig.telegram;
        telegram.say(self.chat, None, self.town.ana, said).unwrap();
    }

    fn id(&self, words: &str) -> MessageId {
        self.get(words).id.parse().unwrap()
    }

    fn seen_of(&self, message: &MessageView, parents: &HashMap<MessageId, MessageId>) -> Seen {
        let mut root = message.id;
        while let Some(parent) = parents.get(&root) {
            root = *parent;
        }
        let parent = parents.get(&message.id);
        Seen {
            id: message.id.to_string(),
            author: message.author.clone(),
            text: message.text.clone(),
            marks: message
                .entities
                .iter()
                .filter_map(|it| mark(&message.text, it))
                .collect(),
            parent: parent.map(ToString::to_string),
            root: root.to_string(),
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

impl Place for Telegram<'_> {
    fn label(&self) -> &'static str {
        "Telegram"
    }

    fn speaker(&self) -> &'static str {
        "Ana"
    }

    fn seen(&self) -> Vec<Seen> {
        let messages = self.town.messages(self.chat);
        // Whatever stands in a topic of a forum answers its opening, and nothing else is meant by it.
        let answered = |it: &MessageView| Some((it.id, it.reply_to.as_ref()?.id));
        let parents = messages.iter().filter_map(answered).collect();
        let mut albums: HashMap<String, usize> = HashMap::new();
        let mut seen: Vec<Seen> = Vec::new();
        for message in &messages {
            let one = self.seen_of(message, &parents);
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
        self.say(Said::from(words).in_reply_to(self.id(to)));
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
    calls.map(|it| covered(&message.text, it)).collect()
}
