//! The limits that the real Telegram publishes.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use crate::kit::Pace;

/// Messages and the window in which no more of them are taken.
const PER_BOT: (usize, Duration) = (30, Duration::from_secs(1));
const PER_CHAT: (usize, Duration) = (1, Duration::from_secs(1));
const PER_GROUP: (usize, Duration) = (20, Duration::from_secs(60));

#[derive(Default)]
pub(crate) struct Limits {
    bot: Pace,
    chats: HashMap<i64, Pace>,
}

impl Limits {
    /// Counts the messages in, or says when there is room for them. An album counts as its messages, but
    /// never waits for more room than a window has.
    pub(crate) fn take(
        &mut self,
        chat: i64,
        is_group: bool,
        posts: usize,
        now: Instant,
    ) -> Result<(), Instant> {
        let pace = self.chats.entry(chat).or_default();
        let mut free = self.bot.free_at(PER_BOT).max(pace.free_at(PER_CHAT));
        if is_group {
            free = free.max(pace.free_at(PER_GROUP));
        }
        if let Some(until) = free.filter(|until| *until > now) {
            return Err(until);
        }
        for _ in 0..posts {
            self.bot.note(now, PER_BOT.0);
            pace.note(now, PER_GROUP.0);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_group_takes_twenty_messages_a_minute_one_a_second() {
        let mut limits = Limits::default();
        let start = Instant::now();
        for second in 0..20 {
            limits
                .take(-1, true, 1, start + Duration::from_secs(second))
                .unwrap();
        }
        let busy = limits.take(-1, true, 1, start + Duration::from_secs(20));
        assert_eq!(busy, Err(start + Duration::from_secs(60)));
        assert_eq!(
            limits.take(-2, true, 1, start + Duration::from_secs(20)),
            Ok(())
        );
    }

    #[test]
    fn a_private_chat_takes_one_message_a_second() {
        let mut limits = Limits::default();
        let start = Instant::now();
        limits.take(7, false, 1, start).unwrap();
        let soon = start + Duration::from_millis(400);
        assert_eq!(
            limits.take(7, false, 1, soon),
            Err(start + Duration::from_secs(1))
        );
    }
}
