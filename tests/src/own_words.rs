//! What the bridge itself says, as whatever has something to say makes it.

use conversation::{Arg, MessageId, Phrase};
use engine::Line;
use serde_json::json;
use store::{Choice, Entry, Say};
use words::{COMMUNITY_MEANT, COMMUNITY_NAME, Sentence};

use crate::{Town, channel::at};

impl Town {
    /// In these channels of one room the bridge says something, with the community's name to choose below it. None if it did
    /// so under that key before.
    pub async fn bridge_offers(
        &mut self,
        channels: &[&str],
        (key, phrase): (&str, Phrase),
    ) -> Option<MessageId> {
        let directory = self.store.directory();
        let entry = |it: &&str| directory.find(&at(it)).expect("a linked channel").clone();
        let entries: Vec<Entry> = channels.iter().map(entry).collect();
        let to = entries.iter().map(|it| it.channel.id.clone()).collect();
        let choice = Choice {
            label: of_community(COMMUNITY_NAME, &entries[0]),
            act: json!({}),
            for_identity: None,
        };
        let say = Say {
            buttons: vec![choice],
            ..Say::to(entries[0].clone(), key.to_owned(), phrase, to)
        };
        let now = self.now;
        let said = self.store.write(move |tx| {
            let say = say.clone();
            Box::pin(async move { tx.own_words().say(&say, now).await })
        });
        said.await.expect("said")
    }

    /// It is settled, and says so from now on. False if it was before.
    pub async fn bridge_closes(&mut self, channel: &str, message: &MessageId) -> bool {
        let directory = self.store.directory();
        let entry = directory.find(&at(channel)).expect("a linked channel");
        let instead = of_community(COMMUNITY_MEANT, entry);
        let (case, now) = ((entry.clone(), message.clone(), instead), self.now);
        let closed = self.store.write(move |tx| {
            let (entry, message, instead) = case.clone();
            Box::pin(async move {
                tx.own_words()
                    .close(&entry, &message, Some(&instead), now)
                    .await
            })
        });
        !closed.await.expect("closed").is_empty()
    }
}

impl Town {
    /// What everybody may read of the community, line by line.
    pub async fn privacy_page(&self) -> String {
        let home = self.store.directory();
        let entry = home.channels().next().expect("a linked channel");
        let community = entry.community.clone();
        let short = self.store.write(move |tx| {
            let community = community.clone();
            Box::pin(async move { tx.people(&community).short().await })
        });
        let page = self.privacy_page_of(&short.await.expect("read")).await;
        page.expect("there is one")
    }

    pub async fn privacy_page_of(&self, short: &str) -> Option<String> {
        let page = self.engine.privacy_page(short).await.expect("read")?;
        let mut lines = vec![page.heading, page.begins];
        for section in page.sections {
            lines.push(format!("# {}", section.heading));
            lines.extend(section.lines.into_iter().map(|it| match it {
                Line::Words(words) | Line::Theirs(words) => format!("- {words}"),
                Line::Command(words, about) => format!("- `{words}`: {about}"),
            }));
        }
        Some(lines.join("\n"))
    }
}

fn of_community(sentence: Sentence, entry: &Entry) -> Phrase {
    Phrase::of(sentence).with("community", Arg::Community(entry.community.clone()))
}
