//! An account that is somebody of its own again.
//!
//! **Invariant:** what was asked of the person while both were one does nothing any more, and whoever stays is told.

use conversation::{Arg, IdentityId, Phrase};
use store::{Refusal, Result};
use words::{DISCONNECTED, EFFECT_DISCONNECT};

use super::{Doer, Done};
use crate::requests::reach;

impl Doer<'_> {
    pub(super) async fn disconnect(&mut self) -> Result<Done> {
        let Some(by) = self.by else {
            return Err(Refusal::AloneAlready.into());
        };
        let mut requests = self.tx.requests();
        requests
            .withdraw((self.community, by), "join", self.now)
            .await?;
        let mut people = self.tx.people(self.community);
        let account = people.account_of(by).await?;
        let others = people.part(&account).await?;
        let told = Phrase::of(DISCONNECTED)
            .with("who", Arg::Person(by.clone()))
            .with("channel", Arg::Platform(account.platform));
        let mut done = Done::if_wanted(Phrase::of(EFFECT_DISCONNECT));
        for other in &others {
            done.woken.extend(self.tell(other, &told).await?);
        }
        Ok(done)
    }

    async fn tell(
        &mut self,
        who: &IdentityId,
        told: &Phrase,
    ) -> Result<Vec<conversation::ChannelId>> {
        let way = reach(self.tx, (self.community, who), self.adapters, self.now).await?;
        let Some(way) = way else {
            return Ok(Vec::new());
        };
        let key = format!("parted-{who}-{}", self.now.0);
        let plain = (Vec::new(), None);
        way.says(self.tx, (told.clone(), key), plain, self.now)
            .await
    }
}
