//! The rooms of the configuration beside those of the store. **Invariant:** what staff changed by a command counts, is
//! never undone by a start, and is said where the configuration says otherwise.

use anyhow::Context;
use conversation::{ChannelRef, Link};
use engine::{rooms, system_now};
use store::{RoomView, Store};

use crate::settings::{Problem, Room, Settings};

/// Makes the rooms of the configuration, where the store does not know them yet. What staff unlinked stays unlinked, and
/// what they removed stays away.
pub(crate) async fn make(store: &Store, settings: &Settings) -> anyhow::Result<()> {
    let known = Known::of(store, settings).await?;
    let wanted = settings.rooms.iter().filter(|it| !known.is_removed(it));
    let wanted = wanted.map(|room| {
        let channels = room.channels.iter().map(|it| it.0.clone());
        rooms::Wanted {
            name: room.name.clone(),
            channels: channels.filter(|it| !known.has(it)).collect(),
            most_parts: room.most_parts,
        }
    });
    let (community, wanted) = (&settings.community.name, wanted.collect());
    rooms::add_all(store, community, wanted, system_now())
        .await
        .context("the rooms of the configuration could not be made")?;
    store.refresh_directory().await?;
    Ok(())
}

/// Where the configuration says one thing and the store another.
pub(crate) async fn differences(
    store: &Store,
    settings: &Settings,
) -> anyhow::Result<Vec<Problem>> {
    let known = Known::of(store, settings).await?;
    let rooms = settings.rooms.iter().enumerate();
    Ok(rooms
        .flat_map(|(number, room)| known.differences(number, room))
        .collect())
}

/// The store's rooms of this community, and every channel that it ever knew.
struct Known<'a> {
    store: &'a Store,
    settings: &'a Settings,
    rooms: Vec<RoomView>,
}

impl Known<'_> {
    async fn of<'a>(store: &'a Store, settings: &'a Settings) -> anyhow::Result<Known<'a>> {
        store.refresh_directory().await?;
        let mut rooms = store.rooms(None).await?;
        rooms.retain(|it| it.community == settings.community.name);
        Ok(Known {
            store,
            settings,
            rooms,
        })
    }

    fn told(&self, key: &str, why: String, cure: String) -> Problem {
        self.settings.places.problem(key, why, cure)
    }

    fn has(&self, channel: &ChannelRef) -> bool {
        self.store.directory().find(channel).is_some()
    }

    fn room(&self, name: &str) -> Option<&RoomView> {
        self.rooms.iter().find(|it| it.name == name)
    }

    fn room_of(&self, channel: &ChannelRef) -> Option<&str> {
        let has = |it: &&RoomView| {
            it.channels
                .iter()
                .any(|it| it.channel == *channel && it.link != Link::Unlinked)
        };
        self.rooms.iter().find(has).map(|it| it.name.as_str())
    }

    /// It has no room of that name, though it once knew all that would stand in it.
    fn is_removed(&self, room: &Room) -> bool {
        let mut channels = room.channels.iter();
        self.room(&room.name).is_none()
            && !room.channels.is_empty()
            && channels.all(|it| self.has(&it.0))
    }

    fn differences(&self, number: usize, room: &Room) -> Vec<Problem> {
        if self.is_removed(room) {
            return vec![self.told(
                &format!("rooms[{number}]"),
                format!(
                    "no room is called `{}`, and its channels are known: staff removed or renamed it, or it has another name here; it is not made",
                    room.name
                ),
                format!(
                    "correct the configuration, or: causeway room add {:?}",
                    room.name
                ),
            )];
        }
        let channels = room.channels.iter().enumerate();
        let of_channels = channels.filter_map(|(place, channel)| {
            let key = format!("rooms[{number}].channels[{place}]");
            self.of_channel(key, room, &channel.0)
        });
        of_channels.chain(self.of_length(number, room)).collect()
    }

    fn of_channel(&self, key: String, room: &Room, channel: &ChannelRef) -> Option<Problem> {
        let why = match self.room_of(channel) {
            Some(name) if name == room.name => return None,
            Some(name) => format!("staff put {channel} into the room `{name}`, where it stays"),
            None if self.has(channel) => format!("staff unlinked {channel}, and it stays unlinked"),
            None => return None,
        };
        let cure = format!(
            "correct the configuration, or: causeway room link {:?} {channel}",
            room.name
        );
        Some(self.told(&key, why, cure))
    }

    fn of_length(&self, number: usize, room: &Room) -> Option<Problem> {
        let (wanted, stored) = (room.most_parts?, self.room(&room.name)?.most_parts);
        let shown = |it: Option<u32>| it.map_or_else(|| "default".to_owned(), |it| it.to_string());
        (stored != Some(wanted)).then(|| {
            self.told(
                &format!("rooms[{number}].most_parts"),
                format!("staff set it to {}, which counts", shown(stored)),
                format!(
                    "correct the configuration, or: causeway room set {:?} --most-parts {wanted}",
                    room.name
                ),
            )
        })
    }
}
