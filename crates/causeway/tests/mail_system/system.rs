//! Where the servers listen, and what they log.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

pub(crate) struct System {
    pub(crate) dir: PathBuf,
    ports: HashMap<String, u16>,
}

/// None, with a word about it, where no mail system runs.
pub(crate) fn system() -> Option<&'static System> {
    static SYSTEM: OnceLock<Option<System>> = OnceLock::new();
    let system = SYSTEM.get_or_init(|| std::env::var_os("CAUSEWAY_TEST_MAIL").map(System::at));
    if system.is_none() {
        println!("skipped: CAUSEWAY_TEST_MAIL is not set");
    }
    system.as_ref()
}

impl System {
    fn at(dir: impl Into<PathBuf>) -> System {
        let dir = dir.into();
        let ports = std::fs::read_to_string(dir.join("ports")).unwrap();
        let port = |line: &str| {
            let (name, port) = line.split_once('=').unwrap();
            (name.to_owned(), port.parse().unwrap())
        };
        System {
            ports: ports.lines().map(port).collect(),
            dir,
        }
    }

    pub(crate) fn port(&self, name: &str) -> u16 {
        self.ports[name]
    }

    /// Mailman comes from elsewhere, and may be missing alone.
    pub(crate) fn has_mailman(&self) -> bool {
        let has_it = self.dir.join("mailman").is_dir();
        if !has_it {
            println!("skipped: Mailman is not installed");
        }
        has_it
    }

    /// The lines of Postfix which hold the words: of the one that may be down first.
    pub(crate) fn logged(&self, words: &str) -> Vec<String> {
        let log = |name: &str| std::fs::read(self.dir.join(name)).unwrap_or_default();
        let log = [log("edge.log"), log("postfix.log")].concat();
        let log = String::from_utf8_lossy(&log);
        let lines = log.lines().filter(|it| it.contains(words));
        lines.map(str::to_owned).collect()
    }

    /// The Message-IDs of what was handed in for this address, in that order. Postfix itself keeps none.
    pub(crate) fn handed_in(&self, address: &str) -> Vec<String> {
        let mails = self.logged(&format!("to=<{address}>"));
        let mails: HashSet<&str> = mails.iter().filter_map(|it| queue_id(it)).collect();
        let named = self.logged(": message-id=").into_iter();
        let meant = named.filter(|it| queue_id(it).is_some_and(|it| mails.contains(it)));
        meant
            .filter_map(|it| Some(it.split_once("message-id=")?.1.to_owned()))
            .collect()
    }

    /// Starts or stops the Postfix that may be down.
    pub(crate) fn edge(&self, deed: &str) {
        let mut postfix = Command::new("postfix");
        postfix.arg("-c").arg(self.dir.join("edge")).arg(deed);
        let done = postfix.output().unwrap();
        assert!(done.status.success(), "{done:?}");
    }
}

/// From `Nov 29 21:31:32 postfix postfix/cleanup[21437]: 7FE5599A0FD: message-id=<1@people.test>`.
fn queue_id(line: &str) -> Option<&str> {
    line.split(": ").nth(1)
}
