//! What staff does while the bridge runs: rooms, dead letters, stops, logs, and the figures that it prints.
#![allow(clippy::unwrap_used)]

mod support;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use flate2::{Compression, write::GzEncoder};
use sandbox::mail::{Draft, MailFaults};
use sandbox::rig::Tally;
use sandbox::telegram::ChatId;
use serde_json::{Value, json};
use support::numbers::Numbers;
use support::{BO, EVA, LIST, PROGRAM, ROOM, Town, answer_of, keys};

fn reference(chat: ChatId) -> String {
    format!("telegram:{chat}")
}

/// Says something again and again until it stands in another group, and how long that took.
async fn time_until_heard(town: &Town, to: usize, words: &str) -> Duration {
    let start = Instant::now();
    let mut beat = tokio::time::interval(Duration::from_millis(50));
    let has_come = || {
        let messages = town.messages(town.groups[to]);
        messages.iter().any(|it| it.text.contains(words))
    };
    while !has_come() {
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{}",
            town.picture()
        );
        town.says(0, words);
        beat.tick().await;
    }
    start.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rooms_change_within_two_seconds_and_without_a_restart() {
    let mut town = Town::open(3, &[]).await;
    town.plan.rooms[0].groups.truncate(2);
    town.begin().await;
    town.says(0, "before");
    town.sees(1, "before").await;

    let third = reference(town.groups[2]);
    let answer = town.causeway(&["room", "link", ROOM, &third]);
    assert_eq!((answer.code, answer.out.as_str()), (0, ""));
    let took = time_until_heard(&town, 2, "now three").await;
    assert!(took < Duration::from_secs(2), "{took:?}");

    let second = reference(town.groups[1]);
    assert_eq!(town.causeway(&["room", "unlink", &second]).code, 0);
    let took = time_until_silent(&town, 1, 2).await;
    assert!(took < Duration::from_secs(2), "{took:?}");
    town.says(0, "after");
    town.sees(2, "after").await;

    let list = town.causeway(&["room", "list", "--json"]);
    let rooms: Value = serde_json::from_str(&list.out).unwrap();
    let channels = rooms[0]["channels"].as_array().unwrap();
    let linked: Vec<&str> = channels
        .iter()
        .filter_map(|it| it[0]["id"].as_str())
        .collect();
    let expected = [0, 2].map(|it: usize| town.groups[it].to_string());
    assert_eq!(linked, expected);
    // What was under way has arrived by now.
    town.end();
    let left = town.messages(town.groups[1]);
    assert!(left.iter().all(|it| !it.text.contains("after")));
}

