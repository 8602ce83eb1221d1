//! Files: expected, arrived, shared, deleted.

use std::collections::HashMap;
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Value, json};

use super::answer::ApiError;
use super::channel::Kind;
use super::message::{Stored, ts};
use super::said::SaidFile;
use super::world::{World, now_micros};
use crate::FileFault;

#[derive(Default)]
pub(crate) struct Files {
    held: HashMap<String, Held>,
    /// The file that is expected at an address.
    tickets: HashMap<String, String>,
    count: u64,
    pub(crate) share_delay: Duration,
    pub(crate) later: Vec<Sharing>,
    /// In place of every file.
    pub(crate) fault: Option<FileFault>,
}

/// A message that shows files.
pub(crate) struct Sharing {
    pub(crate) channel: String,
    pub(crate) message: Stored,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Expected,
    Arrived,
    Complete,
    Deleted,
}

#[derive(Debug, Clone)]
pub(crate) struct Held {
    owner: String,
    pub(crate) name: String,
    title: String,
    pub(crate) mime: String,
    pub(crate) alt_text: Option<String>,
    pub(crate) length: usize,
    pub(crate) bytes: Bytes,
    state: Stage,
    created: u64,
    /// Channel, its kind, message and thread.
    shares: Vec<(String, Kind, u64, Option<u64>)>,
}

impl Files {
    pub(crate) fn expect(&mut self, id: &str, owner: &str, name: &str, length: usize) -> String {
        self.count += 1;
        let ticket = format!("ABCjbEaXyv{:06}", self.count);
        let held = Held {
            owner: owner.to_owned(),
            name: name.to_owned(),
            title: name.to_owned(),
            mime: mime_of(name).to_owned(),
            alt_text: None,
            length,
            bytes: Bytes::new(),
            state: Stage::Expected,
            created: now_micros() / 1_000_000,
            shares: Vec::new(),
        };
        self.held.insert(id.to_owned(), held);
        self.tickets.insert(ticket.clone(), id.to_owned());
        ticket
    }

    pub(crate) fn describe(&mut self, id: &str, alt_text: Option<String>) {
        if let Some(held) = self.held.get_mut(id) {
            held.alt_text = alt_text;
        }
    }

    pub(crate) fn arrive(&mut self, ticket: &str, bytes: Bytes) -> Result<(), String> {
        let unknown = || "this address is not known".to_owned();
        let id = self.tickets.get(ticket).ok_or_else(unknown)?;
        let held = self.held.get_mut(id).ok_or_else(unknown)?;
        if held.length != bytes.len() {
            let (got, wanted) = (bytes.len(), held.length);
            return Err(format!("{got} bytes came where {wanted} were announced"));
        }
        held.bytes = bytes;
        held.state = Stage::Arrived;
        Ok(())
    }

    pub(crate) fn check_arrived(&self, id: &str) -> Result<(), ApiError> {
        match self.held.get(id).map(|it| it.state) {
            Some(Stage::Arrived | Stage::Complete) => Ok(()),
            _ => Err(ApiError::of("file_not_found")),
        }
    }

    pub(crate) fn entitle(&mut self, id: &str, title: &str) {
        if let Some(held) = self.held.get_mut(id) {
            held.title = title.to_owned();
        }
    }

    pub(crate) fn complete(&mut self, id: &str) {
        if let Some(held) = self.held.get_mut(id) {
            held.state = Stage::Complete;
        }
    }

    pub(crate) fn is_deleted(&self, id: &str) -> bool {
        self.held
            .get(id)
            .is_some_and(|it| it.state == Stage::Deleted)
    }

    pub(crate) fn owner(&self, id: &str) -> Option<String> {
        self.held.get(id).map(|it| it.owner.clone())
    }

    /// A file that people can open.
    pub(crate) fn shown(&self, id: &str) -> Option<&Held> {
        self.held.get(id).filter(|it| it.state == Stage::Complete)
    }
}

impl World {
    /// A person's file: there at once.
    pub(crate) fn new_file(&mut self, owner: &str, said: SaidFile) -> String {
        let id = self.new_id('F');
        let ticket = self.files.expect(&id, owner, &said.name, said.bytes.len());
        self.files.describe(&id, said.alt_text);
        // It has the announced length, so it is taken.
        let _ = self.files.arrive(&ticket, said.bytes);
        if let (Some(held), Some(mime)) = (self.files.held.get_mut(&id), said.mime) {
            held.mime = mime;
        }
        self.files.complete(&id);
        id
    }

