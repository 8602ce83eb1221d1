//! A file that cannot be had where it lies.

use causeway_tests::{Town, chat, larger_town, town};
use conversation::{SendError, Support};
use insta::assert_snapshot;

#[tokio::test]
async fn a_file_that_cannot_be_had_at_once_comes_with_its_message_a_little_later() {
    let mut town = town().await;
    town.next_fetch_fails("telegram", SendError::Unavailable("503".into()));
    town.shows("telegram #general", "Ana", "The hall", "hall.jpg")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @"");
    town.seconds_pass(2);
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @"Ana: The hall <hall.jpg>");
}

#[tokio::test]
async fn words_wait_for_no_file_and_it_follows_as_an_answer_to_them() {
    let mut town = larger_town().await;
    town.hands_out_no_files("telegram");
    town.shows("telegram #general", "Ana", "The hall", "hall.jpg")
        .await;
    town.says("telegram #general", "Ana", "Do you like it?")
        .await;
    town.settle().await;
    town.seconds_pass(2);
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: Ana (Telegram): The hall
          [photo: hall.jpg — the platform that holds it does not hand it out now, and it follows if it can; it is in Telegram]
    [bot]: Ana (Telegram): Do you like it?
    ");
    town.hands_out_files_again("telegram");
    seconds_pass(&mut town, 10).await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: Ana (Telegram): The hall
          [photo: hall.jpg — the platform that holds it does not hand it out now, and it follows if it can; it is in Telegram]
    [bot]: Ana (Telegram): Do you like it?
      > [bot]: Ana (Telegram): <hall.jpg>
    ");
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: The hall
          [photo: hall.jpg — the platform that holds it does not hand it out now, and it follows if it can; it is in Telegram]
    Ana: Do you like it?
      > Ana:  <hall.jpg>
    ");
    assert_snapshot!(town.deliveries().await, @r#"
    post "The hall" -> discord:#lobby sent
    post "The hall" -> list:spring@ sent
    post "Do you like it?" -> discord:#lobby sent
    post "Do you like it?" -> list:spring@ sent
    edit "The hall" -> discord:#lobby sent
    edit "The hall" -> list:spring@ sent
    "#);
}

#[tokio::test]
async fn a_file_that_cannot_be_had_for_long_is_left_out_and_named() {
    let mut town = town().await;
    town.hands_out_no_files("telegram");
    town.shows("telegram #general", "Ana", "The hall", "hall.jpg")
        .await;
    minutes_pass(&mut town, 20).await;
    town.hands_out_files_again("telegram");
    minutes_pass(&mut town, 20).await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: The hall
          [photo: hall.jpg — the platform that holds it does not hand it out now, and it follows if it can; it is in Telegram]
    ");
    assert_snapshot!(town.notices().await, @"");
    assert_snapshot!(town.deliveries().await, @r#"
    post "The hall" -> list:spring@ sent
    edit "The hall" -> list:spring@ suppressed: file-lost
    "#);
}

#[tokio::test]
async fn a_file_that_is_long_on_its_way_holds_no_words_back() {
    let mut town = town().await;
    town.sits_on_its_files("telegram");
    town.shows("telegram #general", "Ana", "The hall", "hall.jpg")
        .await;
    town.says("telegram #general", "Ana", "Do you like it?")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: The hall
          [photo: hall.jpg — it takes long to fetch, and it follows if it can; it is in Telegram]
    Ana: Do you like it?
    ");
}

#[tokio::test]
async fn of_several_files_those_that_can_be_had_go_at_once() {
    let mut town = larger_town().await;
    town.hands_out_no("telegram", "door.jpg");
    town.shows_all(
        "telegram #general",
        "Ana",
        "The hall",
        &["hall.jpg", "door.jpg"],
    )
    .await;
    seconds_pass(&mut town, 2).await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: Ana (Telegram): The hall
          [photo: door.jpg — the platform that holds it does not hand it out now, and it follows if it can; it is in Telegram] <hall.jpg>
    ");
    town.hands_out_no("telegram", "no other");
    minutes_pass(&mut town, 2).await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: Ana (Telegram): The hall
          [photo: door.jpg — the platform that holds it does not hand it out now, and it follows if it can; it is in Telegram] <hall.jpg>
      > [bot]: Ana (Telegram): <door.jpg>
    ");
}

#[tokio::test]
async fn an_edit_of_words_whose_file_follows_changes_them_and_no_file_twice() {
    let mut town = larger_town().await;
    town.hands_out_no_files("telegram");
    town.shows("telegram #general", "Ana", "The hal", "hall.jpg")
        .await;
    seconds_pass(&mut town, 2).await;
    town.captions_anew("telegram #general", "Ana", "The hal", "The hall")
        .await;
    seconds_pass(&mut town, 2).await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: Ana (Telegram): The hall
          [photo: hall.jpg — the platform that holds it does not hand it out now, and it follows if it can; it is in Telegram] (edited)
    ");
    town.hands_out_files_again("telegram");
    seconds_pass(&mut town, 30).await;
    town.captions_anew("telegram #general", "Ana", "The hall", "Our hall")
        .await;
    seconds_pass(&mut town, 2).await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: Ana (Telegram): Our hall (edited)
      > [bot]: Ana (Telegram): <hall.jpg>
    ");
    minutes_pass(&mut town, 2).await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: The hal
          [photo: hall.jpg — the platform that holds it does not hand it out now, and it follows if it can; it is in Telegram]
      > Ana:  <hall.jpg>
    ");
}

#[tokio::test]
async fn words_under_a_picture_are_changed_though_nobody_hands_it_out_any_more() {
    let mut town = larger_town().await;
    town.shows("telegram #general", "Ana", "The hal", "hall.jpg")
        .await;
    town.settle().await;
    town.hands_out_no_files("telegram");
    town.folder_for_files_is_lost();
    town.captions_anew("telegram #general", "Ana", "The hal", "The hall")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @"[bot]: Ana (Telegram): The hall <hall.jpg> (edited)");
    minutes_pass(&mut town, 2).await;
}

#[tokio::test]
async fn a_file_that_its_author_took_out_does_not_follow() {
    let mut town = larger_town().await;
    town.hands_out_no_files("telegram");
    town.shows("telegram #general", "Ana", "The hall", "hall.jpg")
        .await;
    seconds_pass(&mut town, 2).await;
    let words = ("The hall", "The door");
    town.changes_picture("telegram #general", "Ana", words, &["door.jpg"])
        .await;
    seconds_pass(&mut town, 2).await;
    town.hands_out_files_again("telegram");
    minutes_pass(&mut town, 2).await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: Ana (Telegram): The door
          [photo: door.jpg — the platform that holds it does not hand it out now, and it follows if it can; it is in Telegram] (edited)
      > [bot]: Ana (Telegram): <door.jpg>
    ");
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: The hall
          [photo: hall.jpg — the platform that holds it does not hand it out now, and it follows if it can; it is in Telegram]
    ");
}

#[tokio::test]
async fn a_delete_takes_back_the_file_that_followed_or_keeps_it_from_following() {
    let mut town = larger_town().await;
    town.hands_out_no_files("telegram");
    for words in ["The hall", "The door"] {
        town.shows("telegram #general", "Ana", words, &format!("{words}.jpg"))
            .await;
    }
    seconds_pass(&mut town, 4).await;
    town.deletes("telegram #general", "Ana", "The hall").await;
    seconds_pass(&mut town, 2).await;
    town.hands_out_files_again("telegram");
    seconds_pass(&mut town, 30).await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: Ana (Telegram): The door
          [photo: The door.jpg — the platform that holds it does not hand it out now, and it follows if it can; it is in Telegram]
      > [bot]: Ana (Telegram): <The door.jpg>
    ");
    town.deletes("telegram #general", "Ana", "The door").await;
    seconds_pass(&mut town, 2).await;
    assert_snapshot!(town.transcript("discord #lobby"), @"");
}

#[tokio::test]
async fn a_file_follows_over_a_restart_and_a_crash_posts_it_once() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(chat("discord").that_can(|can| can.history = Support::Native))
        .room("general", &["telegram #general", "discord #lobby"])
        .open()
        .await;
    town.hands_out_no_files("telegram");
    town.shows("telegram #general", "Ana", "The hall", "hall.jpg")
        .await;
    town.settle().await;
    town.seconds_pass(2);
    town.step_once().await;
    town.crashes_after_the_next_post_to("discord #lobby").await;
    seconds_pass(&mut town, 2).await;
    town.hands_out_files_again("telegram");
    town.minutes_pass(1);
    town.falls_due().await;
    town.crashes_after_the_next_post_to("discord #lobby").await;
    seconds_pass(&mut town, 30).await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: Ana (Telegram): The hall
          [photo: hall.jpg — the platform that holds it does not hand it out now, and it follows if it can; it is in Telegram]
      > [bot]: Ana (Telegram): <hall.jpg>
    ");
    town.deletes("telegram #general", "Ana", "The hall").await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @"");
}

