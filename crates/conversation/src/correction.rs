//! What is said where a copy cannot be changed: only what is different, as people correct themselves in chats.
//!
//! **Invariant:** a small change in a long text never brings the text again, and what looks the same says nothing.

use crate::{Attachment, AttachmentKind, Content, Flat};

mod diff;
mod paragraphs;
#[cfg(test)]
mod tests;
mod words;

use words::Change;

/// From what stands there to what it should say now. None if nobody would see a difference.
pub fn correction(standing: &Content, newest: &Content) -> Option<Content> {
    let words = changed_words(&standing.text.flatten(), &newest.text.flatten());
    let new_files = missing(&newest.attachments, &standing.attachments);
    let old_files = missing(&standing.attachments, &newest.attachments);
    let taken_out = old_files
        .iter()
        .map(|it| format!("Taken out: {}", name(it)));
    let notes = new_files.iter().map(|it| format!("New file: {}", name(it)));
    let notes = notes.chain(taken_out);
    let mut said = words.unwrap_or_default();
    for note in notes {
        if !said.text.is_empty() {
            said.text.push('\n');
        }
        said.text.push_str(&note);
    }
    (!said.text.is_empty()).then(|| Content {
        text: said.to_markup(),
        attachments: new_files.into_iter().cloned().collect(),
    })
}

fn changed_words(old: &Flat, new: &Flat) -> Option<Flat> {
    match words::change(&old.text, &new.text) {
        Change::None if paragraphs::links(old) == paragraphs::links(new) => None,
        Change::Small(words) => Some(Flat::unmarked(format!("* {words}"))),
        Change::None | Change::Large => Some(paragraphs::changed(old, new)),
    }
}

/// Those of `these` that are not among `those`.
fn missing<'a>(these: &'a [Attachment], those: &[Attachment]) -> Vec<&'a Attachment> {
    let is_missing = |it: &&Attachment| !those.iter().any(|other| it.is_same(other));
    these.iter().filter(is_missing).collect()
}

fn name(file: &Attachment) -> &str {
    file.name.as_deref().unwrap_or(match file.kind {
        AttachmentKind::Photo => "a photo",
        AttachmentKind::Video => "a video",
        AttachmentKind::Animation => "an animation",
        AttachmentKind::Audio => "an audio file",
        AttachmentKind::Voice => "a voice message",
        AttachmentKind::Sticker => "a sticker",
        AttachmentKind::Document => "a document",
    })
}