/// Says things that one group hears, until they are not meant for the other any more, and how long that took.
async fn time_until_silent(town: &Town, silent: usize, hears: usize) -> Duration {
    let start = Instant::now();
    let silent = reference(town.groups[silent]);
    for number in 0.. {
        let words = format!("is it silent? {number}");
        town.says(0, words.as_str());
        town.sees(hears, &words).await;
        let deliveries = town.deliveries().await;
        let mut deliveries = deliveries.iter();
        if !deliveries.any(|it| it.to == silent && it.message_excerpt == words) {
            break;
        }
    }
    start.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_room_begins_to_carry_while_the_bridge_runs() {
    let mut town = Town::open(2, &[]).await;
    town.plan.rooms.clear();
    town.begin().await;
    let [first, second] = [0, 1].map(|it| reference(town.groups[it]));
    let answer = town.causeway(&["room", "add", "autumn", &first, &second]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let took = time_until_heard(&town, 1, "are we one room?").await;
    assert!(took < Duration::from_secs(2), "{took:?}");
    let answer = town.causeway(&["room", "link", "winter", &first]);
    assert_eq!(answer.code, 1);
    assert!(answer.err.contains("winter"), "{}", answer.err);
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_beside_the_very_first_start_disturb_nothing() {
    let town = Town::open(2, &[]).await;
    town.start();
    let config = &town.rig.dir().join("causeway.toml");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(move || {
                let mut command = Command::new(PROGRAM);
                command.args(["room", "list", "--config"]).arg(config);
                let answer = answer_of(&mut command);
                assert_eq!(answer.code, 0, "{}", answer.err);
            });
        }
    });
    town.says(0, "hello");
    town.sees_copy(1, "hello").await;
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_bridge_on_the_same_file_is_refused_and_the_first_goes_on() {
    let town = Town::open(2, &[]).await;
    town.begin().await;
    town.says(0, "before");
    town.sees_copy(1, "before").await;
    let second = town.causeway(&["run"]);
    assert_eq!((second.code, second.out.as_str()), (3, ""));
    assert!(
        second.err.contains("another Causeway is running on"),
        "{}",
        second.err
    );
    town.says(0, "after");
    town.sees_copy(1, "after").await;
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_file_is_refused_with_the_cure_and_left_as_it_is() {
    let town = Town::open(2, &[]).await;
    town.begin().await;
    town.says(0, "hello");
    town.sees_copy(1, "hello").await;
    town.end();
    let file = town.rig.dir().join("causeway.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let half = bytes.len() / 2;
    bytes[4096..half].fill(0x5a);
    std::fs::write(&file, &bytes).unwrap();
    let answer = town.causeway(&["run"]);
    assert_eq!((answer.code, answer.out.as_str()), (3, ""));
    for words in ["damaged", "backup"] {
        assert!(answer.err.contains(words), "{}", answer.err);
    }
    assert_eq!(std::fs::read(&file).unwrap(), bytes);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_gentle_stops_in_bursts_lose_and_double_nothing() {
    const BURST: usize = 25;
    let town = Town::open(2, &[BO, EVA]).await;
    let mut said = Numbers::default();
    for round in 0..10 {
        town.begin().await;
        let before = town.rig.telegram.log_len(town.groups[1]);
        said.say_all(&town, BURST);
        town.until("the burst is under way", || {
            town.rig.telegram.log_len(town.groups[1]) >= before + 2 * round
        })
        .await;
        let start = Instant::now();
        assert_eq!(town.stop().code(), Some(0), "{}", town.log());
        assert!(start.elapsed() < Duration::from_secs(10));
    }
    town.begin().await;
    town.until("all have come", || {
        said.have_come_to_group(&town, 1)
            && said.have_come_to(&town, BO)
            && said.have_come_to(&town, EVA)
    })
    .await;
    town.end();
    assert_eq!(said.tally_in_group(&town, 1), Tally::default());
    for member in [BO, EVA] {
        assert_eq!(said.tally_in_mailbox(&town, member), Tally::default());
        assert_eq!(town.rig.mail.log_of(member).len(), said.said());
    }
}

fn dead(town: &Town) -> Vec<Value> {
    let answer = town.causeway(&["dead", "list", "--json"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    serde_json::from_str(&answer.out).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_refused_is_listed_and_can_be_tried_again_or_dropped() {
    let town = Town::open(1, &[BO]).await;
    town.begin().await;
    town.rig.mail.set_faults(MailFaults {
        refused: vec![BO.to_owned()],
        ..MailFaults::default()
    });
    town.says(0, "try me again");
    town.says(0, "drop me");
    town.until("both are dead", || dead(&town).len() == 2).await;
    let lines = dead(&town);
    let id_of = |words: &str| {
        let line = lines.iter().find(|it| it["message_excerpt"] == words);
        line.unwrap()["id"].as_str().unwrap().to_owned()
    };
    assert_eq!(lines[0]["state"], "dead");
    assert_eq!(lines[0]["to"], format!("email:{LIST}"));
    assert!(lines[0]["reason"].as_str().unwrap().contains("refused"));

    town.rig.mail.set_faults(MailFaults::default());
    let answer = town.causeway(&["dead", "drop", &id_of("drop me")]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let start = Instant::now();
    let answer = town.causeway(&["dead", "retry", &id_of("try me again")]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    town.gets(BO, "try me again").await;
    assert!(start.elapsed() < Duration::from_secs(2));
    assert_eq!(dead(&town), Vec::<Value>::new());
    let answer = town.causeway(&["dead", "retry", "--all"]);
    assert_eq!(answer.code, 1);
    town.end();
    assert_eq!(town.inbox(BO).len(), 1);
}

/// Words that must stand in no log, each of its own kind.
const CANARIES: [&str; 9] = [
    "4242:stand-in",
    "canary-words",
    "Canary-Name",
    "canary-member@",
    "canary-stranger@",
    "canary-subject",
    "canary-file",
    "canary-group",
    LIST,
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_secret_body_name_or_address_stands_in_the_log() {
    let members = [BO, "canary-member@people.example"];
    let town = Town::open(1, &members)
        .await
        .with("CAUSEWAY__LOG__FILTER", "debug")
        .with("CAUSEWAY__LOG__FORMAT", "json");
    let (telegram, mail) = (&town.rig.telegram, &town.rig.mail);
    let person = telegram.add_person("Canary-Name Telegram");
    telegram.join(town.groups[0], person).unwrap();
    mail.add_person("Canary-Name Member", members[1]);
    mail.add_person("Canary-Name Stranger", "canary-stranger@people.example");
    town.begin().await;
    people_talk(&town, person, members[1]).await;
    everything_goes_wrong(&town, person, members[1]).await;
    town.end();
    let log = town.log();
    assert!(log.lines().count() > 20, "{log}");
    for line in log.lines() {
        let entry: Value = serde_json::from_str(line).unwrap();
        assert!(entry["level"].is_string() && entry["target"].is_string());
        let told: Vec<&&str> = CANARIES.iter().filter(|it| line.contains(**it)).collect();
        assert!(told.is_empty(), "{told:?} in {line}");
    }
}

async fn people_talk(town: &Town, person: sandbox::telegram::UserId, member: &str) {
    let telegram = &town.rig.telegram;
    telegram
        .say(town.groups[0], None, person, "canary-words 1")
        .unwrap();
    let copy = town.gets(BO, "canary-words 1").await;
    let draft = Draft::reply(copy.id, "canary-words 2")
        .attach("canary-file.pdf", "application/pdf", b"canary-words 3")
        .header("Subject", "canary-subject");
    town.writes(BO, draft).await;
    town.writes(member, Draft::new("canary-subject", "canary-words 4"))
        .await;
    town.writes(
        "canary-stranger@people.example",
        Draft::new("canary-subject", "canary-words 5"),
    )
    .await;
    for words in ["canary-words 2", "canary-words 4", "canary-words 5"] {
        town.sees_copy(0, words).await;
    }
}

async fn everything_goes_wrong(town: &Town, person: sandbox::telegram::UserId, member: &str) {
    let (telegram, mail) = (&town.rig.telegram, &town.rig.mail);
    mail.set_faults(MailFaults {
        refused: vec![member.to_owned()],
        cut_before_keeping: 1,
        cut_after_keeping: 1,
        ..MailFaults::default()
    });
    let elsewhere = telegram.add_supergroup("canary-group");
    telegram.join(elsewhere, person).unwrap();
    telegram
        .say(elsewhere, None, person, "canary-words 6")
        .unwrap();
    telegram
        .say(town.groups[0], None, person, "canary-words 7")
        .unwrap();
    let odd = json!({ "message": { "text": "canary-words 8", "from": "Canary-Name" } });
    telegram.raw_update(odd.as_object().unwrap());
    let odd = b"Subject: canary-subject\r\n\r\ncanary-words 9\r\n";
    let answers = mail.raw(member, &[LIST], odd).await.unwrap();
    assert_eq!(answers[0].code, 554, "{:?}", answers[0]);
    let unknown = "canary-stranger@lists.example";
    let answers = mail.raw(member, &[unknown], odd).await.unwrap();
    assert_eq!(answers[0].code, 550, "{:?}", answers[0]);
    town.gets(BO, "canary-words 7").await;
    mail.set_faults(MailFaults {
        refused: vec![member.to_owned(), BO.to_owned()],
        ..MailFaults::default()
    });
    telegram
        .say(town.groups[0], None, person, "canary-words 10")
        .unwrap();
    town.until("one is dead", || !dead(town).is_empty()).await;
}

const REPLAY_KEYS: [&str; 8] = [
    "deliveries_out",
    "duplicated",
    "lost",
    "messages_in",
    "messages_per_s",
    "out_of_order",
    "p50_ms",
    "p99_ms",
];

fn replayed(file: &Path, more: &[&str]) -> Value {
    let mut command = Command::new(PROGRAM);
    command.args(["sandbox", "--json", "--replay"]).arg(file);
    let answer = answer_of(command.args(more));
    assert_eq!(answer.code, 0, "{} {}", answer.out, answer.err);
    let figures: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(keys(&figures), REPLAY_KEYS);
    for key in ["lost", "duplicated", "out_of_order"] {
        assert_eq!(figures[key], 0, "{figures}");
    }
    figures
}

/// A small recorded room: eight people, who mention each other now and then.
fn recording() -> String {
    let line = |number: u32| {
        let mentions = match number % 5 {
            0 if number > 8 => format!("@person-{} ", (number + 3) % 8),
            _ => String::new(),
        };
        let line = json!({
            "sent_at": "2015-01-01T00:00:00Z",
            "author": format!("person-{}", number % 8),
            "text": format!("{mentions}message {number}\nwith <b>two</b> lines & more"),
        });
        line.to_string()
    };
    (0..40).map(|it| line(it) + "\n").collect()
}

#[test]
fn a_recording_is_replayed_plain_or_packed_whole_or_in_part() {
    let dir = tempfile::tempdir().unwrap();
    let plain = dir.path().join("room.ndjson");
    std::fs::write(&plain, recording()).unwrap();
    assert_eq!(replayed(&plain, &[])["messages_in"], 40);
    let packed = dir.path().join("room.ndjson.gz");
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(recording().as_bytes()).unwrap();
    std::fs::write(&packed, packer.finish().unwrap()).unwrap();
    assert_eq!(replayed(&packed, &["--limit", "25"])["messages_in"], 25);
}

#[test]
fn a_recording_that_cannot_be_read_is_refused_by_line() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("room.ndjson");
    std::fs::write(&file, recording() + "{\"author\": 7}\n").unwrap();
    let mut command = Command::new(PROGRAM);
    let answer = answer_of(command.args(["sandbox", "--replay"]).arg(&file));
    assert_eq!((answer.code, answer.out.as_str()), (2, ""));
    assert!(answer.err.contains("line 41"), "{}", answer.err);
}

/// None, with a word about it, where the recorded rooms are not on this machine.
fn recorded_room() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let shared = std::env::var_os("CAUSEWAY_SHARED_DATA").map_or(beside, PathBuf::from);
    let file = shared.join("chat-logs/appium.ndjson.gz");
    if !file.exists() {
        println!("skipped: there are no recorded rooms (../shared/data/chat-logs)");
        return None;
    }
    Some(file)
}

#[test]
fn two_thousand_messages_of_a_real_room_cross_on_sqlite() {
    let Some(file) = recorded_room() else { return };
    let figures = replayed(&file, &["--limit", "2000"]);
    assert_eq!(figures["messages_in"], 2000);
    println!("on SQLite: {figures}");
}

#[test]
fn two_thousand_messages_of_a_real_room_cross_on_postgres() {
    let Some(file) = recorded_room() else { return };
    let Some(url) = support::fresh_postgres() else {
        return;
    };
    let figures = replayed(&file, &["--limit", "2000", "--store", &url]);
    assert_eq!(figures["messages_in"], 2000);
    println!("on Postgres: {figures}");
}

const BENCH_KEYS: [&str; 12] = [
    "cpu_us_per_delivery",
    "deliveries_per_s",
    "destinations",
    "duplicated",
    "fdatasync_per_s",
    "lost",
    "messages",
    "messages_per_s",
    "out_of_order",
    "p50_ms",
    "p99_ms",
    "peak_rss_mib",
];

#[test]
fn the_relay_bench_prints_its_figures_and_loses_nothing() {
    let mut command = Command::new(PROGRAM);
    command.args(["bench", "relay", "--destinations", "3", "--messages", "20"]);
    let answer = answer_of(command.args(["--api-latency-ms", "5", "--json"]));
    assert_eq!(answer.code, 0, "{}", answer.err);
    let figures: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(keys(&figures), BENCH_KEYS);
    for key in ["lost", "duplicated", "out_of_order"] {
        assert_eq!(figures[key], 0, "{figures}");
    }
    for key in [
        "messages_per_s",
        "p50_ms",
        "peak_rss_mib",
        "fdatasync_per_s",
    ] {
        assert!(figures[key].as_f64().unwrap() > 0.0, "{figures}");
    }
}