#[tokio::test]
async fn a_folder_for_files_that_was_tidied_away_is_made_again() {
    let mut town = larger_town().await;
    town.shows("telegram #general", "Ana", "The hall", "hall.jpg")
        .await;
    town.settle().await;
    town.folder_for_files_is_lost();
    town.shows("telegram #general", "Ana", "Once more", "hall.jpg")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: Ana (Telegram): The hall <hall.jpg>
    [bot]: Ana (Telegram): Once more <hall.jpg>
    ");
}

#[tokio::test]
async fn words_go_while_the_folder_for_files_cannot_be_used_and_files_follow() {
    let mut town = larger_town().await;
    town.folder_for_files_is_blocked();
    town.shows("telegram #general", "Ana", "The hall", "hall.jpg")
        .await;
    town.says("telegram #general", "Ana", "Do you like it?")
        .await;
    seconds_pass(&mut town, 2).await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: Ana (Telegram): The hall
          [photo: hall.jpg — the bridge cannot keep it now, and it follows if it can; it is in Telegram]
    [bot]: Ana (Telegram): Do you like it?
    ");
    town.folder_for_files_is_mended();
    seconds_pass(&mut town, 30).await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: The hall
          [photo: hall.jpg — the bridge cannot keep it now, and it follows if it can; it is in Telegram]
    Ana: Do you like it?
      > Ana:  <hall.jpg>
    ");
}

