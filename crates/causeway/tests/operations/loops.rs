//! A forwarder between two lists who strips every mark that a mail bears.

use std::time::{Duration, Instant};

use sandbox::mail::{Draft, Outcome, SeenMail};
use sandbox::rig::{RigList, RigRoom};
use serde_json::Value;

use crate::support::{BO, EVA, KIM, LIST, Town};

const OTHER: &str = "summer@lists.example";

/// Two rooms with a list each; Kim's and Eva's programs are on both, for a list sends nobody their own words.
async fn two_lists() -> Town {
    let mut town = Town::open(1, &[BO, EVA, KIM]).await;
    town.plan.lists.push(RigList {
        address: OTHER.to_owned(),
        members: vec![BO.to_owned(), EVA.to_owned(), KIM.to_owned()],
    });
    town.plan.rooms.push(RigRoom {
        name: "summer".to_owned(),
        lists: vec![OTHER.to_owned()],
        ..RigRoom::default()
    });
    town
}

/// What comes from one list is written to the other, as if its forwarder had thought of it. Says how often, before nothing
/// came for a while.
async fn forwards(town: &Town, words: &str) -> usize {
    const QUIET: Duration = Duration::from_secs(3);
    let (mut hops, mut last) = (0, Instant::now());
    while last.elapsed() < QUIET && hops < 100 {
        let (forwarder, from, to) = match hops % 2 {
            0 => (KIM, LIST, OTHER),
            _ => (EVA, OTHER, LIST),
        };
        let inbox = town.inbox(forwarder);
        let is_of_list = |it: &&SeenMail| it.text.contains(words) && it.from_address == from;
        let Some(mail) = inbox.iter().filter(is_of_list).nth(hops / 2) else {
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let subject = format!("Fwd: {}", mail.subject);
        let draft = Draft::new(&subject, mail.text.trim());
        let written = town.rig.mail.write(forwarder, to, draft).unwrap();
        assert_eq!(written.taken().await, Outcome::Taken, "{}", town.log());
        (hops, last) = (hops + 1, Instant::now());
    }
    hops
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_loop_of_forwarders_ends_within_a_few_hops_and_nothing_is_lost() {
    let town = two_lists().await;
    town.begin().await;
    town.writes(BO, Draft::new("The hall", "Who brings bread on Friday?"))
        .await;
    let hops = forwards(&town, "brings bread").await;
    assert!((4..=8).contains(&hops), "{hops} hops");
    let answer = town.causeway(&["held", "list", "--json"]);
    let held: Vec<Value> = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(held.len(), 1, "{}", answer.out);
    assert_eq!(held[0]["reason"], "said-again");
    for _ in 0..10 {
        for person in [BO, EVA] {
            let draft = Draft::new("Who comes on Friday?", "+1");
            town.writes(person, draft).await;
        }
    }
    let n_of = |person: &str, words: &str| {
        let inbox = town.inbox(person);
        inbox.iter().filter(|it| it.text.contains(words)).count()
    };
    town.until("all that people said has come", || n_of(KIM, "+1") == 20)
        .await;
    let before = n_of(BO, "brings bread");
    let answer = town.causeway(&["held", "release", "--all"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    town.until("what was held comes too", || {
        n_of(BO, "brings bread") > before
    })
    .await;
    town.end();
}
