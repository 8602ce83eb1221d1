//! The mail server is down, and comes back.

use super::circle::Circle;
use super::letter::Sheet;

const BEGINS: &str = "the mail server cannot be used";
const ENDS: &str = "the mail server can be used again";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_that_comes_back_has_lost_and_doubled_nothing() {
    let Some(circle) = Circle::open(&["ana", "bo", "chi"], "EDGE").await else {
        return;
    };
    let circle = circle.with("CAUSEWAY__LOG__FILTER", "info,sqlx=warn");
    circle.town.begin().await;
    circle.town.says(0, "0 before");
    circle.gets("bo", "0 before").await;
    assert!(circle.logged("the mail server").is_empty());
    circle.system.edge("stop");
    for number in 1..6 {
        circle.town.says(0, format!("{number} meanwhile").as_str());
    }
    circle.writes(&Sheet::new("Meanwhile", "6 by mail"));
    circle.town.sees(0, "6 by mail").await;
    let begins = || circle.logged(BEGINS).len() == 1;
    circle.town.until("it is said that it begins", begins).await;
    circle.system.edge("start");
    for person in ["bo", "chi"] {
        circle.gets(person, "6 by mail").await;
        let lines = circle.lines(person);
        let numbers: Vec<&str> = lines.iter().filter_map(|it| number(it)).collect();
        assert_eq!(numbers, ["0", "1", "2", "3", "4", "5", "6"]);
    }
    let ends = || circle.logged(ENDS).len() == 1;
    circle.town.until("it is said that it ends", ends).await;
    assert_eq!(circle.logged(BEGINS).len(), 1);
    circle.town.end();
}

/// From `Ana (Telegram): 3 meanwhile`.
fn number(line: &str) -> Option<&str> {
    line.split_whitespace()
        .find(|it| it.bytes().all(|b| b.is_ascii_digit()))
}
