//! Where a post cannot be changed, one gentle correction says what is different.

use std::time::Duration;

use causeway_tests::{Town, chat, letters};
use conversation::{SendError, Support};
use insta::assert_snapshot;

/// What is sent by mail stays as it is, but its readers hear of changes.
async fn town() -> Town {
    Town::build()
        .platform(chat("telegram"))
        .platform(letters("list"))
        .room("general", &["telegram #general", "list spring@"])
        .open()
        .await
}

async fn quiet(town: &mut Town) {
    town.seconds_pass(90);
    town.settle().await;
}

#[tokio::test]
async fn a_slip_of_the_pen_is_corrected_with_a_word() {
    let mut town = town().await;
    town.says(
        "telegram #general",
        "Ana",
        "See you on Firday at the old mill, and bring bread",
    )
    .await;
    town.settle().await;
    town.edits(
        "telegram #general",
        "Ana",
        "Firday",
        "See you on Friday at the old mill, and bring bread",
    )
    .await;
    town.settle().await;
    town.seconds_pass(89);
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    # See you on Firday at the old mill, and bring bread
    Ana: See you on Firday at the old mill, and bring bread
    ");
    town.seconds_pass(1);
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    # See you on Firday at the old mill, and bring bread
    Ana: See you on Firday at the old mill, and bring bread
      > Ana: * Friday
    ");
    assert_snapshot!(town.deliveries().await, @r#"
    post "See you on Friday at the old mill, and bring bread" -> list:spring@ sent
    edit "See you on Friday at the old mill, and bring bread" -> list:spring@ sent: as-a-correction
    "#);
}

#[tokio::test]
async fn five_edits_make_one_correction() {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "Frday at svn").await;
    town.settle().await;
    for text in [
        "Friday at svn",
        "Friday at sven",
        "Friday at seven",
        "Friday at sevn, tea",
        "Friday at seven, tea",
    ] {
        town.seconds_pass(80);
        town.edits("telegram #general", "Ana", "day", text).await;
        town.settle().await;
    }
    quiet(&mut town).await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    # Frday at svn
    Ana: Frday at svn
      > Ana: * Friday, seven, tea
    ");
    assert_snapshot!(town.deliveries().await, @r#"
    post "Friday at seven, tea" -> list:spring@ sent
    edit "Friday at seven, tea" -> list:spring@ suppressed: said-by-a-later-one
    edit "Friday at seven, tea" -> list:spring@ suppressed: said-by-a-later-one
    edit "Friday at seven, tea" -> list:spring@ suppressed: said-by-a-later-one
    edit "Friday at seven, tea" -> list:spring@ suppressed: said-by-a-later-one
    edit "Friday at seven, tea" -> list:spring@ sent: as-a-correction
    "#);
}

#[tokio::test]
async fn a_correction_holds_back_nobody() {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "See you on Firday")
        .await;
    town.settle().await;
    town.edits("telegram #general", "Ana", "Firday", "See you on Friday")
        .await;
    town.says("telegram #general", "Bo", "I am coming").await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    # See you on Firday
    Ana: See you on Firday
    # I am coming
    Bo: I am coming
    ");
    quiet(&mut town).await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    # See you on Firday
    Ana: See you on Firday
    # I am coming
    Bo: I am coming
      > Ana: * Friday
    ");
}

#[tokio::test]
async fn an_answer_to_a_correction_answers_the_message() {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "See you on Firday")
        .await;
    town.settle().await;
    town.edits("telegram #general", "Ana", "Firday", "See you on Friday")
        .await;
    quiet(&mut town).await;
    town.replies("list spring@", "Bo", "* Friday", "Friday it is")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    Ana: See you on Friday (edited)
      > [bot]: Bo (email): Friday it is
    ");
}

#[tokio::test]
async fn the_next_correction_starts_from_the_last_and_survives_a_restart() {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "See you on Firday at five")
        .await;
    town.settle().await;
    town.edits(
        "telegram #general",
        "Ana",
        "See you",
        "See you on Friday at five",
    )
    .await;
    quiet(&mut town).await;
    town.edits(
        "telegram #general",
        "Ana",
        "See you",
        "See you on Friday at seven",
    )
    .await;
    town.settle().await;
    town.restarts().await;
    quiet(&mut town).await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    # See you on Firday at five
    Ana: See you on Firday at five
      > Ana: * Friday
      > Ana: * seven
    ");
}

