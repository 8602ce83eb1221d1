//! Staff asks where it talks, and is answered at once, whatever else the bridge has to do.

use std::time::{Duration, Instant};

use sandbox::discord;
use sandbox::rig::percentile_ms;
use sandbox::slack::EphemeralView;
use serde_json::Value;

use crate::support::Square;
use crate::support::numbers::Numbers;

const MANY: usize = 5_000;

/// What only looks, each of them another answer.
const QUESTIONS: [&str; 20] = [
    "status",
    "rooms",
    "links",
    "members",
    "role list",
    "held list",
    "dead list",
    "room heard",
    "link list spring",
    "thread show 1h7k2m9p4q8rs",
    "who can see this",
    "help",
    "help room",
    "help link",
    "help member",
    "help held",
    "help dead",
    "help thread",
    "help role",
    "help community",
];

async fn run_by_sia() -> Square {
    let mut square = Square::open().await;
    square.town.plan.staff = vec![format!("slack:{}", square.sia)];
    square.town.begin().await;
    square
}

fn answers(square: &Square) -> Vec<EphemeralView> {
    let channel = square.town.rig.slack.view_channel(&square.slack, 0);
    channel.map(|it| it.ephemeral).unwrap_or_default()
}

/// How long each answer took, the shortest first.
async fn ask_all(square: &Square) -> Vec<Duration> {
    let mut took = Vec::new();
    for question in QUESTIONS {
        let before = answers(square).len();
        let start = Instant::now();
        let slack = &square.town.rig.slack;
        slack
            .slash(&square.slack, &square.sia, "/causeway", question)
            .unwrap();
        let is_answered = || answers(square).len() > before;
        square.town.until(question, is_answered).await;
        took.push(start.elapsed());
    }
    took.sort();
    took
}

fn waiting(square: &Square) -> u64 {
    let status = square.town.causeway(&["status", "--json"]).out;
    let status: Value = serde_json::from_str(&status).unwrap();
    let waiting = status["waiting"].as_array().unwrap().iter();
    waiting.filter_map(|it| it["deliveries"].as_u64()).sum()
}

/// On the same channel, and on one that takes nothing now.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_come_at_once_while_thousands_of_messages_wait() {
    let square = run_by_sia().await;
    let idle = percentile_ms(&ask_all(&square).await, 95);
    let faults = discord::Faults {
        latency_ms: 30_000,
        ..discord::Faults::default()
    };
    square.town.rig.discord.set_faults(None, faults);
    Numbers::default().say_all(&square.town, MANY);
    let is_full = || waiting(&square) >= MANY as u64;
    square.town.until("thousands wait", is_full).await;
    let busy = percentile_ms(&ask_all(&square).await, 95);
    println!("95 of 100 answers within {idle} ms at rest, {busy} ms while {MANY} messages wait");
    assert!(busy < f64::max(1000.0, 3.0 * idle), "{busy} ms");
    let late = answers(&square)
        .into_iter()
        .filter(|it| it.text.contains("timeout"));
    assert_eq!(
        late.count(),
        0,
        "each command was heard within three seconds"
    );
    square.town.kill();
}
