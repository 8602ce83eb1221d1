//! The opening story. It speaks of what the gathering is for: trust, small groups, and rest.

use std::time::Duration;

use super::COMMAND;
use super::cast::{Progress, Scene, Town, next_of};
use crate::mail::{Draft, MailError};
use crate::telegram::{self, FileKind, Said, SaidFile};
use crate::{discord, slack};

mod find;
mod script;

use script::Deed;

pub use script::Step;

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
            let scene = Some(self.scene(step)?);
            // What is typed is to be read before it goes.
            let is_typed = scene.as_ref().is_some_and(|it| it.types.is_some());
            self.told.send_replace(Progress { told, of, scene });
            tokio::time::sleep(if is_typed { pace } else { Duration::ZERO }).await;
            self.play(step).await?;
            tokio::time::sleep(pace).await;
        }
        let scene = None;
        self.told.send_replace(Progress {
            told: of,
            of,
            scene,
        });
        Ok(())
    }

    fn scene(&self, step: &Step) -> Result<Scene, Stuck> {
        let (guild, workspace) = (&self.cast.guild, &self.cast.workspace);
        let (at, person) = match step.deed {
            Deed::Say | Deed::Show | Deed::React | Deed::Edit => {
                let person = self.neighbour(step.who)?.to_string();
                (format!("telegram:{}", self.group()), person)
            }
            Deed::SayOnDiscord | Deed::ReactOnDiscord => {
                let person = one_of(&guild.members, step.who)?.to_string();
                (format!("discord:{}", guild.channel), person)
            }
            Deed::SayOnSlack | Deed::AskOnSlack => {
                let person = one_of(&workspace.members, step.who)?.to_string();
                (format!("slack:{}", workspace.channel), person)
            }
            Deed::Write(_) | Deed::Answer => (format!("email:{}", step.who), step.who.to_owned()),
        };
        let asks = matches!(step.deed, Deed::AskOnSlack);
        let types = asks.then(|| format!("{COMMAND} {}", step.text));
        Ok(Scene { at, person, types })
    }

    /// Does what the step says and waits until it arrived, where it has to.
    pub async fn play(&self, step: &Step) -> Result<(), Stuck> {
        let &Step { who, text, .. } = step;
        let list = &self.cast.list.address;
        match step.deed {
            Deed::Say => self.says(step, Said::from(text))?,
            Deed::SayOnDiscord => self.says_on_discord(step)?,
            Deed::SayOnSlack => self.says_on_slack(step)?,
            Deed::AskOnSlack => return self.asks_on_slack(step).await,
            Deed::Show => {
                let photo: &[u8] = include_bytes!("room.jpg");
                let photo = SaidFile::new(FileKind::Photo, "room.jpg", photo);
                self.says(step, Said::from(text).with_file(photo))?;
            }
            Deed::React => {
                let (message, who) = (
                    found(step, |it| self.on_telegram(it))?,
                    self.neighbour(who)?,
                );
                self.telegram
                    .react(self.group(), message, who, Some(text))?;
            }
            Deed::ReactOnDiscord => {
                let it = found(step, |it| self.on_discord(it))?;
                let who = one_of(&self.cast.guild.members, who)?;
                self.discord.react(it.channel, it.message, who, text)?;
            }
            Deed::Edit => {
                let (message, who) = (
                    found(step, |it| self.on_telegram(it))?,
                    self.neighbour(who)?,
                );
                self.telegram.edit(self.group(), message, who, text)?;
            }
            Deed::Write(subject) => {
                self.mail.write(who, list, Draft::new(subject, text))?;
            }
            Deed::Answer => {
                let answered = found(step, |it| self.received(who, it))?;
                self.mail.write(who, list, Draft::reply(answered, text))?;
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

    fn says(&self, step: &Step, mut said: Said) -> Result<(), Stuck> {
        if step.to.is_some() {
            said = said.in_reply_to(found(step, |it| self.on_telegram(it))?);
        }
        let user = self.neighbour(step.who)?;
        self.telegram.say(self.group(), None, user, said)?;
        Ok(())
    }

    fn says_on_discord(&self, step: &Step) -> Result<(), Stuck> {
        let user = one_of(&self.cast.guild.members, step.who)?;
        let mut channel = self.cast.guild.channel;
        if let Some(words) = step.to {
            let it = found(step, |it| self.on_discord(it))?;
            channel = it.channel;
            if !it.in_thread {
                channel = self
                    .discord
                    .start_thread(channel, user, it.message, words)?;
            }
        }
        self.discord.say(channel, user, step.text)?;
        Ok(())
    }

    fn says_on_slack(&self, step: &Step) -> Result<(), Stuck> {
        let channel = &self.cast.workspace.channel;
        let user = one_of(&self.cast.workspace.members, step.who)?;
        if step.to.is_some() {
            let root = found(step, |it| self.on_slack(it))?;
            self.slack
                .reply_in_thread(channel, root, &user, step.text)?;
        } else {
            self.slack.say(channel, &user, step.text)?;
        }
        Ok(())
    }

    /// What is answered, its person sees alone.
    async fn asks_on_slack(&self, step: &Step) -> Result<(), Stuck> {
        let channel = &self.cast.workspace.channel;
        let user = one_of(&self.cast.workspace.members, step.who)?;
        let before = self.told_alone(&user);
        self.slack.slash(channel, &user, COMMAND, step.text)?;
        let is_answered = || self.told_alone(&user) > before;
        self.until(step.text, is_answered).await
    }

    async fn until_everywhere(&self, words: &'static str) -> Result<(), Stuck> {
        self.until(words, || self.is_everywhere(words)).await
    }

    async fn until(&self, words: &'static str, is_so: impl Fn() -> bool) -> Result<(), Stuck> {
        let mut changes = self.changes();
        let arrived = async {
            while !is_so() {
                next_of(&mut changes).await;
            }
        };
        let arrived = tokio::time::timeout(PATIENCE, arrived).await;
        arrived.map_err(|_| Stuck::NeverArrived(words))
    }
}

/// What the step is about.
fn found<T>(step: &Step, find: impl FnOnce(&str) -> Option<T>) -> Result<T, Stuck> {
    let words = step.to.unwrap_or_default();
    find(words).ok_or(Stuck::NeverArrived(words))
}

fn one_of<T: Clone>(people: &[(String, T)], name: &'static str) -> Result<T, Stuck> {
    let found = people.iter().find(|it| it.0 == name);
    found.map(|it| it.1.clone()).ok_or(Stuck::Nobody(name))
}
