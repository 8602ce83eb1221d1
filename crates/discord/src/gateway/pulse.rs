//! When to send a heartbeat, and when a silent socket is given up. **Invariant:** no silence lasts longer than one
//! and a half heartbeats; no clock is read here.

use std::time::Duration;

use tokio::time::Instant;

#[derive(Debug)]
pub(super) struct Pulse {
    interval: Duration,
    next_beat: Instant,
    /// Since when a heartbeat has had no answer.
    unanswered: Option<Instant>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    Nothing,
    Beat,
    /// The other side is gone.
    Dead,
}

impl Pulse {
    /// The first comes after a random part of the interval, so that not all come at once.
    pub(super) fn new(interval: Duration, jitter: f64, now: Instant) -> Pulse {
        Pulse {
            interval,
            next_beat: now + interval.mul_f64(jitter.clamp(0.0, 1.0)),
            unanswered: None,
        }
    }

    pub(super) fn next(&self) -> Instant {
        let dead = self.unanswered.map(|at| at + self.interval / 2);
        dead.map_or(self.next_beat, |dead| dead.min(self.next_beat))
    }

    pub(super) fn due(&self, now: Instant) -> Due {
        let patience = self.interval / 2;
        match self.unanswered {
            Some(at) if now >= at + patience => Due::Dead,
            _ if now >= self.next_beat => Due::Beat,
            _ => Due::Nothing,
        }
    }

    pub(super) fn sent(&mut self, now: Instant) {
        self.next_beat = now + self.interval;
        self.unanswered.get_or_insert(now);
    }

    pub(super) fn answered(&mut self) {
        self.unanswered = None;
    }

    /// We did not listen until now, so an answer may lie in the socket.
    pub(super) fn listens_again(&mut self, now: Instant) {
        if self.unanswered.is_some() {
            self.unanswered = Some(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEAT: Duration = Duration::from_secs(40);

    #[test]
    fn a_silent_socket_is_given_up_within_one_and_a_half_heartbeats() {
        let start = Instant::now();
        let mut pulse = Pulse::new(BEAT, 1.0, start);
        assert_eq!(
            pulse.due(start + BEAT - Duration::from_millis(1)),
            Due::Nothing
        );
        assert_eq!(pulse.due(start + BEAT), Due::Beat);
        pulse.sent(start + BEAT);
        assert_eq!(pulse.next(), start + BEAT * 3 / 2);
        assert_eq!(pulse.due(start + BEAT * 3 / 2), Due::Dead);
    }

    #[test]
    fn whoever_answers_is_asked_again_a_beat_later() {
        let start = Instant::now();
        let mut pulse = Pulse::new(BEAT, 0.0, start);
        assert_eq!(pulse.due(start), Due::Beat);
        pulse.sent(start);
        pulse.answered();
        assert_eq!(pulse.due(start + BEAT / 2), Due::Nothing);
        assert_eq!(pulse.next(), start + BEAT);
    }

    #[test]
    fn an_answer_that_we_did_not_listen_for_is_waited_for_anew() {
        let start = Instant::now();
        let mut pulse = Pulse::new(BEAT, 0.0, start);
        pulse.sent(start);
        pulse.listens_again(start + BEAT);
        assert_eq!(pulse.due(start + BEAT), Due::Beat);
        assert_eq!(pulse.due(start + BEAT * 3 / 2), Due::Dead);
    }
}
