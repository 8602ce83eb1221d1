//! What commands tell staff, as it stands when the answer goes out: looked up by the lane that carries it, outside every transaction.
//!
//! **Invariant:** names and words are read here and kept in no row; all of it is of one community, and fits a screen.

use conversation::{
    ChannelRef, CommunityId, Language, MessageId, Timestamp,
    command::{Command, Everyday},
    one_line,
};
use store::{OwnWord, Result, SaidTo, Store, Work};
use words::{LINE_TOLD, MORE_TOLD, MYDATA_AGAIN, Sentence};

use crate::{
    adapters::Adapters,
    outcome::Outcome,
    perform::{Dispatcher, unavailable},
    requests::{Standing, is_for},
};

mod agreement;
mod audit;
mod forgotten;
mod members;
mod oneself;
mod places;
mod roles;
mod rooms;
mod standing;
mod stopped;

pub(crate) use oneself::made_for;

/// Of a list: no more are read.
const MOST_LINES: u32 = 12;
/// What a platform or a person says may be long, or turn what stands behind it.
const LONGEST_LINE: usize = 300;

/// Who is told, and of what.
pub(crate) struct Teller<'a> {
    store: &'a Store,
    community: CommunityId,
    language: Language,
    now: Timestamp,
    /// Where it is told.
    channel: &'a ChannelRef,
    adapters: &'a Adapters,
}

impl Dispatcher {
    /// Whatever of a delivery is to be looked up. Who is of staff no longer by then is told no more than anybody.
    pub(crate) async fn look_up(&self, work: &mut Work, now: Timestamp) -> Result<(), Outcome> {
        if oneself::is_handed_over(work) {
            return self.hand_over(work, now).await;
        }
        let Some(own) = &mut work.own.word else {
            return Ok(());
        };
        let teller = Teller {
            store: &self.store,
            community: CommunityId(work.community.clone()),
            language: work.to.language,
            now,
            channel: &work.to.channel,
            adapters: &self.adapters,
        };
        let failed = |error| Outcome::Failed(unavailable(error));
        teller.fill_in(own, &work.message).await.map_err(failed)?;
        for other in &mut own.others {
            teller.fill_in(other, &work.message).await.map_err(failed)?;
        }
        Ok(())
    }
}

impl Teller<'_> {
    async fn fill_in(&self, own: &mut OwnWord, message: &MessageId) -> Result<()> {
        let Some(command) = own.phrase.told() else {
            return Ok(());
        };
        let said_to = self.store.said_to(&self.community, message).await?;
        let who = command.verb().who;
        own.told = Some(match Standing::of(&said_to).may(who) {
            true if *command == Command::Everyday(Everyday::ForgetMe) => {
                self.forgotten(message).await?
            }
            true => self.tells(command, &said_to).await?,
            false => self.fixed(is_for(who)).to_owned(),
        });
        Ok(())
    }

    async fn tells(&self, command: &Command, to: &SaidTo) -> Result<String> {
        match command {
            Command::Room(it) => self.rooms(it).await,
            Command::Link(_) => self.links(command).await,
            Command::Member(_) => self.members().await,
            Command::Role(_) => self.roles().await,
            Command::Audit(_) => self.audit().await,
            Command::Held(it) => self.held(it).await,
            Command::Dead(it) => self.dead(it).await,
            Command::Thread(it) => self.thread(it).await,
            Command::Status(_) => self.status().await,
            Command::Everyday(Everyday::Mydata) => Ok(self.fixed(MYDATA_AGAIN).to_owned()),
            Command::Everyday(Everyday::WhoCanSee) => Ok(self.places()),
            Command::Everyday(Everyday::Agreement) => self.agreement(to).await,
            // They tell nothing that is looked up.
            Command::Everyday(_) | Command::Me(_) | Command::Community(_) | Command::Config(_) => {
                Ok(String::new())
            }
        }
    }

    /// So many, and the first of them below each other.
    fn list(&self, sentence: Sentence, count: usize, lines: Vec<String>) -> String {
        let shown = lines.len().min(MOST_LINES as usize);
        let line = |it: &String| self.say(LINE_TOLD, [("line", one_line(it, LONGEST_LINE).into())]);
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
