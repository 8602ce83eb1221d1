//! The mail server is down, and comes back.

use super::circle::Circle;
use super::sheet::Sheet;

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
    let meanwhile = ["1 meanwhile", "2 meanwhile", "3 meanwhile", "4 meanwhile"];
    for words in meanwhile {
        circle.town.says(0, words);
    }
    circle.writes(&Sheet::new("Meanwhile", "5 by mail"));
    circle.town.sees(0, "5 by mail").await;
    let begins = || circle.logged(BEGINS).len() == 1;
    circle.town.until("it is said that it begins", begins).await;
    circle.system.edge("start");
    for person in ["bo", "chi"] {
        for words in meanwhile {
            circle.gets(person, words).await;
        }
        circle.gets(person, "5 by mail").await;
        let all = [&["0 before"][..], &meanwhile, &["5 by mail"]].concat();
        assert_eq!(circle.lines(person), all, "{person}");
    }
    let ends = || circle.logged(ENDS).len() == 1;
    circle.town.until("it is said that it ends", ends).await;
    assert_eq!(circle.logged(BEGINS).len(), 1);
    circle.end();
}
