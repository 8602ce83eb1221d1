//! What the bridge itself says: once, in words that are made where it goes, with something to choose until it is settled.

use causeway_tests::{EVERY_KIND, Town, chat, every_kind, town};
use conversation::{Arg, Phrase, Support};
use insta::assert_snapshot;
use words::WHICH_COMMUNITY;

fn question() -> Phrase {
    Phrase::of(WHICH_COMMUNITY).with("number", Arg::Number(2))
}

/// The beginning and the end of what is read there.
fn in_short(text: &str) -> String {
    text.replace(
        " Choose it below, or answer with its name. You are asked once; to mean another one later, write that one's.",
        " …",
    )
}

#[tokio::test]
async fn what_is_settled_is_changed_wherever_it_stands_and_offers_nothing_any_more() {
    let mut town = every_kind().await;
    let asked = town.bridge_offers(&EVERY_KIND, ("once", question())).await;
    let asked = asked.expect("nobody asked it before");
    town.settle().await;
    for channel in &EVERY_KIND[..3] {
        let seen = in_short(&town.transcript(channel));
        let seen = seen.lines().last().unwrap_or_default().to_owned();
        assert!(
            seen.ends_with("Which one do you mean? … [Spring Gathering]"),
            "{seen}"
        );
    }
    let in_mail = town.transcript("list spring@");
    assert_snapshot!(in_short(&in_mail), @r"
    # You take part in 2 communities here. Which one do you mean?…
    Causeway: You take part in 2 communities here. Which one do you mean? …
          
          Answer with a number:
          1. Spring Gathering
    ");
    town.restarts().await;
    assert!(
        town.bridge_offers(&EVERY_KIND, ("once", question()))
            .await
            .is_none()
    );
    assert!(town.bridge_closes("telegram #general", &asked).await);
    town.settle().await;
    assert!(!town.bridge_closes("telegram #general", &asked).await);
    town.settle().await;
    for channel in &EVERY_KIND[..3] {
        let seen = town.transcript(channel);
        let settled = "What you write here is for Spring Gathering from now on. (edited)";
        assert!(seen.ends_with(settled), "{seen}");
    }
    assert_eq!(town.transcript("list spring@"), in_mail);
    let deliveries = town.deliveries().await;
    let of_mail = "edit \"(the bridge itself: community-meant)\" -> list:spring@ suppressed: edits-unsupported";
    assert!(deliveries.ends_with(of_mail), "{deliveries}");
}

#[tokio::test]
async fn what_was_settled_before_it_went_out_is_said_as_it_is_by_then() {
    let mut town = town().await;
    town.goes_down("telegram");
    let asked = town
        .bridge_offers(&["telegram #general"], ("once", question()))
        .await;
    town.settle().await;
    town.bridge_closes("telegram #general", &asked.expect("news"))
        .await;
    town.comes_back("telegram");
    town.minutes_pass(60);
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @"[bot]: What you write here is for Spring Gathering from now on.");
}

#[tokio::test]
async fn words_of_a_newer_version_hold_up_nobody() {
    let mut town = town().await;
    let unknown = Phrase {
        name: "of-tomorrow".to_owned(),
        ..question()
    };
    let told_more = question().with("by", Arg::Number(1));
    let told_more_of_what_is_unknown =
        Phrase::of(WHICH_COMMUNITY).with("number", Arg::Sentence("of-tomorrow".to_owned()));
    for (key, phrase) in [
        ("one", unknown),
        ("two", told_more),
        ("three", told_more_of_what_is_unknown),
    ] {
        let said = town.bridge_offers(&["telegram #general"], (key, phrase));
        assert!(said.await.is_some());
    }
    town.says("list spring@", "Ana", "Bread on Friday").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @"[bot]: Ana (email): Bread on Friday");
    assert_snapshot!(town.deliveries().await, @r#"
    post "(the bridge itself: of-tomorrow)" -> telegram:#general dead: a newer version of Causeway wanted to say it, and this one does not know the words
    post "(the bridge itself: which-community)" -> telegram:#general dead: a newer version of Causeway wanted to say it, and this one does not know the words
    post "(the bridge itself: which-community)" -> telegram:#general dead: a newer version of Causeway wanted to say it, and this one does not know the words
    post "Bread on Friday" -> telegram:#general sent
    post "Bread on Friday" -> list:spring@ sent
    "#);
    town.notices().await;
}

/// A chat whose people see our reactions told in words, and whose posts can be changed.
async fn where_digests_can_be_changed() -> Town {
    let without_reactions = chat("discord").that_can(|can| can.reactions = Support::Fallback);
    Town::build()
        .platform(chat("telegram"))
        .platform(without_reactions)
        .room("general", &["telegram #general", "discord #lobby"])
        .open()
        .await
}

#[tokio::test]
async fn what_a_digest_told_goes_from_it_with_what_its_author_takes_back() {
    let mut town = where_digests_can_be_changed().await;
    for (who, text) in [("Ana", "Bread on Friday"), ("Bo", "I live in Elm Street 5")] {
        town.says("telegram #general", who, text).await;
        town.settle().await;
        town.reacts("telegram #general", "Cy", text, "👍").await;
    }
    town.hours_pass(25);
    town.settle().await;
    town.deletes("telegram #general", "Bo", "Elm Street").await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: Ana (Telegram): Bread on Friday
    [bot]: Since yesterday: 👍 1 for “Bread on Friday” (Ana) (edited)
    ");
    town.deletes("telegram #general", "Ana", "Bread").await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @"");
}
