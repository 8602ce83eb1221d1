//! Whom a message rings for: what a bridge must never do by accident.

use serde_json::Value;

use super::message::Stored;
use super::span::Span;
use super::world::World;
use super::{mrkdwn, render};

const RINGING: [&str; 3] = ["user", "group", "broadcast"];

impl World {
    /// Names of people and groups, each once. Text beside blocks rings too: it is what notifications show.
    pub(crate) fn pings_of(&self, message: &Stored) -> Vec<String> {
        let mut names = Vec::new();
        if message.text.contains('<') {
            for piece in mrkdwn::pieces(&message.text, self) {
                note(&mut names, &piece.spans);
            }
        }
        if let Some(blocks) = &message.blocks {
            for piece in render::pieces(blocks, self) {
                note(&mut names, &piece.spans);
            }
        }
        if let Some(attachments) = &message.attachments {
            self.note_attachments(&mut names, attachments);
        }
        names
    }

    fn note_attachments(&self, names: &mut Vec<String>, attachments: &Value) {
        for attachment in attachments.as_array().into_iter().flatten() {
            for field in ["text", "pretext", "fallback"] {
                let text = attachment[field].as_str().unwrap_or_default();
                note(names, &mrkdwn::inline(text, self));
            }
        }
    }
}

fn note(names: &mut Vec<String>, spans: &[Span]) {
    for span in spans.iter().filter(|it| RINGING.contains(&it.kind)) {
        if !names.contains(&span.text) {
            names.push(span.text.clone());
        }
    }
}
