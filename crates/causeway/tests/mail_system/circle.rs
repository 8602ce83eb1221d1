//! A bridge with one list between the real servers, and what its people do and see there.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use sandbox::rig::RigList;

use super::imap::Mailbox;
use super::letter::Letter;
use super::sheet::Sheet;
use super::system::{System, system};
use super::table;
use crate::support::Town;

pub(crate) const ANA: &str = "Ana Ångström";

pub(crate) struct Circle {
    pub(crate) town: Town,
    pub(crate) system: &'static System,
    pub(crate) list: String,
    /// So that no two tests share a mailbox.
    tag: u16,
    seen: RefCell<HashMap<PathBuf, usize>>,
}

impl Circle {
    /// The bridge hands everything to the server's port of this name. Not started yet.
    pub(crate) async fn open(readers: &[&str], port: &str) -> Option<Circle> {
        // The first two are members of Mailman's lists.
        static OPENED: AtomicUsize = AtomicUsize::new(2);
        let number = OPENED.fetch_add(1, Ordering::Relaxed);
        Circle::open_as(number, readers, port).await
    }

    /// As that one of the bridges which Postfix knows.
    pub(crate) async fn open_as(number: usize, readers: &[&str], port: &str) -> Option<Circle> {
        let system = system()?;
        table::listen(system);
        let town = Town::open(1, &["nobody@people.test"]).await;
        let listen = format!("127.0.0.1:{}", system.port(&format!("LIST{number}")));
        let mut circle = Circle {
            list: format!("spring@list{number}.lists.test"),
            tag: town.rig.lmtp().port(),
            town,
            system,
            seen: RefCell::default(),
        };
        let plan = RigList {
            address: circle.list.clone(),
            members: readers.iter().map(|it| circle.address(it)).collect(),
        };
        circle.town.plan.rooms[0].lists = vec![circle.list.clone()];
        circle.town.plan.lists = vec![plan];
        let circle = circle.with("CAUSEWAY__EMAIL__LMTP__LISTEN", &listen);
        Some(circle.through(port))
    }

    /// Hands mail to another port from the next start on.
    #[must_use]
    pub(crate) fn through(self, port: &str) -> Circle {
        let port = self.system.port(port).to_string();
        self.with("CAUSEWAY__EMAIL__SMTP__PORT", &port)
    }

    /// As in `CAUSEWAY__LOG__FILTER`; the later wins.
    #[must_use]
    pub(crate) fn with(mut self, key: &'static str, value: &str) -> Circle {
        self.town = self.town.with(key, value);
        self
    }

    /// A name alone is somebody's mailbox here.
    pub(crate) fn address(&self, person: &str) -> String {
        match person.contains('@') {
            true => person.to_owned(),
            false => format!("{person}.{}@people.test", self.tag),
        }
    }

    /// Ana writes to the list.
    pub(crate) fn writes(&self, sheet: &Sheet) {
        self.writes_as((ANA, "ana"), sheet);
    }

    pub(crate) fn writes_as(&self, (name, person): (&str, &str), sheet: &Sheet) {
        let address = self.address(person);
        let port = self.system.port("OUT");
        sheet.send(port, (name, &address), &self.list);
    }

    pub(crate) fn inbox(&self, person: &str) -> Vec<Letter> {
        self.mailbox(person).mails()
    }

    pub(crate) fn threads(&self, person: &str) -> String {
        self.mailbox(person).threads()
    }

    /// Those of a person's mails that hold the words.
    pub(crate) fn count(&self, person: &str, words: &str) -> usize {
        let mails = self.inbox(person).into_iter();
        mails.filter(|it| it.text.contains(words)).count()
    }

    /// Waits for a mail with the words.
    pub(crate) async fn gets(&self, person: &str, words: &str) -> Letter {
        let look = || {
            let mut new = self.news(person)?.into_iter();
            new.find(|it| it.text.contains(words))
        };
        self.seen.borrow_mut().clear();
        self.town.find(&format!("{person}: {words}"), look).await
    }

    /// The first lines of everything that came to a person, in the order in which the bridge handed them in.
    pub(crate) fn lines(&self, person: &str) -> Vec<String> {
        let first = |it: &Letter| it.text.lines().next().unwrap_or_default().to_owned();
        let order = self.system.handed_in(&self.address(person));
        let mut mails = self.inbox(person);
        mails.sort_by_key(|mail| order.iter().position(|it| *it == mail.id()));
        mails.iter().map(first).collect()
    }

    /// What the bridge logged and holds the words.
    pub(crate) fn logged(&self, words: &str) -> Vec<String> {
        let log = self.town.log();
        let lines = log.lines().filter(|it| it.contains(words));
        lines.map(str::to_owned).collect()
    }

    /// The bridge stops well, and its log holds nobody's address, whatever the servers said: the list's own is how commands
    /// take it.
    pub(crate) fn end(&self) {
        self.town.end();
        let log = self.town.log().replace(&self.list, "");
        let told: Vec<&str> = log.lines().filter(|it| it.contains('@')).collect();
        assert_eq!(told, [""; 0]);
    }

    fn mailbox(&self, person: &str) -> Mailbox {
        Mailbox::open(self.system.port("IMAP"), &self.address(person))
    }

    /// Asks Dovecot only if something came since the last look: each question is a process there.
    fn news(&self, person: &str) -> Option<Vec<Letter>> {
        let folder = self.system.dir.join("mail").join(self.address(person));
        let count = ["new", "cur"].map(|it| entries(&folder.join(it)));
        let count = count.iter().sum();
        let before = self.seen.borrow_mut().insert(folder, count);
        (before.unwrap_or(0) != count).then(|| self.inbox(person))
    }
}

fn entries(folder: &PathBuf) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}
