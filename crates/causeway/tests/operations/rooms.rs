//! Rooms that change while the bridge runs.

use std::time::{Duration, Instant};

use sandbox::{rig::RigRoom, telegram::ChatId};
use serde_json::Value;

use crate::support::{ROOM, Town};

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
        .filter_map(|it| it["channel"].as_str())
        .collect();
    let expected = [0, 2].map(|it: usize| reference(town.groups[it]));
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
async fn a_thousand_rooms_of_the_configuration_are_made_at_once() {
    let mut town = Town::open(2, &[]).await;
    let room = |number: usize| RigRoom {
        name: format!("room {number}"),
        groups: (0..2)
            .map(|_| town.rig.telegram.add_supergroup("one of many"))
            .collect(),
        ..RigRoom::default()
    };
    let many: Vec<RigRoom> = (0..1_000).map(room).collect();
    town.plan.rooms.extend(many);
    let start = Instant::now();
    town.begin().await;
    // Read anew after each of them, it took minutes.
    assert!(
        start.elapsed() < Duration::from_secs(30),
        "{:?}",
        start.elapsed()
    );
    println!("a thousand rooms: {:?}", start.elapsed());
    town.says(0, "hello");
    town.sees_copy(1, "hello").await;
    let third = reference(town.plan.rooms[1].groups[0]);
    let answer = town.causeway(&["room", "link", ROOM, &third]);
    assert_eq!(answer.code, 1);
    assert!(
        answer.err.contains("stands in the room `room 0` already"),
        "{}",
        answer.err
    );
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_says_how_many_posts_a_text_may_take() {
    let town = Town::open(2, &[]).await;
    town.begin().await;
    let set = |room: &str, most_parts: &str| {
        town.causeway(&["room", "set", room, "--most-parts", most_parts])
    };
    for (given, shown, json) in [
        ("1", "1", "1"),
        ("0", "no limit", "0"),
        ("default", "default", "null"),
    ] {
        assert_eq!(set(ROOM, given).code, 0);
        let table = town.causeway(&["room", "list"]).out;
        assert!(
            table.lines().skip(1).all(|it| it.contains(shown)),
            "{table}"
        );
        let list = town.causeway(&["room", "list", "--json"]).out;
        let rooms: Value = serde_json::from_str(&list).unwrap();
        assert_eq!(rooms[0]["most_parts"].to_string(), json);
    }
    let odd = set(ROOM, "many");
    assert_eq!((odd.code, odd.out.as_str()), (2, ""));
    assert!(odd.err.contains("0 for no limit"), "{}", odd.err);
    let unknown = set("cellar", "3");
    assert_eq!((unknown.code, unknown.out.as_str()), (1, ""));
    assert!(unknown.err.contains("`cellar`"), "{}", unknown.err);
    town.end();
}
