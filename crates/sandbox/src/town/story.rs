//! The opening story. It speaks of what the gathering is for: trust, small groups, and rest.

use std::time::Duration;

use super::{ANA, BO, CHIDI, MARISOL, MAYOR, NOUR, TOMASZ, Town};
use crate::mail::{Draft, Folder, MailError, MailId};
use crate::telegram::{FileKind, Misuse, Said, SaidFile};

/// How long a step may take to arrive. A bridge that is told to wait by a platform needs more than a moment.
const PATIENCE: Duration = Duration::from_secs(90);

/// One thing that somebody does.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    deed: Deed,
    /// Words by which the step is recognised where it arrives; none where it does not have to arrive.
    arrives: Option<&'static str>,
}

#[derive(Debug, Clone, Copy)]
enum Deed {
    Say {
        who: &'static str,
        /// Words of the message that is answered.
        to: Option<&'static str>,
        text: &'static str,
    },
    Show {
        who: &'static str,
        text: &'static str,
    },
    React {
        who: &'static str,
        to: &'static str,
        emoji: &'static str,
    },
    Edit {
        who: &'static str,
        of: &'static str,
        text: &'static str,
    },
    Write {
        who: &'static str,
        subject: &'static str,
        text: &'static str,
    },
    Answer {
        who: &'static str,
        /// Words of the mail that is answered.
        to: &'static str,
        text: &'static str,
    },
}

