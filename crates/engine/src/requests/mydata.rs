//! Handing somebody what is held of them: as files, so only where files can go, and three times a day.

use conversation::{
    Arg, Phrase, Timestamp,
    command::{Command, Everyday},
};
use store::{Result, Tx};
use words::{MYDATA_OFTEN, TOLD};

use super::{Act, Asker, Effect};

const MOST_A_DAY: i64 = 3;

impl Act {
    /// Its answer is files.
    pub(super) fn is_answered_by_files(&self) -> bool {
        matches!(self, Act::Command(Command::Everyday(Everyday::Mydata)))
    }
}

impl Asker<'_> {
    /// What it is is looked up, and made, where the answer goes.
    pub(super) async fn mydata(&self, tx: &mut Tx, now: Timestamp) -> Result<Effect> {
        let who = self.identity(tx, now).await?;
        let mut people = tx.people(&self.entry.community);
        if !people.may_be_handed(&who, MOST_A_DAY, now).await? {
            return Ok(Effect::says(Phrase::of(MYDATA_OFTEN)));
        }
        let told = Arg::Told(Box::new(Command::Everyday(Everyday::Mydata)));
        Ok(Effect::says(Phrase::of(TOLD).with("told", told)))
    }

    /// Whether the way that came with it takes files.
    pub(super) fn is_answered_with_files(&self) -> bool {
        let adapter = self.adapters.get(&self.event.channel.platform);
        adapter.is_some_and(|it| it.answers_with_files())
    }
}
