//! The figures that the program prints: of a recorded room that it carries, and of the benches.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

use crate::support::{PROGRAM, answer_of, fresh_postgres, keys};

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
    let Some(url) = fresh_postgres() else {
        return;
    };
    let figures = replayed(&file, &["--limit", "2000", "--store", &url]);
    assert_eq!(figures["messages_in"], 2000);
    println!("on Postgres: {figures}");
}

const BENCH_KEYS: [&str; 17] = [
    "at_rest_cpu_us_per_message",
    "at_rest_kib_written_per_message",
    "at_rest_p50_ms",
    "at_rest_p99_ms",
    "at_rest_waits_per_message",
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
        "at_rest_p50_ms",
        "peak_rss_mib",
        "fdatasync_per_s",
    ] {
        assert!(figures[key].as_f64().unwrap() > 0.0, "{figures}");
    }
}

const ROOM_KEYS: [&str; 15] = [
    "cpu_percent",
    "cpu_us_per_delivery",
    "deliveries",
    "deliveries_per_s",
    "duplicated",
    "lost",
    "max_ms",
    "out_of_order",
    "p50_ms",
    "p95_ms",
    "p99_ms",
    "peak_rss_mib",
    "sent",
    "sent_per_s",
    "to",
];

/// A quarter of the messages is said in each place. What is said in a chat goes to two others and three
/// mailboxes, what is said on the list to three chats and two mailboxes.
#[test]
fn a_room_on_four_platforms_that_talks_steadily_loses_and_repeats_nothing() {
    let mut command = Command::new(PROGRAM);
    command.args(["bench", "room", "--rate", "20", "--seconds", "5", "--json"]);
    let answer = answer_of(&mut command);
    assert_eq!(answer.code, 0, "{} {}", answer.out, answer.err);
    let figures: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(keys(&figures), ROOM_KEYS);
    assert_eq!(figures["sent"], 100);
    assert!(figures["peak_rss_mib"].as_f64().unwrap() > 0.0, "{figures}");
    let to = figures["to"].as_array().unwrap();
    let arrived = to.iter().map(|it| (&it["place"], &it["deliveries"]));
    let arrived: Vec<String> = arrived.map(|(to, it)| format!("{to} {it}")).collect();
    let expected = [
        "\"telegram\" 75",
        "\"discord\" 75",
        "\"slack\" 75",
        "\"email\" 275",
    ];
    assert_eq!(arrived, expected);
    for part in to.iter().chain([&figures]) {
        for key in ["lost", "duplicated", "out_of_order"] {
            assert_eq!(part[key], 0, "{figures}");
        }
        assert!(part["p50_ms"].as_f64().unwrap() > 0.0, "{figures}");
    }
}
