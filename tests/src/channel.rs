//! Channels as stories name them: `telegram #general`.

use conversation::ChannelRef;

pub(crate) fn at(channel: &str) -> ChannelRef {
    let (platform, id) = channel
        .split_once(' ')
        .expect("a platform and a channel, as in `telegram #general`");
    ChannelRef::new(platform, id)
}
