//! A channel of no room takes part in one, because whoever administers it says so there.
//!
//! **Invariant:** it is done first, for only then the channel can be told of it; one word takes it back.

use conversation::{
    CommunityId, Inbound, Phrase, Timestamp,
    command::{Command, Link},
};
use store::{Result, Tx};

use super::{Asker, Told, answer::Way};
use crate::{accept::Outlook, acts::Doer};

pub(crate) async fn links_itself(
    tx: &mut Tx,
    (event, link): (&Inbound, Link),
    (community, outlook): (&CommunityId, &Outlook),
    now: Timestamp,
) -> Result<Told> {
    let command = Command::Link(link);
    let mut doer = Doer {
        tx,
        community,
        by: None,
        adapters: Some(&outlook.adapters),
        now,
    };
    let Ok(done) = doer.settles(&command, |_| true).await? else {
        return Ok(Told::default());
    };
    let rooms = tx.directory().rooms_of(community).await?;
    let Some(entry) = rooms.find(&event.channel).cloned() else {
        return Ok(Told::default());
    };
    // Its platform may tell of it again, now that the channel is in a room.
    let mut known = event.clone();
    tx.events()
        .first_time(&community.0, &mut known, now)
        .await?;
    let asker = Asker {
        event,
        entry: &entry,
        identity: None,
        chats: &[],
        adapters: &outlook.adapters,
        asked: &outlook.asked,
        house: &outlook.house,
        administers: outlook.administers(),
    };
    let by = asker.identity(tx, now).await?;
    let mut doer = Doer {
        tx,
        community,
        by: Some(&by),
        adapters: Some(&outlook.adapters),
        now,
    };
    doer.note(&command, &done).await?;
    let asker = Asker {
        identity: Some(by),
        ..asker
    };
    let way = asker.way(tx, false, now).await?;
    // A button is one person's, and nobody is told alone.
    let done = match way {
        Way::Door => done.undone_by(None),
        _ => done,
    };
    let effect = asker.tell(tx, &command, done, now).await?;
    let Some(reply) = effect.answer else {
        return Ok(Told::default());
    };
    match way {
        Way::Door => asker.say_openly(tx, reply.phrase, now).await,
        way => asker.answer(tx, reply, &way, now).await,
    }
}

impl Asker<'_> {
    /// It is about the channel, and its people may read it.
    async fn say_openly(&self, tx: &mut Tx, phrase: Phrase, now: Timestamp) -> Result<Told> {
        let channel = self.entry.channel.id.clone();
        let key = format!("links-itself-{channel}-{}", now.0);
        let words = store::Say::to(self.entry.clone(), key, phrase, vec![channel.clone()]);
        tx.own_words().say(&words, now).await?;
        Ok(Told::openly(vec![channel]))
    }
}
