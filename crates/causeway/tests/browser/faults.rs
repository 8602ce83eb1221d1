//! What people see while something is broken, and when it is whole again.

use crate::page::Page;
use crate::words::{because, button, copy, delivery, mail, message_in, notice};

#[tokio::test]
async fn what_waits_for_a_platform_says_why_and_then_arrives() {
    let Some(page) = Page::open().await else {
        return;
    };
    page.opens_the_switches().await;
    page.switches_of("telegram", "“Too many requests”").await;
    page.writes("Chairs", "We bring twelve chairs").await;
    let waiting = delivery("waiting", "Telegram group", "We bring twelve chairs");
    page.has(&(waiting + &because("the platform asks to wait")))
        .await;
    page.has(&delivery(
        "delivered",
        "Telegram group",
        "We bring twelve chairs",
    ))
    .await;
    page.has(&copy("We bring twelve chairs")).await;

    page.switches("Mail server down").await;
    page.says("Bo Lindqvist", "Who has a kettle?").await;
    let waiting = delivery("waiting", "email list", "Who has a kettle?");
    page.has(&(waiting + &because("the platform cannot be reached")))
        .await;
    page.switches("All is well again").await;
    page.has(&delivery("delivered", "email list", "Who has a kettle?"))
        .await;
    page.opens_thread("Who has a kettle?").await;
    page.has(&mail("Who has a kettle?")).await;
    page.close().await;
}

#[tokio::test]
async fn staff_is_told_when_the_bot_is_taken_out_and_no_longer_when_it_is_back() {
    let Some(page) = Page::open().await else {
        return;
    };
    page.opens_the_switches().await;
    page.switches("Bot removed from the group").await;
    page.has(&notice("The Telegram group is closed to the bridge"))
        .await;
    page.writes("Keys", "The keys hang in the hall").await;
    page.has(&delivery(
        "waiting",
        "Telegram group",
        "The keys hang in the hall",
    ))
    .await;
    page.switches("Bot removed from the group").await;
    page.has_gone(&notice("The Telegram group")).await;
    page.has(&copy("The keys hang in the hall")).await;
    page.writes("Keys", "The keys hang in the kitchen now")
        .await;
    page.has(&copy("The keys hang in the kitchen now")).await;
    page.close().await;
}

#[tokio::test]
async fn what_was_given_up_is_tried_again_by_staff() {
    let Some(page) = Page::open().await else {
        return;
    };
    page.opens_the_switches().await;
    page.choose(r#"//select[@id="refused"]"#, "Everybody’s")
        .await;
    page.is_true("document.querySelector('#faults-count').textContent === '1'")
        .await;
    page.says("Bo Lindqvist", "Who waters the flowers?").await;
    let given_up = delivery("given up", "email list", "Who waters the flowers?");
    page.has(&(given_up.clone() + &because("every reader's server refuses it")))
        .await;
    page.has(&notice("some messages could not be delivered"))
        .await;
    page.switches("All is well again").await;
    page.click(&(given_up + &button("Try again"))).await;
    page.has(&delivery(
        "delivered",
        "email list",
        "Who waters the flowers?",
    ))
    .await;
    page.has_gone(&notice("some messages could not be delivered"))
        .await;
    page.close().await;
}

#[tokio::test]
async fn discord_and_slack_are_named_in_words_and_come_back_after_each_fault() {
    let Some(page) = Page::open().await else {
        return;
    };
    page.opens_the_switches().await;
    page.switches_of("slack", "“Too many requests”").await;
    page.says("Bo Lindqvist", "Who has a drill?").await;
    let waiting = delivery("waiting", "Slack channel", "Who has a drill?");
    page.has(&(waiting + &because("the platform asks to wait")))
        .await;
    page.switches("Bot removed from the server").await;
    page.has(&notice("The Discord channel is closed to the bridge"))
        .await;
    page.switches("All is well again").await;
    page.has(&message_in("slack", "Who has a drill?")).await;
    page.has_gone(&notice("The Discord channel")).await;

    page.switches("Permission to write taken").await;
    page.says("Bo Lindqvist", "And a saw?").await;
    page.has(&notice("The Slack channel is closed to the bridge"))
        .await;
    page.switches("Permission to write taken").await;
    page.has_gone(&notice("The Slack channel")).await;
    for deed in [
        "Gateway socket drops",
        "“Reconnect” (op 7)",
        "“Invalid session” (op 9)",
        "Webhook deleted",
        "Socket drops",
        "Socket to be refreshed",
    ] {
        page.switches(deed).await;
    }
    page.says_in("discord", "Kofi Mensah", "I have both").await;
    page.has(&message_in("slack", "I have both")).await;
    page.says_in("slack", "Priya Nair", "Wonderful").await;
    page.has(&message_in("discord", "Wonderful")).await;
    page.close().await;
}
