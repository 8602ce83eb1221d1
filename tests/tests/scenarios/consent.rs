//! What a community asks everybody to agree to, and what each said to it.

use causeway_tests::{Town, larger_town};
use insta::assert_snapshot;

const GENERAL: &str = "telegram #general";
const LOBBY: &str = "discord #lobby";
const ANA: &str = "telegram @Ana";

async fn where_ana_talks() -> Town {
    let mut town = larger_town().await;
    town.says(GENERAL, "Ana", "Hello").await;
    town.says(LOBBY, "Bo", "Good morning").await;
    town.settle().await;
    town
}

async fn asks(town: &mut Town, said: &str) {
    town.seconds_pass(15);
    town.says(ANA, "Ana", said).await;
    town.settle().await;
}

#[tokio::test]
async fn each_purpose_is_agreed_to_by_itself() {
    let mut town = where_ana_talks().await;
    for said in ["agreement", "agree stories", "disagree metrics", "agree pulse", "undo"] {
        asks(&mut town, said).await;
    }
    let undo = town.code_in(ANA);
    asks(&mut town, &format!("confirm {undo}")).await;
    asks(&mut town, "agreement").await;
    assert_snapshot!(town.transcript(ANA), @"");
}

#[tokio::test]
async fn other_words_are_a_new_version_and_the_same_are_not() {
    let mut town = where_ana_talks().await;
    for words in ["Be kind.", "Be kind.", "Be kind, and brief."] {
        town.hours_pass(24);
        town.asks_for(words, false).await;
        asks(&mut town, "agreement").await;
        asks(&mut town, "agree").await;
        town.restarts().await;
    }
    town.hours_pass(24);
    town.asks_for("", false).await;
    asks(&mut town, "agreement").await;
    assert_snapshot!(town.transcript(ANA), @"");
}

/// By another name: nothing more of theirs goes on, in whatever room.
#[tokio::test]
async fn disagreeing_with_relay_is_private_on() {
    let mut town = where_ana_talks().await;
    town.asks_first("general").await;
    asks(&mut town, "disagree relay").await;
    town.says(GENERAL, "Ana", "For this channel alone").await;
    town.settle().await;
    asks(&mut town, "agree relay").await;
    town.says(GENERAL, "Ana", "For all").await;
    town.settle().await;
    assert_snapshot!(town.transcript(LOBBY), @"");
    assert_snapshot!(town.transcript(ANA), @"");
}

#[tokio::test]
async fn odd_words_change_nothing() {
    let mut town = where_ana_talks().await;
    for said in ["agree everything", "disagree ", "agreement please", "agree relay stories", "I agree."] {
        asks(&mut town, said).await;
    }
    assert_snapshot!(town.transcript(ANA), @"");
}

/// Who is nobody in particular agrees to nothing, and a stranger has nothing to agree to.
#[tokio::test]
async fn people_agree_with_each_other_in_the_same_words() {
    let mut town = where_ana_talks().await;
    town.says("list spring@", "Cy", "agree").await;
    town.says(GENERAL, "Ana", "I agree.").await;
    town.settle().await;
    assert_snapshot!(town.transcript(LOBBY), @"");
}
