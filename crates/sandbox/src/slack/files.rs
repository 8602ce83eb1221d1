//! Files: expected, arrived, shared, deleted.

use std::collections::HashMap;
use std::time::Duration;

use bytes::Bytes;

use super::answer::{ApiError, Checked};
use super::channel::Kind;
use super::ids::now_micros;
use super::message::Stored;
use crate::kit::shell::File;
use crate::kit::{FileFault, kinds};

#[derive(Default)]
pub(crate) struct Files {
    pub(super) held: HashMap<String, Held>,
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

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Stage {
    #[default]
    Expected,
    Arrived,
    Complete,
    Deleted,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Held {
    pub(super) owner: String,
    pub(crate) name: String,
    pub(super) title: String,
    pub(crate) mime: String,
    pub(crate) alt_text: Option<String>,
    pub(crate) length: usize,
    pub(crate) bytes: Bytes,
    pub(super) state: Stage,
    pub(super) created: u64,
    /// Channel, its kind, message and thread.
    pub(super) shares: Vec<(String, Kind, u64, Option<u64>)>,
}

impl Files {
    pub(crate) fn expect(&mut self, id: &str, owner: &str, name: &str, length: usize) -> String {
        self.count += 1;
        let ticket = format!("ABCjbEaXyv{:06}", self.count);
        let held = Held {
            owner: owner.to_owned(),
            name: name.to_owned(),
            title: name.to_owned(),
            mime: kinds::mime_of(name).to_owned(),
            length,
            created: now_micros() / 1_000_000,
            ..Held::default()
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

    pub(crate) fn check_arrived(&self, id: &str) -> Checked {
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

    pub(crate) fn contents(&self, id: &str) -> Option<File> {
        let held = self.shown(id)?;
        Some((held.mime.clone(), held.bytes.clone()))
    }

    /// A file that people can open.
    pub(crate) fn shown(&self, id: &str) -> Option<&Held> {
        self.held.get(id).filter(|it| it.state == Stage::Complete)
    }
}
