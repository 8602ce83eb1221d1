//! Changes of what stands there. Its author's name and picture stay as they are: Slack changes neither.

use conversation::{Post, Receipt, RemoteId, SendError};

use super::{files, parse_targets, refused, text};
use crate::adapter::Slack;
use crate::errors::Repeated;
use crate::method::{DELETE, UPDATE};

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
    edited.map_err(|error| error.into_send_error(Repeated::IsHarmless))?;
    Ok(Receipt {
        remote_ids: targets.to_vec(),
        thread: None,
    })
}

pub(super) fn edit_form(
    channel: &str,
    target: &str,
    post: &Post,
) -> Result<crate::api::Form, SendError> {
    let mut form = match post.part.files.is_empty() {
        true => text::words(post, &post.part.text),
        false => text::words(post, &files::attributed(post)),
    }?;
    form.insert(0, ("ts", target.to_owned()));
    form.insert(0, ("channel", channel.to_owned()));
    Ok(form)
}

pub(crate) async fn delete(
    slack: &Slack,
    channel: &str,
    targets: &[RemoteId],
) -> Result<Receipt, SendError> {
    for target in parse_targets(targets)? {
        let form = vec![("channel", channel.to_owned()), ("ts", target.to_owned())];
        match slack.api.call(DELETE, form).await {
            Err(error) if !error.is("message_not_found") => {
                return Err(error.into_send_error(Repeated::IsHarmless));
            }
            _ => {}
        }
    }
    Ok(Receipt::default())
}
