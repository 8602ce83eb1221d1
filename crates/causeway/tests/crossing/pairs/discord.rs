//! A text channel of Discord with its threads, or a forum with its posts, as their people use them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use sandbox::discord::{ChannelId, MessageId, MessageView, Said, SaidFile, UserId};

use super::markdown;
use super::seen::{Cannot, LINK, ODD, Place, Seen, SeenFile, Sent};
use crate::support::Town;

pub(crate) struct Discord<'a> {
    pub(crate) town: &'a Town,
    pub(crate) channel: ChannelId,
    pub(crate) dov: UserId,
    pub(crate) cem: UserId,
    /// In a forum whoever begins something opens a post for it.
    pub(crate) posts: Option<AtomicUsize>,
}

impl Discord<'_> {
    fn api(&self) -> &sandbox::discord::Discord {
        &self.town.rig.discord
    }

    fn say(&self, place: ChannelId, said: impl Into<Said>) {
        self.api().say(place, self.dov, said).unwrap();
    }

    fn begin(&self, said: impl Into<Said>) {
        let Some(posts) = &self.posts else {
            return self.say(self.channel, said);
        };
        let title = format!("Post {}", posts.fetch_add(1, Ordering::Relaxed));
        self.api()
            .forum_post(self.channel, self.dov, &title, said)
            .unwrap();
    }

    /// Its thread is called so.
    fn subject(&self, thread: ChannelId) -> Option<String> {
        let is_post = self.posts.is_some() && thread != self.channel;
        let view = is_post.then(|| self.api().view_channel(thread, 0));
        Some(view??.name)
    }

    /// With where it stands.
    fn messages(&self) -> Vec<(ChannelId, MessageView)> {
        let places = [self.channel]
            .into_iter()
            .chain(self.api().threads_of(self.channel));
        let mut all = Vec::new();
        for place in places {
            let view = self.api().view_channel(place, usize::MAX).unwrap();
            let said = view.messages.into_iter().filter(|it| !it.is_system);
            all.extend(said.map(|it| (place, it)));
        }
        all.sort_by_key(|it| it.1.id);
        all
    }

    fn id(&self, words: &str) -> (ChannelId, MessageId) {
        let holds = |it: &&(ChannelId, MessageView)| markdown::read(&it.1.text).0.contains(words);
        let messages = self.messages();
        let found = messages.iter().find(holds);
        let (place, message) = found.unwrap_or_else(|| panic!("nobody said {words} on Discord"));
        (*place, message.id)
    }

    fn seen_of(
        &self,
        (place, message): &(ChannelId, MessageView),
        parents: &HashMap<MessageId, MessageId>,
    ) -> Seen {
        let called = message.text.replace(&format!("<@{}>", self.cem), "@Cem");
        let (text, marks) = markdown::read(&called);
        let thread = match *place == self.channel {
            true => message.thread,
            false => Some(*place),
        };
        let mut root = message.id;
        while let Some(parent) = parents.get(&root) {
            root = *parent;
        }
        let opening = thread
            .map(|it| MessageId(it.0))
            .filter(|it| *it != message.id);
        let parent = message.reply_to.as_ref().map(|it| it.id).or(opening);
        Seen {
            id: message.id.to_string(),
            author: message.author.clone(),
            picture: message.picture.clone(),
            subject: self.subject(*place),
            text,
            marks,
            parent: parent.map(|it| it.to_string()),
            root: opening.unwrap_or(root).to_string(),
            thread: thread.map(|it| it.to_string()),
            files: message.attachments.iter().map(|it| self.file(it)).collect(),
            reactions: message
                .reactions
                .iter()
                .map(|it| it.emoji.clone())
                .collect(),
            edited: message.edited,
            pings: message.pings.clone(),
            length: message.text.chars().count(),
        }
    }

    fn file(&self, it: &sandbox::discord::AttachmentView) -> SeenFile {
        let path = it.url.strip_prefix("/files/discord/").unwrap();
        SeenFile {
            name: it.name.clone(),
            bytes: self.api().file(path).unwrap().1.to_vec(),
            alt: it.description.clone(),
        }
    }
}

impl Place for Discord<'_> {
    fn label(&self) -> &'static str {
        "Discord"
    }

    fn speaker(&self) -> &'static str {
        "Dov"
    }

    fn seen(&self) -> Vec<Seen> {
        let messages = self.messages();
        let answered = |it: &(ChannelId, MessageView)| Some((it.1.id, it.1.reply_to.as_ref()?.id));
        let parents = messages.iter().filter_map(answered).collect();
        messages
            .iter()
            .map(|it| self.seen_of(it, &parents))
            .collect()
    }

    fn says(&self, words: &str, files: &[Sent]) {
        let mut said = Said::from(words);
        for file in files {
            let sent = SaidFile::new(file.name, file.bytes.clone()).described(file.alt);
            said = said.with_file(SaidFile {
                mime: Some(file.mime.to_owned()),
                ..sent
            });
        }
        self.begin(said);
    }

    fn says_with_marks(&self, begin: &str) {
        let marked = format!(
            "**bold words** *slanted words* __lined words__ ~~struck words~~ ||hidden words|| `code_words*` \
             [linked words]({LINK})\n> quoted words\n```rust\nlet x = a[1] < 2;\n```\n- first item\n- second item\n"
        );
        // As people type signs that shall stay signs.
        let escaped = |it: char| match "\\*_~|<>[]()`#@".contains(it) {
            true => format!("\\{it}"),
            false => it.to_string(),
        };
        let odd = ODD.join("\n").chars().map(escaped).collect::<String>();
        self.begin(format!("{begin}\n{marked}\n{odd}").as_str());
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
            "list",
        ]
    }

    fn answers(&self, to: &str, words: &str) {
        let (place, message) = self.id(to);
        self.say(place, Said::from(words).in_reply_to(message));
    }

    fn answers_in_thread(&self, to: &str, words: &str) {
        let (place, message) = self.id(to);
        if place != self.channel {
            return self.say(place, words);
        }
        let has_one = self.api().threads_of(place).contains(&ChannelId(message.0));
        if !has_one {
            self.api()
                .start_thread(place, self.dov, message, "The talk")
                .unwrap();
        }
        self.say(ChannelId(message.0), words);
    }

    fn edits(&self, what: &str, now: &str) -> Result<(), Cannot> {
        let (place, message) = self.id(what);
        self.api().edit(place, message, self.dov, now).unwrap();
        Ok(())
    }

    fn deletes(&self, what: &str) -> Result<(), Cannot> {
        let (place, message) = self.id(what);
        self.api().delete(place, message, self.dov).unwrap();
        Ok(())
    }

    fn moderates(&self, what: &str) -> Result<(), Cannot> {
        let (place, message) = self.id(what);
        self.api().moderate(place, message).unwrap();
        Ok(())
    }

    fn reacts(&self, what: &str) -> Result<(), Cannot> {
        let (place, message) = self.id(what);
        self.api().react(place, message, self.cem, "👍").unwrap();
        Ok(())
    }

    fn takes_reaction_back(&self, what: &str) -> Result<(), Cannot> {
        let (place, message) = self.id(what);
        self.api().unreact(place, message, self.cem, "👍").unwrap();
        Ok(())
    }

    fn calls_cem(&self, begin: &str) -> Result<(), Cannot> {
        let call = format!("{begin} <@{}> please", self.cem);
        self.begin(call.as_str());
        Ok(())
    }

    fn points(&self) -> bool {
        false
    }

    fn longest(&self) -> usize {
        1_900
    }
}
