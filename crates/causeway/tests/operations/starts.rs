//! How the bridge begins and ends, and what it does not begin with.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use sandbox::rig::Tally;

use crate::support::numbers::Numbers;
use crate::support::{BO, EVA, PROGRAM, Town, answer_of};

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
                // Whoever comes before there is a database makes none.
                let is_early = answer.code == 3 && answer.err.contains("this command makes none");
                assert!(answer.code == 0 || is_early, "{}", answer.err);
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

/// What happens to the store of a bridge at work; it ends by itself then, and says what to do.
async fn ends_once(change: impl Fn(&Path), why: &str) {
    let town = Town::open(2, &[]).await;
    town.begin().await;
    town.says(0, "before");
    town.sees_copy(1, "before").await;
    change(&town.rig.dir().join("causeway.db"));
    town.says(0, "after");
    assert_eq!(town.ends_by_itself().await, Some(3), "{}", town.log());
    for words in [why, "estore the newest backup"] {
        assert!(town.log().contains(words), "{}", town.log());
    }
    let errors = town.log().lines().filter(|it| it.contains("ERROR")).count();
    assert!(errors < 20, "{}", town.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bridge_ends_with_the_cure_once_its_store_is_not_what_it_was() {
    ends_once(
        |file| std::fs::remove_file(file).unwrap(),
        "was deleted, moved or replaced",
    )
    .await;
    let restore_under_it = |file: &Path| {
        let backup = file.with_extension("backup");
        std::fs::copy(file, &backup).unwrap();
        std::fs::rename(&backup, file).unwrap();
    };
    ends_once(restore_under_it, "was deleted, moved or replaced").await;
    let empty = |file: &Path| std::fs::write(file, "").unwrap();
    ends_once(empty, "was emptied or cut short").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_takes_nothing_for_a_while_is_told_of_once_and_loses_nothing() {
    let town = Town::open(3, &[])
        .await
        .with("CAUSEWAY__LOG__FILTER", "info");
    town.begin().await;
    town.says(0, "before");
    town.sees_copy(2, "before").await;
    let in_the_way = town.change_store("begin immediate").await;
    town.says(0, "after");
    town.until("it is told", || {
        town.log().contains("the store takes nothing")
    })
    .await;
    let tries = || {
        town.rig
            .telegram
            .counters()
            .by_method
            .get("getUpdates")
            .copied()
    };
    let before = tries();
    town.until("it is tried again", || tries() > before).await;
    drop(in_the_way);
    town.sees_copy(2, "after").await;
    town.end();
    let log = town.log();
    assert_eq!(log.matches("ERROR").count(), 1, "{log}");
    assert_eq!(log.matches("takes what comes in again").count(), 1, "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_was_lost_or_emptied_is_not_begun_anew_beside_its_files() {
    let town = Town::open(2, &[]).await;
    town.begin().await;
    town.end();
    let (file, files) = (
        town.rig.dir().join("causeway.db"),
        town.rig.dir().join("files"),
    );
    std::fs::write(files.join("a5".repeat(32)), "a picture").unwrap();
    for change in [
        |file: &Path| std::fs::write(file, "").unwrap(),
        |file: &Path| std::fs::remove_file(file).unwrap(),
    ] {
        change(&file);
        let answer = town.causeway(&["run"]);
        assert_eq!((answer.code, answer.out.as_str()), (3, ""));
        assert!(
            answer.err.contains("move that folder away"),
            "{}",
            answer.err
        );
    }
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
