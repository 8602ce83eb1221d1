//! A mailing list, as its members use it: Eva writes, and Kim's mailbox shows what came.

use std::sync::atomic::{AtomicUsize, Ordering};

use sandbox::mail::{Draft, Folder, MailId, SeenMail, ThreadView};

use super::html;
use super::seen::{Cannot, LINK, ODD, Place, Seen, SeenFile, Sent};
use crate::support::{EVA, KIM, Town};

pub(crate) struct Mail<'a> {
    pub(crate) town: &'a Town,
    pub(crate) sent: AtomicUsize,
}

impl Mail<'_> {
    fn write(&self, draft: Draft) {
        self.town.writes_later(EVA, draft);
    }

    /// The mail as it lies with Eva, sent or come.
    fn id(&self, words: &str) -> MailId {
        let threads = self.town.threads(EVA).into_iter();
        let mails = threads.flat_map(|it| it.mails);
        let with_words = mails.filter(|it| it.text.contains(words));
        let found = with_words.map(|it| it.id).min();
        found.unwrap_or_else(|| panic!("Eva has no mail with {words}"))
    }

    fn seen_in(&self, thread: &ThreadView) -> Vec<Seen> {
        let mut above: Vec<String> = Vec::new();
        let mut seen = Vec::new();
        for mail in &thread.mails {
            above.truncate(mail.depth);
            let parent = above.last().cloned();
            above.push(mail.id.to_string());
            if mail.folder == Folder::Inbox {
                seen.push(self.seen_of(mail, (parent, &above[0])));
            }
        }
        seen
    }

    fn seen_of(&self, mail: &SeenMail, (parent, root): (Option<String>, &str)) -> Seen {
        let files = self.town.files_of(mail).into_iter();
        let file = |(name, bytes)| SeenFile {
            name,
            bytes,
            alt: None,
        };
        let html = self.town.rig.mail.html(mail.id);
        Seen {
            id: mail.id.to_string(),
            author: mail.from_name.clone(),
            subject: Some(mail.subject.trim_start_matches("Re: ").to_owned()),
            text: mail.text.clone(),
            marks: html.map(|it| html::marks(&it)).unwrap_or_default(),
            parent,
            root: root.to_owned(),
            thread: Some(root.to_owned()),
            files: files.map(file).collect(),
            length: mail.text.chars().count(),
            ..Seen::default()
        }
    }
}

const SENT: Cannot = Cannot("a sent mail stays as it is");

impl Place for Mail<'_> {
    fn label(&self) -> &'static str {
        "email"
    }

    fn speaker(&self) -> &'static str {
        "Eva"
    }

    fn seen(&self) -> Vec<Seen> {
        let threads = self.town.threads(KIM);
        let mut seen: Vec<Seen> = threads.iter().flat_map(|it| self.seen_in(it)).collect();
        seen.sort_by_key(|it| it.id.parse::<u64>().unwrap());
        seen
    }

    fn says(&self, words: &str, files: &[Sent]) {
        // Each begins a thread of its own, so no two have one subject.
        let number = self.sent.fetch_add(1, Ordering::Relaxed);
        let mut draft = Draft::new(&format!("Note {number}"), words);
        for file in files {
            draft = draft.attach(file.name, file.mime, &file.bytes);
        }
        self.write(draft);
    }

    fn says_with_marks(&self, begin: &str) {
        let signs = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")];
        let escape = |it: &str| {
            signs
                .iter()
                .fold(it.to_owned(), |text, (from, to)| text.replace(from, to))
        };
        let odd = ODD.map(escape).join("<br>");
        let html = format!(
            "<p>{begin}</p><p><b>bold words</b> <i>slanted words</i> <u>lined words</u> <s>struck words</s> \
             <code>code_words*</code> <a href=\"{}\">linked words</a></p><blockquote>quoted words</blockquote>\
             <pre>let x = a[1] &lt; 2;</pre><ul><li>first item</li><li>second item</li></ul><p>{odd}</p>",
            escape(LINK)
        );
        // Where there are two forms, the plain one counts, unless it sends the reader to the other.
        let draft = Draft::new("Marks", "This mail needs a program that displays HTML.");
        let draft = draft.html(&html);
        self.write(draft);
    }

    fn marks(&self) -> &'static [&'static str] {
        &[
            "bold",
            "italic",
            "underline",
            "strike",
            "code",
            "link",
            "quote",
            "block",
            "list",
        ]
    }

    fn answers(&self, to: &str, words: &str) {
        self.write(Draft::reply(self.id(to), words));
    }

    fn edits(&self, _: &str, _: &str) -> Result<(), Cannot> {
        Err(SENT)
    }

    fn deletes(&self, _: &str) -> Result<(), Cannot> {
        Err(SENT)
    }

    fn moderates(&self, _: &str) -> Result<(), Cannot> {
        Err(SENT)
    }

    fn reacts(&self, _: &str) -> Result<(), Cannot> {
        Err(Cannot("mail has no reactions"))
    }

    fn takes_reaction_back(&self, _: &str) -> Result<(), Cannot> {
        Err(Cannot("mail has no reactions"))
    }

    fn calls_cem(&self, _: &str) -> Result<(), Cannot> {
        Err(Cannot("mail rings nobody by name"))
    }

    fn points(&self) -> bool {
        true
    }

    fn longest(&self) -> usize {
        12_000
    }
}
