//! Files in messages: put there, shown, taken away.

use bytes::Bytes;
use serde_json::{Value, json};

use super::channel::Kind;
use super::files::{Held, Sharing, Stage};
use super::said::SaidFile;
use super::wire::ts;
use super::world::World;
use crate::kit::forms::percent_encoded;
use crate::kit::{Fields, kinds};

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
        let name = percent_encoded(&held.name);
        let url = format!("{}/files-pri/{}-{id}/{name}", self.base, self.app.team_id);
        let (filetype, pretty) = kinds::called(&held.name);
        let mut value = json!({
            "id": id, "created": held.created, "timestamp": held.created, "name": held.name, "title": held.title,
            "mimetype": held.mime, "filetype": filetype, "pretty_type": pretty, "size": held.length,
            "user": held.owner, "user_team": self.app.team_id, "username": "", "display_as_bot": false,
            "mode": "hosted", "editable": false, "is_external": false, "external_type": "",
            "is_public": held.shares.iter().any(|it| it.1 == Kind::Public), "public_url_shared": false,
            "url_private": url, "url_private_download": url,
            "permalink": format!("{}/files/{}/{id}/{name}", self.base, held.owner),
            "has_rich_preview": false, "file_access": "visible", "shares": shares(held),
        });
        for (field, kind) in [
            ("channels", Kind::Public),
            ("groups", Kind::Private),
            ("ims", Kind::Im),
        ] {
            let ids = held.shares.iter().filter(|it| it.1 == kind);
            value[field] = ids.map(|it| it.0.as_str()).collect();
        }
        value.put("alt_txt", held.alt_text.as_deref());
        Some(value)
    }
}

fn shares(held: &Held) -> Value {
    let mut shares = json!({});
    for (channel, kind, at, thread) in &held.shares {
        let family = match kind {
            Kind::Public => "public",
            _ => "private",
        };
        let mut share = json!({ "ts": ts(*at), "reply_users": [], "reply_count": 0 });
        share.put("thread_ts", thread.map(ts));
        shares[family][channel] = json!([share]);
    }
    shares
}
