//! Does what became of one message say anything of its channel? Pure.

use conversation::SendError;

use super::Outcome;

/// What an attempt says of its channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
    ChannelTakesMessages,
    ChannelFails,
    Nothing,
}

impl Says {
    pub(crate) fn of(error: &SendError) -> Says {
        match error {
            // A plain no is an answer.
            SendError::Refused(_) | SendError::PutOff(_) | SendError::TooLarge(_) => {
                Says::ChannelTakesMessages
            }
            SendError::Unavailable(_) | SendError::Uncertain(_) => Says::ChannelFails,
            SendError::Interrupted { cause, .. } => Says::of(cause),
            SendError::Unclear { .. }
            | SendError::RateLimited { .. }
            | SendError::ChannelGone(_)
            | SendError::ChannelMoved(_)
            | SendError::Unauthorised(_) => Says::Nothing,
        }
    }
}

impl Outcome {
    pub(crate) fn says(&self) -> Says {
        match self {
            Outcome::Arrived { .. } | Outcome::Complete => Says::ChannelTakesMessages,
            Outcome::Failed(error) => Says::of(error),
            _ => Says::Nothing,
        }
    }
}
