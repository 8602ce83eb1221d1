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
    for said in [
        "agreement",
        "agree stories",
        "disagree metrics",
        "agree pulse",
        "undo",
    ] {
        asks(&mut town, said).await;
    }
    let undo = town.code_in(ANA);
    asks(&mut town, &format!("confirm {undo}")).await;
    asks(&mut town, "agreement").await;
    assert_snapshot!(town.transcript(ANA).replace(&undo, "CODE"), @r"
    Ana: agreement
    [bot]: What you say in a room of Spring Gathering is carried to the other channels of that room, with your name, so that people on other platforms can talk with you. Words are kept for some days, and nobody else is given them. You decide what else may be done.
          
          This is version 1, since 2 March, 09:00. You say yes or no to each purpose by itself, as in “agree stories” or “disagree stories”, and may change it at any time.
    Ana: agree stories
    [bot]: Done: agree stories. I noted your yes. No stories are asked for here yet. Within 15 minutes, “undo” takes it back. [Undo]
    Ana: disagree metrics
    [bot]: Done: disagree metrics. You are not counted from now on, and the one entry about you is deleted. “metrics on” lets you be counted again.
    Ana: agree pulse
    [bot]: Done: agree pulse. I noted your yes. Nobody is asked here yet. Within 15 minutes, “undo” takes it back. [Undo]
    Ana: undo
    [bot]: You said yes to this: disagree pulse (edited)
    Ana: confirm CODE
    [bot]: Done: disagree pulse. I noted your no. Within 15 minutes, “undo” takes it back. [Undo]
    Ana: agreement
    [bot]: What you say in a room of Spring Gathering is carried to the other channels of that room, with your name, so that people on other platforms can talk with you. Words are kept for some days, and nobody else is given them. You decide what else may be done.
          
          This is version 1, since 2 March, 09:00. You say yes or no to each purpose by itself, as in “agree stories” or “disagree stories”, and may change it at any time.
    ");
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
    assert_snapshot!(town.transcript(ANA), @r"
    Ana: agreement
    [bot]: Be kind.
          
          This is version 2, since 3 March, 09:00. You say yes or no to each purpose by itself, as in “agree stories” or “disagree stories”, and may change it at any time.
    Ana: agree
    [bot]: Done: agree. What you say in rooms is carried on. “disagree relay” ends that at any time.
    Ana: agreement
    [bot]: Be kind.
          
          This is version 2, since 3 March, 09:00. You say yes or no to each purpose by itself, as in “agree stories” or “disagree stories”, and may change it at any time.
    Ana: agree
    [bot]: Done: agree. What you say in rooms is carried on. “disagree relay” ends that at any time.
    Ana: agreement
    [bot]: Be kind, and brief.
          
          This is version 3, since 5 March, 09:01. You say yes or no to each purpose by itself, as in “agree stories” or “disagree stories”, and may change it at any time.
    Ana: agree
    [bot]: Done: agree. What you say in rooms is carried on. “disagree relay” ends that at any time.
    Ana: agreement
    [bot]: What you say in a room of Spring Gathering is carried to the other channels of that room, with your name, so that people on other platforms can talk with you. Words are kept for some days, and nobody else is given them. You decide what else may be done.
          
          This is version 4, since 6 March, 09:01. You say yes or no to each purpose by itself, as in “agree stories” or “disagree stories”, and may change it at any time.
    ");
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
    assert_snapshot!(town.transcript(LOBBY), @r"
    Bo: Good morning
    [bot]: Ana (Telegram): Hello
    [bot]: Ana (Telegram): For all
    ");
    assert_snapshot!(town.transcript(ANA), @r"
    Ana: disagree relay
    [bot]: Done: disagree relay. Nothing of what you say goes on to other channels from now on. What went before stays where it is. “agree relay” ends that.
    Ana: agree relay
    [bot]: Done: agree relay. What you say in rooms is carried on. “disagree relay” ends that at any time.
    ");
}

#[tokio::test]
async fn odd_words_change_nothing() {
    let mut town = where_ana_talks().await;
    for said in [
        "agree everything",
        "disagree ",
        "agreement please",
        "agree relay stories",
        "I agree.",
    ] {
        asks(&mut town, said).await;
    }
    assert_snapshot!(town.transcript(ANA), @r"
    Ana: agree everything
    [bot]: Nothing happened: something in it is not of the kind that belongs there. Write it as agree [relay|metrics|pulse|stories], for example: agree relay
    Ana: disagree 
    [bot]: Done: disagree. Nothing of what you say goes on to other channels from now on. What went before stays where it is. “agree relay” ends that.
    Ana: agreement please
    [bot]: Nothing happened: that is more than it takes; what has blanks in it stands in quotation marks. Write it as agreement, for example: agreement
    Ana: agree relay stories
    [bot]: Nothing happened: that is more than it takes; what has blanks in it stands in quotation marks. Write it as agree [relay|metrics|pulse|stories], for example: agree relay
    Ana: I agree.
    [bot]: Done: agree. What you say in rooms is carried on. “disagree relay” ends that at any time.
    ");
}

/// Who is nobody in particular agrees to nothing, and a stranger has nothing to agree to.
#[tokio::test]
async fn people_agree_with_each_other_in_the_same_words() {
    let mut town = where_ana_talks().await;
    town.says("list spring@", "Cy", "agree").await;
    town.says(GENERAL, "Ana", "I agree.").await;
    town.settle().await;
    assert_snapshot!(town.transcript(LOBBY), @r"
    Bo: Good morning
    [bot]: Ana (Telegram): Hello
    [bot]: Cy (email): agree
    [bot]: Ana (Telegram): I agree.
    ");
}
