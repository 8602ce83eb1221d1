//! A file that follows the words, and readers who wait.

use super::{full, three};
use causeway_tests::Town;

async fn hours_pass(town: &mut Town, hours: u64) {
    for _ in 0..hours {
        town.hours_pass(1);
        town.settle().await;
    }
}

/// Of what is gone for a while when their turn comes nobody says that there was nothing.
#[tokio::test]
async fn who_waits_for_a_file_gets_it_though_it_cannot_be_had_at_their_turn() {
    let mut town = three().await;
    town.hands_out_no_files("telegram");
    town.shows("telegram #general", "Dora", "The hall", "hall.jpg")
        .await;
    town.settle().await;
    town.seconds_pass(2);
    town.settle().await;
    town.server_says("list", "Bo", full());
    town.hands_out_files_again("telegram");
    town.minutes_pass(1);
    town.settle().await;
    assert!(town.mailbox("list", "Ana").contains("+hall.jpg"));
    town.hands_out_no_files("telegram");
    town.folder_for_files_is_lost();
    town.server_is_well("list", "Bo");
    hours_pass(&mut town, 2).await;
    assert!(!town.mailbox("list", "Bo").contains("+hall.jpg"));
    town.hands_out_files_again("telegram");
    hours_pass(&mut town, 5).await;
    let [ana, bo] = ["Ana", "Bo"].map(|it| town.mailbox("list", it));
    assert_eq!(bo.matches("+hall.jpg").count(), 1, "{ana}\n{bo}");
}
