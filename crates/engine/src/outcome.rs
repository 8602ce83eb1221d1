//! What an attempt came to.

use conversation::{LeftOut, Receipt, SendError};

#[derive(Debug)]
pub(crate) enum Outcome {
    /// There is nothing to do any more, for the named reason.
    Needless(&'static str),
    /// A part arrived, of `of` that there are in this revision.
    Arrived {
        receipt: Receipt,
        /// The hashes of the files in it.
        files: Vec<String>,
        of: usize,
        revision: u32,
        is_correction: bool,
    },
    /// No part is left to post, for the message became shorter meanwhile.
    Complete,
    /// We stop before every reader had their turn.
    Paused,
    /// These files could not be had in time. Nothing was sent yet: it goes without them next.
    GoesWithout(Vec<LeftOut>),
    Failed(SendError),
    Panicked,
    /// The process died each time: it is not tried again.
    Deadly,
    /// Others went through where it failed.
    Faulty {
        error: SendError,
        in_doubt: bool,
    },
    /// The channel was closed to us until its time was over.
    Closed,
    /// A newer version wanted to say something for which this one has no words.
    Wordless,
}

impl Outcome {
    /// It may have arrived.
    pub(crate) fn is_doubt(&self) -> bool {
        match self {
            Outcome::Failed(error) => error.is_doubt(),
            Outcome::Faulty { in_doubt, .. } => *in_doubt,
            Outcome::Panicked | Outcome::Deadly => true,
            Outcome::Needless(_)
            | Outcome::Arrived { .. }
            | Outcome::Complete
            | Outcome::Paused
            | Outcome::GoesWithout(_)
            | Outcome::Closed
            | Outcome::Wordless => false,
        }
    }
}

impl From<SendError> for Outcome {
    fn from(error: SendError) -> Outcome {
        Outcome::Failed(error)
    }
}