#[tokio::test]
async fn what_the_holder_of_a_file_says_closes_no_other_channel() {
    let mut town = town().await;
    let errors = [
        SendError::ChannelGone("the bot was kicked".into()),
        SendError::Unauthorised("the token was revoked".into()),
        SendError::ChannelMoved(conversation::ChannelRef::new("telegram", "#elsewhere")),
    ];
    for error in errors {
        town.next_fetch_fails("telegram", error);
        town.shows("telegram #general", "Ana", "The hall", "hall.jpg")
            .await;
        town.settle().await;
    }
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: The hall
          [photo: hall.jpg — the platform that holds it does not hand it out; it is in Telegram]
    Ana: The hall
          [photo: hall.jpg — the platform that holds it does not hand it out; it is in Telegram]
    Ana: The hall
          [photo: hall.jpg — the platform that holds it does not hand it out; it is in Telegram]
    ");
    assert_snapshot!(town.notices().await, @"");
}

async fn minutes_pass(town: &mut Town, minutes: u64) {
    for _ in 0..minutes {
        town.settle().await;
        town.minutes_pass(1);
    }
    town.settle().await;
}

async fn seconds_pass(town: &mut Town, seconds: u64) {
    for _ in 0..seconds {
        town.settle().await;
        town.seconds_pass(1);
    }
    town.settle().await;
}
