//! The pace that Slack publishes: a message a second in a channel with a small burst, and tiers for all other methods.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use crate::kit::Pace;

/// Calls in a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tier {
    One,
    Two,
    Three,
    Four,
    /// Counted by channel.
    Posting,
    None,
}

const MINUTE: Duration = Duration::from_secs(60);
/// Short bursts above one a second are allowed; how short, Slack does not say.
const BURST: (usize, Duration) = (3, Duration::from_secs(3));

#[derive(Default)]
pub(crate) struct Limits {
    methods: HashMap<&'static str, Pace>,
    channels: HashMap<String, Pace>,
}

impl Limits {
    /// Counts the call in, or says when there is room for it.
    pub(crate) fn take(
        &mut self,
        method: &'static str,
        tier: Tier,
        channel: Option<&str>,
        now: Instant,
    ) -> Result<(), Instant> {
        let (pace, size) = match (tier, channel) {
            (Tier::None, _) | (Tier::Posting, None) => return Ok(()),
            (Tier::Posting, Some(channel)) => {
                (self.channels.entry(channel.to_owned()).or_default(), BURST)
            }
            _ => {
                let pace = self.methods.entry(method).or_default();
                (pace, (per_minute(tier), MINUTE))
            }
        };
        match pace.free_at(size).filter(|until| *until > now) {
            Some(until) => Err(until),
            None => {
                pace.note(now, size.0);
                Ok(())
            }
        }
    }
}

fn per_minute(tier: Tier) -> usize {
    match tier {
        Tier::One => 1,
        Tier::Two => 20,
        Tier::Three => 50,
        _ => 100,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_channel_takes_a_message_a_second_after_a_burst_of_three() {
        let mut limits = Limits::default();
        let start = Instant::now();
        let mut post = |after: u64| {
            let now = start + Duration::from_millis(after);
            limits.take("chat.postMessage", Tier::Posting, Some("C1"), now)
        };
        for _ in 0..3 {
            post(0).unwrap();
        }
        assert_eq!(post(900), Err(start + Duration::from_secs(3)));
        assert_eq!(post(3_000), Ok(()));
    }

    #[test]
    fn a_method_of_the_second_tier_takes_twenty_calls_a_minute() {
        let mut limits = Limits::default();
        let now = Instant::now();
        for _ in 0..20 {
            limits.take("users.list", Tier::Two, None, now).unwrap();
        }
        assert!(limits.take("users.list", Tier::Two, None, now).is_err());
        assert_eq!(
            limits.take("conversations.list", Tier::Two, None, now),
            Ok(())
        );
    }
}
