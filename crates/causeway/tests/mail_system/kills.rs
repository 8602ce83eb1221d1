//! The bridge dies in the middle of a list.

use std::time::Duration;

use super::circle::Circle;
use super::table;

const READERS: usize = 20;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bridge_that_dies_in_the_middle_of_a_list_leaves_nobody_out() {
    let names: Vec<String> = (0..READERS).map(|it| format!("reader{it}")).collect();
    let readers: Vec<&str> = names.iter().map(String::as_str).collect();
    let Some(circle) = Circle::open(&readers, "CHOOSY").await else {
        return;
    };
    let circle = circle.with("CAUSEWAY__EMAIL__SMTP__MAX_CONNECTIONS", "4");
    let all_take = |wait| {
        for reader in &readers {
            table::takes(&circle.address(reader), wait);
        }
    };
    all_take(Duration::from_millis(150));
    let reached = || {
        let has_it = |it: &&&str| table::asked(&circle.address(it)) > 0;
        readers.iter().filter(has_it).count()
    };
    circle.town.begin().await;
    circle.town.says(0, "to all of you");
    circle.town.until("half of it", || reached() >= 10).await;
    circle.town.kill();
    assert!(reached() < READERS, "it was killed too late");
    all_take(Duration::ZERO);
    circle.town.begin().await;
    circle.town.says(0, "and then this");
    let mut repeats = 0;
    for reader in &readers {
        circle.gets(reader, "and then this").await;
        let copies = circle.count(reader, "to all of you");
        assert!(copies > 0, "{reader} was left out");
        repeats += copies - 1;
    }
    assert!(repeats <= 4, "{repeats} were sent it twice");
    circle.end();
}
