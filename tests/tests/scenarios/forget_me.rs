//! Whoever wants it is forgotten: here at once, elsewhere as far as platforms let us, and they are told.

use causeway_tests::{Town, chat, every_kind, letters, workplace};
use conversation::{Event, Proof, SendError};
use insta::assert_snapshot;

const GROUP: &str = "telegram #general";
const CHAT: &str = "telegram @Ana";
const LIST: &str = "list spring@";
const PLACES: [&str; 3] = ["discord #plans", "slack #spring", LIST];

async fn town() -> Town {
    let mut town = every_kind().await;
    town.says(GROUP, "Ana", "Bread on Friday").await;
    town.says(GROUP, "Bo", "I bring cheese").await;
    town.replies(GROUP, "Bo", "Bread on", "How much of it?")
        .await;
    town.reacts(GROUP, "Ana", "I bring", "👍").await;
    town.says(CHAT, "Ana", "help").await;
    town.settle().await;
    town.seconds_pass(20);
    town
}

/// She says it, and says yes.
async fn asks_to_be_forgotten(town: &mut Town) {
    town.says(CHAT, "Ana", "forget me").await;
    town.settle().await;
    let yes = town.button(CHAT, "Yes, do it");
    town.presses(CHAT, "Ana", &yes).await;
    town.settle().await;
}

/// All that falls due within a few minutes.
async fn minutes_go_by(town: &mut Town) {
    for _ in 0..40 {
        town.seconds_pass(10);
        town.settle().await;
    }
}

/// What others see.
fn elsewhere(town: &Town) -> String {
    let seen = PLACES.map(|it| format!("{it}\n{}\n", town.transcript(it)));
    seen.concat()
}

