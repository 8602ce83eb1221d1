//! How a room works.

use conversation::{
    Arg, Phrase,
    command::{Command, FirstMessages, MostParts, Name, Room},
};
use store::{Refusal, Result};
use words::{
    EFFECT_DEFAULT_LIMIT, EFFECT_FIRST_GO, EFFECT_FIRST_WAIT, EFFECT_MOST_PARTS, EFFECT_NO_LIMIT,
    EFFECT_ROOM_SET_BOTH,
};

use super::{Doer, Done};

impl Doer<'_> {
    pub(super) async fn set_room(
        &mut self,
        room: &Name,
        most_parts: Option<MostParts>,
        first_messages: Option<FirstMessages>,
    ) -> Result<Done> {
        let parts = match most_parts {
            Some(it) => Some(self.set_most_parts(room, it).await?),
            None => None,
        };
        let first = match first_messages {
            Some(it) => Some(self.set_first_messages(room, it).await?),
            None => None,
        };
        let undo = Room::Set {
            room: room.clone(),
            most_parts: parts.as_ref().map(|it| it.1),
            first_messages: first.as_ref().map(|it| it.1),
        };
        let effect = match (parts.map(|it| it.0), first.map(|it| it.0)) {
            (None, None) => return Err(Refusal::NothingToSet.into()),
            (Some(only), None) | (None, Some(only)) => only,
            (Some(parts), Some(first)) => Phrase::of(EFFECT_ROOM_SET_BOTH)
                .with("parts", Arg::Phrase(Box::new(parts)))
                .with("first", Arg::Phrase(Box::new(first))),
        };
        Ok(Done::at_once(effect).undone_by(Command::Room(undo)))
    }

    /// And what it was.
    async fn set_most_parts(
        &mut self,
        room: &Name,
        most_parts: MostParts,
    ) -> Result<(Phrase, MostParts)> {
        let mut rooms = self.tx.rooms(self.community);
        let before = rooms.most_parts(room.as_str()).await?;
        rooms.set_most_parts(room.as_str(), most_parts.0).await?;
        let effect = match most_parts.0 {
            None => Phrase::of(EFFECT_DEFAULT_LIMIT),
            Some(0) => Phrase::of(EFFECT_NO_LIMIT),
            Some(most) => Phrase::of(EFFECT_MOST_PARTS).with("most", Arg::count(most)),
        };
        Ok((effect, MostParts(before)))
    }

    async fn set_first_messages(
        &mut self,
        room: &Name,
        wanted: FirstMessages,
    ) -> Result<(Phrase, FirstMessages)> {
        let mut rooms = self.tx.rooms(self.community);
        let before = match rooms.asks_first(room.as_str()).await? {
            true => FirstMessages::Wait,
            false => FirstMessages::Go,
        };
        let (waits, effect) = match wanted {
            FirstMessages::Wait => (true, EFFECT_FIRST_WAIT),
            FirstMessages::Go => (false, EFFECT_FIRST_GO),
        };
        rooms.set_asks_first(room.as_str(), waits).await?;
        Ok((Phrase::of(effect), before))
    }
}