/// Why the story stopped.
#[derive(Debug, thiserror::Error)]
pub enum Stuck {
    #[error("the story stopped: nobody here is called {0}")]
    Nobody(&'static str),
    #[error("the story stopped: the words {0:?} did not arrive on the other side")]
    NeverArrived(&'static str),
    #[error("the story stopped: {0}")]
    Telegram(#[from] Misuse),
    #[error("the story stopped: {0}")]
    Mail(#[from] MailError),
}

pub(super) fn steps() -> Vec<Step> {
    let told = |deed, arrives| Step { deed, arrives };
    vec![
        told(
            Deed::Say {
                who: ANA,
                to: None,
                text: "Good morning, valley 🌱 Who is coming on Friday? The back room of the café is ours from five.",
            },
            Some("Who is coming on Friday?"),
        ),
        told(
            Deed::Say {
                who: BO,
                to: Some("Who is coming on Friday?"),
                text: "I am. I bring the long table, and somebody to carry its other end.",
            },
            Some("I bring the long table"),
        ),
        told(
            Deed::Answer {
                who: MARISOL,
                to: "Who is coming on Friday?",
                text: "I am coming, and I would rather listen than speak.\n\nCould we sit in small groups, four or five to a table? \
                       In a big circle only the brave ones talk.",
            },
            Some("rather listen than speak"),
        ),
        told(
            Deed::Say {
                who: CHIDI,
                to: Some("rather listen than speak"),
                text: "Small groups, yes. Trust first, plans later. And an hour of rest in the middle: nobody has to be useful all day.",
            },
            Some("Trust first, plans later"),
        ),
        told(
            Deed::Show {
                who: NOUR,
                text: "الغرفة جاهزة، نظفناها معًا. The room is ready, we cleaned it together.",
            },
            Some("The room is ready"),
        ),
        told(
            Deed::React {
                who: ANA,
                to: "The room is ready",
                emoji: "❤",
            },
            None,
        ),
        told(
            Deed::Answer {
                who: MAYOR,
                to: "The room is ready",
                text: "How lovely. The town hall lends you the chairs from the council room, they could use some company.",
            },
            Some("lends you the chairs"),
        ),
        told(
            Deed::Write {
                who: TOMASZ,
                subject: "What would help most?",
                text: "I could put something in this spring. Before I say how much, I want to ask the people who live here: \
                       what would help you most?",
            },
            Some("what would help you most?"),
        ),
        told(
            Deed::Say {
                who: BO,
                to: Some("what would help you most?"),
                text: "Time, honestly. One afternoon a week that belongs to nobody's business would do more than a grant.",
            },
            Some("One afternoon a week"),
        ),
        told(
            Deed::Edit {
                who: ANA,
                of: "Who is coming on Friday?",
                text: "Good morning, valley 🌱 Who is coming on Friday? The back room of the café is ours from half past four.",
            },
            None,
        ),
    ]
}

impl Town {
    /// Does what the step says and waits until it arrived, where it has to.
    pub async fn play(&self, step: &Step) -> Result<(), Stuck> {
        match step.deed {
            Deed::Say { who, to, text } => self.says(who, to, text)?,
            Deed::Show { who, text } => self.shows(who, text)?,
            Deed::React { who, to, emoji } => {
                let message = self.message(to).ok_or(Stuck::NeverArrived(to))?;
                let who = self.neighbour(who).ok_or(Stuck::Nobody(who))?;
                self.telegram
                    .react(self.group(), message, who, Some(emoji))?;
            }
            Deed::Edit { who, of, text } => {
                let message = self.message(of).ok_or(Stuck::NeverArrived(of))?;
                let who = self.neighbour(who).ok_or(Stuck::Nobody(who))?;
                self.telegram.edit(self.group(), message, who, text)?;
            }
            Deed::Write { who, subject, text } => {
                let draft = Draft::new(subject, text);
                self.mail.write(who, &self.cast.list.address, draft)?;
            }
            Deed::Answer { who, to, text } => {
                let mail = self.received(who, to).ok_or(Stuck::NeverArrived(to))?;
                let draft = Draft::reply(mail, text);
                self.mail.write(who, &self.cast.list.address, draft)?;
            }
        }
        match step.arrives {
            Some(words) => self.until_everywhere(words).await,
            None => Ok(()),
        }
    }

    fn says(&self, who: &'static str, to: Option<&'static str>, text: &str) -> Result<(), Stuck> {
        let user = self.neighbour(who).ok_or(Stuck::Nobody(who))?;
        let mut said = Said::from(text);
        if let Some(words) = to {
            let message = self.message(words).ok_or(Stuck::NeverArrived(words))?;
            said = said.in_reply_to(message);
        }
        self.telegram.say(self.group(), None, user, said)?;
        Ok(())
    }

    fn shows(&self, who: &'static str, text: &str) -> Result<(), Stuck> {
        let user = self.neighbour(who).ok_or(Stuck::Nobody(who))?;
        let photo: &[u8] = include_bytes!("room.jpg");
        let photo = SaidFile::new(FileKind::Photo, "room.jpg", photo);
        let said = Said::from(text).with_file(photo);
        self.telegram.say(self.group(), None, user, said)?;
        Ok(())
    }

    async fn until_everywhere(&self, words: &'static str) -> Result<(), Stuck> {
        let mut telegram = self.telegram.changes();
        let mut mail = self.mail.changes();
        let arrived = async {
            while !self.is_everywhere(words) {
                tokio::select! {
                    _ = telegram.changed() => {}
                    _ = mail.changed() => {}
                }
            }
        };
        tokio::time::timeout(PATIENCE, arrived)
            .await
            .map_err(|_| Stuck::NeverArrived(words))
    }

    /// In the group and in every mailbox.
    fn is_everywhere(&self, words: &str) -> bool {
        let members = &self.cast.list.members;
        self.message(words).is_some()
            && members
                .iter()
                .all(|it| self.holds(&it.address, words, |_| true).is_some())
    }

    fn received(&self, address: &str, words: &str) -> Option<MailId> {
        self.holds(address, words, |folder| folder == Folder::Inbox)
    }

    /// The mail in that mailbox that says these words itself; a quote of them does not count.
    fn holds(&self, address: &str, words: &str, wanted: impl Fn(Folder) -> bool) -> Option<MailId> {
        let view = self.mail.view();
        let mailbox = view
            .mailboxes
            .into_iter()
            .find(|it| it.address == address)?;
        let mut mails = mailbox.threads.into_iter().flat_map(|it| it.mails);
        let found = mails.find(|it| wanted(it.folder) && own_words(&it.text).contains(words));
        found.map(|it| it.id)
    }
}

/// On one line, so that a line break in between hides nothing.
fn own_words(text: &str) -> String {
    let lines = text.lines().filter(|it| !it.starts_with('>'));
    let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    words.join(" ")
}
