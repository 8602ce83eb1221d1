//! Mail that does not prove who wrote it, in the hands of staff.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{BO, EVA, LIST, Town, fresh_postgres, keys};

const VERIFIER: &str = "CAUSEWAY__EMAIL__LMTP__AUTHSERV_ID";
const FILE: &[u8] = b"the plan of the hall";

fn held(town: &Town) -> Vec<Value> {
    let answer = town.causeway(&["held", "list", "--json"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    serde_json::from_str(&answer.out).unwrap()
}

/// In Bo's name, as our own server hands it in that verified it.
async fn arrives(town: &Town, results: &str, words: &str) {
    let mail = format!(
        "Authentication-Results: mx.example; {results}\r\n\
         Received: from relay by mx.example (Postfix) with ESMTPS id 1; Mon, 2 Mar 2026 09:00:00 +0000\r\n\
         From: Bo <{BO}>\r\nTo: {LIST}\r\nSubject: The hall\r\nMessage-ID: <{}@people.example>\r\n\
         Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n{words}\r\n\
         --b\r\nContent-Disposition: attachment; filename=plan.txt\r\n\r\n{}\r\n--b--\r\n",
        words.replace(' ', "."),
        str::from_utf8(FILE).unwrap()
    );
    let answers = town
        .rig
        .mail
        .raw(BO, &[LIST], mail.as_bytes())
        .await
        .unwrap();
    assert_eq!(answers[0].code, 250, "{}", answers[0].text);
}

fn n_copies(town: &Town, words: &str) -> usize {
    let inbox = town.inbox(EVA).into_iter();
    inbox.filter(|it| it.text.contains(words)).count()
}

fn acts(town: &Town, args: &[&str], said: &str) {
    let answer = town.causeway(&[&["held"], args].concat());
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert!(answer.err.contains(said), "{}", answer.err);
}

async fn what_proves_nothing_waits_for_staff(town: Town) {
    let town = town.with(VERIFIER, "mx.example");
    town.begin().await;
    arrives(
        &town,
        "dmarc=fail header.from=people.example",
        "wrong domain",
    )
    .await;
    arrives(&town, "dkim=pass header.d=evil.example", "unaligned").await;
    arrives(&town, "none", "nothing proves me").await;
    arrives(&town, "dmarc=pass header.from=people.example", "really me").await;
    town.gets(EVA, "really me").await;
    town.sees_copy(0, "really me").await;
    let lines = held(&town);
    let shown = |it: &Value| format!("{} {}", it["message_excerpt"], it["reason"]).replace('"', "");
    assert_eq!(
        lines.iter().map(shown).collect::<Vec<_>>(),
        [
            "wrong domain proof-failed",
            "unaligned proof-missing",
            "nothing proves me proof-missing"
        ]
    );
    assert_eq!(
        keys(&lines[0]),
        [
            "account",
            "author",
            "channel",
            "held_at_ms",
            "id",
            "message_excerpt",
            "reason",
            "said_at_ms"
        ]
    );
    assert_eq!(
        (&lines[0]["author"], &lines[0]["account"]),
        (&"Bo".into(), &BO.into())
    );

    let id = |at: usize| lines[at]["id"].as_str().unwrap().to_owned();
    let start = Instant::now();
    acts(&town, &["release", &id(1)], "One message is said");
    let mail = town.gets(EVA, "unaligned").await;
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!(
        town.files_of(&mail),
        [("plan.txt".to_owned(), FILE.to_vec())]
    );
    acts(&town, &["drop", &id(0)], "One message is dropped");
    let again = town.causeway(&["held", "release", &id(0)]);
    assert_eq!(again.code, 1, "{}", again.err);

    town.kill();
    acts(&town, &["release", "--all"], "One message is said");
    acts(&town, &["list"], "Nothing is held");
    town.begin().await;
    town.gets(EVA, "nothing proves me").await;
    town.kill();
    town.begin().await;
    arrives(&town, "dmarc=pass header.from=people.example", "the end").await;
    town.gets(EVA, "the end").await;
    for words in ["really me", "unaligned", "nothing proves me", "the end"] {
        assert_eq!(n_copies(&town, words), 1, "{words}");
    }
    assert_eq!(n_copies(&town, "wrong domain"), 0);
    let log = town.log();
    let begins = |it: &&str| it.contains("waits for staff") && !it.contains("over: ");
    assert_eq!(log.lines().filter(begins).count(), 1, "{log}");
    assert!(!town.log().contains(BO) && !town.log().contains("wrong domain"));
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_proves_nothing_is_held_released_and_dropped() {
    what_proves_nothing_waits_for_staff(Town::open(1, &[BO, EVA]).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_proves_nothing_is_held_released_and_dropped_on_postgres() {
    let Some(url) = fresh_postgres() else { return };
    let mut town = Town::open(1, &[BO, EVA]).await;
    town.plan.store_url = Some(url);
    what_proves_nothing_waits_for_staff(town).await;
}

/// Whatever moment it dies in, each is said once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_kill_in_the_middle_of_a_release_loses_and_repeats_nothing() {
    const MAILS: usize = 40;
    let town = Town::open(1, &[BO, EVA]).await.with(VERIFIER, "mx.example");
    town.begin().await;
    for number in 0..MAILS {
        arrives(&town, "none", &format!("held {number}.")).await;
    }
    acts(&town, &["release", "--all"], "40 messages are said");
    for _ in 0..4 {
        tokio::time::sleep(Duration::from_millis(150)).await;
        town.kill();
        town.begin().await;
    }
    arrives(&town, "dmarc=pass header.from=people.example", "the end").await;
    town.sees_copy(0, "the end").await;
    let taken = town.deliveries().await;
    let posts = taken
        .iter()
        .filter(|it| it.message_excerpt.starts_with("held "));
    assert_eq!(
        posts.count(),
        MAILS * 2,
        "one to the group and one to the list"
    );
    assert_eq!(held(&town), Vec::<Value>::new());
    town.end();
}
