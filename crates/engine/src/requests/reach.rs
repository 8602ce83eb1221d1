//! Saying something to somebody alone who did not ask for it now: in their private chat, else by what they asked last and can still be
//! answered.

use conversation::{ChannelId, CommunityId, Distribution, IdentityId, Phrase, Timestamp};
use store::{Choice, Entry, Result, Say, To, Tx};

use crate::adapters::Adapters;

/// Where somebody can be told something.
pub(crate) struct Reach {
    home: Entry,
    to: To,
}

/// Nowhere, where they never wrote to the bridge alone and nothing that they asked can be answered any more.
pub(crate) async fn reach(
    tx: &mut Tx,
    (community, identity): (&CommunityId, &IdentityId),
    adapters: Option<&Adapters>,
    now: Timestamp,
) -> Result<Option<Reach>> {
    let chat = tx.private_chats().with(community, identity).await?;
    // A mailbox is written to by the way of a mail alone.
    let can = |it: &Entry| adapters.and_then(|all| all.capabilities(&it.channel.at));
    let is_chat = |it: &Entry| can(it).is_none_or(|it| it.distribution != Distribution::ByUs);
    if let Some(home) = chat.filter(is_chat) {
        let to = To::Channels(vec![home.channel.id.clone()]);
        return Ok(Some(Reach { home, to }));
    }
    let asked = tx.requests().answerable((community, identity), now).await?;
    let Some((request, channel)) = asked else {
        return Ok(None);
    };
    let home = tx.private_chats().or_room(community, &channel).await?;
    let to = To::Asker(request);
    Ok(home.map(|home| Reach { home, to }))
}

impl Reach {
    /// Once under each key.
    pub(crate) async fn says(
        self,
        tx: &mut Tx,
        (phrase, key): (Phrase, String),
        (buttons, until): (Vec<Choice>, Option<Timestamp>),
        now: Timestamp,
    ) -> Result<Vec<ChannelId>> {
        let is_openly = matches!(self.to, To::Channels(_));
        let channel = self.home.channel.id.clone();
        let words = Say {
            to: self.to,
            buttons,
            until,
            ..Say::to(self.home, key, phrase, Vec::new())
        };
        let said = tx.own_words().say(&words, now).await?;
        // An answer wakes its own lane.
        Ok(said
            .filter(|_| is_openly)
            .map(|_| channel)
            .into_iter()
            .collect())
    }
}
