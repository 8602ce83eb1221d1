//! What Postfix says no to for one reader is that reader's alone: the others have their mail at once.

use std::time::Duration;

use super::circle::Circle;
use super::table;

/// Of two readers, Bo gets this answer when he is named. Others have waited for him when they had to wait for so long.
const AT_ONCE: Duration = Duration::from_secs(10);

async fn open(answer: &str) -> Option<Circle> {
    let circle = Circle::open(&["bo", "chi", "eva"], "CHOOSY").await?;
    table::answers(&circle.address("bo"), Some(answer));
    circle.town.begin().await;
    Some(circle)
}

fn heal(circle: &Circle) {
    table::answers(&circle.address("bo"), None);
}

/// Says so much, which comes to all but Bo.
async fn reaches_the_others(circle: &Circle, said: &[&str]) {
    for words in said {
        circle.town.says(0, *words);
        for person in ["chi", "eva"] {
            let gets = circle.gets(person, words);
            let in_time = tokio::time::timeout(AT_ONCE, gets).await;
            assert!(
                in_time.is_ok(),
                "{person} waits for {words}: {}",
                circle.town.log()
            );
        }
    }
    assert_eq!(circle.lines("bo"), Vec::<String>::new());
}

async fn waits_alone(answer: &str) {
    let Some(circle) = open(answer).await else {
        return;
    };
    let said = ["1 spring", "2 spring", "3 spring"];
    reaches_the_others(&circle, &said).await;
    heal(&circle);
    for words in said {
        circle.gets("bo", words).await;
    }
    for person in ["bo", "chi", "eva"] {
        assert_eq!(circle.lines(person), said, "{person} after {answer}");
    }
    circle.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_whose_server_is_not_ready_waits_alone_and_gets_all_in_order() {
    waits_alone("450 4.2.1 the mailbox is being moved").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_whose_mailbox_is_full_waits_alone_and_gets_all_in_order() {
    waits_alone("452 4.2.2 the mailbox is full").await;
}

/// What he was refused is his loss; what is said later goes to him as to everybody.
async fn is_refused_alone(answer: &str) {
    let Some(circle) = open(answer).await else {
        return;
    };
    reaches_the_others(&circle, &["1 spring", "2 spring"]).await;
    heal(&circle);
    circle.town.says(0, "3 spring");
    circle.gets("bo", "3 spring").await;
    for person in ["chi", "eva"] {
        circle.gets(person, "3 spring").await;
        assert_eq!(circle.lines(person).len(), 3, "{person} after {answer}");
    }
    circle.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_who_is_gone_is_refused_alone() {
    is_refused_alone("550 5.1.1 nobody has this address").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_to_whom_nobody_may_send_is_refused_alone() {
    is_refused_alone("553 5.7.1 mail from lists is not wanted").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_whose_mailbox_has_long_been_full_keeps_nobody_waiting() {
    is_refused_alone("552 5.2.2 the mailbox has been full for weeks").await;
}
