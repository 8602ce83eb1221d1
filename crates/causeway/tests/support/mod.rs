//! The real program between the stand-ins, and words for what its people do and see. Every wait is for something
//! that must come, with a deadline.
// No test binary uses all of it.
#![allow(dead_code, unused_imports)]
#![allow(clippy::unwrap_used, clippy::print_stdout, unreachable_pub)]

use std::cell::RefCell;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use causeway_tests::bot_api::BotApi;
use sandbox::rig::{BridgeProcess, Rig, RigList, RigPlan, RigRoom};
use sandbox::telegram::{ChatId, Seen, Strictness, UserId};
use serde_json::Value;
use tempfile::TempDir;

mod chat;
mod clock;
mod mail;
pub mod numbers;
pub mod photo;
mod square;
mod staff;

pub use square::{Corner, Shape, Square};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_causeway");
pub const ROOM: &str = "spring";
pub const LIST: &str = "spring@lists.example";
/// Writes plain text, with a signature.
pub const BO: &str = "bo@people.example";
/// Her program adds an HTML form to what she writes.
pub const EVA: &str = "eva@people.example";
pub const KIM: &str = "kim@people.example";

/// The smallest thing that is a JPEG to whoever looks at its first bytes.
pub const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9";

pub const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(5);

pub struct Town {
    pub rig: Rig,
    pub plan: RigPlan,
    pub groups: Vec<ChatId>,
    pub ana: UserId,
    bridge: RefCell<Option<BridgeProcess>>,
    _dir: TempDir,
}

/// What a command of the program answered.
pub struct Answer {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Town {
    /// Ana is in so many groups, which are one room with the list of these members, if there are any.
    /// What is illegal by Telegram's published schema, where it is at hand, fails the test at its end.
    pub async fn open(groups: usize, members: &[&str]) -> Town {
        let dir = tempfile::tempdir().unwrap();
        let rig = Rig::open(dir.path()).await.unwrap();
        if let Some(api) = BotApi::find() {
            let observer = move |seen: &Seen| match seen {
                Seen::Request(method, it) => {
                    api.check_request(method, &it.texts, &it.json, &it.files)
                }
                Seen::Answer(method, result) => api.check_answer(method, result),
                Seen::Update(update) => api.check_update(update),
            };
            rig.telegram.observe(Strictness::Record, Arc::new(observer));
        }
        rig.telegram.keep_log();
        let ana = rig.telegram.add_person("Ana");
        let group = |number: usize| {
            let group = rig.telegram.add_supergroup(&format!("Group {number}"));
            rig.telegram.join(group, ana).unwrap();
            group
        };
        let groups: Vec<ChatId> = (0..groups).map(group).collect();
        for person in mail::people() {
            rig.mail.add_mailbox(person);
        }
        Town {
            plan: plan(&groups, members),
            rig,
            groups,
            ana,
            bridge: RefCell::new(None),
            _dir: dir,
        }
    }

    /// Set before the start, as in `CAUSEWAY__LOG__FILTER`.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: &str) -> Town {
        self.plan.environment.push((key, value.to_owned()));
        self
    }

    /// One more group in the room, before the start.
    pub fn add_group(&mut self, group: ChatId) {
        self.groups.push(group);
        self.plan.rooms[0].groups.push(group);
    }

    /// One more member of the list, from the next start on.
    pub fn add_member(&mut self, member: &str) {
        self.plan.lists[0].members.push(member.to_owned());
    }

    /// Starts the bridge, or starts it again.
    pub fn start(&self) {
        let bridge = self.rig.start(Path::new(PROGRAM), &self.plan).unwrap();
        *self.bridge.borrow_mut() = Some(bridge);
    }

    /// Starts the bridge and waits until it listens.
    pub async fn begin(&self) {
        let polls = || {
            self.rig
                .telegram
                .counters()
                .by_method
                .get("getUpdates")
                .copied()
        };
        let before = polls();
        self.start();
        self.until("the bridge listens", || polls() > before).await;
    }

    /// With SIGTERM.
    pub fn stop(&self) -> ExitStatus {
        let mut bridge = self.bridge.borrow_mut().take().unwrap();
        bridge.terminate().unwrap()
    }

    pub fn kill(&self) {
        let mut bridge = self.bridge.borrow_mut().take().unwrap();
        bridge.kill().unwrap();
    }

