//! What is asked of us, as calls of the Web API. **Invariant:** nothing longer than declared and nothing empty is
//! sent, and nobody is called by a mention that their platform did not make.

use calls::Repeated;
use conversation::{Post, Receipt, RemoteId, SendError};

mod change;
mod files;
mod react;
#[cfg(test)]
mod tests;
mod text;

use crate::adapter::Slack;
use crate::api::Form;
use crate::errors::CallError;
use crate::id;
use crate::method::{JOIN, POST};
pub(crate) use change::{delete, edit};
pub(crate) use files::{comment, uploaded};
pub(crate) use react::react;
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

fn receipt(ts: &str) -> Receipt {
    Receipt {
        remote_ids: vec![ts.into()],
        thread: None,
    }
}

/// The thread in which a post belongs: named by its root.
pub(crate) fn thread(post: &Post) -> Option<&str> {
    let reply = post.reply.as_ref();
    let root = reply.map(|it| it.ancestors.first().unwrap_or(&it.to));
    let root = post.thread.as_ref().or(root)?.as_str();
    id::at(root).map(|_| root)
}

/// As a call that posts, with what can be put right at once: a public channel can be joined, and what
/// answers a thread that is gone is said in the channel.
async fn say(
    slack: &Slack,
    method: &'static crate::method::Method,
    channel: &str,
    form: Form,
) -> Result<serde_json::Value, CallError> {
    let error = match slack.api.call(method, form.clone()).await {
        Err(error) => error,
        answer => return answer,
    };
    if error.is("not_in_channel") {
        let join = vec![("channel", channel.to_owned())];
        // Where the channel is not public, the first answer tells more.
        slack.api.call(JOIN, join).await.map_err(|_| error)?;
        return slack.api.call(method, form).await;
    }
    let has_thread = form.iter().any(|(name, _)| *name == "thread_ts");
    if has_thread && error.is_one_of(THREAD_GONE) {
        let form = form.into_iter().filter(|(name, _)| *name != "thread_ts");
        return slack.api.call(method, form.collect()).await;
    }
    Err(error)
}

const THREAD_GONE: &[&str] = &[
    "thread_not_found",
    "cannot_reply_to_message",
    "invalid_thread_ts",
    "thread_locked",
];

fn parse_targets(targets: &[RemoteId]) -> Result<Vec<&str>, SendError> {
    targets.iter().map(id::parse_message).collect()
}

fn refused(reason: &str) -> SendError {
    SendError::Refused(reason.to_owned())
}
