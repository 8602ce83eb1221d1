//! The program as people call it: what goes to standard output, what to standard error, and the exit code.

#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Lines, Write};
use std::process::{Child, ChildStderr, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

mod beside;
mod config;
mod mistakes;
#[cfg(unix)]
mod private;
#[cfg(unix)]
mod rooms;
mod running;
mod typed;

struct Answer {
    code: i32,
    out: String,
    err: String,
}

/// Calls the program in an empty folder, without anything of ours in the environment.
fn causeway(args: &[&str], input: &[u8]) -> Answer {
    causeway_in(&TempDir::new().unwrap(), args, input)
}

fn causeway_in(folder: &TempDir, args: &[&str], input: &[u8]) -> Answer {
    let mut child = command_in(folder, args).spawn().unwrap();
    // The program may refuse before it reads.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    Answer {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn command_in(folder: &TempDir, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_causeway"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CAUSEWAY") {
            command.env_remove(name);
        }
    }
    command
        .args(args)
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn documents(text: &str) -> Vec<Value> {
    serde_json::Deserializer::from_str(text)
        .into_iter()
        .collect::<Result<_, _>>()
        .unwrap()
}

fn update(message: Value) -> Vec<u8> {
    json!({ "update_id": 1, "message": message })
        .to_string()
        .into_bytes()
}

#[test]
fn a_command_that_is_none_is_a_matter_of_usage() {
    let answer = causeway(&["rum"], b"");
    assert_eq!((answer.code, answer.out.as_str()), (2, ""));
    assert!(answer.err.contains("'run'"), "{}", answer.err);
}

#[test]
fn help_goes_to_standard_output_and_names_the_exit_codes() {
    let answer = causeway(&["--help"], b"");
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    for code in ["  0   ", "  1   ", "  2   ", "  3   ", "  75  "] {
        assert!(answer.out.contains(code), "{}", answer.out);
    }
}

#[test]
fn a_configuration_that_is_not_there_is_refused_with_code_2() {
    let answer = causeway(&["run", "--config", "nowhere.toml"], b"");
    assert_eq!((answer.code, answer.out.as_str()), (2, ""));
    assert!(answer.err.contains("nowhere.toml"), "{}", answer.err);
}

#[test]
fn an_update_of_telegram_becomes_an_inbound() {
    let message = json!({
        "message_id": 7, "date": 1_700_000_000, "text": "Who is coming?",
        "chat": { "id": -1001, "type": "supergroup", "title": "Spring" },
        "from": { "id": 42, "is_bot": false, "first_name": "Ana" },
    });
    let answer = causeway(&["debug", "normalise", "telegram"], &update(message));
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let [inbound] = &documents(&answer.out)[..] else {
        panic!("one event: {}", answer.out)
    };
    assert_eq!(inbound["channel"]["id"], "-1001");
    assert_eq!(inbound["actor"]["display_name"], "Ana");
    assert_eq!(
        inbound["event"]["posted"]["content"]["text"][0]["text"],
        "Who is coming?"
    );
}

#[test]
fn an_update_of_no_use_is_ignored_by_name() {
    let poll = json!({ "update_id": 1, "poll": { "id": "1" } }).to_string();
    let answer = causeway(&["debug", "normalise", "telegram"], poll.as_bytes());
    assert_eq!(answer.code, 0);
    assert!(
        documents(&answer.out)[0]["ignored"].is_string(),
        "{}",
        answer.out
    );
}

#[test]
fn what_is_no_update_is_said_to_be_unreadable() {
    for input in [&b"{"[..], b"", b"\xff\xfe", b"[1, 2]"] {
        let answer = causeway(&["debug", "normalise", "telegram"], input);
        assert_eq!(answer.code, 1);
        assert!(
            documents(&answer.out)[0]["unreadable"].is_string(),
            "{}",
            answer.out
        );
    }
}

#[test]
fn a_damaged_store_is_refused_with_code_3() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("town.db"), [0x5a; 8192]).unwrap();
    let answer = causeway_in(&folder, &["room", "list", "--store", "sqlite:town.db"], b"");
    assert_eq!((answer.code, answer.out.as_str()), (3, ""));
    assert!(answer.err.contains("damaged"), "{}", answer.err);
}

#[test]
fn a_store_that_does_not_answer_is_a_temporary_fault_and_its_password_is_not_said() {
    let store = "postgres://causeway:CANARY@127.0.0.1:1/causeway";
    let list = ["room", "list", "--store", store];
    let answer = causeway(&list, b"");
    assert_eq!((answer.code, answer.out.as_str()), (2, ""));
    assert!(answer.err.contains("`store.key_file`"), "{}", answer.err);
    assert!(!answer.err.contains("CANARY"), "{}", answer.err);
    let folder = TempDir::new().unwrap();
    let settings = "[store]\nkey_file = \"causeway.key\"\n";
    std::fs::write(folder.path().join("causeway.toml"), settings).unwrap();
    let named = [&list[..], &["--config", "causeway.toml"]].concat();
    let answer = causeway_in(&folder, &named, b"");
    assert_eq!((answer.code, answer.out.as_str()), (75, ""));
    assert!(!answer.err.contains("CANARY"), "{}", answer.err);
}

