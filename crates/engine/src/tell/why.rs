//! Why something did not arrive, as its author is told: from the reason that staff reads, without what it quotes. Pure.

use words::{
    Sentence, WHY_ACCOUNT, WHY_ASKED_TO_WAIT, WHY_CLOSED, WHY_FILE_FOLLOWS, WHY_HALF_WAY,
    WHY_NO_ANSWER, WHY_NOT_TAKEN, WHY_ON_ITS_WAY, WHY_PUT_OFF, WHY_REFUSED, WHY_STAYED_CLOSED,
    WHY_STOPPED, WHY_TOO_LARGE, WHY_UNEXPECTED, WHY_UNKNOWN, WHY_UNREACHABLE,
};

/// How reasons begin, of `SendError` and of those that stand in `conclude.rs` and in the store.
const REASONS: &[(&str, Sentence)] = &[
    ("the platform asks to wait", WHY_ASKED_TO_WAIT),
    ("the platform cannot be reached", WHY_UNREACHABLE),
    ("the platform puts the message off", WHY_PUT_OFF),
    ("the platform does not take the message", WHY_NOT_TAKEN),
    (
        "the message is larger than the platform takes",
        WHY_TOO_LARGE,
    ),
    ("no answer after the message went out", WHY_NO_ANSWER),
    ("the platform refused the message", WHY_REFUSED),
    ("the channel stayed closed", WHY_STAYED_CLOSED),
    ("the channel is closed to us", WHY_CLOSED),
    ("the channel is now", WHY_CLOSED),
    ("the account cannot be used", WHY_ACCOUNT),
    ("stopped half way", WHY_HALF_WAY),
    ("sending it fail", WHY_UNEXPECTED),
    ("the bridge", WHY_STOPPED),
    ("it is on its way to its readers", WHY_ON_ITS_WAY),
    ("its file follows", WHY_FILE_FOLLOWS),
];

pub(super) fn of(reason: &str) -> Sentence {
    let known = REASONS
        .iter()
        .find(|(begins, _)| reason.starts_with(begins));
    known.map_or(WHY_UNKNOWN, |(_, sentence)| *sentence)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use conversation::{ChannelRef, SendError};

    use super::*;

    #[test]
    fn each_error_has_a_sentence_of_its_own() {
        let it = || "words of the platform".to_owned();
        let errors = [
            SendError::RateLimited {
                wait: Duration::from_secs(1),
            },
            SendError::Unavailable(it()),
            SendError::PutOff(it()),
            SendError::Unclear {
                said: it(),
                is_final: true,
            },
            SendError::TooLarge(it()),
            SendError::Uncertain(it()),
            SendError::Refused(it()),
            SendError::ChannelGone(it()),
            SendError::ChannelMoved(ChannelRef::new("chat", "1")),
            SendError::Unauthorised(it()),
            SendError::Interrupted {
                progress: it(),
                cause: Box::new(SendError::Refused(it())),
            },
        ];
        for error in errors {
            assert_ne!(of(&error.to_string()), WHY_UNKNOWN, "{error}");
        }
        assert_eq!(of("words of somebody"), WHY_UNKNOWN);
    }
}