    pub(crate) fn share_file(&mut self, id: &str, channel: &str, at: u64, thread: Option<u64>) {
        let kind = self.channels.get(channel).map(|it| it.kind);
        if let (Some(held), Some(kind)) = (self.files.held.get_mut(id), kind) {
            held.shares.push((channel.to_owned(), kind, at, thread));
        }
    }

    /// At once, or later where Slack is told to take its time.
    pub(crate) fn share(&mut self, sharing: Sharing) {
        match self.files.share_delay.is_zero() {
            true => self.share_now(sharing),
            false => self.files.later.push(sharing),
        }
    }

    pub(crate) fn share_now(&mut self, sharing: Sharing) {
        let Sharing { channel, message } = sharing;
        let (files, thread, user) = (message.files.clone(), message.thread, message.user.clone());
        let at = self.insert(&channel, message);
        for id in &files {
            self.share_file(id, &channel, at, thread);
            self.tell_file_shared(id, &channel, &user);
        }
        self.tell_message(&channel, at);
    }

    /// Messages keep a stone in its place.
    pub(crate) fn delete_file(&mut self, id: &str) {
        if let Some(held) = self.files.held.get_mut(id) {
            held.state = Stage::Deleted;
            held.bytes = Bytes::new();
        }
        self.emit(None, json!({ "type": "file_deleted", "file_id": id }));
    }

    pub(crate) fn file_value(&self, id: &str) -> Option<Value> {
        let held = self.files.held.get(id)?;
        if held.state == Stage::Deleted {
            return Some(json!({ "id": id, "mode": "tombstone" }));
        }
        let name = encoded(&held.name);
        let url = format!("{}/files-pri/{}-{id}/{name}", self.base, self.app.team_id);
        let (filetype, pretty) = kind_of(&held.name);
        let mut value = json!({
            "id": id,
            "created": held.created,
            "timestamp": held.created,
            "name": held.name,
            "title": held.title,
            "mimetype": held.mime,
            "filetype": filetype,
            "pretty_type": pretty,
            "user": held.owner,
            "user_team": self.app.team_id,
            "editable": false,
            "size": held.length,
            "mode": "hosted",
            "is_external": false,
            "external_type": "",
            "is_public": held.shares.iter().any(|it| it.1 == Kind::Public),
            "public_url_shared": false,
            "display_as_bot": false,
            "username": "",
            "url_private": url,
            "url_private_download": url,
            "permalink": format!("{}/files/{}/{id}/{name}", self.base, held.owner),
            "has_rich_preview": false,
            "file_access": "visible",
            "shares": shares(held),
        });
        for (field, kind) in [
            ("channels", Kind::Public),
            ("groups", Kind::Private),
            ("ims", Kind::Im),
        ] {
            let ids = held.shares.iter().filter(|it| it.1 == kind);
            value[field] = ids.map(|it| it.0.as_str()).collect();
        }
        if let Some(alt_text) = &held.alt_text {
            value["alt_txt"] = alt_text.as_str().into();
        }
        Some(value)
    }
}

fn shares(held: &Held) -> Value {
    let mut shares = json!({});
    for (channel, kind, at, thread) in &held.shares {
        let family = if *kind == Kind::Public {
            "public"
        } else {
            "private"
        };
        let mut share = json!({ "ts": ts(*at), "reply_users": [], "reply_count": 0 });
        if let Some(root) = thread {
            share["thread_ts"] = ts(*root).into();
        }
        shares[family][channel] = json!([share]);
    }
    shares
}

/// A name fit for an address.
pub(crate) fn encoded(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

const KINDS: &[(&str, &str, &str)] = &[
    ("png", "image/png", "PNG"),
    ("jpg", "image/jpeg", "JPEG"),
    ("jpeg", "image/jpeg", "JPEG"),
    ("gif", "image/gif", "GIF"),
    ("webp", "image/webp", "WebP"),
    ("pdf", "application/pdf", "PDF"),
    ("txt", "text/plain", "Plain Text"),
    ("csv", "text/csv", "CSV"),
    ("mp3", "audio/mpeg", "MP3"),
    ("m4a", "audio/mp4", "MPEG 4 Audio"),
    ("mp4", "video/mp4", "MPEG 4 Video"),
    ("zip", "application/zip", "Zip"),
];

fn ending(name: &str) -> Option<&'static (&'static str, &'static str, &'static str)> {
    let (_, end) = name.rsplit_once('.')?;
    let end = end.to_lowercase();
    KINDS.iter().find(|it| it.0 == end)
}

fn mime_of(name: &str) -> &'static str {
    ending(name).map_or("application/octet-stream", |it| it.1)
}

fn kind_of(name: &str) -> (&'static str, &'static str) {
    ending(name).map_or(("binary", "Binary"), |it| (it.0, it.2))
}
