//! Which channels take part, as that changes: by a command, by a platform, while the bridge runs.

use std::collections::BTreeMap;

use conversation::{ChannelRef, Link};
use store::{Directory, Entry};

use crate::Engine;

/// Where a channel stands, and whether it is open.
type Seat<'a> = (&'a str, Link);

impl Engine {
    /// One line for each link that is another one than before.
    pub(crate) fn log_links(&self, before: &Directory, now: &Directory) {
        let (old, new) = (seats(before), seats(now));
        for (channel, seat) in &new {
            let name = self.name_in_logs(channel, now);
            if let Some(line) = taken_up(old.get(channel), *seat) {
                tracing::info!(channel.ref = name, room = seat.0, "{line}");
            }
        }
        for (channel, seat) in old.iter().filter(|it| !new.contains_key(it.0)) {
            let name = self.name_in_logs(channel, before);
            tracing::info!(channel.ref = name, room = seat.0, "takes part no longer");
        }
    }
}

/// That a link is closed is told by its notice.
fn taken_up(before: Option<&Seat<'_>>, now: Seat<'_>) -> Option<&'static str> {
    match (before, now.1) {
        (None, _) => Some("takes part"),
        (Some(before), _) if before.0 != now.0 => Some("takes part in another room"),
        (Some((_, Link::Suspended)), Link::Active) => Some("is open again"),
        (Some(_), _) => None,
    }
}

fn seats(directory: &Directory) -> BTreeMap<&ChannelRef, Seat<'_>> {
    directory.channels().filter_map(seat).collect()
}

fn seat(entry: &Entry) -> Option<(&ChannelRef, Seat<'_>)> {
    let room = entry.room_name.as_deref()?;
    Some((&entry.channel.at, (room, entry.channel.link)))
}
