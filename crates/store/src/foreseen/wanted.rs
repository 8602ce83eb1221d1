//! What a transaction knows, and what it puts together, so that both stay true to each other.

use std::sync::Arc;

use conversation::{ChannelId, CommunityId, MessageId, Timestamp};

use super::{
    Account, AccountAt, CopyAt, EventAt, Foresight, Place,
    known::{Copied, StandsFor},
};
use sqlx::any::AnyRow;

use crate::{
    Finish, Result, Tx,
    claim::Queue,
    insert::Value,
    together::{Kind, row},
};

/// Each is asked for where it was not foreseen.
impl Tx {
    /// Its fingerprint, if it was heard.
    pub(crate) async fn heard_event(&mut self, at: EventAt) -> Result<Option<Option<String>>> {
        if !self.foreseen.events.contains_key(&at) {
            let mut wanted = Foresight::default();
            wanted.events.insert(at.clone());
            self.foresee(wanted).await?;
        }
        Ok(self.foreseen.events.get(&at).cloned().flatten())
    }

    pub(crate) async fn copied(&mut self, at: CopyAt) -> Result<Copied> {
        if !self.foreseen.copies.contains_key(&at) {
            let mut wanted = Foresight::default();
            wanted.copies.insert(at.clone());
            self.foresee(wanted).await?;
        }
        Ok(self.foreseen.copies.get(&at).cloned().unwrap_or_default())
    }

    pub(crate) async fn known_account(&mut self, at: AccountAt) -> Result<Option<Account>> {
        if !self.foreseen.accounts.contains_key(&at) {
            let mut wanted = Foresight::default();
            wanted.accounts.insert(at.clone());
            self.foresee(wanted).await?;
        }
        Ok(self.foreseen.accounts.get(&at).cloned().flatten())
    }

    pub(crate) async fn known_by(&mut self, place: Place) -> Result<Vec<(CommunityId, i64)>> {
        if !self.foreseen.places.contains_key(&place) {
            let mut wanted = Foresight::default();
            wanted.places.insert(place.clone());
            self.foresee(wanted).await?;
        }
        Ok(self
            .foreseen
            .places
            .get(&place)
            .cloned()
            .unwrap_or_default())
    }

    /// Asked along with what waits to be written.
    pub(crate) async fn foresee(&mut self, wanted: Foresight) -> Result<()> {
        let rows = self.say(wanted.questions()?).await?;
        self.foreseen.learn(wanted, rows);
        Ok(())
    }

    pub(crate) fn put_event(&mut self, at: EventAt, fingerprint: Option<&str>, now: Timestamp) {
        let (community, platform, hash) = &at;
        self.put(
            Kind::Event,
            row![community, platform, hash, now.0, fingerprint],
        );
        let fingerprint = fingerprint.map(str::to_owned);
        self.foreseen.events.insert(at, Some(fingerprint));
    }

    /// What stands there already stays as it is, unless it was only known as a thread's name.
    pub(crate) fn put_copy(&mut self, at: CopyAt, (message, part): (&MessageId, i64)) {
        let (community, channel, id) = &at;
        let row = row![community, channel, id, &message.0, part];
        let stands_for = StandsFor {
            message: message.clone(),
            part,
        };
        if let Some(known) = self.foreseen.copies.get_mut(&at) {
            known.now_stands_for(stands_for);
        }
        self.together.put_copy(at, row);
    }

    pub(crate) fn put_delivery(
        &mut self,
        (community, channel): (&str, &ChannelId),
        row: Vec<Value>,
    ) {
        self.foreseen.queues.remove(channel);
        self.together.put_in_order(community, row);
    }

    pub(crate) fn put_finished(&mut self, finish: &Finish, row: Vec<Value>) {
        let is_over = finish.progress.is_over();
        let stays = |it: &Queue| is_over && it.is_without(&finish.delivery);
        if !self.foreseen.queues.get(&finish.channel).is_some_and(stays) {
            self.foreseen.queues.remove(&finish.channel);
        }
        self.attempts.ended += 1;
        self.put(Kind::Finished, row);
    }

    pub(crate) fn put_begun(&mut self, channel: &ChannelId, row: Vec<Value>) {
        self.foreseen.queues.remove(channel);
        self.attempts.begun += 1;
        self.put(Kind::Begun, row);
    }

    /// The first open delivery behind that one; none where that is not known.
    pub(crate) fn next_of(&self, channel: &ChannelId, behind: i64) -> Option<Option<Arc<AnyRow>>> {
        self.foreseen.queues.get(channel)?.behind(behind)
    }
}