#[tokio::test]
async fn it_is_told_first_and_done_once_it_is_wanted() {
    let mut town = town().await;
    let before = elsewhere(&town);
    town.says(CHAT, "Ana", "forget me").await;
    town.settle().await;
    let asked = town.transcript(CHAT);
    let asked = asked
        .lines()
        .last()
        .and_then(|it| it.split_once(" If that is"));
    assert_snapshot!(asked.expect("it asks").0, @r"
    [bot]: forget me: I erase your one message here. I forget your names, accounts and wishes, and take back the copies that stand elsewhere: 2. What went out as one mail cannot be called back. Files that you sent may lie here for as long as words are kept. What you wrote stays where you wrote it; only you can delete that. This cannot be undone. I write to you alone once it is finished.
    ");
    minutes_go_by(&mut town).await;
    assert_eq!(elsewhere(&town), before);
}

#[tokio::test]
async fn what_stands_elsewhere_is_taken_back_and_its_person_is_told() {
    let mut town = town().await;
    asks_to_be_forgotten(&mut town).await;
    minutes_go_by(&mut town).await;
    assert_snapshot!(elsewhere(&town), @r"
    discord #plans
    # Bread on Friday
      | > Bo: How much of it?
    # I bring cheese
      | Bo: I bring cheese
    slack #spring
    Bo: I bring cheese
    # Bread on Friday
      | > Bo: How much of it?
    list spring@
    # Bread on Friday
    Ana: Bread on Friday
    # I bring cheese
    Bo: I bring cheese
      > Bo: How much of it?
    ");
    assert_snapshot!(town.transcript(GROUP), @r"
    Ana: Bread on Friday
    Bo: I bring cheese
      > Bo: How much of it?
    ");
    assert_snapshot!(town.transcript(CHAT), @r"
    Ana: help
    [bot]: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:
    Ana: forget me
    [bot]: You said yes to this: forget me (edited)
    [bot]: You are forgotten here: one message was erased.
          Discord: 1 taken back
          email: 0 taken back, 1 cannot be taken back there
          Slack: 1 taken back
          What could not be taken back stands in other people’s mailboxes and channels: ask them to delete it. What you said stays where you said it, and you can delete it there. This chat is forgotten with this message. If you write in a room again, you are somebody new.
    ");
    assert_snapshot!(town.deliveries().await, @r#"
    post "I bring cheese" -> discord:#plans sent
    post "I bring cheese" -> slack:#spring sent
    post "I bring cheese" -> list:spring@ sent
    post "How much of it?" -> discord:#plans sent
    post "How much of it?" -> slack:#spring sent
    post "How much of it?" -> list:spring@ sent
    react "I bring cheese" -> discord:#plans sent
    react "I bring cheese" -> slack:#spring sent
    react "I bring cheese" -> list:spring@ waiting: next-digest
    react "I bring cheese" -> discord:#plans sent
    react "I bring cheese" -> slack:#spring sent
    "#);
    assert!(
        town.store()
            .people("Spring Gathering", 10)
            .await
            .expect("read")
            .len()
            < 3
    );
}

/// What was erased for good is not taken in again, in whatever way it comes.
#[tokio::test]
async fn what_a_platform_tells_once_more_is_not_taken_in_again() {
    let mut town = town().await;
    let said = town.id_of(GROUP, "Bread on");
    let (edit, react) = (
        town.will_edit(GROUP, "Ana", "Bread on", "Bread on Sunday"),
        town.will_react(GROUP, "Bo", "Bread on", "👎"),
    );
    let before = town.will_say(GROUP, "Ana", "Bread on Friday");
    asks_to_be_forgotten(&mut town).await;
    minutes_go_by(&mut town).await;
    let after = elsewhere(&town);
    town.hours_pass(30 * 24);
    town.settle().await;
    let mut again = before;
    if let Event::Posted(it) = &mut again.event {
        it.messages = vec![said];
    }
    for event in [again, edit, react] {
        town.hears(event).await;
        town.settle().await;
    }
    assert_eq!(elsewhere(&town), after);
}

/// Nothing of it goes out once it is wanted, whatever waited.
#[tokio::test]
async fn what_waits_to_be_sent_is_not_sent() {
    let mut town = town().await;
    town.goes_down("discord");
    town.says(GROUP, "Ana", "Nobody shall read this").await;
    town.says(GROUP, "Bo", "Somebody shall read this").await;
    town.settle().await;
    asks_to_be_forgotten(&mut town).await;
    town.restarts().await;
    town.comes_back("discord");
    town.minutes_pass(10);
    minutes_go_by(&mut town).await;
    let seen = town.transcript("discord #plans");
    assert!(
        !seen.contains("Nobody") && !seen.contains("Bread on Friday\n  | Ana"),
        "{seen}"
    );
    assert!(seen.contains("Somebody shall"));
    town.deliveries().await;
    town.notices().await;
}

#[tokio::test]
async fn it_goes_on_after_a_restart_and_says_how_far_it_is() {
    let mut town = town().await;
    for number in 0..120 {
        town.says(GROUP, "Ana", &format!("Word {number}")).await;
        town.seconds_pass(20);
        town.settle().await;
    }
    town.says(CHAT, "Ana", "forget me").await;
    town.settle().await;
    let yes = town.button(CHAT, "Yes, do it");
    town.goes_down("discord");
    town.presses(CHAT, "Ana", &yes).await;
    town.settle().await;
    town.restarts().await;
    town.seconds_pass(30);
    town.settle().await;
    town.says(CHAT, "Ana", "forget me").await;
    town.settle().await;
    let chat = town.transcript(CHAT);
    assert_snapshot!(chat.lines().last().unwrap_or_default(), @"      Slack: 50 taken back");
    town.comes_back("discord");
    town.minutes_pass(60);
    minutes_go_by(&mut town).await;
    let chat = town.transcript(CHAT);
    let told = chat.lines().rev().take(6).collect::<Vec<_>>();
    assert_snapshot!(told.into_iter().rev().collect::<Vec<_>>().join("\n"), @r"
          Slack: 50 taken back
    [bot]: You are forgotten here: 121 messages were erased.
          Discord: 121 taken back
          email: 0 taken back, 121 cannot be taken back there
          Slack: 121 taken back
          What could not be taken back stands in other people’s mailboxes and channels: ask them to delete it. What you said stays where you said it, and you can delete it there. This chat is forgotten with this message. If you write in a room again, you are somebody new.
    ");
    assert!(!town.transcript("discord #plans").contains("Word"));
    town.deliveries().await;
    town.notices().await;
}

/// Where a platform takes nothing back any more, they are told.
#[tokio::test]
async fn what_cannot_be_taken_back_is_told() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(workplace("slack"))
        .platform(letters("list").read_by(&["Ana", "Bo"]))
        .room("general", &[GROUP, "slack #spring", LIST])
        .open()
        .await;
    town.is_run_by(&[("telegram", "Ana")]).await;
    town.says(GROUP, "Ana", "To be regretted").await;
    town.says(CHAT, "Ana", "help").await;
    town.settle().await;
    town.says(CHAT, "Ana", "forget me").await;
    town.settle().await;
    town.next_send_fails("slack", SendError::Refused("too old".to_owned()));
    let yes = town.button(CHAT, "Yes, do it");
    town.presses(CHAT, "Ana", &yes).await;
    minutes_go_by(&mut town).await;
    assert_snapshot!(town.transcript(CHAT), @r"
    Ana: help
    [bot]: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:
    Ana: forget me
    [bot]: You said yes to this: forget me (edited)
    [bot]: You are forgotten here: one message was erased.
          email: 0 taken back, 1 cannot be taken back there
          Slack: 0 taken back, 1 not taken back: it refused
          What could not be taken back stands in other people’s mailboxes and channels: ask them to delete it. What you said stays where you said it, and you can delete it there. This chat is forgotten with this message. If you write in a room again, you are somebody new. Whoever runs me names you in the configuration, which I cannot change: please ask them to take you out of it.
    ");
    let notices = town.notices().await;
    assert!(
        notices.contains("somebody asked to be forgotten whom the configuration names"),
        "{notices}"
    );
    assert!(!notices.contains("account-of"));
    town.deliveries().await;
}

/// The same account is somebody new.
#[tokio::test]
async fn whoever_speaks_again_is_somebody_new() {
    let mut town = town().await;
    asks_to_be_forgotten(&mut town).await;
    minutes_go_by(&mut town).await;
    town.says(GROUP, "Ana", "Here again").await;
    town.says(CHAT, "Ana", "mydata").await;
    town.settle().await;
    let told = town.text_files(CHAT).concat();
    assert!(told.contains("Here again"));
    assert!(!told.contains("Friday"));
    assert!(town.transcript("discord #plans").contains("Here again"));
    minutes_go_by(&mut town).await;
    assert!(town.transcript("discord #plans").contains("Here again"));
}

/// S60: a mail alone forgets nobody; the code of the answer does.
#[tokio::test]
async fn by_mail_it_needs_the_code() {
    let mut town = town().await;
    town.says(LIST, "Cy", "By mail").await;
    town.settle().await;
    town.commands_by_mail(LIST, "Cy", "forget me", Proof::Proven)
        .await;
    town.settle().await;
    minutes_go_by(&mut town).await;
    assert!(town.transcript(GROUP).contains("By mail"));
    let confirm = format!("confirm {}", town.code(LIST));
    town.commands_by_mail(LIST, "Bo", &confirm, Proof::Proven)
        .await;
    town.commands_by_mail(LIST, "Cy", &confirm, Proof::Unproven)
        .await;
    minutes_go_by(&mut town).await;
    assert!(town.transcript(GROUP).contains("By mail"));
    town.commands_by_mail(LIST, "Cy", "forget me", Proof::Proven)
        .await;
    town.settle().await;
    let confirm = format!("confirm {}", town.code(LIST));
    town.commands_by_mail(LIST, "Cy", &confirm, Proof::Proven)
        .await;
    minutes_go_by(&mut town).await;
    assert!(!town.transcript(GROUP).contains("By mail"));
    // Who only ever wrote to the list is told in a mail of their own.
    let mailbox = town.transcript("list @Cy");
    let mail = mailbox.lines().skip(1).take(4).collect::<Vec<_>>();
    assert_snapshot!(mail.join("\n"), @r"
    Causeway: You are forgotten here: one message was erased.
          Discord: 1 taken back
          Slack: 1 taken back
          Telegram: 1 taken back
    ");
    assert_snapshot!(town.whispers(LIST), @r"
    to Cy: forget me: I erase your one message here. I forget your names, accounts and wishes, and take back the copies that stand elsewhere: 3. Files that you sent may lie here for as long as words are kept. What you wrote stays where you wrote it; only you can delete that. This cannot be undone. I write to you alone once it is finished. If that is what you want, write “confirm CODE” within 10 minutes.
    to Bo: I asked you nothing that has this code and waits for a yes. Nothing happened. Give the command again, and I ask you anew.
    to Cy: forget me: I erase your one message here. I forget your names, accounts and wishes, and take back the copies that stand elsewhere: 3. Files that you sent may lie here for as long as words are kept. What you wrote stays where you wrote it; only you can delete that. This cannot be undone. I write to you alone once it is finished. If that is what you want, write “confirm CODE” within 10 minutes.
    to Cy: Done: forget me. I erase your one message here. I forget your names, accounts and wishes, and take back the copies that stand elsewhere: 3. Files that you sent may lie here for as long as words are kept. What you wrote stays where you wrote it; only you can delete that. This cannot be undone. I write to you alone once it is finished.
    ");
}