#[test]
fn who_was_never_heard_is_in_no_list_and_is_not_joined() {
    let folder = TempDir::new().unwrap();
    stopped(running_bridge(&folder));
    let person = |args: &[&str]| {
        let store = ["--store", "sqlite:causeway.db"];
        causeway_in(&folder, &[&["person"], args, &store].concat(), b"")
    };
    let list = person(&["list"]);
    assert_eq!((list.code, list.out.as_str()), (0, ""));
    assert!(list.err.contains("was heard yet"), "{}", list.err);
    assert_eq!(person(&["list", "--json"]).out.trim(), "[]");
    for refused in [
        person(&["join", "telegram:1", "slack:U1"]),
        person(&["mentions", "telegram:1", "account"]),
    ] {
        assert_eq!((refused.code, refused.out.as_str()), (1, ""));
        assert!(refused.err.contains("`telegram:1`"), "{}", refused.err);
    }
    assert_eq!(person(&["join", "telegram", "slack:U1"]).code, 2);
    assert_eq!(person(&["mentions", "telegram:1", "loudly"]).code, 2);
}

/// Its Telegram cannot be reached.
const CONFIG: &str = r#"
    [log]
    format = "json"
    [engine]
    blob_dir = "blobs"
    [telegram]
    token = "123456:CANARY"
    api_url = "http://127.0.0.1:1"
    [[rooms]]
    name = "spring"
    channels = []
    most_parts = 2
"#;

#[cfg(unix)]
fn stopped((mut bridge, lines): (Child, Lines<BufReader<ChildStderr>>)) {
    let id = bridge.id().to_string();
    assert!(Command::new("kill").arg(id).status().unwrap().success());
    drop(lines);
    bridge.wait().unwrap();
}

/// In a folder of its own.
#[cfg(unix)]
fn running_bridge(folder: &TempDir) -> (Child, Lines<BufReader<ChildStderr>>) {
    std::fs::write(folder.path().join("causeway.toml"), CONFIG).unwrap();
    let (child, lines, _) = run_with(folder, "causeway.toml");
    (child, lines)
}

/// With a configuration that lies there, and what it logged before it stood.
#[cfg(unix)]
fn run_with(folder: &TempDir, config: &str) -> (Child, Lines<BufReader<ChildStderr>>, Vec<String>) {
    let call = ["run", "--config", config];
    let mut child = command_in(folder, &call).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut before = Vec::new();
    let running = lines.by_ref().map(Result::unwrap).any(|line| {
        before.push(line);
        before
            .last()
            .is_some_and(|it| it.contains("Causeway is running"))
    });
    assert!(running, "the bridge did not start: {before:?}");
    (child, lines, before)
}

const MAIL: &str = "From: Bo <bo@example.org>\r\n\
    To: spring@lists.example.org\r\n\
    Subject: Re: Friday\r\n\
    Message-ID: <1@example.org>\r\n\
    In-Reply-To: <0@example.org>\r\n\
    \r\n\
    I am!\r\n\
    \r\n\
    On Monday, Ana wrote:\r\n\
    > Who is coming?\r\n";

#[test]
fn a_mail_becomes_an_inbound() {
    let call = [
        "debug",
        "normalise",
        "email",
        "--as",
        "spring@lists.example.org",
    ];
    let answer = causeway(&call, MAIL.as_bytes());
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let inbound = &documents(&answer.out)[0];
    assert_eq!(inbound["channel"]["id"], "spring@lists.example.org");
    assert_eq!(inbound["actor"]["display_name"], "Bo");
}

#[test]
fn a_file_that_comes_with_a_mail_is_named() {
    let mail = "From: Bo <bo@example.org>\r\n\
        Message-ID: <2@example.org>\r\n\
        MIME-Version: 1.0\r\n\
        Content-Type: application/pdf; name=\"plan.pdf\"\r\n\
        Content-Disposition: attachment; filename=\"plan.pdf\"\r\n\
        Content-Transfer-Encoding: base64\r\n\
        \r\n\
        JVBERi0=\r\n";
    let answer = causeway(&["debug", "normalise", "email"], mail.as_bytes());
    assert_eq!(answer.code, 0);
    assert_eq!(documents(&answer.out).len(), 1);
    assert_eq!(
        answer.err,
        "with a file: plan.pdf (application/pdf, 5 bytes)\n"
    );
}

#[test]
fn the_new_words_of_a_mail_come_without_what_they_answer() {
    let answer = causeway(&["debug", "reply-text"], MAIL.as_bytes());
    assert_eq!((answer.code, answer.out.as_str()), (0, "I am!\n"));
}

#[test]
fn as_json_the_elided_part_comes_too() {
    let answer = causeway(&["debug", "reply-text", "--json"], MAIL.as_bytes());
    let said = &documents(&answer.out)[0];
    assert_eq!(said["new"], "I am!");
    assert!(
        said["elided"].as_str().unwrap().contains("Who is coming?"),
        "{said}"
    );
}

#[test]
fn one_platforms_markup_becomes_anothers() {
    let html = b"<b>Friday</b> at seven";
    let answer = causeway(&["debug", "render", "email", "telegram"], html);
    assert_eq!(answer.code, 0);
    let message = &documents(&answer.out)[0];
    assert_eq!(message["text"], "Friday at seven");
    assert_eq!(message["entities"][0]["type"], "bold");
    let back = causeway(
        &["debug", "render", "telegram", "plain"],
        answer.out.as_bytes(),
    );
    assert_eq!(back.out, "*Friday* at seven\n");
}

#[test]
fn a_reader_that_goes_early_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_causeway"))
        .args(["config", "defaults"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}
