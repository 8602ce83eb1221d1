//! The opening story. It speaks of what the gathering is for: trust, small groups, and rest.

use std::time::Duration;

use super::cast::{Progress, Town};
use crate::mail::{Draft, MailError};
use crate::telegram::{FileKind, Said, SaidFile};
use crate::{discord, slack, telegram};

mod find;
mod script;
mod step;

pub use step::Step;

use step::Deed;

/// How long a step may take to arrive. A bridge that is told to wait by a platform needs more than a moment.
const PATIENCE: Duration = Duration::from_secs(90);

/// Why the story stopped.
#[derive(Debug, thiserror::Error)]
pub enum Stuck {
    #[error("the story stopped: nobody here is called {0}")]
    Nobody(&'static str),
    #[error("the story stopped: the words {0:?} did not arrive on the other side")]
    NeverArrived(&'static str),
    #[error("the story stopped: {0}")]
    Telegram(#[from] telegram::Misuse),
    #[error("the story stopped: {0}")]
    Discord(#[from] discord::Misuse),
    #[error("the story stopped: {0}")]
    Slack(#[from] slack::Misuse),
    #[error("the story stopped: {0}")]
    Mail(#[from] MailError),
}

impl Town {
    /// What is played at the start, in this order.
    pub fn story(&self) -> Vec<Step> {
        script::steps()
    }

    /// Plays the story through the bridge: each step waits until the one before has arrived on the other side, and
    /// then for `pace`, so that people can follow.
    pub async fn tell_story(&self, pace: Duration) -> Result<(), Stuck> {
        let story = self.story();
        let of = story.len();
        for (told, step) in story.iter().enumerate() {
            self.told.send_replace(Progress { told, of });
            self.play(step).await?;
            tokio::time::sleep(pace).await;
        }
        self.told.send_replace(Progress { told: of, of });
        Ok(())
    }

    /// Does what the step says and waits until it arrived, where it has to.
    pub async fn play(&self, step: &Step) -> Result<(), Stuck> {
        match step.deed {
            Deed::Say { who, to, text } => self.says(who, to, text)?,
            Deed::SayOnDiscord { who, to, text } => self.says_on_discord(who, to, text)?,
            Deed::SayOnSlack { who, to, text } => self.says_on_slack(who, to, text)?,
            Deed::Show { who, text } => self.shows(who, text)?,
            Deed::React { who, to, emoji } => {
                let message = found(self.on_telegram(to), to)?;
                let who = self.neighbour(who)?;
                self.telegram
                    .react(self.group(), message, who, Some(emoji))?;
            }
            Deed::ReactOnDiscord { who, to, emoji } => {
                let it = found(self.on_discord(to), to)?;
                let who = one_of(&self.cast.guild.members, who)?;
                self.discord.react(it.channel, it.message, who, emoji)?;
            }
            Deed::Edit { who, of, text } => {
                let message = found(self.on_telegram(of), of)?;
                let who = self.neighbour(who)?;
                self.telegram.edit(self.group(), message, who, text)?;
            }
            Deed::Write { who, subject, text } => {
                let draft = Draft::new(subject, text);
                self.mail.write(who, &self.cast.list.address, draft)?;
            }
            Deed::Answer { who, to, text } => {
                let draft = Draft::reply(found(self.received(who, to), to)?, text);
                self.mail.write(who, &self.cast.list.address, draft)?;
            }
        }
        match step.arrives {
            Some(words) => self.until_everywhere(words).await,
            None => Ok(()),
        }
    }

    fn neighbour(&self, name: &'static str) -> Result<telegram::UserId, Stuck> {
        let found = self.cast.neighbours.iter().find(|it| it.name == name);
        found.map(|it| it.id).ok_or(Stuck::Nobody(name))
    }

    fn says(&self, who: &'static str, to: Option<&'static str>, text: &str) -> Result<(), Stuck> {
        let user = self.neighbour(who)?;
        let mut said = Said::from(text);
        if let Some(words) = to {
            said = said.in_reply_to(found(self.on_telegram(words), words)?);
        }
        self.telegram.say(self.group(), None, user, said)?;
        Ok(())
    }

    fn says_on_discord(
        &self,
        who: &'static str,
        to: Option<&'static str>,
        text: &str,
    ) -> Result<(), Stuck> {
        let user = one_of(&self.cast.guild.members, who)?;
        let mut channel = self.cast.guild.channel;
        if let Some(words) = to {
            let it = found(self.on_discord(words), words)?;
            channel = match it.in_thread {
                true => it.channel,
                false => self
                    .discord
                    .start_thread(it.channel, user, it.message, words)?,
            };
        }
        self.discord.say(channel, user, text)?;
        Ok(())
    }

    fn says_on_slack(
        &self,
        who: &'static str,
        to: Option<&'static str>,
        text: &str,
    ) -> Result<(), Stuck> {
        let workspace = &self.cast.workspace;
        let user = one_of(&workspace.members, who)?;
        match to {
            Some(words) => {
                let root = found(self.on_slack(words), words)?;
                self.slack
                    .reply_in_thread(&workspace.channel, root, &user, text)?;
            }
            None => {
                self.slack.say(&workspace.channel, &user, text)?;
            }
        }
        Ok(())
    }

    fn shows(&self, who: &'static str, text: &str) -> Result<(), Stuck> {
        let user = self.neighbour(who)?;
        let photo: &[u8] = include_bytes!("room.jpg");
        let photo = SaidFile::new(FileKind::Photo, "room.jpg", photo);
        let said = Said::from(text).with_file(photo);
        self.telegram.say(self.group(), None, user, said)?;
        Ok(())
    }

    async fn until_everywhere(&self, words: &'static str) -> Result<(), Stuck> {
        let mut telegram = self.telegram.changes();
        let mut discord = self.discord.changes();
        let mut slack = self.slack.changes();
        let mut mail = self.mail.changes();
        let arrived = async {
            while !self.is_everywhere(words) {
                tokio::select! {
                    _ = telegram.changed() => {}
                    _ = discord.changed() => {}
                    _ = slack.changed() => {}
                    _ = mail.changed() => {}
                }
            }
        };
        tokio::time::timeout(PATIENCE, arrived)
            .await
            .map_err(|_| Stuck::NeverArrived(words))
    }
}

fn found<T>(found: Option<T>, words: &'static str) -> Result<T, Stuck> {
    found.ok_or(Stuck::NeverArrived(words))
}

fn one_of<T: Clone>(people: &[(String, T)], name: &'static str) -> Result<T, Stuck> {
    let found = people.iter().find(|it| it.0 == name);
    found.map(|it| it.1.clone()).ok_or(Stuck::Nobody(name))
}
