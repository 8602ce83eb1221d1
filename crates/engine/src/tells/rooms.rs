//! Rooms and their channels.

use conversation::command::{Command, Link, Room};
use store::{ChannelView, HeardChannel, Result, RoomView};
use words::{
    HEARD_ELSEWHERE, HEARD_TOLD, LINK_ACTIVE, LINK_CLOSED, LINK_RESTS, LINKS_TOLD, NO_CHANNELS,
    ROOMS_TOLD,
};

use super::Teller;

impl Teller<'_> {
    pub(super) async fn rooms(&self, command: &Room) -> Result<String> {
        if matches!(command, Room::Heard) {
            return self.heard().await;
        }
        let rooms = self.store.rooms(Some(&self.community)).await?;
        let lines = rooms.iter().map(|it| self.room(it)).collect();
        Ok(self.list(ROOMS_TOLD, rooms.len(), lines))
    }

    fn room(&self, room: &RoomView) -> String {
        let channels = room.channels.iter().map(|it| it.channel.to_string());
        let channels = match room.channels.is_empty() {
            true => self.fixed(NO_CHANNELS).to_owned(),
            false => channels.collect::<Vec<_>>().join(", "),
        };
        format!("{}: {channels}", room.name)
    }

    /// Whose place it is, nobody knows before it is linked.
    async fn heard(&self) -> Result<String> {
        if self.store.communities().await?.len() > 1 {
            return Ok(self.fixed(HEARD_ELSEWHERE).to_owned());
        }
        let heard = self.store.heard_channels().await?;
        let line = |it: &HeardChannel| match &it.name {
            Some(name) => format!("{} ({name})", it.channel),
            None => it.channel.clone(),
        };
        let lines = heard.iter().map(line).collect();
        Ok(self.list(HEARD_TOLD, heard.len(), lines))
    }

    pub(super) async fn links(&self, command: &Command) -> Result<String> {
        let of = match command {
            Command::Link(Link::List { room }) => room.as_ref(),
            _ => None,
        };
        let rooms = self.store.rooms(Some(&self.community)).await?;
        let rooms = rooms
            .iter()
            .filter(|it| of.is_none_or(|of| of.as_str() == it.name));
        let links = rooms.flat_map(|room| room.channels.iter().map(move |it| (room, it)));
        let lines: Vec<_> = links.map(|it| self.linked(it)).collect();
        Ok(self.list(LINKS_TOLD, lines.len(), lines))
    }

    fn linked(&self, (room, it): (&RoomView, &ChannelView)) -> String {
        let how = match (it.link, &it.why) {
            (conversation::Link::Active, _) => self.fixed(LINK_ACTIVE).to_owned(),
            (_, Some(why)) => self.say(LINK_CLOSED, [("why", why.as_str().into())]),
            (_, None) => self.fixed(LINK_RESTS).to_owned(),
        };
        format!("{} ({}): {how}", it.channel, room.name)
    }
}
