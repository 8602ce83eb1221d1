//! Files: brought to Slack one by one, where nobody sees them yet, then shared by one message.
//!
//! Slack lets no app choose the name over a message that shares files. So the words go with them, in that one
//! message, and begin with the author's name: a picture and what is said of it stay together, one reply, edit
//! or delete reaches both, and nothing can be half there.

use std::time::Duration;

use calls::{Repeated, file_name, refused};
use conversation::{AuthorKind, LocalFile, Markup, Node, Post, Receipt, SendError, Style};
use serde_json::json;

use super::say::{receipt, say, thread};
use super::text;
use crate::api::Form;
use crate::bot::Slack;
use crate::capabilities::MAX_FILES;
use crate::errors::CallError;
use crate::id::{self, PLATFORM};
use crate::markup::mrkdwn;
use crate::method::{FILES_INFO, UPLOAD_COMPLETE, UPLOAD_URL};

/// Slack makes the message a moment after it said yes: looked for so often, a little later each time.
const LOOKS: u32 = 7;
const FIRST_LOOK: Duration = Duration::from_millis(50);
const LONGEST_ALT: usize = 1000;

pub(super) async fn post(slack: &Slack, channel: &str, post: &Post) -> Result<Receipt, SendError> {
    let files = &post.part.files;
    if files.len() > MAX_FILES {
        return Err(refused(
            "these are more files than Slack shows in one message",
        ));
    }
    if let Some(ts) = shared_before(slack, channel, post).await? {
        return Ok(receipt(&ts));
    }
    let mut ids: Vec<String> = uploaded(post).map(str::to_owned).collect();
    if ids.len() != files.len() {
        slack
            .api
            .room_to_post(channel)
            .map_err(CallError::harmless)?;
        ids = Vec::with_capacity(files.len());
        for file in files {
            ids.push(upload(slack, file).await?);
        }
    }
    let progress = ids.join(",");
    let interrupted = |cause: SendError| match cause {
        it @ (SendError::Refused(_) | SendError::ChannelGone(_) | SendError::Unauthorised(_)) => it,
        cause => SendError::Interrupted {
            progress: progress.clone(),
            cause: Box::new(cause),
        },
    };
    let shared = say(slack, UPLOAD_COMPLETE, channel, share(channel, post, &ids)).await;
    shared.map_err(|error| interrupted(error.into_send_error(Repeated::Doubles)))?;
    match wait_for_message(slack, channel, &ids).await {
        Some(ts) => Ok(receipt(&ts)),
        None => Err(interrupted(SendError::Uncertain(
            "the files are with Slack, and their message does not stand there yet".to_owned(),
        ))),
    }
}

/// Which files an earlier attempt had brought to Slack.
pub(crate) fn uploaded(post: &Post) -> impl Iterator<Item = &str> {
    let progress = post.progress.as_deref().unwrap_or_default();
    progress.split(',').filter(|it| id::is_file(it))
}

async fn shared_before(
    slack: &Slack,
    channel: &str,
    post: &Post,
) -> Result<Option<String>, SendError> {
    match uploaded(post).next() {
        Some(file) => shared_as(slack, file, channel)
            .await
            .map_err(CallError::harmless),
        None => Ok(None),
    }
}

/// Nothing is seen of it before it is shared, so that it may be done again.
async fn upload(slack: &Slack, file: &LocalFile) -> Result<String, SendError> {
    let size = tokio::fs::metadata(&file.path).await;
    let size = size.map_err(|error| refused(format!("a file cannot be read: {error}")))?;
    let (size, most) = (size.len(), slack.settings.max_upload_bytes);
    if size > most {
        return Err(refused(format!(
            "the file is larger than the {most} bytes that are sent"
        )));
    }
    let mut form = vec![
        ("filename", file_name(&file.attachment)),
        ("length", size.to_string()),
    ];
    let alt = file.attachment.alt.as_deref().filter(|it| !it.is_empty());
    form.extend(alt.map(|it| ("alt_txt", it.chars().take(LONGEST_ALT).collect())));
    let answer = slack
        .api
        .call(UPLOAD_URL, form)
        .await
        .map_err(CallError::harmless)?;
    let (Some(address), Some(id)) = (answer["upload_url"].as_str(), answer["file_id"].as_str())
    else {
        return Err(SendError::Unavailable(
            "Slack did not say where to bring the file".to_owned(),
        ));
    };
    slack
        .api
        .upload(address, &file.path)
        .await
        .map_err(CallError::harmless)?;
    Ok(id.to_owned())
}

pub(super) fn share(channel: &str, post: &Post, ids: &[String]) -> Form {
    let names = post.part.files.iter().map(|it| file_name(&it.attachment));
    let files = ids.iter().zip(names);
    let files: Vec<_> = files
        .map(|(id, title)| json!({"id": id, "title": title}))
        .collect();
    let mut form = vec![
        ("files", json!(files).to_string()),
        ("channel_id", channel.to_owned()),
    ];
    form.extend(
        Some(comment(post))
            .filter(|it| !it.is_empty())
            .map(|it| ("initial_comment", it)),
    );
    form.extend(thread(post).map(|it| ("thread_ts", it.to_owned())));
    form
}

/// What stands over the files, as Slack hands it back.
pub(crate) fn comment(post: &Post) -> String {
    mrkdwn(&attributed(post))
}

/// The words, behind their author's name.
pub(super) fn attributed(post: &Post) -> Markup {
    let words = text::sayable(&post.part.text, post.from.as_str() == PLATFORM);
    if post.author.kind == AuthorKind::Ourselves || post.shown_name.trim().is_empty() {
        return words;
    }
    let name = vec![Node::Text(format!("{}:", post.shown_name))];
    let mut nodes = vec![Node::Styled {
        style: Style::Bold,
        children: name,
    }];
    if !words.is_blank() {
        nodes.push(Node::Text(" ".to_owned()));
        nodes.extend(words.0);
    }
    Markup(nodes)
}

async fn wait_for_message(slack: &Slack, channel: &str, ids: &[String]) -> Option<String> {
    let file = ids.first()?;
    for look in 0..LOOKS {
        match shared_as(slack, file, channel).await {
            Ok(Some(ts)) => return Some(ts),
            Ok(None) => tokio::time::sleep(FIRST_LOOK * 2u32.pow(look)).await,
            Err(error) => {
                tracing::warn!(%error, "Slack does not say where a file was shared");
                return None;
            }
        }
    }
    None
}

/// The message by which a file was shared in the channel. Slack makes it a moment after the upload.
pub(crate) async fn shared_as(
    slack: &Slack,
    file: &str,
    channel: &str,
) -> Result<Option<String>, CallError> {
    let form = vec![("file", file.to_owned())];
    let answer = slack.api.call(FILES_INFO, form).await?;
    let shares = &answer["file"]["shares"];
    let ts = ["public", "private"].into_iter().find_map(|kind| {
        let shares = shares[kind][channel].as_array()?;
        shares.last()?["ts"].as_str().map(str::to_owned)
    });
    Ok(ts)
}
