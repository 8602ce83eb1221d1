//! What may be one reader's trouble or everybody's: if others hear the same and nobody is reached meanwhile, it is everybody's.

use conversation::SendError;
use store::Work;

use crate::{perform::became::MOST_DOUBTS, readers::Member};

/// In a row, of those that may pass.
const MANY: usize = 3;
/// In a row, of those that are for good: neighbours on a list may have left the same house.
const VERY_MANY: usize = 20;

pub(super) struct Unclear<'a> {
    /// Since somebody was reached.
    heard: Vec<(&'a Member, SendError)>,
    /// A doubt was looked into often enough, and each look leaves a copy: it is the reader's now.
    is_weary: bool,
}

pub(super) enum Heard {
    Perhaps,
    Everybodys(SendError),
}

impl<'a> Unclear<'a> {
    pub(super) fn before(work: &Work) -> Unclear<'a> {
        Unclear {
            heard: Vec::new(),
            is_weary: work.attempt.in_doubt && work.attempt.number > MOST_DOUBTS,
        }
    }

    /// None of what is clear.
    pub(super) fn hear(&mut self, reader: &'a Member, error: &SendError) -> Option<Heard> {
        match error {
            SendError::Unclear { .. } => {}
            SendError::Uncertain(_) if !self.is_weary => {}
            _ => return None,
        }
        self.heard.push((reader, error.clone()));
        let passing = self.heard.iter().filter(|(_, it)| !is_final(it)).count();
        Some(match passing >= MANY || self.heard.len() >= VERY_MANY {
            true => Heard::Everybodys(everybodys(error)),
            false => Heard::Perhaps,
        })
    }

    /// Nobody was reached, and all who were asked heard something of the kind.
    pub(super) fn at_the_end(&self, has_reached: bool) -> Option<SendError> {
        let (_, last) = self.heard.last()?;
        let may_be_theirs =
            self.heard.len() < MANY && self.heard.iter().all(|(_, it)| is_final(it));
        (!has_reached && !may_be_theirs).then(|| everybodys(last))
    }

    pub(super) fn take(&mut self) -> Vec<(&'a Member, SendError)> {
        std::mem::take(&mut self.heard)
    }
}

fn is_final(error: &SendError) -> bool {
    matches!(error, SendError::Unclear { is_final: true, .. })
}

fn everybodys(error: &SendError) -> SendError {
    match error {
        SendError::Unclear { said, .. } => SendError::Unavailable(said.clone()),
        other => other.clone(),
    }
}
