//! Files of a size that their platform takes: what comes next begins the next one.
//!
//! **Invariant:** each file of JSON is one document, and each mbox holds whole mails.

use conversation::{Attachment, AttachmentKind, AttachmentSource, SendError, Timestamp};
use serde_json::{Value, json};

use super::record::written;
use crate::files::Files;

const ENDS: &str = "\n]}\n";

pub(super) struct Pieces<'a> {
    files: &'a Files,
    largest: usize,
    pub(super) done: Vec<Attachment>,
    /// What each document of JSON begins with.
    heading: String,
    /// Of the file that is being written.
    text: String,
}

impl Pieces<'_> {
    pub(super) fn new(files: &Files, largest: u64) -> Pieces<'_> {
        let largest = largest.min(files.largest());
        Pieces {
            files,
            largest: usize::try_from(largest).unwrap_or(usize::MAX),
            done: Vec::new(),
            heading: String::new(),
            text: String::new(),
        }
    }

    pub(super) fn begin_json(&mut self, community: &str, until: Timestamp) {
        let (community, until) = (json!(community), json!(written(until)));
        self.heading = format!("{{\"community\": {community}, \"as_of\": {until}, \"held\": [");
    }

    pub(super) async fn put_json(&mut self, record: &Value) -> Result<(), SendError> {
        let record = record.to_string();
        if !self.text.is_empty() && self.text.len() + record.len() + ENDS.len() + 2 > self.largest {
            self.end_json().await?;
        }
        match self.text.is_empty() {
            true => self.text.push_str(&self.heading),
            false => self.text.push(','),
        }
        self.text.push('\n');
        self.text.push_str(&record);
        Ok(())
    }

    /// Says what it has when nothing more comes; nothing, where there is nothing.
    pub(super) async fn end_json(&mut self) -> Result<(), SendError> {
        if self.text.is_empty() {
            return Ok(());
        }
        self.text.push_str(ENDS);
        self.end("json", "application/json").await
    }

    pub(super) async fn put_mail(&mut self, mail: &str) -> Result<(), SendError> {
        if self.text.len() + mail.len() > self.largest {
            self.end_mbox().await?;
        }
        self.text.push_str(mail);
        Ok(())
    }

    pub(super) async fn end_mbox(&mut self) -> Result<(), SendError> {
        match self.text.is_empty() {
            true => Ok(()),
            false => self.end("mbox", "application/mbox").await,
        }
    }

    async fn end(&mut self, ending: &str, mime: &str) -> Result<(), SendError> {
        let text = std::mem::take(&mut self.text);
        let of_kind = |it: &&Attachment| it.mime.as_deref() == Some(mime);
        let number = 1 + self.done.iter().filter(of_kind).count();
        let kept = self.files.keep_text(text).await;
        // A disk that is full now may not be so later.
        let blob = kept.map_err(|it| SendError::Unavailable(format!("for its files: {it}")))?;
        self.done.push(Attachment {
            kind: AttachmentKind::Document,
            name: Some(format!("mydata-{number}.{ending}")),
            mime: Some(mime.to_owned()),
            size: Some(blob.size),
            alt: None,
            source: AttachmentSource::Blob(blob),
        });
        Ok(())
    }
}