    /// Waits until the bridge ends by itself, and says with what code.
    pub async fn ends_by_itself(&self) -> Option<i32> {
        let mut bridge = self.bridge.borrow_mut().take().unwrap();
        let start = Instant::now();
        loop {
            if let Some(status) = bridge.ended().unwrap() {
                return status.code();
            }
            assert!(start.elapsed() < PATIENCE, "it goes on: {}", self.log());
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    pub fn voluntary_switches(&self) -> u64 {
        let bridge = self.bridge.borrow();
        bridge.as_ref().unwrap().voluntary_switches().unwrap()
    }

    pub fn peak_memory_mib(&self) -> u64 {
        let bridge = self.bridge.borrow();
        bridge.as_ref().unwrap().peak_memory_kib().unwrap() / 1024
    }

    /// So far, of all its threads.
    pub fn cpu_time(&self) -> Duration {
        let bridge = self.bridge.borrow();
        bridge.as_ref().unwrap().cpu_time().unwrap()
    }

    /// The end of a test: the bridge stops well, and all that both sides said was legal.
    pub fn end(&self) {
        let status = self.stop();
        assert!(status.success(), "{status} {}", self.log());
        let mut violations = self.rig.telegram.violations();
        // Updates are checked one by one already, but for those that a test made illegal on purpose.
        violations.retain(|it| !it.starts_with("our answer: getUpdates"));
        assert_eq!(violations, Vec::<String>::new());
    }

    /// All that the bridges of this town logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.rig.log()).unwrap_or_default()
    }

    /// Asks the program something beside the running bridge, with the same configuration.
    pub fn causeway(&self, args: &[&str]) -> Answer {
        let mut command = Command::new(PROGRAM);
        command.args(args).arg("--config");
        command.arg(self.rig.dir().join("causeway.toml"));
        answer_of(&mut command)
    }

    pub async fn until(&self, what: &str, holds: impl Fn() -> bool) {
        self.find(what, || holds().then_some(())).await;
    }

    /// Waits until there is something to be found.
    pub async fn find<T>(&self, what: &str, look: impl Fn() -> Option<T>) -> T {
        let start = Instant::now();
        loop {
            if let Some(found) = look() {
                return found;
            }
            if let Some(bridge) = self.bridge.borrow_mut().as_mut() {
                let ended = bridge.ended().unwrap();
                assert!(ended.is_none(), "it ended: {ended:?} {}", self.log());
            }
            assert!(
                start.elapsed() < PATIENCE,
                "in vain: {what}\n{}",
                self.picture()
            );
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// What people see and what was logged, for whoever looks into a failure.
    pub fn picture(&self) -> String {
        let mut picture = String::new();
        for group in &self.groups {
            for message in self.messages(*group).iter().rev().take(20).rev() {
                let text: String = message.text.chars().take(200).collect();
                picture += &format!("{group}: {}: {text}\n", message.author);
            }
        }
        for mailbox in self.rig.mail.view().mailboxes {
            for mail in mailbox.threads.iter().flat_map(|it| &it.mails).take(20) {
                let text: String = mail.text.chars().take(200).collect();
                picture += &format!("{}: {}: {text}\n", mailbox.address, mail.from_name);
            }
        }
        let log = self.log();
        let lines: Vec<&str> = log.lines().collect();
        picture + &lines[lines.len().saturating_sub(30)..].join("\n")
    }
}

fn plan(groups: &[ChatId], members: &[&str]) -> RigPlan {
    let list = RigList {
        address: LIST.to_owned(),
        members: members.iter().map(|it| (*it).to_owned()).collect(),
    };
    let lists: Vec<RigList> = [list]
        .into_iter()
        .filter(|it| !it.members.is_empty())
        .collect();
    RigPlan {
        rooms: vec![RigRoom {
            name: ROOM.to_owned(),
            groups: groups.to_vec(),
            lists: lists.iter().map(|it| it.address.clone()).collect(),
            ..RigRoom::default()
        }],
        lists,
        ..RigPlan::default()
    }
}

pub fn answer_of(command: &mut Command) -> Answer {
    let output = command.output().unwrap();
    Answer {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The one JSON document of an answer, with its keys in order of the alphabet.
pub fn keys(document: &Value) -> Vec<&str> {
    let fields = document.as_object().unwrap();
    let mut keys: Vec<&str> = fields.keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// An empty database. None, with a word about it, where no Postgres for tests runs.
pub fn fresh_postgres() -> Option<String> {
    let Ok(admin) = std::env::var("CAUSEWAY_TEST_POSTGRES_URL") else {
        println!("skipped on Postgres: CAUSEWAY_TEST_POSTGRES_URL is not set");
        return None;
    };
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    let name = format!("program_{}_{number}", std::process::id());
    let make = format!("create database {name}");
    let made = answer_of(Command::new("psql").args([&admin, "--quiet", "--command", &make]));
    assert_eq!(made.code, 0, "{}", made.err);
    let (server, _) = admin.rsplit_once('/').unwrap();
    Some(format!("{server}/{name}"))
}

/// Ends all connections to that database, as a server does that is started again.
pub fn cut_connections(url: &str) {
    let cut = "select count(pg_terminate_backend(pid)) from pg_stat_activity
               where datname = current_database() and pid <> pg_backend_pid()";
    let done = answer_of(Command::new("psql").args([url, "--quiet", "--command", cut]));
    assert_eq!(done.code, 0, "{}", done.err);
}
