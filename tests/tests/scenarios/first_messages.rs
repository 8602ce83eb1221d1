//! Where staff wants it, the first words of everybody wait until they agreed that they go on.

use causeway_tests::{Town, chat, forum, larger_town, letters};
use conversation::{ChannelRef, Event, Proof, StormLimits};
use insta::assert_snapshot;

const GENERAL: &str = "telegram #general";
const LOBBY: &str = "discord #lobby";
const LIST: &str = "list spring@";
const YES: &str = "Yes, carry it on";
const NO: &str = "No";

async fn asking_town() -> Town {
    let mut town = larger_town().await;
    town.asks_first("general").await;
    town
}

async fn presses(town: &mut Town, channel: &str, who: &str, label: &str) {
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
      > [bot]: What you said has not gone on yet: this room asks everybody once. May what you say here be carried to Discord, email, with your name? Say “agree” or “disagree” to me within 7 days. Until then it waits; without a yes it goes nowhere, and I forget it. “agreement” tells more. [Yes, carry it on] [No]
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
      > [bot]: You agreed: what you said goes on. “disagree” ends that at any time. (edited)
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
    assert_snapshot!(town.transcript(LOBBY), @"[bot]: Bo (Telegram): We hear you");
    assert_snapshot!(town.transcript(LIST), @"Bo: We hear you");
    assert_snapshot!(town.transcript(GENERAL), @r"
    Ana: Hello again (edited)
      > [bot]: You did not agree: what you said went nowhere, and I forgot it. If you change your mind, say “agree” to me. (edited)
    Ana: I am still here
      > Bo: We hear you
      > [bot]: You agreed: what you said goes on. “disagree” ends that at any time. (edited)
    ");
    assert_snapshot!(town.deliveries().await, @r#"
    post "(its words were erased)" -> discord:#lobby suppressed: no-consent
    post "(its words were erased)" -> list:spring@ suppressed: no-consent
    post "(the bridge itself: may-not-go-said)" -> telegram:#general sent
    edit "(the bridge itself: may-not-go-said)" -> telegram:#general sent
    post "(the bridge itself: done)" -> telegram:#general sent
    post "(its words were erased)" -> discord:#lobby suppressed: no-consent
    post "(its words were erased)" -> list:spring@ suppressed: no-consent
    edit "(its words were erased)" -> discord:#lobby suppressed: never-posted
    edit "(its words were erased)" -> list:spring@ suppressed: never-posted
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
      > [bot]: You were asked whether what you said may go on, and 7 days went by without an answer: it went nowhere, and I forgot it. Whatever you say next there, I ask you again. (edited)
    Ana: Hm?
    ");
    assert_snapshot!(town.transcript(LOBBY), @"");
    assert_snapshot!(town.deliveries().await, @r#"
    post "(its words were erased)" -> discord:#lobby suppressed: no-consent
    post "(its words were erased)" -> list:spring@ suppressed: no-consent
    post "(the bridge itself: never-went)" -> telegram:#general sent
    post "(its words were erased)" -> discord:#lobby suppressed: no-consent
    post "(its words were erased)" -> list:spring@ suppressed: no-consent
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
    [bot]: What you said has not gone on yet: this room asks everybody once. May what you say here be carried to Discord, email, with your name? Say “agree” or “disagree” to me within 7 days. Until then it waits; without a yes it goes nowhere, and I forget it. “agreement” tells more. (edited)
    [bot]: You were asked whether what you said may go on, and 7 days went by without an answer: it went nowhere, and I forgot it. Whatever you say next there, I ask you again.
    [bot]: You agreed: what you said goes on. “disagree” ends that at any time. (edited)
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
    [bot]: Bo (Telegram): Welcome!
    ");
    assert_snapshot!(town.transcript(LIST), @r"
    Bo: I am Bo
    Bo: Welcome!
    ");
    presses(&mut town, GENERAL, "Ana", YES).await;
    assert_snapshot!(town.transcript(LOBBY), @r"
    [bot]: Bo (Telegram): I am Bo
    [bot]: Bo (Telegram): Welcome!
    [bot]: Ana (Telegram): Hello all [👍]
    [bot]: Ana (Telegram): Goodbye
    ");
    assert_snapshot!(town.transcript(LIST), @r"
    Bo: I am Bo
    Bo: Welcome!
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
    post "(its words were erased)" -> discord:#lobby suppressed: deleted-before-sent
    post "(its words were erased)" -> list:spring@ suppressed: deleted-before-sent
    post "Goodbye" -> discord:#lobby sent
    post "Goodbye" -> list:spring@ sent
    edit "Hello all" -> discord:#lobby suppressed: not-out-yet
    edit "Hello all" -> list:spring@ suppressed: not-out-yet
    delete "(its words were erased)" -> discord:#lobby suppressed: not-out-yet
    delete "(its words were erased)" -> list:spring@ suppressed: not-out-yet
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
    Bo: Thank you
    # The vault opens at nine
    Ana: The vault opens at nine
    ");
}

#[tokio::test]
async fn a_person_is_one_whichever_of_their_accounts_says_it() {
    let mut town = larger_town().await;
    town.says(GENERAL, "Ana", "Here").await;
    town.says(LOBBY, "Ana", "And here").await;
    town.settle().await;
    town.staff_does("member join telegram:account-of-Ana discord:account-of-Ana")
        .await;
    town.asks_first("general").await;
    town.says(GENERAL, "Ana", "One").await;
    town.says(LOBBY, "Ana", "Two").await;
    town.settle().await;
    presses(&mut town, GENERAL, "Ana", YES).await;
    assert_snapshot!(town.transcript(LIST), @r"
    Ana: Here
    Ana: And here
    Ana: One
    Ana: Two
    ");
    assert_snapshot!(town.transcript(GENERAL), @r"
    Ana: Here
    [bot]: Ana (Discord): And here
    Ana: One
      > [bot]: You agreed: what you said goes on. “disagree” ends that at any time. (edited)
    [bot]: Ana (Discord): Two
    ");
}

#[tokio::test]
async fn nobody_answers_for_another() {
    let mut town = asking_town().await;
    town.says(GENERAL, "Ana", "Hello").await;
    town.settle().await;
    presses(&mut town, GENERAL, "Bo", YES).await;
    assert_snapshot!(town.whispers(GENERAL), @"to Bo: That button is somebody else's, and nothing happened.");
    assert_eq!(town.transcript(LOBBY), "");
    presses(&mut town, GENERAL, "Ana", YES).await;
}

#[tokio::test]
async fn many_go_in_their_order() {
    let mut town = asking_town().await;
    let said: Vec<String> = (0..129).map(|it| format!("Number {it}")).collect();
    for it in &said {
        town.says(GENERAL, "Ana", it).await;
        town.seconds_pass(2);
    }
    town.settle().await;
    assert_eq!(town.transcript(LOBBY), "");
    presses(&mut town, GENERAL, "Ana", YES).await;
    let expected: Vec<String> = said
        .iter()
        .map(|it| format!("[bot]: Ana (Telegram): {it}"))
        .collect();
    assert_eq!(town.transcript(LOBBY), expected.join("\n"));
}

/// Nobody makes a flood of what waits by one yes.
#[tokio::test]
async fn what_is_too_much_does_not_wait() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(chat("discord"))
        .room("general", &[GENERAL, LOBBY])
        .braked_at(StormLimits {
            per_author: 3,
            ..StormLimits::default()
        })
        .open()
        .await;
    town.asks_first("general").await;
    for it in 0..10 {
        town.says(GENERAL, "Ana", &format!("Number {it}")).await;
    }
    town.settle().await;
    presses(&mut town, GENERAL, "Ana", YES).await;
    assert_snapshot!(town.transcript(LOBBY), @r"
    [bot]: Ana (Telegram): Number 0
    [bot]: Ana (Telegram): Number 1
    [bot]: Ana (Telegram): Number 2
    ");
    assert_snapshot!(town.notices().await, @"");
}

/// A list's own readers get it at once, as they always did. Who may be anybody is not written to.
#[tokio::test]
async fn by_mail_its_writer_is_asked_alone() {
    let mut town = asking_town().await;
    town.says(LIST, "Cy", "I may be anybody").await;
    town.says_by_mail(LIST, "Ana", "Dear all").await;
    town.settle().await;
    assert_snapshot!(town.whispers(LIST), @r"
    to Ana: What you said has not gone on yet: this room asks everybody once. May what you say here be carried to Discord, Telegram, with your name? Say “agree” or “disagree” to me within 7 days. Until then it waits; without a yes it goes nowhere, and I forget it. “agreement” tells more.
    ");
    assert_snapshot!(town.transcript(LOBBY), @"");
    town.commands_by_mail(LIST, "Ana", "agree", Proof::Proven)
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript(LOBBY), @"");
    let confirm = format!("confirm {}", town.code(LIST));
    town.commands_by_mail(LIST, "Ana", &confirm, Proof::Proven)
        .await;
    town.settle().await;
    assert_snapshot!(town.whispers(LIST), @r"
    to Ana: What you said has not gone on yet: this room asks everybody once. May what you say here be carried to Discord, Telegram, with your name? Say “agree” or “disagree” to me within 7 days. Until then it waits; without a yes it goes nowhere, and I forget it. “agreement” tells more.
    to Ana: agree: What waited goes on now, and so does what you say from now on. “disagree relay” ends that at any time. If that is what you want, write “confirm CODE” within 10 minutes.
    to Ana: Done: agree. What waited goes on now, and so does what you say from now on. “disagree relay” ends that at any time.
    ");
    assert_snapshot!(town.transcript(LOBBY), @"[bot]: Ana (email): Dear all");
    assert_snapshot!(town.transcript(LIST), @r"
    Cy: I may be anybody
    Ana: Dear all
    ");
    town.hours_pass(7 * 24);
    town.settle().await;
    assert_snapshot!(town.deliveries().await, @r#"
    post "(its words were erased)" -> telegram:#general suppressed: no-consent
    post "(its words were erased)" -> discord:#lobby suppressed: no-consent
    post "(its words were erased)" -> list:spring@ sent
    post "Dear all" -> telegram:#general sent
    post "Dear all" -> discord:#lobby sent
    post "Dear all" -> list:spring@ sent
    post "(the bridge itself: may-go-said)" -> list:spring@ sent
    post "(the bridge itself: yes-said)" -> list:spring@ sent
    edit "(the bridge itself: may-go-said)" -> list:spring@ suppressed: edits-unsupported
    edit "(the bridge itself: yes-said)" -> list:spring@ suppressed: edits-unsupported
    post "(the bridge itself: done)" -> list:spring@ sent
    "#);
}

/// What staff chose is what holds when it is said.
#[tokio::test]
async fn staff_sees_how_much_waits_and_may_end_the_asking() {
    let mut town = asking_town().await;
    town.is_run_by(&[("discord", "Eva")]).await;
    town.says(GENERAL, "Ana", "Hello").await;
    town.settle().await;
    for said in [
        "status",
        "room set general",
        "room set general first-messages=go",
        "status",
    ] {
        town.commands(LOBBY, "Eva", said).await;
        town.settle().await;
        town.seconds_pass(15);
    }
    town.says(GENERAL, "Bo", "I am heard at once").await;
    town.settle().await;
    assert_snapshot!(town.whispers_in_full(LOBBY), @r"
    to Eva: All is well.
    · One message waits until its author agrees that it goes on.
    to Eva: Nothing happened: say what is to be set, as in “room set spring first-messages=wait”.
    to Eva: Done: room set general first-messages=go. What people say there goes on at once. What waits for a yes still waits for it. Within 15 minutes, “undo” takes it back. [Undo]
    to Eva: All is well.
    · One message waits until its author agrees that it goes on.
    ");
    assert_snapshot!(town.transcript(LIST), @"Bo: I am heard at once");
    presses(&mut town, GENERAL, "Ana", YES).await;
    assert_snapshot!(town.transcript(LIST), @r"
    Bo: I am heard at once
    Ana: Hello
    ");
}

/// Groups become larger ones, with other ids.
#[tokio::test]
async fn what_waits_moves_along_with_its_channel() {
    let mut town = asking_town().await;
    town.says(LOBBY, "Ana", "Hello").await;
    town.settle().await;
    let to = ChannelRef::new("telegram", "#larger");
    town.happens(
        &ChannelRef::new("telegram", "#general"),
        "Bo",
        Event::Moved { to },
    )
    .await;
    presses(&mut town, LOBBY, "Ana", YES).await;
    assert_snapshot!(town.transcript("telegram #larger"), @"[bot]: Ana (Discord): Hello");
}
