//! Somebody writes for pages: nobody waits behind it, and nothing of it is lost.

use causeway_tests::{Town, chat, letters};
use conversation::{Capabilities, Support};
use insta::assert_snapshot;

mod edited;

const LIST: &str = "list spring@";
const GROUP: &str = "telegram #general";
const LOBBY: &str = "discord #lobby";

async fn small_town() -> Town {
    town_where(|_| {}).await
}

/// In the group a post holds so little that ten lines are a long text.
async fn town_where(the_group: impl FnOnce(&mut Capabilities)) -> Town {
    let telegram = chat("telegram").that_can(|can| {
        can.text.max = 160;
        can.caption.max = 60;
        the_group(can);
    });
    Town::build()
        .platform(telegram)
        .platform(chat("discord").that_can(|can| can.text.max = 1_000_000))
        .platform(letters("list").that_can(|can| {
            can.text.max = 1_000_000;
            can.caption.max = 1_000_000;
            can.attachments.per_post = 100;
        }))
        .room("general", &[GROUP, LOBBY, LIST])
        .open()
        .await
}

fn points(n: usize, what: &str) -> String {
    let lines = (1..=n).map(|it| format!("{it}. {what} number {it}."));
    lines.collect::<Vec<_>>().join("\n")
}

fn as_file(text: &str) -> String {
    text.replace('\n', "\r\n")
}

async fn quiet(town: &mut Town) {
    town.seconds_pass(91);
    town.settle().await;
}

