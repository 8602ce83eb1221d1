//! What became of what was asked for.

use conversation::{Receipt, RemoteId, SendError};

pub fn receipt(remote_ids: Vec<RemoteId>) -> Receipt {
    Receipt {
        remote_ids,
        thread: None,
    }
}

/// It will not be done, however often it is asked for.
pub fn refused(reason: impl Into<String>) -> SendError {
    SendError::Refused(reason.into())
}

/// Speaks of one message or file, not of its channel: a channel is never closed because of one of these.
pub fn of_one(error: SendError) -> SendError {
    match error {
        SendError::ChannelGone(text) => SendError::Refused(text),
        other => other,
    }
}
