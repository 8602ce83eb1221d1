//! What goes wrong while the bridge runs: within a minute it stands in the log and in `status`, with what mends it, and it
//! is gone from there once it is mended.

use std::time::{Duration, Instant};

use sandbox::mail::MailFaults;
use serde_json::Value;

use crate::support::{Answer, BO, Corner, EVA, KIM, PROGRAM, Square, Town, answer_of};

pub(super) const AT_ONCE: Duration = Duration::from_secs(60);
/// The next attempt after a minute's failures comes two minutes later.
pub(super) const AFTER_ITS_NEXT_TRY: Duration = Duration::from_secs(240);

pub(super) fn status(town: &Town) -> (Answer, Value) {
    let answer = town.causeway(&["status", "--json"]);
    let status = serde_json::from_str(&answer.out).unwrap();
    (answer, status)
}

pub(super) fn troubles(town: &Town) -> Vec<Value> {
    let (_, status) = status(town);
    status["troubles"].as_array().unwrap().clone()
}

pub(super) fn is_about(trouble: &Value, about: &str, cure: &str) -> bool {
    trouble["about"] == about && trouble["text"].as_str().unwrap().contains(cure)
}

/// In `status` and in the log, with these words.
pub(super) async fn is_told(town: &Town, about: &str, cure: &str) {
    let start = Instant::now();
    loop {
        let logged = town
            .log()
            .lines()
            .any(|line| (line.contains("ERROR") || line.contains("WARN")) && line.contains(cure));
        let is_there = troubles(town).iter().any(|it| is_about(it, about, cure));
        if logged && is_there {
            return;
        }
        assert!(
            start.elapsed() < AT_ONCE,
            "{about}: {cure}: logged {logged}, {:#?}\n{}",
            troubles(town),
            town.picture()
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

pub(super) async fn is_over(town: &Town, about: &str, within: Duration) {
    let start = Instant::now();
    while troubles(town).iter().any(|it| it["about"] == about) {
        let troubles = troubles(town);
        assert!(start.elapsed() < within, "{about}: {troubles:#?}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

pub(super) async fn begun() -> Square {
    let square = Square::open().await;
    square.town.begin().await;
    square.town.says(0, "before");
    for corner in [Corner::Discord, Corner::Slack, Corner::Mail] {
        square.until_at(corner, "before").await;
    }
    square
}

/// As long as a bridge may be.
pub(super) async fn silent_for_a_minute(town: &Town) {
    sqlx::any::install_default_drivers();
    let pool = sqlx::AnyPool::connect(&town.store_url()).await.unwrap();
    let earlier = "update setting set value = cast(cast(value as bigint) - 61000 as text) where name = 'alive_at'";
    sqlx::query(earlier).execute(&pool).await.unwrap();
    pool.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bridge_that_is_well_says_so_and_one_that_was_stopped_does_not() {
    let square = begun().await;
    let town = &square.town;
    let (answer, status) = status(town);
    assert_eq!(
        (answer.code, &status["health"]),
        (0, &"well".into()),
        "{status:#}"
    );
    let heard = status["last_heard"].as_array().unwrap();
    assert_eq!(heard.len(), 4, "{status:#}");
    let text = town.causeway(&["status"]).out;
    assert!(text.contains("all is well"), "{text}");
    assert!(text.contains("causeway.db"), "{text}");
    town.end();
    silent_for_a_minute(town).await;
    let answer = town.causeway(&["status"]);
    assert_eq!(answer.code, 2, "{}", answer.out);
    assert!(
        answer.out.contains("`causeway run` starts it again"),
        "{}",
        answer.out
    );
}

/// A service manager tries again and again, and monitoring must not take that for a bridge.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_start_that_finds_its_port_taken_is_no_bridge_at_work() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let town = Town::open(2, &[]).await;
    town.begin().await;
    town.end();
    silent_for_a_minute(&town).await;
    for key in ["CAUSEWAY__HTTP__LISTEN", "CAUSEWAY__EMAIL__LMTP__LISTEN"] {
        let mut run = std::process::Command::new(PROGRAM);
        run.args(["run", "--config"]);
        run.arg(town.rig.dir().join("causeway.toml"));
        run.env("CAUSEWAY__EMAIL__DOMAIN", "causeway.example.org");
        let answer = answer_of(run.env(key, &address));
        assert_eq!(answer.code, 1, "{}", answer.err);
        let cure = "cure: another program listens there: stop it, or write another port";
        assert!(answer.err.contains(cure), "{}", answer.err);
        let status = town.causeway(&["status"]);
        assert_eq!(status.code, 2, "{}", status.out);
        assert!(status.out.contains("not at work"), "{}", status.out);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_who_is_refused_stands_in_status_and_not_in_the_log() {
    let town = Town::open(1, &[BO, EVA, KIM]).await;
    town.begin().await;
    town.rig.mail.set_faults(MailFaults {
        refused: vec![BO.to_owned()],
        ..MailFaults::default()
    });
    town.says(0, "to all but Bo");
    town.gets(EVA, "to all but Bo").await;
    let start = Instant::now();
    while !troubles(&town)
        .iter()
        .any(|it| it["kind"] == "reader-trouble")
    {
        assert!(start.elapsed() < AT_ONCE, "{}", town.picture());
    }
    let (answer, _) = status(&town);
    assert_eq!(answer.code, 1, "{}", answer.out);
    town.until("it is logged", || town.log().contains("reader.number="))
        .await;
    assert!(!town.log().contains(BO), "{}", town.log());
    town.rig.mail.set_faults(MailFaults::default());
    town.says(0, "to all");
    town.gets(BO, "to all").await;
    let start = Instant::now();
    while troubles(&town)
        .iter()
        .any(|it| it["kind"] == "reader-trouble")
    {
        assert!(start.elapsed() < AT_ONCE, "{}", town.picture());
    }
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_for_staff_is_counted_with_the_command_that_ends_it() {
    let town = Town::open(1, &[BO])
        .await
        .with("CAUSEWAY__ENGINE__STORM_PER_MINUTE", "4");
    town.begin().await;
    for number in 0..8 {
        town.says(0, format!("number {number}").as_str());
    }
    is_told_of(&town, "storm-brake", "causeway dead retry").await;
    let (answer, _) = status(&town);
    assert_eq!(answer.code, 1, "{}", answer.out);
    assert_eq!(town.causeway(&["dead", "drop", "--all"]).code, 0);
    assert_eq!(status(&town).0.code, 0, "{:#?}", troubles(&town));
    town.end();
}

async fn is_told_of(town: &Town, kind: &str, cure: &str) {
    let start = Instant::now();
    let is_there = || {
        let told = |it: &Value| it["kind"] == kind && it["text"].as_str().unwrap().contains(cure);
        troubles(town).iter().any(told) && town.log().contains(cure)
    };
    while !is_there() {
        assert!(
            start.elapsed() < AT_ONCE,
            "{:#?}\n{}",
            troubles(town),
            town.picture()
        );
    }
}