#[tokio::test]
async fn minutes_of_pages_come_as_their_beginning_and_a_file_and_nobody_waits_behind_them() {
    let mut town = small_town().await;
    let minutes = points(500, "Point");
    town.writes(LIST, "Bo", "Minutes of the board", &minutes)
        .await;
    town.says(LIST, "Eva", "Who brings the cake?").await;
    town.settle().await;
    assert_snapshot!(town.transcript(GROUP), @r"
    [bot]: Bo (email): Minutes of the board
          1. Point number 1.
          2. Point number 2.
          3. Point number 3.
          (… the whole text, about 7 pages, is in the file below)
    [bot]:  <Minutes of the board.txt>
    [bot]: Eva (email): Who brings the cake?
    ");
    assert_eq!(town.text_files(GROUP), [as_file(&minutes)]);
    assert_eq!(town.n_sends("telegram"), 3);
}

#[tokio::test]
async fn a_room_says_itself_how_many_posts_are_too_many() {
    let mut town = small_town().await;
    for (most_parts, n_lines, posts) in [
        (None, 30, 5),
        (None, 40, 2),
        (Some(4), 30, 2),
        (Some(0), 500, 81),
        (None, 40, 2),
    ] {
        town.lets_pass("general", most_parts).await;
        let before = town.n_sends("telegram");
        town.says(LIST, "Bo", &points(n_lines, "Point")).await;
        town.settle().await;
        assert_eq!(town.n_sends("telegram") - before, posts, "{most_parts:?}");
    }
}

#[tokio::test]
async fn whoever_answers_the_file_answers_the_message() {
    let mut town = small_town().await;
    town.writes(LIST, "Bo", "Minutes", &points(100, "Point"))
        .await;
    town.settle().await;
    town.replies_to_the_newest(GROUP, "Ana", "Point 77 is wrong")
        .await;
    town.settle().await;
    let seen = town.transcript(LIST);
    assert!(seen.ends_with("\n  > Ana: Point 77 is wrong"), "{seen}");
}

#[tokio::test]
async fn a_restart_between_the_words_and_the_file_goes_on_where_it_stopped() {
    let mut town = town_where(|can| can.history = Support::Native).await;
    let text = points(100, "Point");
    town.says(LIST, "Bo", &text).await;
    town.crashes_after_the_next_post_to(GROUP).await;
    // What staff says meanwhile holds for what comes after.
    town.lets_pass("general", Some(0)).await;
    town.folder_for_files_is_lost();
    town.settle().await;
    assert_snapshot!(town.transcript(GROUP), @r"
    [bot]: Bo (email): 1. Point number 1.
          2. Point number 2.
          3. Point number 3.
          4. Point number 4.
          (… the whole text, about 2 pages, is in the file below)
    [bot]:  <From Bo.txt>
    ");
    assert_eq!(town.text_files(GROUP), [as_file(&text)]);
}

#[tokio::test]
async fn a_file_in_doubt_is_looked_for_before_it_is_sent_again() {
    let mut town = town_where(|can| can.history = Support::Native).await;
    town.answers_get_lost("telegram", 2);
    town.says(LIST, "Bo", &points(100, "Point")).await;
    for _ in 0..5 {
        town.settle().await;
        town.seconds_pass(5);
    }
    assert_eq!(town.text_files(GROUP).len(), 1);
    assert_eq!(town.n_sends("telegram"), 2);
}

#[tokio::test]
async fn a_mail_that_would_be_a_book_comes_with_its_text_as_a_file() {
    let mut town = small_town().await;
    let book = points(60_000, "Chapter");
    town.says(LOBBY, "Ana", &book).await;
    town.settle().await;
    assert_eq!(town.text_files(LIST), [as_file(&book)]);
    assert_eq!(town.n_sends("list"), 1);
    assert!(
        town.transcript(LIST)
            .ends_with("is in the file below) <From Ana.txt>")
    );
    // So does what is different, if it is as much.
    town.edits(LOBBY, "Ana", "1. Chapter", &points(60_000, "Verse"))
        .await;
    quiet(&mut town).await;
    assert_eq!(town.text_files(LIST).len(), 2);
    assert_eq!(town.n_sends("list"), 2);
}

#[tokio::test]
async fn where_files_are_too_small_for_the_whole_there_are_several() {
    let mut town = town_where(|can| can.attachments.max_upload = 900).await;
    let text = points(100, "Point");
    town.writes(LIST, "Bo", "Minutes", &text).await;
    town.settle().await;
    assert_snapshot!(town.transcript(GROUP), @r"
    [bot]: Bo (email): Minutes
          1. Point number 1.
          2. Point number 2.
          3. Point number 3.
          4. Point number 4.
          (… the whole text, about 2 pages, is in the 3 files below)
    [bot]:  <Minutes (1 of 3).txt> <Minutes (2 of 3).txt> <Minutes (3 of 3).txt>
    ");
    let files = town.text_files(GROUP);
    assert!(files.iter().all(|it| it.len() <= 900));
    assert_eq!(files.join("\r\n"), as_file(&text));
}

#[tokio::test]
async fn where_no_file_can_go_a_line_says_where_the_whole_is() {
    let mut town = town_where(|can| can.attachments.support = Support::None).await;
    town.writes(LIST, "Bo", "Minutes", &points(100, "Point"))
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript(GROUP), @r"
    [bot]: Bo (email): Minutes
          1. Point number 1.
          2. Point number 2.
          3. Point number 3.
          4. Point number 4.
          5. Point number 5.
          6. Point number 6.
          7. Point number 7.
    [bot]: (… the whole text is about 2 pages long)
          [file: Minutes.txt, 3 kB — this channel takes no files; it is in email]
    ");
}

#[tokio::test]
async fn where_the_file_is_refused_a_line_says_so() {
    let mut town = small_town().await;
    town.refuses_files("telegram");
    town.writes(LIST, "Bo", "Minutes", &points(100, "Point"))
        .await;
    town.says(LIST, "Eva", "Who brings the cake?").await;
    town.settle().await;
    town.seconds_pass(5);
    town.settle().await;
    assert_snapshot!(town.transcript(GROUP), @r"
    [bot]: Bo (email): Minutes
          1. Point number 1.
          2. Point number 2.
          3. Point number 3.
          4. Point number 4.
          (… the whole text, about 2 pages, is in the file below)
    [bot]: Bo (email): [file: Minutes.txt, 3 kB — no files, please; it is in email]
    [bot]: Eva (email): Who brings the cake?
    ");
}

#[tokio::test]
async fn where_the_bridge_cannot_keep_it_the_words_go_and_say_where_it_is() {
    let mut town = small_town().await;
    town.folder_for_files_is_blocked();
    town.writes(LIST, "Bo", "Minutes", &points(100, "Point"))
        .await;
    town.settle().await;
    town.seconds_pass(5);
    town.settle().await;
    assert_snapshot!(town.transcript(GROUP), @r"
    [bot]: Bo (email): Minutes
          1. Point number 1.
          2. Point number 2.
          3. Point number 3.
          4. Point number 4.
          5. Point number 5.
          6. Point number 6.
          7. Point number 7.
    [bot]: (… the whole text is about 2 pages long)
          [file: Minutes.txt, 3 kB — the bridge cannot keep it now; it is in email]
    ");
    town.folder_for_files_is_mended();
}
