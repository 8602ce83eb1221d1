//! Changes of what stands there. Its author's name and picture stay as they are: Slack changes neither.

use calls::refused;
use conversation::{Post, Receipt, RemoteId, SendError};

use super::{files, text};
use crate::api::Form;
use crate::bot::Slack;
use crate::errors::CallError;
use crate::id;
use crate::method::{DELETE, FILES_DELETE, Method, REPLIES, UPDATE};

pub(crate) async fn edit(
    slack: &Slack,
    channel: &str,
    targets: &[RemoteId],
    post: &Post,
) -> Result<Receipt, SendError> {
    let ids = parse_targets(targets)?;
    let target = ids.first().ok_or_else(|| refused("nothing to edit"))?;
    let form = edit_form(channel, target, post)?;
    let edited = slack.api.call(UPDATE, form).await;
    edited.map_err(CallError::harmless)?;
    Ok(calls::receipt(targets.to_vec()))
}

pub(super) fn edit_form(channel: &str, target: &str, post: &Post) -> Result<Form, SendError> {
    let mut form = match post.part.files.is_empty() {
        true => text::words(post, &post.part.text),
        false => text::words(post, &files::attributed(post)),
    }?;
    form.insert(0, ("ts", target.to_owned()));
    form.insert(0, ("channel", channel.to_owned()));
    Ok(form)
}

/// A file outlives the message that shared it, so ours are deleted first.
pub(crate) async fn delete(
    slack: &Slack,
    channel: &str,
    targets: &[RemoteId],
) -> Result<Receipt, SendError> {
    for target in parse_targets(targets)? {
        slack.deleted.expect(channel, target);
        for file in shared_by(slack, channel, target)
            .await
            .map_err(CallError::harmless)?
        {
            end(slack, FILES_DELETE, vec![("file", file)], FILE_GONE).await?;
        }
        let form = vec![("channel", channel.to_owned()), ("ts", target.to_owned())];
        end(slack, DELETE, form, MESSAGE_GONE).await?;
    }
    Ok(Receipt::default())
}

const MESSAGE_GONE: &[&str] = &["message_not_found", "thread_not_found"];
const FILE_GONE: &[&str] = &["file_not_found", "file_deleted"];

async fn end(
    slack: &Slack,
    method: &'static Method,
    form: Form,
    done: &[&str],
) -> Result<(), SendError> {
    match slack.api.call(method, form).await {
        Err(error) if !error.is_one_of(done) => Err(error.harmless()),
        _ => Ok(()),
    }
}

/// Our own files in a message; none where it cannot be read, for then it can be deleted all the same.
async fn shared_by(slack: &Slack, channel: &str, ts: &str) -> Result<Vec<String>, CallError> {
    let ours = slack.who_we_are().await?.user_id.clone();
    let form = vec![
        ("channel", channel.to_owned()),
        ("ts", ts.to_owned()),
        ("oldest", ts.to_owned()),
        ("latest", ts.to_owned()),
        ("inclusive", "true".to_owned()),
    ];
    let answer = match slack.api.call(REPLIES, form).await {
        Err(CallError::Answered(_)) => return Ok(Vec::new()),
        answer => answer?,
    };
    let messages = answer["messages"].as_array().into_iter().flatten();
    let files = messages
        .filter(|it| it["ts"] == ts)
        .flat_map(|it| it["files"].as_array().into_iter().flatten())
        .filter(|it| it["user"] == ours.as_str());
    Ok(files
        .filter_map(|it| it["id"].as_str().map(str::to_owned))
        .collect())
}

fn parse_targets(targets: &[RemoteId]) -> Result<Vec<&str>, SendError> {
    targets.iter().map(id::parse_message).collect()
}
