//! Calls that post, and what they have in common.

use conversation::{Post, Receipt};

use crate::api::Form;
use crate::bot::Slack;
use crate::errors::CallError;
use crate::id;
use crate::method::JOIN;

pub(super) fn receipt(ts: &str) -> Receipt {
    calls::receipt(vec![ts.into()])
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
pub(super) async fn say(
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
