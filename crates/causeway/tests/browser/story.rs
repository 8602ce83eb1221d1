//! The first minute: what somebody sees who does nothing.

use crate::page::Page;
use crate::words::{
    answers, because, by, copy, delivery, field, in_thread, mail, message, message_in, thread,
};

const EDITED: &str = r#"[.//span[@class="edited"]]"#;

#[tokio::test]
async fn the_opening_story_reads_as_one_conversation_in_the_group_and_in_each_mailbox() {
    let Some(page) = Page::open().await else {
        return;
    };
    reads_in_the_group(&page).await;
    for person in [
        "Marisol Núñez",
        "Tomasz Wójcik",
        "Inés Zubiri, mayor's office",
    ] {
        reads_in_the_mailbox_of(&page, person).await;
    }
    reads_on_discord_and_slack(&page).await;
    reads_alone(&page).await;
    reads_in_one_place(&page).await;
    says_what_comes_later(&page).await;
    page.close().await;
}

async fn reads_in_the_group(page: &Page) {
    let marisol = copy("rather listen than speak") + &answers("Who is coming on Friday?");
    page.has(&marisol).await;
    let chidi = message("Trust first, plans later") + &answers("Marisol Núñez (email)");
    page.has(&chidi).await;
    page.has(&(message("half past four") + EDITED)).await;
    page.has(&(message("The room is ready") + r#"//button[@aria-label="❤ by Ana Sol"]"#))
        .await;
    page.is_true(
        "document.querySelector('[data-platform=telegram] .messages img').naturalWidth > 0",
    )
    .await;
}

async fn reads_on_discord_and_slack(page: &Page) {
    // A question of the group has its answers in a thread, from wherever they came.
    for pane in ["discord", "slack"] {
        page.has(&(message_in(pane, "half past four") + &by("Ana Sol (Telegram)") + EDITED))
            .await;
        page.has(&(in_thread(pane, "rather listen than speak") + &by("Marisol Núñez (email)")))
            .await;
        page.has(&(message_in(pane, "The room is ready") + r#"//button[starts-with(., "❤")]"#))
            .await;
    }
    page.has(&(in_thread("slack", "no speeches") + &by("Kofi Mensah (Discord)")))
        .await;
    // A thread of Slack is one on Discord, and goes on in the group.
    page.has(&in_thread("slack", "no budget sheet")).await;
    page.has(&(in_thread("discord", "no budget sheet") + &by("Jonas Weber (Slack)")))
        .await;
    page.has(&(in_thread("slack", "says hello") + &by("Lena Brandt (Discord)")))
        .await;
    page.has(&(message("In pencil") + &answers("Jonas Weber (Slack)")))
        .await;
}

async fn reads_in_the_mailbox_of(page: &Page, person: &str) {
    page.opens_mailbox_of(person).await;
    page.has(&thread("What would help most?")).await;
    page.opens_thread("Who is coming on Friday?").await;
    page.has(&mail("Who is coming on Friday?")).await;
    let at_depth = |depth: u8| format!(r#"[contains(@class, "depth-{depth}")]"#);
    page.has(&(mail("rather listen than speak") + &at_depth(1)))
        .await;
    page.has(&(mail("Trust first, plans later") + &at_depth(2)))
        .await;
    page.counts(r#"//ol[@data-part="mails"]/li"#, 4).await;
    page.opens_thread("The room is ready").await;
    page.is_true("document.querySelector('.mails img').naturalWidth > 0")
        .await;
}

/// Priya asked who can see it, and nobody else sees the answer.
async fn reads_alone(page: &Page) {
    let answer = message_in("slack", "What is said in this channel is carried to");
    let alone = r#"[.//div[. = "Only you can see this"]]"#;
    page.has(&(answer.clone() + alone)).await;
    page.choose(&field("slack", "person"), "Jonas Weber").await;
    page.has_gone(&answer).await;
    for pane in ["telegram", "discord"] {
        page.has_gone(&message_in(pane, "What is said in this channel"))
            .await;
    }
}

/// Jonas keeps what he says to those who are on Slack with him.
async fn reads_in_one_place(page: &Page) {
    page.has(&message_in("slack", "to the five of us alone"))
        .await;
    page.has(&message_in(
        "slack",
        "From now on what you say is read only where you say it",
    ))
    .await;
    for pane in ["telegram", "discord"] {
        page.has_gone(&message_in(pane, "to the five of us alone"))
            .await;
    }
}

async fn says_what_comes_later(page: &Page) {
    let edit = delivery("later", "email list", "change of");
    page.has(&(edit + &because("the platform cannot change what was posted")))
        .await;
    let reaction = delivery("later", "email list", "reaction to");
    page.has(
        &(reaction
            + &because("the platform has no reactions; the next digest tells them together")),
    )
    .await;
    page.is_true(r"/^\d+ delivered, \d later, \d not sent$/.test(document.querySelector('#flow').textContent)")
        .await;
}
