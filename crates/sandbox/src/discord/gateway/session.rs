//! One session: what it was told, by sequence number, as far as it is kept for a RESUME.

use std::collections::VecDeque;
use std::sync::Arc;

pub(super) struct Session {
    pub(super) intents: u64,
    /// The socket that it speaks through.
    pub(super) line: Option<u64>,
    last: u64,
    kept: VecDeque<Arc<str>>,
}

/// Why a session cannot go on where a client stands.
pub(super) enum Gap {
    /// The client claims to know what was never said.
    Ahead,
    /// What it missed is forgotten.
    Forgotten,
}

impl Session {
    pub(super) fn new(intents: u64, line: u64) -> Session {
        Session {
            intents,
            line: Some(line),
            last: 0,
            kept: VecDeque::new(),
        }
    }

    /// `body` is the JSON of `d`.
    pub(super) fn push(&mut self, name: &str, body: &str, most: usize) {
        self.last += 1;
        let event = format!(r#"{{"t":"{name}","s":{},"op":0,"d":{body}}}"#, self.last);
        self.kept.push_back(event.into());
        // A socket that listens is behind by a moment only; what it has not yet read must not vanish.
        let most = most.max(if self.line.is_some() { 64 } else { 0 });
        while self.kept.len() > most {
            self.kept.pop_front();
        }
    }

    fn first(&self) -> u64 {
        self.last + 1 - self.kept.len() as u64
    }

    /// Everything behind `seen`, in order.
    pub(super) fn since(&self, seen: u64) -> Result<Vec<Arc<str>>, Gap> {
        refuse!(seen > self.last => Gap::Ahead);
        let skip = (seen + 1).checked_sub(self.first()).ok_or(Gap::Forgotten)?;
        let skip = usize::try_from(skip).unwrap_or(usize::MAX);
        Ok(self.kept.iter().skip(skip).cloned().collect())
    }

    pub(super) fn last(&self) -> u64 {
        self.last
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_session_gives_what_was_missed_or_says_why_not() {
        let mut session = Session::new(0, 1);
        session.line = None;
        for number in 1..=5 {
            session.push("X", &number.to_string(), 3);
        }
        let missed = session.since(3).ok().unwrap();
        assert_eq!(&*missed[0], r#"{"t":"X","s":4,"op":0,"d":4}"#);
        assert_eq!(missed.len(), 2);
        assert!(session.since(5).ok().unwrap().is_empty());
        assert_eq!(session.since(2).ok().unwrap().len(), 3);
        assert!(matches!(session.since(1), Err(Gap::Forgotten)));
        assert!(matches!(session.since(6), Err(Gap::Ahead)));
    }
}
