//! The people of a recording in their places, and their voices.

use std::collections::HashMap;

use conversation::RemoteId;
use sandbox::mail::Draft;
use sandbox::rig::{Rig, RigList, RigPlan, RigRoom};
use sandbox::telegram::{ChatId, Said, UserId};

use super::recording::{Recording, Side};

pub(super) const LIST: &str = "room@lists.example";
/// The member whose mailbox shows what the list carried.
pub(super) const READER: &str = "reader@people.example";

pub(super) struct Stage {
    pub(super) group: ChatId,
    telegram_people: HashMap<String, UserId>,
}

impl Stage {
    pub(super) fn set(rig: &Rig, recording: &Recording) -> anyhow::Result<Stage> {
        rig.telegram.keep_log();
        let group = rig.telegram.add_supergroup("Room");
        let mut telegram_people = HashMap::new();
        for author in recording.authors(Side::Telegram) {
            let user = rig.telegram.add_person(author);
            rig.telegram.join(group, user)?;
            telegram_people.insert(author.to_owned(), user);
        }
        rig.mail.add_person("Reader", READER);
        for author in recording.authors(Side::Mail) {
            rig.mail.add_person(author, &address(author));
        }
        Ok(Stage {
            group,
            telegram_people,
        })
    }

    pub(super) fn plan(&self, store_url: Option<String>) -> RigPlan {
        RigPlan {
            store_url,
            lists: vec![RigList {
                address: LIST.to_owned(),
                members: vec![READER.to_owned()],
            }],
            rooms: vec![RigRoom {
                name: "room".to_owned(),
                groups: vec![self.group],
                lists: vec![LIST.to_owned()],
                ..RigRoom::default()
            }],
            // What people said again in years comes within seconds.
            environment: vec![("CAUSEWAY__ENGINE__SAME_PER_HOUR", "0".to_owned())],
            ..RigPlan::default()
        }
    }

    /// Says a numbered message where its author is, and answers under which id it stands there.
    pub(super) fn say(
        &self,
        rig: &Rig,
        number: usize,
        said: &super::recording::Said,
        parent: Option<&RemoteId>,
    ) -> anyhow::Result<RemoteId> {
        let text = format!("#{number} {}", said.text);
        match said.side {
            Side::Telegram => {
                let words = Said {
                    reply_to: parent.and_then(|it| it.0.parse().ok()),
                    ..Said::from(text.as_str())
                };
                let user = self.telegram_people[&said.author];
                let ids = rig.telegram.say(self.group, None, user, words)?;
                Ok(RemoteId(
                    ids.first().copied().unwrap_or_default().to_string(),
                ))
            }
            Side::Mail => {
                let written = rig
                    .mail
                    .write(&address(&said.author), LIST, draft(&text, parent))?;
                Ok(RemoteId(written.message_id))
            }
        }
    }
}

fn draft(text: &str, parent: Option<&RemoteId>) -> Draft {
    let subject = subject_of(text);
    let Some(parent) = parent else {
        return Draft::new(&subject, text);
    };
    let id = format!("<{parent}>");
    Draft::new(&format!("Re: {subject}"), text)
        .header("In-Reply-To", &id)
        .header("References", &id)
}

/// As people do who have nothing to add to their words.
fn subject_of(text: &str) -> String {
    const SHORT: usize = 40;
    text.lines()
        .next()
        .unwrap_or_default()
        .chars()
        .take(SHORT)
        .collect()
}

fn address(author: &str) -> String {
    format!("{author}@people.example")
}
