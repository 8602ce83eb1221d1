//! What goes round in circles, with all marks stripped on its way, and what people really say again.

use causeway_tests::{Town, chat, list};
use conversation::StormLimits;
use insta::assert_snapshot;

/// Two rooms with a list each. Somebody's program is on both, and sends on what it gets as if they had written it.
async fn two_rooms() -> Town {
    Town::build()
        .platform(chat("telegram"))
        .platform(list("list"))
        .room("spring", &["telegram #spring", "list spring@"])
        .room("summer", &["telegram #summer", "list summer@"])
        .open()
        .await
}

/// What a hop makes of it.
type Hop = fn(usize, &str) -> (String, String);

/// Says how often it went round before nothing came any more.
async fn goes_round(town: &mut Town, hop: Hop, words: &str) -> usize {
    let mut rounds = 0;
    let mut heard = 0;
    while rounds < 50 {
        for (to, seen_in) in [
            ("list spring@", "telegram #spring"),
            ("list summer@", "telegram #summer"),
        ] {
            let (subject, words) = hop(rounds, words);
            town.writes(to, "Forwarder", &subject, &words).await;
            town.settle().await;
            let now = town.transcript(seen_in).lines().count();
            if to == "list spring@" {
                if now == heard {
                    return rounds;
                }
                heard = now;
            }
        }
        rounds += 1;
    }
    rounds
}

#[tokio::test]
async fn a_loop_ends_at_the_fourth_round_and_waits_for_staff() {
    let same: Hop = |_, words| ("The hall".to_owned(), words.to_owned());
    let growing: Hop = |round, words| {
        let subject = format!("{}The hall", "Fwd: [list] ".repeat(round));
        (
            subject,
            format!(
                "{words}\n{}",
                "to leave the list, write\n".repeat(round + 1)
            ),
        )
    };
    for hop in [same, growing] {
        let mut town = two_rooms().await;
        assert_eq!(
            goes_round(&mut town, hop, "Who brings bread on Friday?").await,
            3
        );
        let held = town.held().await;
        assert!(
            held.lines().all(|it| it.ends_with("(said-again)")),
            "{held}"
        );
        town.staff_releases_all().await;
        town.settle().await;
        let heard = town.transcript("telegram #spring");
        assert_eq!(
            heard.matches("Who brings bread").count(),
            4,
            "nothing was lost"
        );
        town.notices().await;
    }
}

#[tokio::test]
async fn an_hour_later_it_may_be_said_again() {
    let mut town = two_rooms().await;
    for _ in 0..3 {
        for _ in 0..3 {
            town.says("telegram #spring", "Ana", "Please bring a cup of your own")
                .await;
        }
        town.minutes_pass(61);
    }
    town.settle().await;
    assert_snapshot!(town.held().await, @"");
    let heard = town.transcript("list spring@");
    assert_eq!(heard.matches("a cup of your own").count(), 9);
}

#[tokio::test]
async fn people_say_short_things_as_often_as_they_like_and_long_ones_together() {
    let mut town = two_rooms().await;
    town.writes(
        "list spring@",
        "Ana",
        "Who comes on Friday?",
        "Please say so",
    )
    .await;
    for _ in 0..10 {
        for who in ["Bo", "Cy"] {
            for words in ["+1", "yes", "thank you", "👍", "I'm in"] {
                town.says("telegram #spring", who, words).await;
                town.writes("list spring@", who, "Who comes on Friday?", words)
                    .await;
            }
        }
    }
    for who in ["Ana", "Bo", "Cy", "Dov", "Eva", "Fay"] {
        town.says("telegram #spring", who, "Happy birthday, dear Katharina!")
            .await;
    }
    town.settle().await;
    assert_snapshot!(town.held().await, @"");
    let heard = town.transcript("list spring@");
    assert_eq!(heard.matches("thank you").count(), 40);
    assert_eq!(heard.matches("Happy birthday").count(), 6);
}

#[tokio::test]
async fn on_every_kind_of_platform_the_fourth_of_the_same_waits() {
    let mut town = causeway_tests::every_kind().await;
    for channel in causeway_tests::EVERY_KIND {
        for _ in 0..4 {
            let words = format!("A notice that goes round on {channel}");
            town.says(channel, "Forwarder", &words).await;
        }
    }
    town.settle().await;
    assert_snapshot!(town.held().await, @r"
    telegram:#general Forwarder: A notice that goes round on telegram #general (said-again)
    discord:#plans Forwarder: A notice that goes round on discord #plans (said-again)
    slack:#spring Forwarder: A notice that goes round on slack #spring (said-again)
    list:spring@ Forwarder: A notice that goes round on list spring@ (said-again)
    ");
    town.staff_drops_all().await;
    town.settle().await;
}

#[tokio::test]
async fn a_storm_and_a_loop_do_not_hide_each_other() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(list("list"))
        .room("general", &["telegram #general", "list spring@"])
        .braked_at(StormLimits {
            per_author: 2,
            ..StormLimits::default()
        })
        .open()
        .await;
    for _ in 0..5 {
        town.says("telegram #general", "Ana", "The same words again and again")
            .await;
    }
    town.settle().await;
    let tally = town.store().tally().await.expect("a tally");
    assert_eq!(
        (tally.sent, tally.held),
        (3, 1),
        "two, the answer to their author, and a braked one"
    );
    assert_eq!(town.held().await.lines().count(), 2);
    town.staff_retries_all().await;
    town.staff_releases_all().await;
    town.settle().await;
    let heard = town.transcript("list spring@");
    assert_eq!(heard.matches("again and again").count(), 5);
    town.notices().await;
}
