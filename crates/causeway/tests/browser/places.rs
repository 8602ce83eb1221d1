//! The shelf of places, and which of them stand open: up to four, with an address that can be kept and shared.

use crate::page::Page;
use crate::words::{button, field, message_in, open, shelved};

const OPEN: &str = r#"//section[@data-at]"#;

impl Page {
    async fn opens(&self, at: &str, words: &str) {
        self.click(&shelved(at, words)).await;
    }

    async fn address(&self) -> String {
        self.client().current_url().await.unwrap().to_string()
    }
}

#[tokio::test]
async fn what_is_open_is_in_the_address_and_survives_a_reload_back_and_forward() {
    let Some(page) = Page::open().await else {
        return;
    };
    page.opens("discord:", "Kofi Mensah").await;
    page.has(&open("Kofi Mensah")).await;
    let with_kofi = page.address().await;
    page.client().refresh().await.unwrap();
    page.has(&open("Kofi Mensah")).await;
    page.counts(OPEN, 4).await;
    assert_eq!(page.address().await, with_kofi);
    page.click(&(open("Kofi Mensah") + r#"//button[@data-act="close"]"#))
        .await;
    page.has_gone(&open("Kofi Mensah")).await;
    page.counts(OPEN, 3).await;
    page.client().back().await.unwrap();
    page.has(&open("Kofi Mensah")).await;
    page.client().forward().await.unwrap();
    page.has_gone(&open("Kofi Mensah")).await;
    // As a link that somebody was given.
    page.client().goto("about:blank").await.unwrap();
    page.client().goto(&with_kofi).await.unwrap();
    page.has(&open("Kofi Mensah")).await;
    page.counts(OPEN, 4).await;
    let (start, _) = with_kofi.split_once('#').unwrap();
    page.client().goto("about:blank").await.unwrap();
    let wrong = format!("{start}#telegram:1/nothing/irc:%zz");
    page.client().goto(&wrong).await.unwrap();
    page.counts(OPEN, 4).await;
    page.client().goto("about:blank").await.unwrap();
    page.client()
        .goto(&format!("{start}#telegram:1"))
        .await
        .unwrap();
    page.has(&(field("telegram", "about") + r#"[contains(., "There is no place telegram:1")]"#))
        .await;
    let errors = page.browser.errors().await;
    assert!(errors.iter().all(|it| it.contains("404")), "{errors:?}");
    page.close().await;
}

#[tokio::test]
async fn a_fifth_place_takes_the_room_of_the_one_used_longest_ago_or_of_the_chosen_one() {
    let Some(page) = Page::open().await else {
        return;
    };
    for pane in ["telegram", "slack", "email"] {
        let about = field(pane, "about");
        page.click(&about).await;
    }
    page.opens("telegram:", "Ana Sol").await;
    page.has(&open("Ana Sol")).await;
    page.counts(OPEN, 4).await;
    page.has_gone(r#"//section[@data-platform="discord"]"#)
        .await;
    // Slack was used before mail, and yet mail goes.
    let give = r#"//section[@data-platform="email"]//button[@data-act="give"]"#;
    page.click(give).await;
    page.opens("discord:", "#spring-gathering").await;
    page.has(r#"//section[@data-platform="discord"]"#).await;
    page.has_gone(r#"//section[@data-platform="email"]"#).await;
    page.has(&open("Ana Sol")).await;
    page.has(r#"//section[@data-platform="slack"]"#).await;
    page.close().await;
}

#[tokio::test]
async fn a_place_is_found_by_any_of_its_words_and_says_what_is_new() {
    let Some(page) = Page::open().await else {
        return;
    };
    page.has(&(shelved("email:", "Inés") + r#"//span[@class="news"]"#))
        .await;
    page.has_gone(&(shelved("email:", "Marisol") + r#"//span[@class="news"]"#))
        .await;
    let search = r#"//input[@id="shelf-search"]"#;
    let found = r#"//nav[@id="shelf"]//li"#;
    for (words, count) in [
        ("spring", 4),
        ("SPRING slack", 1),
        ("wojcik", 1),
        ("private", 8),
        ("nobody", 0),
    ] {
        page.has(search).await.clear().await.unwrap();
        page.types(search, words).await;
        page.counts(found, count).await;
    }
    page.has(r#"//p[@id="shelf-none"]"#).await;
    page.close().await;
}

#[tokio::test]
async fn who_asks_in_a_group_of_telegram_goes_on_alone_by_the_button() {
    let Some(page) = Page::open().await else {
        return;
    };
    page.says("Ana Sol", "/causeway who can see this").await;
    page.click(&button("Talk to me alone")).await;
    page.has(&open("Ana Sol")).await;
    page.has(&(open("Ana Sol") + r#"//li[.//span[@class="badge"] = "bot"][contains(., "Hello")]"#))
        .await;
    page.counts(OPEN, 4).await;
    page.close().await;
}

#[tokio::test]
async fn on_discord_commands_are_offered_and_answered_alone() {
    let Some(page) = Page::open().await else {
        return;
    };
    page.choose(&field("discord", "person"), "Lena Brandt")
        .await;
    page.types(&field("discord", "text"), "/cause").await;
    let offered = field("discord", "offers") + r#"/li[contains(., "who-can-see-this")]"#;
    page.has(&offered).await;
    page.click(&offered).await;
    page.is_true("document.activeElement.value === '/causeway who-can-see-this '")
        .await;
    page.sends_in("discord").await;
    let answer = message_in("discord", "What is said in this channel");
    page.has(&(answer.clone() + r#"[.//div[. = "Only you can see this"]]"#))
        .await;
    page.choose(&field("discord", "person"), "Kofi Mensah")
        .await;
    page.has_gone(&answer).await;
    page.close().await;
}

#[tokio::test]
async fn staff_fills_in_a_form_on_slack_and_is_offered_what_fits_on_discord() {
    let Some(page) = Page::open().await else {
        return;
    };
    page.choose(&field("slack", "person"), "Priya Nair").await;
    page.types(&field("slack", "text"), "/causeway room link")
        .await;
    page.sends_in("slack").await;
    let form = r#"//dialog[@aria-label="Room link"]"#.to_owned();
    page.choose(&(form.clone() + r#"//select[@name="room"]"#), "spring")
        .await;
    page.types(
        &(form.clone() + r#"//input[@name="channel"]"#),
        "telegram:-100123",
    )
    .await;
    page.click(&(form.clone() + &button("Send"))).await;
    page.has_gone(&form).await;
    page.has(&(message_in("slack", "room link spring telegram:-100123") + &button("Yes, do it")))
        .await;

    page.choose(&field("discord", "person"), "Kofi Mensah")
        .await;
    page.types(&field("discord", "text"), "/causeway room link room:sp")
        .await;
    let offered = field("discord", "offers") + r#"/li[contains(., "room:spring")]"#;
    page.click(&offered).await;
    page.is_true("document.activeElement.value === '/causeway room link room:spring '")
        .await;
    page.close().await;
}

/// Four beside the bridge's own column, on a screen that many people have.
#[tokio::test]
async fn what_is_written_can_be_sent_however_narrow_a_place_is() {
    let Some(page) = Page::open().await else {
        return;
    };
    page.counts(OPEN, 4).await;
    for width in [1024, 1280, 1440] {
        page.client().set_window_size(width, 800).await.unwrap();
        let cut = r#"const cut = [...document.querySelectorAll(".pane[data-at]")].filter((pane) => {
            const send = pane.querySelector(".composer .main");
            return send && send.getBoundingClientRect().right > pane.getBoundingClientRect().right;
        });
        return cut.length"#;
        let cut = page.client().execute(cut, Vec::new()).await.unwrap();
        assert_eq!(cut, 0, "at {width}");
    }
    page.close().await;
}
