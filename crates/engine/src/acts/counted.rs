//! Being counted, or not.

use conversation::{Arg, Phrase, command::Switch};
use store::Result;
use words::{EFFECT_METRICS_OFF, EFFECT_METRICS_ON};

use super::{Doer, Done};

impl Doer<'_> {
    /// What is gone cannot be brought back.
    pub(super) async fn metrics(&mut self, switch: Switch) -> Result<Done> {
        let oneself = self.oneself_is()?;
        let mut wishes = self.tx.wishes(self.community);
        let person = wishes.of(&oneself).await?.person;
        Ok(Done::at_once(match switch {
            Switch::Off => {
                let rows = wishes.stop_counting(&person, self.now).await?;
                Phrase::of(EFFECT_METRICS_OFF).with("rows", Arg::count(rows))
            }
            Switch::On => {
                wishes.count_again(&person, self.now).await?;
                Phrase::of(EFFECT_METRICS_ON)
            }
        }))
    }
}