#[tokio::test]
async fn an_edit_that_is_undone_says_nothing() {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "See you on Friday")
        .await;
    town.settle().await;
    for text in ["See you on Saturday", "See you on Friday"] {
        town.edits("telegram #general", "Ana", "See you", text)
            .await;
    }
    quiet(&mut town).await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    # See you on Friday
    Ana: See you on Friday
    ");
    assert_snapshot!(town.deliveries().await, @r#"
    post "See you on Friday" -> list:spring@ sent
    edit "See you on Friday" -> list:spring@ suppressed: said-by-a-later-one
    edit "See you on Friday" -> list:spring@ suppressed: nothing-to-say
    "#);
}

#[tokio::test]
async fn an_edit_of_what_has_not_gone_out_yet_needs_no_correction() {
    let mut town = town().await;
    town.next_send_fails("list", SendError::Unavailable("down".into()));
    town.says("telegram #general", "Ana", "See you on Firday")
        .await;
    town.settle().await;
    town.edits("telegram #general", "Ana", "Firday", "See you on Friday")
        .await;
    quiet(&mut town).await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    # See you on Friday
    Ana: See you on Friday
    ");
    assert_snapshot!(town.deliveries().await, @r#"
    post "See you on Friday" -> list:spring@ sent
    edit "See you on Friday" -> list:spring@ suppressed: already-current
    "#);
}

#[tokio::test]
async fn what_is_deleted_while_its_correction_waits_is_corrected_no_more() {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "See you on Firday")
        .await;
    town.settle().await;
    town.edits("telegram #general", "Ana", "Firday", "See you on Friday")
        .await;
    town.deletes("telegram #general", "Ana", "Friday").await;
    quiet(&mut town).await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    # See you on Firday
    Ana: See you on Firday
    ");
    town.deliveries().await;
}

/// A chat in which posts can be changed for an hour.
async fn an_hour_to_edit() -> Town {
    Town::build()
        .platform(chat("telegram"))
        .platform(
            chat("discord").that_can(|can| can.edits.within = Some(Duration::from_secs(3600))),
        )
        .room("general", &["telegram #general", "discord #lobby"])
        .open()
        .await
}

#[tokio::test]
async fn what_can_be_changed_no_more_is_corrected_in_reply() {
    let mut town = an_hour_to_edit().await;
    town.says("telegram #general", "Ana", "Sea you on Firday")
        .await;
    town.settle().await;
    town.minutes_pass(59);
    town.edits("telegram #general", "Ana", "Sea", "See you on Firday")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @"[bot]: Ana (Telegram): See you on Firday (edited)");
    town.minutes_pass(1);
    town.edits("telegram #general", "Ana", "See", "See you on Friday")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @"[bot]: Ana (Telegram): See you on Firday (edited)");
    quiet(&mut town).await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: Ana (Telegram): See you on Firday (edited)
      > [bot]: Ana (Telegram): * Friday
    ");
    town.deletes("telegram #general", "Ana", "See").await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @"");
}

#[tokio::test]
async fn a_correction_in_doubt_is_looked_for_before_it_is_said_again() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(letters("list").that_can(|can| can.history = Support::Native))
        .room("general", &["telegram #general", "list spring@"])
        .open()
        .await;
    town.says("telegram #general", "Ana", "See you on Firday")
        .await;
    town.settle().await;
    town.edits("telegram #general", "Ana", "Firday", "See you on Friday")
        .await;
    town.answers_get_lost("list", 1);
    quiet(&mut town).await;
    town.minutes_pass(5);
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    # See you on Firday
    Ana: See you on Firday
      > Ana: * Friday
    ");
}

#[tokio::test]
async fn a_letter_that_is_changed_says_the_paragraph() {
    let mut town = town().await;
    let letter = "Dear all,\n\nthe bus leaves at five from the old mill.\n\nYours, Ana";
    town.says("telegram #general", "Ana", letter).await;
    town.settle().await;
    let new = letter.replace(
        "the bus leaves at five from the old mill",
        "there is no bus, so we walk; be at the new bridge at a quarter past four",
    );
    town.edits("telegram #general", "Ana", "the bus", &new)
        .await;
    quiet(&mut town).await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    # Dear all,
    Ana: Dear all,
          
          the bus leaves at five from the old mill.
          
          Yours, Ana
      > Ana: Changed: there is no bus, so we walk; be at the new bridge at a quarter past four.
    ");
}

#[tokio::test]
async fn who_leaves_the_room_is_told_no_correction() {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "See you on Firday")
        .await;
    town.settle().await;
    town.edits("telegram #general", "Ana", "Firday", "See you on Friday")
        .await;
    town.settle().await;
    town.unlinks("list spring@").await;
    quiet(&mut town).await;
    assert_snapshot!(town.deliveries().await, @r#"
    post "See you on Friday" -> list:spring@ sent
    edit "See you on Friday" -> list:spring@ suppressed: unlinked
    "#);
}
