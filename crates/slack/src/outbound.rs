//! What is asked of us, as calls of the Web API. **Invariant:** nothing longer than declared and nothing empty is
//! sent, and nobody is called by a mention that their platform did not make.

use calls::Repeated;
use conversation::{Post, Receipt, SendError};

mod change;
mod files;
mod react;
mod say;
#[cfg(test)]
mod tests;
mod text;

use crate::bot::Slack;
use crate::method::POST;
pub(crate) use change::{delete, edit};
pub(crate) use files::{comment, shared_as, uploaded};
pub(crate) use react::react;
pub(crate) use say::thread;
use say::{receipt, say};
pub(crate) use text::{METADATA, words};

pub(crate) async fn post(
    slack: &Slack,
    channel: &str,
    key: &str,
    post: &Post,
) -> Result<Receipt, SendError> {
    if !post.part.files.is_empty() {
        return files::post(slack, channel, post).await;
    }
    let form = text::post(channel, key, post)?;
    let posted = say(slack, POST, channel, form).await;
    let answer = posted.map_err(|error| error.into_send_error(Repeated::Doubles))?;
    match answer["ts"].as_str() {
        Some(ts) => Ok(receipt(ts)),
        None => Err(SendError::Uncertain(
            "Slack did not say as what it was posted".to_owned(),
        )),
    }
}
