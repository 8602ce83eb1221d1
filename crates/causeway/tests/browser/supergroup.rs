//! Telegram gives a group another id when it becomes a supergroup. Nobody who talks there must notice.

use crate::page::Page;
use crate::words::{answers, copy, field, mail, thread};

#[tokio::test]
async fn the_conversation_goes_on_both_ways_in_a_supergroup() {
    let Some(page) = Page::open().await else {
        return;
    };
    page.opens_the_switches().await;
    page.switches("Group becomes a supergroup").await;
    let about = field("telegram", "about") + r#"[contains(., "supergroup of")]"#;
    page.has(&about).await;
    // Its address moves along.
    page.is_true("location.hash.startsWith('#telegram:-100')")
        .await;
    let said = ["bread", "cheese", "apples", "water", "cups", "salt"];
    for thing in said {
        page.says("Bo Lindqvist", &format!("I bring {thing}")).await;
    }
    for thing in said {
        page.has(&thread(&format!("I bring {thing}"))).await;
        page.opens_thread(&format!("I bring {thing}")).await;
        page.has(&mail(&format!("I bring {thing}"))).await;
    }
    page.opens_thread("I bring apples").await;
    page.replies("I bring apples", "The red ones?").await;
    page.has(&(copy("The red ones?") + &answers("I bring apples")))
        .await;
    // What was said before still has its thread.
    page.opens_thread("What would help most?").await;
    page.replies("One afternoon a week", "Then Thursdays.")
        .await;
    page.has(&copy("Then Thursdays.")).await;
    page.close().await;
}
