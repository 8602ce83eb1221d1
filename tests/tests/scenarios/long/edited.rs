//! A long text that its author changes or takes back.

use conversation::{SendError, Support};
use insta::assert_snapshot;

use super::{GROUP, LIST, LOBBY, as_file, points, quiet, small_town, town_where};

#[tokio::test]
async fn an_edit_changes_the_beginning_and_sends_the_new_file_for_the_old() {
    let mut town = small_town().await;
    town.says(LOBBY, "Ana", &points(100, "Point")).await;
    town.settle().await;
    let edited = points(120, "Item");
    town.edits(LOBBY, "Ana", "1. Point", &edited).await;
    town.settle().await;
    assert_snapshot!(town.transcript(GROUP), @r"
    [bot]: Ana (Discord): 1. Item number 1.
          2. Item number 2.
          3. Item number 3.
          4. Item number 4.
          5. Item number 5.
          (… the whole text, about 2 pages, is in the file below) (edited)
    [bot]:  <From Ana.txt>
    ");
    assert_eq!(town.text_files(GROUP), [as_file(&edited)]);
}

#[tokio::test]
async fn a_long_text_becomes_short_and_a_short_one_long() {
    let mut town = small_town().await;
    town.says(LOBBY, "Ana", &points(100, "Point")).await;
    town.settle().await;
    town.edits(LOBBY, "Ana", "1. Point", "No points today.")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript(GROUP), @"[bot]: Ana (Discord): No points today. (edited)");
    let long = points(90, "Item");
    town.edits(LOBBY, "Ana", "No points", &long).await;
    town.settle().await;
    assert_snapshot!(town.transcript(GROUP), @r"
    [bot]: Ana (Discord): 1. Item number 1.
          2. Item number 2.
          3. Item number 3.
          4. Item number 4.
          (… the whole text, about one page, is in the file below) (edited)
    [bot]:  <From Ana.txt>
    ");
    assert_eq!(town.text_files(GROUP), [as_file(&long)]);
    // Five posts of words become one, and the file comes before the others go.
    town.edits(LOBBY, "Ana", "1. Item", &points(30, "Word"))
        .await;
    town.settle().await;
    assert_eq!(town.text_files(GROUP), [""; 0]);
    town.edits(LOBBY, "Ana", "1. Word", &long).await;
    town.settle().await;
    assert_snapshot!(town.transcript(GROUP), @r"
    [bot]: Ana (Discord): 1. Item number 1.
          2. Item number 2.
          3. Item number 3.
          4. Item number 4.
          (… the whole text, about one page, is in the file below) (edited)
    [bot]:  <From Ana.txt>
    ");
}

#[tokio::test]
async fn what_is_deleted_leaves_neither_words_nor_file() {
    let mut town = small_town().await;
    town.says(LOBBY, "Ana", &points(100, "Point")).await;
    town.settle().await;
    town.deletes(LOBBY, "Ana", "1. Point").await;
    town.settle().await;
    assert_snapshot!(town.transcript(GROUP), @"");
}

#[tokio::test]
async fn what_is_deleted_while_it_is_edited_leaves_nothing() {
    let mut town = small_town().await;
    town.says(LOBBY, "Ana", &points(100, "Point")).await;
    town.settle().await;
    // The words are changed and the new file stands there, when the old one cannot be taken back.
    town.fails_after("telegram", 2, SendError::Unavailable("503".into()));
    town.edits(LOBBY, "Ana", "1. Point", &points(120, "Item"))
        .await;
    town.settle().await;
    assert_eq!(town.text_files(GROUP).len(), 2);
    town.deletes(LOBBY, "Ana", "1. Item").await;
    town.seconds_pass(5);
    town.settle().await;
    assert_snapshot!(town.transcript(GROUP), @"");
}

#[tokio::test]
async fn a_file_that_may_have_arrived_before_the_delete_is_found_and_taken_back() {
    let mut town = town_where(|can| can.history = Support::Native).await;
    town.says(LOBBY, "Ana", "No points today.").await;
    town.settle().await;
    // The words are changed, then the file arrives, and the answer does not.
    town.fails_after("telegram", 1, SendError::Unavailable("503".into()));
    town.edits(LOBBY, "Ana", "No points", &points(100, "Point"))
        .await;
    town.settle().await;
    town.answers_get_lost("telegram", 1);
    town.seconds_pass(5);
    town.settle().await;
    assert_eq!(town.text_files(GROUP).len(), 1);
    town.deletes(LOBBY, "Ana", "1. Point").await;
    town.seconds_pass(5);
    town.settle().await;
    assert_snapshot!(town.transcript(GROUP), @"");
}

#[tokio::test]
async fn an_edit_that_a_restart_cuts_in_two_leaves_the_newest_words_and_one_file() {
    let mut town = town_where(|can| can.history = Support::Native).await;
    town.says(LOBBY, "Ana", &points(100, "Point")).await;
    town.settle().await;
    town.fails_after("telegram", 2, SendError::Unavailable("503".into()));
    town.edits(LOBBY, "Ana", "1. Point", &points(120, "Item"))
        .await;
    town.settle().await;
    town.edits(LOBBY, "Ana", "1. Item", "No points today.")
        .await;
    town.restarts().await;
    town.seconds_pass(5);
    town.settle().await;
    assert_snapshot!(town.transcript(GROUP), @"[bot]: Ana (Discord): No points today. (edited)");
}

#[tokio::test]
async fn members_of_a_list_hear_what_changed_in_a_long_text_and_get_no_file() {
    let mut town = small_town().await;
    let text = points(100, "Point");
    town.says(LOBBY, "Ana", &text).await;
    town.settle().await;
    let edited = text.replace("77. Point", "77. Item");
    town.edits(LOBBY, "Ana", "1. Point", &edited).await;
    quiet(&mut town).await;
    let seen = town.transcript(LIST);
    assert!(
        seen.ends_with(
            "
  > Ana: * Item"
        ),
        "{seen}"
    );
    assert_eq!(town.text_files(GROUP), [as_file(&edited)]);
}

#[tokio::test]
async fn the_pictures_of_a_long_text_come_too_and_stay_when_it_becomes_short() {
    let mut town = small_town().await;
    let pictures = &["hall.jpg"];
    town.shows_all(LOBBY, "Ana", &points(100, "Point"), pictures)
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript(GROUP), @r"
    [bot]: Ana (Discord): 1. Point number 1.
          2. Point number 2.
          3. Point number 3.
          4. Point number 4.
          (… the whole text, about 2 pages, is in the file below)
    [bot]:  <From Ana.txt>
    [bot]:  <hall.jpg>
    ");
    town.changes_picture(LOBBY, "Ana", ("1. Point", "The hall"), pictures)
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript(GROUP), @r"
    [bot]: Ana (Discord): The hall (edited)
    [bot]:  <hall.jpg> (edited)
    ");
    town.changes_picture(LOBBY, "Ana", ("The hall", &points(100, "Point")), pictures)
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript(GROUP), @r"
    [bot]: Ana (Discord): 1. Point number 1.
          2. Point number 2.
          3. Point number 3.
          4. Point number 4.
          (… the whole text, about 2 pages, is in the file below) (edited)
    [bot]:  <hall.jpg> (edited)
    [bot]:  <From Ana.txt>
    ");
}

#[tokio::test]
async fn a_picture_stays_when_its_words_become_too_long_for_it() {
    let mut town = small_town().await;
    town.shows(LOBBY, "Ana", "The hall", "hall.jpg").await;
    town.settle().await;
    let text = points(5, "Wall");
    town.changes_picture(LOBBY, "Ana", ("The hall", &text), &["hall.jpg"])
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript(GROUP), @r"
    [bot]:  <hall.jpg> (edited)
    [bot]: Ana (Discord): 1. Wall number 1.
          2. Wall number 2.
          3. Wall number 3.
          4. Wall number 4.
          5. Wall number 5.
    ");
}
