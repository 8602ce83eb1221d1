//! What stopped until staff decides: what is held before anybody hears of it, and what was given up.

use conversation::{
    Arg, Phrase,
    command::{Command, Dead, Held, Id, Which},
};
use store::{Refusal, Result};
use words::{EFFECT_DEAD_DROP, EFFECT_DEAD_RETRY, EFFECT_HELD_DROP, EFFECT_HELD_RELEASE, Sentence};

use super::{Doer, Done, changes_nothing};

impl Doer<'_> {
    pub(super) async fn held(&mut self, command: &Held) -> Result<Done> {
        let (which, effect) = match command {
            Held::Release { ids } => (ids, EFFECT_HELD_RELEASE),
            Held::Drop { ids } => (ids, EFFECT_HELD_DROP),
            Held::List { .. } => return Err(changes_nothing(&Command::Held(command.clone()))),
        };
        let mut count = 0;
        for id in beginnings(which) {
            let mut held = self.tx.held(self.community);
            let found = match command {
                Held::Release { .. } => held.release_held(id, self.now).await?,
                _ => held.drop_held(id).await?,
            };
            count += some(found, Refusal::NothingHeld)?;
        }
        Ok(counted(effect, count))
    }

    pub(super) async fn dead(&mut self, command: &Dead) -> Result<Done> {
        let (which, effect) = match command {
            Dead::Retry { ids } => (ids, EFFECT_DEAD_RETRY),
            Dead::Drop { ids } => (ids, EFFECT_DEAD_DROP),
            Dead::List { .. } => return Err(changes_nothing(&Command::Dead(command.clone()))),
        };
        let mut count = 0;
        for id in beginnings(which) {
            let mut held = self.tx.held(self.community);
            let found = match command {
                Dead::Retry { .. } => held.retry_stopped(id, self.now).await?,
                _ => held.drop_stopped(id).await?,
            };
            count += some(found, Refusal::NothingDead)?;
        }
        Ok(counted(effect, count))
    }
}

/// Of ids. All begin with nothing.
fn beginnings(which: &Which) -> Vec<&str> {
    match which {
        Which::All => vec![""],
        Which::These(ids) => ids.iter().map(Id::as_str).collect(),
    }
}

/// Of several of which one is none, nothing is done.
fn some(found: u64, refusal: Refusal) -> Result<u64> {
    match found {
        0 => Err(refusal.into()),
        found => Ok(found),
    }
}

fn counted(effect: Sentence, count: u64) -> Done {
    Done::if_wanted(Phrase::of(effect).with("count", Arg::count(count)))
}
