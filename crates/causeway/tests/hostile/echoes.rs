//! Servers that repeat in their errors what they were sent, in every spelling, and that send us elsewhere: no secret is told
//! to anybody, and none goes to another port.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use tempfile::TempDir;

use crate::support::{PATIENCE, PROGRAM, answer_of};

mod servers;

const TELEGRAM: &str = "4242:CANARY-of-telegram";
const DISCORD: &str = "CANARY-of.discord";
const WEBHOOK: &str = "CANARY-of-a-webhook";
const SLACK: &str = "xoxb-1-CANARY-of-slack";
const SLACK_APP: &str = "xapp-1-CANARY-of-slack";
const PLACES: [&str; 3] = ["telegram:-1001", "discord:2001", "slack:C07ABCDEFGH"];
const SECRETS: [&str; 5] = [TELEGRAM, DISCORD, WEBHOOK, SLACK, SLACK_APP];

const MAIL: &str = "From: Bo <bo@people.example>\r\nTo: spring@lists.example\r\n\
    Subject: Friday\r\nMessage-ID: <NUMBER@people.example>\r\n\r\nWho is coming?\r\n";

fn settings(http: SocketAddr, lmtp: SocketAddr) -> String {
    format!(
        r#"
        [log]
        filter = "debug,sqlx=info,hyper_util=info"
        [engine]
        same_per_hour = 0
        [telegram]
        token = "{TELEGRAM}"
        api_url = "http://{http}/telegram"
        [discord]
        token = "{DISCORD}"
        api_url = "http://{http}/discord/api/v10"
        cdn_url = "http://{http}/cdn"
        [slack]
        bot_token = "{SLACK}"
        app_token = "{SLACK_APP}"
        api_url = "http://{http}/slack/api"
        [email]
        domain = "causeway.example"
        [email.lmtp]
        listen = "{lmtp}"
        [email.smtp]
        host = "127.0.0.1"
        port = 1
        [[email.lists]]
        address = "spring@lists.example"
        name = "Spring"
        members = ["bo@people.example"]
        [[rooms]]
        name = "spring"
        channels = ["telegram:-1001", "discord:2001", "slack:C07ABCDEFGH", "email:spring@lists.example"]
        "#
    )
}

struct Bridge(Child);

impl Bridge {
    fn start(folder: &Path) -> Bridge {
        let log = std::fs::File::create(folder.join("log")).unwrap();
        let mut command = Command::new(PROGRAM);
        command
            .args(["run", "--config", "causeway.toml"])
            .current_dir(folder);
        Bridge(command.stdin(Stdio::null()).stderr(log).spawn().unwrap())
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The secret as it is, and what base64 makes of it wherever it stands.
fn spellings(secret: &str) -> Vec<String> {
    let encoded = (0..3).map(|before| {
        let bytes = [vec![b'x'; before], secret.as_bytes().to_vec()].concat();
        STANDARD_NO_PAD.encode(bytes)[4..16].to_owned()
    });
    encoded
        .chain([secret.to_owned(), "CANARY".to_owned()])
        .collect()
}

fn holds_no_secret(what: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for secret in SECRETS {
        for spelling in spellings(secret) {
            let lines = text.lines().filter(|it| it.contains(&spelling));
            assert_eq!(
                lines.collect::<Vec<_>>(),
                Vec::<&str>::new(),
                "{what}: {spelling}"
            );
        }
    }
}

fn asked(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new(PROGRAM);
    command
        .args(args)
        .args(["--config", "causeway.toml"])
        .current_dir(folder);
    let answer = answer_of(&mut command);
    assert_eq!(answer.code, 0, "{}", answer.err);
    answer.out + &answer.err
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_servers_repeat_no_secret_is_told_and_none_goes_to_another_port() {
    let folder = TempDir::new().unwrap();
    let elsewhere = servers::Elsewhere::open().await;
    let http = servers::echo(elsewhere.address).await;
    let lmtp = sandbox::rig::free_address().unwrap();
    std::fs::write(folder.path().join("causeway.toml"), settings(http, lmtp)).unwrap();
    let bridge = Bridge::start(folder.path());
    let start = Instant::now();
    let log = || std::fs::read_to_string(folder.path().join("log")).unwrap();
    // Each failure repeats in another spelling.
    for number in 0..servers::SPELLINGS {
        let mail = MAIL.replace("NUMBER", &number.to_string());
        let handing_in = servers::hand_in(lmtp, &mail);
        let in_time = tokio::time::timeout(PATIENCE, handing_in).await;
        assert!(in_time.is_ok(), "{}", log());
    }
    let dead = || asked(folder.path(), &["dead", "list", "--json"]);
    let has_come_to_all = |dead: &str| {
        PLACES
            .iter()
            // The last was sent elsewhere, and is tried again.
            .all(|it| dead.matches(it).count() >= servers::SPELLINGS - 1)
    };
    while !has_come_to_all(&dead()) {
        assert!(
            start.elapsed() < PATIENCE,
            "{:?}",
            PLACES.map(|it| dead().matches(it).count())
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    drop(bridge);
    let dead = dead();
    assert!(
        dead.contains("you sent"),
        "the servers' words are told: {dead}"
    );
    holds_no_secret("dead list", dead.as_bytes());
    holds_no_secret("the log", log().as_bytes());
    holds_no_secret(
        "room list",
        asked(folder.path(), &["room", "list"]).as_bytes(),
    );
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with("causeway.db") {
            holds_no_secret(&name, &std::fs::read(&path).unwrap());
        }
    }
    assert_eq!(elsewhere.callers(), 0, "somebody called the other port");
    let found = STANDARD.encode(SLACK).contains(&spellings(SLACK)[0]);
    assert!(found, "the test finds what it looks for");
}
