//! What the members of the list write and get.

use sandbox::mail::{Client, Draft, Folder, Mailbox, Outcome, SeenMail, ThreadView};

use super::{BO, EVA, KIM, LIST, Town};

impl Town {
    /// Waits until the bridge took the mail; its Message-ID.
    pub async fn writes(&self, person: &str, draft: Draft) -> String {
        let written = self.rig.mail.write(person, LIST, draft).unwrap();
        let id = written.message_id.clone();
        assert_eq!(written.taken().await, Outcome::Taken, "{}", self.log());
        id
    }

    /// Does not wait until anybody takes it.
    pub fn writes_later(&self, person: &str, draft: Draft) {
        self.rig.mail.write(person, LIST, draft).unwrap();
    }

    pub fn threads(&self, person: &str) -> Vec<ThreadView> {
        let mailboxes = self.rig.mail.view().mailboxes;
        let of_person = mailboxes.into_iter().find(|it| it.address == person);
        of_person.unwrap().threads
    }

    /// What came to a person, in the order of the threads.
    pub fn inbox(&self, person: &str) -> Vec<SeenMail> {
        let threads = self.threads(person).into_iter();
        let mails = threads.flat_map(|it| it.mails);
        mails.filter(|it| it.folder == Folder::Inbox).collect()
    }

    /// Waits for a mail that came to a person and holds the words.
    pub async fn gets(&self, person: &str, words: &str) -> SeenMail {
        let look = || {
            let mut inbox = self.inbox(person).into_iter();
            inbox.find(|it| it.text.contains(words))
        };
        self.find(&format!("{person}: {words}"), look).await
    }

    /// Name and bytes of each file.
    pub fn files_of(&self, mail: &SeenMail) -> Vec<(String, Vec<u8>)> {
        let file = |index| {
            let (name, _, bytes) = self.rig.mail.attachment(mail.id, index).unwrap();
            (name, bytes)
        };
        (0..mail.attachments.len()).map(file).collect()
    }
}

pub(super) fn people() -> [Mailbox; 3] {
    [
        Mailbox::new("Bo", BO).signature("Bo Berg\nThe Old Mill"),
        Mailbox::new("Eva", EVA)
            .signature("Eva\n+1 555 0100")
            .client(Client::Rich),
        Mailbox::new("Kim", KIM),
    ]
}
