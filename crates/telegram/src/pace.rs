//! Our own count of Telegram's limits: who comes too early is told how long to wait, and nothing is sent.
//! **Invariant:** never more than the limit within any window of its length; no clock is read here.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::time::{Duration, Instant};

use calls::{Rule, Window};
use parking_lot::Mutex;

use crate::id::ChatAddress;
use crate::settings::Pace;

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_secs(60);
/// A chat's limit per second is counted over three, so that short bursts pass.
const BURST: u32 = 3;
/// A longer wait than this is not believed here; the core has its own cap.
const LONGEST_BLOCK: Duration = Duration::from_secs(60 * 60);
/// Chats in which nothing happened lately are forgotten when more than this are known.
const MANY_CHATS: usize = 4096;

/// What a call counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cost {
    /// Posts and edits: counted for the chat too. An album is as many as it has parts.
    Messages(u32),
    /// Deletes and reactions: counted for the bot only.
    Call,
}

#[derive(Debug)]
pub(crate) struct Pacer {
    limits: Pace,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    bot: Window,
    turns: Turns,
    chats: HashMap<i64, Chat>,
    /// Grows with the chats that are truly busy, so that looking through them stays rare.
    sweep_above: usize,
}

#[derive(Debug, Default)]
struct Chat {
    burst: Window,
    minute: Window,
    blocked_until: Option<Instant>,
}

impl Pacer {
    pub(crate) fn new(limits: Pace) -> Pacer {
        Pacer {
            limits,
            state: Mutex::default(),
        }
    }

    /// Takes room for a call now, or says how long there is none.
    pub(crate) fn take(
        &self,
        place: ChatAddress,
        cost: Cost,
        now: Instant,
    ) -> Result<(), Duration> {
        let mut state = self.state.lock();
        let State {
            bot, turns, chats, ..
        } = &mut *state;
        let calls = match cost {
            Cost::Messages(count) => count,
            Cost::Call => 1,
        };
        let bot_rule = Rule::per(self.limits.per_bot_per_s, SECOND);
        let mut wait = turns.wait(bot_rule, calls, bot.wait(bot_rule, calls, now), now);
        let counts_for_chat = self.counts_for_chat(place, cost);
        if counts_for_chat || chats.contains_key(&place.chat) {
            let chat = chats.entry(place.chat).or_default();
            wait = wait.max(chat.blocked_for(now));
            if counts_for_chat {
                wait = wait.max(chat.wait(self, place, calls, now));
            }
            if wait.is_zero() && counts_for_chat {
                chat.note(self, place, calls, now);
            }
        }
        if !wait.is_zero() {
            return Err(wait);
        }
        bot.note(bot_rule, calls, now);
        state.forget_the_quiet(now);
        Ok(())
    }

    /// After a 429 the chat is not called again before its time.
    pub(crate) fn block(&self, place: ChatAddress, wait: Duration, now: Instant) {
        let until = now + wait.min(LONGEST_BLOCK);
        let mut state = self.state.lock();
        let chat = state.chats.entry(place.chat).or_default();
        chat.blocked_until = chat.blocked_until.max(Some(until));
    }

    fn counts_for_chat(&self, place: ChatAddress, cost: Cost) -> bool {
        let limited = self.limits.per_chat_per_s > 0
            || (self.limits.per_group_per_min > 0 && !place.is_private());
        limited && matches!(cost, Cost::Messages(_))
    }

    fn chat_rules(&self, place: ChatAddress) -> (Rule, Rule) {
        let per_minute = match place.is_private() {
            true => 0,
            false => self.limits.per_group_per_min,
        };
        (
            Rule::per(
                self.limits.per_chat_per_s.saturating_mul(BURST),
                SECOND * BURST,
            ),
            Rule::per(per_minute, MINUTE),
        )
    }
}

impl Chat {
    fn blocked_for(&self, now: Instant) -> Duration {
        self.blocked_until
            .map_or(Duration::ZERO, |until| until.saturating_duration_since(now))
    }

    fn wait(&self, pacer: &Pacer, place: ChatAddress, calls: u32, now: Instant) -> Duration {
        let (burst, minute) = pacer.chat_rules(place);
        let wait = self.burst.wait(burst, calls, now);
        wait.max(self.minute.wait(minute, calls, now))
    }

    fn note(&mut self, pacer: &Pacer, place: ChatAddress, calls: u32, now: Instant) {
        let (burst, minute) = pacer.chat_rules(place);
        self.burst.note(burst, calls, now);
        self.minute.note(minute, calls, now);
    }

    fn is_quiet(&self, now: Instant) -> bool {
        self.blocked_for(now).is_zero()
            && self.burst.is_over(MINUTE, now)
            && self.minute.is_over(MINUTE, now)
    }
}

impl State {
    fn forget_the_quiet(&mut self, now: Instant) {
        if self.chats.len() > self.sweep_above.max(MANY_CHATS) {
            self.chats.retain(|_, chat| !chat.is_quiet(now));
            self.sweep_above = self.chats.len() * 2;
        }
    }
}

/// Many chats that want to speak at once are sent away for the bot's sake. They come back one after the
/// other, as fast as the limit allows, and not all at the moment when the first of them can pass.
#[derive(Debug, Default)]
struct Turns {
    last: Option<Instant>,
}

impl Turns {
    fn wait(&mut self, rule: Rule, calls: u32, shortest: Duration, now: Instant) -> Duration {
        let limit = u32::try_from(rule.limit).unwrap_or(u32::MAX);
        if shortest.is_zero() || limit == 0 {
            return shortest;
        }
        let free = now + shortest;
        // Rounded up: a nanosecond too early is too early.
        let step = rule.within * calls / limit + Duration::from_nanos(1);
        let behind = self.last.map(|last| last + step);
        let turn = behind.map_or(free, |behind| behind.max(free));
        self.last = Some(turn);
        turn - now
    }
}
