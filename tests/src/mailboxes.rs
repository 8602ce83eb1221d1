//! A list whose posts go to each of its readers, one by one, and what their servers say to that.

use std::collections::BTreeMap;

use conversation::{Outbound, Post, Reader, Readers, Receipt, RemoteId, SendError};

use crate::{FakePlatform, Town, people::account_of, seen::receipt};

/// Who reads, and what lies in their mailboxes.
#[derive(Default)]
pub(crate) struct Mailboxes {
    readers: Vec<String>,
    pub(crate) mail: BTreeMap<String, Vec<String>>,
    /// What their servers say, until they are well again.
    says: BTreeMap<String, SendError>,
    /// No mail with a file is taken.
    is_small: bool,
}

impl FakePlatform {
    /// Each post goes to each of these.
    #[must_use]
    pub fn read_by(self, readers: &[&str]) -> FakePlatform {
        self.state().mailboxes.readers = readers.iter().map(|it| (*it).to_owned()).collect();
        self
    }

    pub(crate) fn readers_of_all(&self) -> Option<Readers> {
        let reader = |name: &String| Reader {
            account: account_of(name),
            name: name.clone(),
        };
        let all: Vec<_> = self.state().mailboxes.readers.iter().map(reader).collect();
        (!all.is_empty()).then_some(Readers { all, at_once: 2 })
    }

    /// As a mail program shows it: the subject is left out.
    pub(crate) fn post_to_reader(
        &self,
        account: &RemoteId,
        outbound: &Outbound,
        post: &Post,
    ) -> Result<Receipt, SendError> {
        let mut state = self.state();
        let boxes = &mut state.mailboxes;
        let is_uncertain = match boxes.says.get(account.as_str()) {
            Some(error @ SendError::Uncertain(_)) => Some(error.clone()),
            Some(error) => return Err(error.clone()),
            None => None,
        };
        if boxes.is_small && !post.part.files.is_empty() {
            return Err(SendError::TooLarge("552 5.3.4 too large".to_owned()));
        }
        let files = post
            .part
            .files
            .iter()
            .map(|it| it.attachment.name.as_deref());
        let files: String = files
            .map(|it| format!(" +{}", it.unwrap_or_default()))
            .collect();
        let line = format!(
            "{}: {}{files}",
            post.author.display_name,
            post.part.text.plain_text()
        );
        boxes.mail.entry(account.0.clone()).or_default().push(line);
        match is_uncertain {
            Some(error) => Err(error),
            None => Ok(receipt(id_of(outbound))),
        }
    }
}

pub(crate) fn id_of(outbound: &Outbound) -> RemoteId {
    RemoteId(format!("mail-{}", outbound.key))
}

impl Town {
    /// All mail of a reader, oldest first.
    pub fn mailbox(&self, list: &str, reader: &str) -> String {
        let state = self.platforms[list].state();
        let mail = state.mailboxes.mail.get(account_of(reader).as_str());
        mail.map(|it| it.join("\n")).unwrap_or_default()
    }

    pub fn server_says(&self, list: &str, reader: &str, error: SendError) {
        let mut state = self.platforms[list].state();
        state.mailboxes.says.insert(account_of(reader).0, error);
    }

    pub fn server_is_well(&self, list: &str, reader: &str) {
        let mut state = self.platforms[list].state();
        state.mailboxes.says.remove(account_of(reader).as_str());
    }

    pub fn takes_no_files(&self, list: &str) {
        self.platforms[list].state().mailboxes.is_small = true;
    }

    /// Before the next start.
    pub fn readers_become(&self, list: &str, readers: &[&str]) {
        let mut state = self.platforms[list].state();
        state.mailboxes.readers = readers.iter().map(|it| (*it).to_owned()).collect();
    }
}
