//! What commands tell staff, as it stands when the answer goes out: looked up by the lane that carries it, outside every transaction.
//!
//! **Invariant:** names and words are read here and kept in no row; all of it is of one community, and fits a screen.

use conversation::{CommunityId, Language, Timestamp, command::Command};
use store::{Result, Store, Work};
use words::{LINE_TOLD, MORE_TOLD, Sentence};

use crate::{
    outcome::Outcome,
    perform::{Dispatcher, unavailable},
};

mod members;
mod rooms;
mod standing;
mod stopped;

/// Of a list.
const MOST_LINES: usize = 12;

/// Who is told, and of what.
pub(crate) struct Teller<'a> {
    store: &'a Store,
    community: CommunityId,
    language: Language,
    now: Timestamp,
}

impl Dispatcher {
    /// Whatever of a delivery is to be looked up.
    pub(crate) async fn look_up(&self, work: &mut Work, now: Timestamp) -> Result<(), Outcome> {
        let Some(own) = &mut work.own.word else {
            return Ok(());
        };
        let Some(command) = own.phrase.told() else {
            return Ok(());
        };
        let teller = Teller {
            store: &self.store,
            community: CommunityId(work.community.clone()),
            language: work.to.language,
            now,
        };
        let told = teller.tells(command).await;
        own.told = Some(told.map_err(|error| Outcome::Failed(unavailable(error)))?);
        Ok(())
    }
}

impl Teller<'_> {
    async fn tells(&self, command: &Command) -> Result<String> {
        match command {
            Command::Room(it) => self.rooms(it).await,
            Command::Link(_) => self.links(command).await,
            Command::Member(_) => self.members().await,
            Command::Role(_) => self.staff().await,
            Command::Held(_) => self.held(command).await,
            Command::Dead(_) => self.dead(command).await,
            Command::Thread(it) => self.thread(it).await,
            Command::Status(_) => self.status().await,
            // They tell nothing that is looked up.
            Command::Everyday(_) | Command::Community(_) | Command::Config(_) => Ok(String::new()),
        }
    }

    /// So many, and the first of them below each other.
    fn list(&self, sentence: Sentence, count: usize, lines: Vec<String>) -> String {
        let shown = lines.len().min(MOST_LINES);
        let line = |it: &String| self.say(LINE_TOLD, [("line", it.as_str().into())]);
        let mut below: Vec<_> = lines[..shown].iter().map(line).collect();
        let left = count.max(lines.len()) - shown;
        if left > 0 {
            let more = i64::try_from(left).unwrap_or(i64::MAX);
            below.push(self.say(MORE_TOLD, [("count", more.into())]));
        }
        let below: String = below.iter().map(|it| format!("\n{it}")).collect();
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.say(sentence, [("count", count.into()), ("lines", below.into())])
    }

    fn say<const N: usize>(
        &self,
        sentence: Sentence,
        told: [(&str, words::Value<'_>); N],
    ) -> String {
        sentence.say(self.language, &told)
    }

    fn fixed(&self, sentence: Sentence) -> &'static str {
        sentence.fixed(self.language)
    }

    async fn community_name(&self) -> Result<String> {
        self.store.name_of(&self.community).await
    }
}
