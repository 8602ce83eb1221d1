//! Why a file is not here: what people are told, and whether it is worth looking again.

use conversation::{Language, SendError};
use words::{FILE_SLOW, FILE_UNKEPT_NOW, FILE_WITHHELD_NOW, Sentence};

#[derive(Debug, Clone)]
pub(crate) enum Missing {
    /// It is on its way, for longer than words may wait.
    Slow,
    /// Another look may find it.
    Now {
        /// For people.
        why: Sentence,
        /// For the log.
        detail: String,
    },
    /// For people.
    Never(String),
}

impl Missing {
    /// What the platform that holds the file says of itself must not count against the one that the message goes to.
    pub(super) fn at_its_platform(error: SendError) -> Missing {
        match error {
            SendError::Refused(why) | SendError::TooLarge(why) => Missing::Never(why),
            SendError::RateLimited { .. }
            | SendError::Unavailable(_)
            | SendError::PutOff(_)
            | SendError::Unclear { .. }
            | SendError::Uncertain(_)
            | SendError::Interrupted { .. } => Missing::withheld(&error.to_string()),
            SendError::ChannelGone(_) | SendError::ChannelMoved(_) | SendError::Unauthorised(_) => {
                Missing::Never("the platform that holds it does not hand it out".into())
            }
        }
    }

    pub(super) fn withheld(detail: &str) -> Missing {
        Missing::Now {
            why: FILE_WITHHELD_NOW,
            detail: detail.to_owned(),
        }
    }

    pub(crate) fn unkept(error: &blobs::Error) -> Missing {
        Missing::Now {
            why: FILE_UNKEPT_NOW,
            detail: error.to_string(),
        }
    }

    /// For people.
    pub(crate) fn why(&self, language: Language) -> &str {
        match self {
            Missing::Slow => FILE_SLOW.fixed(language),
            Missing::Now { why, .. } => why.fixed(language),
            Missing::Never(why) => why,
        }
    }

    /// For the log.
    pub(crate) fn detail(&self) -> &str {
        match self {
            Missing::Now { detail, .. } => detail,
            Missing::Slow | Missing::Never(_) => self.why(Language::ENGLISH),
        }
    }
}
