//! Where staff wants it, the first words of everybody wait until they agreed that they go on.

use causeway_tests::{Town, chat, forum, larger_town, letters};
use insta::assert_snapshot;

pub(crate) const GENERAL: &str = "telegram #general";
pub(crate) const LOBBY: &str = "discord #lobby";
pub(crate) const LIST: &str = "list spring@";
pub(crate) const YES: &str = "Yes, carry it on";
const NO: &str = "No, keep it here";

pub(crate) async fn asking_town() -> Town {
    let mut town = larger_town().await;
    town.asks_first("general").await;
    town
}

pub(crate) async fn presses(town: &mut Town, channel: &str, who: &str, label: &str) {
    let button = town.button(channel, label);
    town.presses(channel, who, &button).await;
    town.settle().await;
}

#[tokio::test]
async fn first_words_wait_for_a_yes_and_go_in_their_order_once() {
    let mut town = asking_town().await;
    town.says(GENERAL, "Ana", "Hello").await;
    town.says(GENERAL, "Ana", "Is anybody there?").await;
    town.settle().await;
    assert_snapshot!(town.transcript(LOBBY), @"");
    assert_snapshot!(town.transcript(GENERAL), @r"
    Ana: Hello
    Ana: Is anybody there?
      > [bot]: What you said has not gone on yet: this room asks everybody once. May what you say here be carried to Discord, email, with your name? Say “agree” or “disagree” to me within 7 days. Until then it waits; without a yes it goes nowhere, and I erase it. “agreement” tells more. [Yes, carry it on] [No, keep it here]
    ");
    town.restarts().await;
    presses(&mut town, GENERAL, "Ana", YES).await;
    town.says(GENERAL, "Ana", "Good morning").await;
    town.settle().await;
    assert_snapshot!(town.transcript(LOBBY), @r"
    [bot]: Ana (Telegram): Hello
    [bot]: Ana (Telegram): Is anybody there?
    [bot]: Ana (Telegram): Good morning
    ");
    assert_snapshot!(town.transcript(LIST), @r"
    Ana: Hello
    Ana: Is anybody there?
    Ana: Good morning
    ");
    assert_snapshot!(town.transcript(GENERAL), @r"
    Ana: Hello
    Ana: Is anybody there?
      > [bot]: You agreed: what you say in rooms is carried on, and so is what waited. “disagree” ends that at any time. (edited)
    Ana: Good morning
    ");
    assert_snapshot!(town.whispers(GENERAL), @r"
    to Ana: Done: agree relay. The 2 messages of yours that waited go on now, in their order, and so does what you say from now on. “disagree relay” ends that at any time.
    ");
    assert_snapshot!(town.deliveries().await, @r#"
    post "Hello" -> discord:#lobby sent
    post "Hello" -> list:spring@ sent
    post "(the bridge itself: may-go-said)" -> telegram:#general sent
    post "Is anybody there?" -> discord:#lobby sent
    post "Is anybody there?" -> list:spring@ sent
    edit "(the bridge itself: may-go-said)" -> telegram:#general sent
    post "(the bridge itself: done)" -> telegram:#general sent
    post "Good morning" -> discord:#lobby sent
    post "Good morning" -> list:spring@ sent
    "#);
}

#[tokio::test]
async fn who_says_no_is_carried_nowhere_and_nothing_of_it_is_kept() {
    let mut town = asking_town().await;
    town.says(GENERAL, "Ana", "Hello").await;
    town.settle().await;
    presses(&mut town, GENERAL, "Ana", NO).await;
    town.says(GENERAL, "Ana", "I am still here").await;
    town.edits(GENERAL, "Ana", "Hello", "Hello again").await;
    town.replies(GENERAL, "Bo", "Hello again", "We hear you")
        .await;
    town.settle().await;
    presses(&mut town, GENERAL, "Bo", YES).await;
    assert_snapshot!(town.transcript(LOBBY), @r"
    [bot]: > In answer to something that stays where it was said
          Bo (Telegram): We hear you
    ");
    assert_snapshot!(town.transcript(LIST), @r"
    Bo: > In answer to something that stays where it was said
          We hear you
    ");
    assert_snapshot!(town.transcript(GENERAL), @r"
    Ana: Hello again (edited)
      > [bot]: You said no. What waited went nowhere, and I erased it. From now on nothing that you say in any room here is carried to other channels. “agree” changes that. (edited)
    Ana: I am still here
      > Bo: We hear you
      > [bot]: You agreed: what you say in rooms is carried on, and so is what waited. “disagree” ends that at any time. (edited)
    ");
    assert_snapshot!(town.deliveries().await, @r#"
    post "(it stays where it was said)" -> discord:#lobby suppressed: no-consent
    post "(it stays where it was said)" -> list:spring@ suppressed: no-consent
    post "(the bridge itself: may-not-go-said)" -> telegram:#general sent
    edit "(the bridge itself: may-not-go-said)" -> telegram:#general sent
    post "(the bridge itself: done)" -> telegram:#general sent
    post "(it stays where it was said)" -> discord:#lobby suppressed: private
    post "(it stays where it was said)" -> list:spring@ suppressed: private
    edit "(it stays where it was said)" -> discord:#lobby suppressed: no-consent
    edit "(it stays where it was said)" -> list:spring@ suppressed: no-consent
    post "We hear you" -> discord:#lobby sent
    post "We hear you" -> list:spring@ sent
    post "(the bridge itself: may-go-said)" -> telegram:#general sent
    edit "(the bridge itself: may-go-said)" -> telegram:#general sent
    post "(the bridge itself: done)" -> telegram:#general sent
    "#);
}

#[tokio::test]
async fn who_does_not_answer_within_seven_days_is_told_once() {
    let mut town = asking_town().await;
    town.says(GENERAL, "Ana", "Hello").await;
    town.settle().await;
    town.hours_pass(7 * 24 - 1);
    town.says(GENERAL, "Ana", "Hm?").await;
    town.settle().await;
    assert_eq!(town.transcript(LOBBY), "");
    town.hours_pass(1);
    town.settle().await;
    town.hours_pass(24);
    town.settle().await;
    assert_snapshot!(town.transcript(GENERAL), @r"
    Ana: Hello
      > [bot]: You were asked whether what you said may go on, and 7 days went by without an answer: it went nowhere, and I erased it. Whatever you say next there, I ask you again. (edited)
    Ana: Hm?
    ");
    assert_snapshot!(town.transcript(LOBBY), @"");
    assert_snapshot!(town.deliveries().await, @r#"
    post "(it stays where it was said)" -> discord:#lobby suppressed: no-consent
    post "(it stays where it was said)" -> list:spring@ suppressed: no-consent
    post "(the bridge itself: never-went)" -> telegram:#general sent
    post "(it stays where it was said)" -> discord:#lobby suppressed: no-consent
    post "(it stays where it was said)" -> list:spring@ suppressed: no-consent
    edit "(the bridge itself: never-went)" -> telegram:#general sent
    "#);
    town.says(GENERAL, "Ana", "And now?").await;
    town.settle().await;
    presses(&mut town, GENERAL, "Ana", YES).await;
    assert_snapshot!(town.transcript(LOBBY), @"[bot]: Ana (Telegram): And now?");
}

#[tokio::test]
async fn who_writes_to_the_bridge_alone_is_asked_there() {
    let mut town = larger_town().await;
    town.says(GENERAL, "Ana", "Before").await;
    town.says("telegram @Ana", "Ana", "agreement").await;
    town.settle().await;
    town.asks_first("general").await;
    town.says(GENERAL, "Ana", "Hello").await;
    town.settle().await;
    town.hours_pass(7 * 24);
    town.settle().await;
    town.says(GENERAL, "Ana", "And now?").await;
    town.settle().await;
    town.says("telegram @Ana", "Ana", "agree").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram @Ana"), @r"
    Ana: agreement
    [bot]: What you say in a room of Spring Gathering is carried to the other channels of that room, with your name, so that people on other platforms can talk with you. Words are kept for some days, and nobody else is given them. You decide what else may be done.
          
          This is version 1, since 2 March, 09:00. You say yes or no to each purpose by itself, as in “agree stories” or “disagree stories”, and may change it at any time.
    [bot]: What you said has not gone on yet: this room asks everybody once. May what you say here be carried to Discord, email, with your name? Say “agree” or “disagree” to me within 7 days. Until then it waits; without a yes it goes nowhere, and I erase it. “agreement” tells more. (edited)
    [bot]: You were asked whether what you said may go on, and 7 days went by without an answer: it went nowhere, and I erased it. Whatever you say next there, I ask you again.
    [bot]: You agreed: what you say in rooms is carried on, and so is what waited. “disagree” ends that at any time. (edited)
    Ana: agree
    [bot]: Done: agree. What waited goes on now, and so does what you say from now on. “disagree relay” ends that at any time.
    ");
    assert_snapshot!(town.transcript(GENERAL), @r"
    Ana: Before
    Ana: Hello
    Ana: And now?
    ");
    assert_snapshot!(town.transcript(LOBBY), @r"
    [bot]: Ana (Telegram): Before
    [bot]: Ana (Telegram): And now?
    ");
}

#[tokio::test]
async fn edits_deletes_reactions_and_answers_wait_with_it() {
    let mut town = asking_town().await;
    town.says(GENERAL, "Bo", "I am Bo").await;
    town.settle().await;
    presses(&mut town, GENERAL, "Bo", YES).await;
    town.says(GENERAL, "Ana", "Hello").await;
    town.says(GENERAL, "Ana", "A secret").await;
    town.says(GENERAL, "Ana", "Goodbye").await;
    town.settle().await;
    town.edits(GENERAL, "Ana", "Hello", "Hello all").await;
    town.deletes(GENERAL, "Ana", "A secret").await;
    town.reacts(GENERAL, "Bo", "Hello all", "👍").await;
    town.replies(GENERAL, "Bo", "Hello all", "Welcome!").await;
    town.settle().await;
    assert_snapshot!(town.transcript(LOBBY), @r"
    [bot]: Bo (Telegram): I am Bo
    [bot]: > In answer to something that stays where it was said
          Bo (Telegram): Welcome!
    ");
    assert_snapshot!(town.transcript(LIST), @r"
    Bo: I am Bo
    Bo: > In answer to something that stays where it was said
          Welcome!
    ");
    presses(&mut town, GENERAL, "Ana", YES).await;
    assert_snapshot!(town.transcript(LOBBY), @r"
    [bot]: Bo (Telegram): I am Bo
    [bot]: > In answer to something that stays where it was said
          Bo (Telegram): Welcome!
    [bot]: Ana (Telegram): Hello all [👍]
    [bot]: Ana (Telegram): Goodbye
    ");
    assert_snapshot!(town.transcript(LIST), @r"
    Bo: I am Bo
    Bo: > In answer to something that stays where it was said
          Welcome!
    Ana: Hello all
    Ana: Goodbye
    ");
    assert_snapshot!(town.deliveries().await, @r#"
    post "I am Bo" -> discord:#lobby sent
    post "I am Bo" -> list:spring@ sent
    post "(the bridge itself: may-go-said)" -> telegram:#general sent
    edit "(the bridge itself: may-go-said)" -> telegram:#general sent
    post "(the bridge itself: done)" -> telegram:#general sent
    post "Hello all" -> discord:#lobby sent
    post "Hello all" -> list:spring@ sent
    post "(the bridge itself: may-go-said)" -> telegram:#general sent
    post "(it stays where it was said)" -> discord:#lobby suppressed: deleted-before-sent
    post "(it stays where it was said)" -> list:spring@ suppressed: deleted-before-sent
    post "Goodbye" -> discord:#lobby sent
    post "Goodbye" -> list:spring@ sent
    edit "Hello all" -> discord:#lobby suppressed: not-out-yet
    edit "Hello all" -> list:spring@ suppressed: not-out-yet
    delete "(it stays where it was said)" -> discord:#lobby suppressed: not-out-yet
    delete "(it stays where it was said)" -> list:spring@ suppressed: not-out-yet
    react "Hello all" -> discord:#lobby sent
    react "Hello all" -> list:spring@ suppressed: reactions-unsupported
    post "Welcome!" -> discord:#lobby sent
    post "Welcome!" -> list:spring@ sent
    edit "(the bridge itself: may-go-said)" -> telegram:#general sent
    post "(the bridge itself: done)" -> telegram:#general sent
    "#);
}

/// What is quoted, and what a thread is called, are words too.
#[tokio::test]
async fn no_subject_tells_what_waits() {
    let mut town = Town::build()
        .platform(letters("list"))
        .platform(forum("discord"))
        .platform(chat("telegram"))
        .room("general", &[LIST, "discord #plans", GENERAL])
        .open()
        .await;
    town.says(GENERAL, "Bo", "I am Bo").await;
    town.settle().await;
    town.asks_first("general").await;
    town.says("telegram @Bo", "Bo", "agree").await;
    town.settle().await;
    town.says(GENERAL, "Ana", "The vault opens at nine").await;
    town.replies(GENERAL, "Bo", "The vault opens at nine", "Thank you")
        .await;
    town.settle().await;
    for place in [LIST, "discord #plans"] {
        let seen = town.transcript(place);
        assert!(
            seen.contains("Thank you") && !seen.contains("vault"),
            "{seen}"
        );
    }
    presses(&mut town, GENERAL, "Ana", YES).await;
    assert_snapshot!(town.transcript(LIST), @r"
    # I am Bo
    Bo: I am Bo
    # 
    Bo: > In answer to something that stays where it was said
          Thank you
    # The vault opens at nine
    Ana: The vault opens at nine
    ");
}
