//! A place in a transaction to which it goes back where what was tried from there on fails, or was only to show what it comes to.

use std::{collections::BTreeSet, sync::Arc};

use conversation::ChannelId;
use sqlx::Executor;

use super::Tx;
use crate::{Answer, Directory, Result, foreseen::Foreseen, together::Together};

/// What the transaction knew there, beside its rows.
pub struct Mark {
    directory: Arc<Directory>,
    changes: usize,
    has_told: bool,
    has_set_clock: bool,
    direct_changed: Vec<ChannelId>,
    answers: Vec<Answer>,
    left_for: BTreeSet<ChannelId>,
}

impl Tx {
    pub async fn mark(&mut self) -> Result<Mark> {
        self.reading().await?.execute("savepoint mark").await?;
        Ok(Mark {
            directory: self.directory.clone(),
            changes: self.changes.len(),
            has_told: self.has_told,
            has_set_clock: self.has_set_clock,
            direct_changed: self.direct_changed.clone(),
            answers: self.answers.clone(),
            left_for: self.left_for.clone(),
        })
    }

    /// What was done since then is gone, also what waits to be written.
    pub async fn go_back_to(&mut self, mark: Mark) -> Result<()> {
        self.together = Together::default();
        self.waiting = 0;
        self.foreseen = Foreseen::default();
        self.written().execute("rollback to savepoint mark").await?;
        self.release().await?;
        self.directory = mark.directory;
        self.changes.truncate(mark.changes);
        self.has_told = mark.has_told;
        self.has_set_clock = mark.has_set_clock;
        self.direct_changed = mark.direct_changed;
        self.answers = mark.answers;
        self.left_for = mark.left_for;
        Ok(())
    }

    /// What was done since then stays.
    pub async fn go_on_from(&mut self, _: Mark) -> Result<()> {
        self.say(Vec::new()).await?;
        self.release().await
    }

    async fn release(&mut self) -> Result<()> {
        self.written().execute("release savepoint mark").await?;
        Ok(())
    }
}
