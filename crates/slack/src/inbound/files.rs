//! Files, by reference: Slack keeps the bytes until somebody asks for them. **Invariant:** a file that cannot be
//! had is said in a line, not left out.

use conversation::{Attachment, AttachmentKind, AttachmentSource, Node};
use serde_json::Value;

use super::meaning::{items, text};
use crate::id;

pub(super) fn of(message: &Value, channel: &str) -> (Vec<Attachment>, Vec<Node>) {
    let (mut attachments, mut lines) = (Vec::new(), Vec::new());
    for file in items(message, "files") {
        match read(file, channel) {
            Ok(attachment) => attachments.push(attachment),
            Err(line) => lines.push(line),
        }
    }
    (attachments, lines)
}

fn read(file: &Value, channel: &str) -> Result<Attachment, Node> {
    let is_out_of_reach = matches!(text(file, "mode"), Some("tombstone" | "hidden_by_limit"))
        || matches!(
            text(file, "file_access"),
            Some("access_denied" | "file_not_found")
        );
    let file_id = text(file, "id").filter(|it| id::is_file(it));
    let Some(file_id) = file_id.filter(|_| !is_out_of_reach) else {
        return Err(Node::Text("(a file that Slack does not show)".to_owned()));
    };
    if text(file, "mode") == Some("external") || file["is_external"] == true {
        return Err(elsewhere(file));
    }
    Ok(Attachment {
        kind: kind(file),
        name: text(file, "name").map(str::to_owned),
        mime: text(file, "mimetype").map(str::to_owned),
        size: file["size"].as_u64(),
        alt: text(file, "alt_txt").map(str::to_owned),
        source: AttachmentSource::Remote {
            channel: id::channel(channel),
            file: file_id.into(),
        },
    })
}

/// What lies on another service is a link.
fn elsewhere(file: &Value) -> Node {
    let title = text(file, "title").or(text(file, "name"));
    let words = Node::Text(title.unwrap_or("a file").to_owned());
    let url = text(file, "external_url").or(text(file, "url_private"));
    match url {
        Some(url) => Node::Link {
            url: url.to_owned(),
            children: vec![words],
        },
        None => words,
    }
}

fn kind(file: &Value) -> AttachmentKind {
    match (text(file, "subtype"), text(file, "mimetype")) {
        (Some("slack_audio"), _) => AttachmentKind::Voice,
        (Some("slack_video"), _) => AttachmentKind::Video,
        (_, Some("image/gif")) => AttachmentKind::Animation,
        (_, Some("image/svg+xml")) => AttachmentKind::Document,
        (_, Some(mime)) if mime.starts_with("image/") => AttachmentKind::Photo,
        (_, Some(mime)) if mime.starts_with("video/") => AttachmentKind::Video,
        (_, Some(mime)) if mime.starts_with("audio/") => AttachmentKind::Audio,
        _ => AttachmentKind::Document,
    }
}
