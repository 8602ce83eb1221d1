//! Which channels take part, as that changes: by a command, by a platform, while the bridge runs.

use conversation::Link;
use store::{Changed, Entry};

use super::OperatorLog;

/// Where a channel stands, and whether it is open.
type Seat<'a> = (&'a str, Link);

impl OperatorLog {
    /// One line for a link that is another one than before.
    pub(crate) fn link(&self, changed: &Changed) {
        let before = changed.before.as_deref().and_then(seat);
        let (line, room) = match (before, seat(&changed.now)) {
            (before, Some(now)) => (taken_up(before, now), now.0),
            (Some(before), None) => (Some("takes part no longer"), before.0),
            (None, None) => return,
        };
        if let Some(line) = line {
            let name = self.entry(&changed.now);
            tracing::info!(channel.ref = name, room, "{line}");
        }
    }
}

/// That a link is closed is told by its notice.
fn taken_up(before: Option<Seat<'_>>, now: Seat<'_>) -> Option<&'static str> {
    match (before, now.1) {
        (None, _) => Some("takes part"),
        (Some(before), _) if before.0 != now.0 => Some("takes part in another room"),
        (Some((_, Link::Suspended)), Link::Active) => Some("is open again"),
        (Some(_), _) => None,
    }
}

fn seat(entry: &Entry) -> Option<Seat<'_>> {
    Some((entry.room_name.as_deref()?, entry.channel.link))
}
