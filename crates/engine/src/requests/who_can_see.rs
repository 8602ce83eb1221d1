//! Where it is read what is said in a channel, what of it is kept, and who else reads it: as the store and the settings have it now.
//!
//! **Invariant:** platforms and numbers are told, and nobody's name or address.

use std::collections::BTreeMap;

use conversation::{Arg, ChannelFacts, Link, Phrase, Platform, Timestamp};
use store::{Result, Tx, Wish};
use words::{
    SEEN_ALONE, SEEN_BY, SEEN_BY_READERS, SEEN_HERE, SEEN_KEPT, SEEN_PAGE, SEEN_STAFF, SEEN_TOLD,
    SEEN_WISH, WITHOUT_PAGE,
};

use super::Asker;

/// What the installation does with what is said, and where it tells of that.
#[derive(Debug, Clone)]
pub(crate) struct House {
    pub(crate) kept: store::Retention,
    /// What the addresses of its pages begin with, where people reach it.
    pub(crate) public_url: Option<String>,
}

impl Asker<'_> {
    /// A channel that is closed now hears it later.
    pub(super) async fn who_can_see(&self, tx: &mut Tx, now: Timestamp) -> Result<Phrase> {
        let wish = nested(self.wish(tx, now).await?);
        let page = nested(self.page(tx).await?);
        if self.entry.channel.is_direct() {
            return Ok(Phrase::of(SEEN_ALONE).with("wish", wish).with("page", page));
        }
        let kept = self.house.kept;
        let staff = tx.people(&self.entry.community).count_staff().await?;
        let phrase = Phrase::of(SEEN_TOLD)
            .with("where", nested(self.is_read_where(tx).await?))
            .with("wish", wish)
            .with(
                "staff",
                nested(Phrase::of(SEEN_STAFF).with("count", Arg::Number(staff))),
            )
            .with("page", page);
        let kept = Phrase::of(SEEN_KEPT)
            .with("days", Arg::count(kept.body_days))
            .with("months", Arg::count(kept.metadata_months));
        Ok(phrase.with("kept", nested(kept)))
    }

    async fn is_read_where(&self, tx: &mut Tx) -> Result<Phrase> {
        let directory = tx.directory().rooms_of(&self.entry.community).await?;
        let room = directory.room_of(self.entry).iter();
        let linked: Vec<_> = room.filter(|it| it.link != Link::Unlinked).collect();
        let others = linked.iter().copied();
        let places = counted(others.filter(|it| it.id != self.entry.channel.id));
        let readers: i64 = linked.iter().map(|it| self.n_readers(it)).sum();
        if places.is_empty() {
            return Ok(Phrase::of(SEEN_HERE));
        }
        let places = Arg::Places(places);
        Ok(match readers {
            0 => Phrase::of(SEEN_BY).with("places", places),
            _ => Phrase::of(SEEN_BY_READERS)
                .with("places", places)
                .with("readers", Arg::Number(readers)),
        })
    }

    /// Where we hand posts out ourselves.
    fn n_readers(&self, channel: &ChannelFacts) -> i64 {
        let adapter = self.adapters.get(&channel.at.platform);
        let readers = adapter.and_then(|it| it.readers(&channel.at));
        readers.map_or(0, |it| i64::try_from(it.all.len()).unwrap_or(i64::MAX))
    }

    /// Of who asks.
    async fn wish(&self, tx: &mut Tx, now: Timestamp) -> Result<Phrase> {
        let wish = match &self.identity {
            Some(identity) => Some(tx.wishes(&self.entry.community).of(identity).await?),
            None => None,
        };
        let has = |is: fn(&Wish) -> bool| Arg::count(u8::from(wish.as_ref().is_some_and(is)));
        let rests = wish.as_ref().and_then(|it| it.rests_until);
        Ok(Phrase::of(SEEN_WISH)
            .with("private", has(|it| it.private_since.is_some()))
            .with("nameless", has(|it| it.nameless_since.is_some()))
            .with("uncounted", has(|it| !it.is_counted))
            .with(
                "rests",
                Arg::count(u8::from(rests.is_some_and(|it| it > now))),
            ))
    }

    async fn page(&self, tx: &mut Tx) -> Result<Phrase> {
        let address = self.page_address(tx).await?;
        Ok(match address {
            Some(address) => Phrase::of(SEEN_PAGE).with("address", Arg::Address(address)),
            None => Phrase::of(WITHOUT_PAGE),
        })
    }

    /// Of the community's page about privacy.
    pub(super) async fn page_address(&self, tx: &mut Tx) -> Result<Option<String>> {
        let Some(begins) = &self.house.public_url else {
            return Ok(None);
        };
        let short = tx.people(&self.entry.community).short().await?;
        Ok(Some(format!("{begins}/privacy/{short}")))
    }
}

fn nested(phrase: Phrase) -> Arg {
    Arg::Phrase(Box::new(phrase))
}

/// So many on each platform.
pub(crate) fn places<'c>(channels: impl Iterator<Item = &'c ChannelFacts>) -> Arg {
    Arg::Places(counted(channels))
}

pub(crate) fn counted<'c>(
    channels: impl Iterator<Item = &'c ChannelFacts>,
) -> BTreeMap<Platform, i64> {
    let mut places: BTreeMap<Platform, i64> = BTreeMap::new();
    for channel in channels.filter(|it| it.link != Link::Unlinked) {
        *places.entry(channel.at.platform.clone()).or_default() += 1;
    }
    places
}
