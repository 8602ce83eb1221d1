//! What a person's mail program sees in Dovecot.

use super::letter::Letter;
use super::line::Line;

pub(crate) struct Mailbox(Line);

/// One answer of the server, and what it gave in full length.
struct Untagged {
    text: String,
    literals: Vec<Vec<u8>>,
}

impl Mailbox {
    pub(crate) fn open(port: u16, person: &str) -> Mailbox {
        let mut mailbox = Mailbox(Line::open(port));
        mailbox.0.hear();
        mailbox.ask(&format!("LOGIN {person} secret"));
        mailbox.ask("SELECT INBOX");
        mailbox
    }

    /// Everything there, the oldest first.
    pub(crate) fn mails(&mut self) -> Vec<Letter> {
        let answers = self.ask("UID FETCH 1:* (BODY.PEEK[])");
        let literals = answers.into_iter().flat_map(|it| it.literals);
        literals.map(Letter::read).collect()
    }

    /// As RFC 5256 threads it by References: the shape in brackets, with the mails in the order in which they came.
    pub(crate) fn threads(&mut self) -> String {
        let answers = self.ask("THREAD REFERENCES UTF-8 ALL");
        let threads = answers
            .iter()
            .find_map(|it| it.text.strip_prefix("* THREAD"));
        threads.unwrap().trim().to_owned()
    }

    fn ask(&mut self, command: &str) -> Vec<Untagged> {
        self.0.say(format!("a {command}\r\n").as_bytes());
        let mut answers = Vec::new();
        loop {
            let answer = self.answer();
            if let Some(end) = answer.text.strip_prefix("a ") {
                assert!(end.starts_with("OK"), "{command}: {end}");
                return answers;
            }
            answers.push(answer);
        }
    }

    fn answer(&mut self) -> Untagged {
        let mut literals = Vec::new();
        let mut text = self.0.hear();
        while let Some(length) = literal_length(&text) {
            literals.push(self.0.hear_bytes(length));
            text += &self.0.hear();
        }
        Untagged { text, literals }
    }
}

/// From `* 1 FETCH (BODY[] {342}`.
fn literal_length(text: &str) -> Option<usize> {
    let (_, length) = text.strip_suffix('}')?.rsplit_once('{')?;
    length.parse().ok()
}
