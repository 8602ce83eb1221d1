//! The page on a phone: one place at a time, and nothing sticks out at the side.

use crate::page::Page;
use crate::words::{button, notice};

const ONE_PLACE: &str =
    "[...document.querySelectorAll('main > *')].filter(it => it.offsetParent).length === 1";

#[tokio::test]
async fn on_a_phone_each_place_fits_the_screen() {
    let Some(page) = Page::open().await else {
        return;
    };
    page.opens_the_switches().await;
    page.switches("Bot removed from the group").await;
    page.browser.becomes_a_phone(390).await;
    for (tab, shown) in [
        ("Discord", "discord-pane"),
        ("Slack", "slack-pane"),
        ("Mail", "mail-pane"),
        ("The bridge", "deliveries-pane"),
        ("Telegram", "telegram-pane"),
    ] {
        page.click(&("//nav".to_owned() + &button(tab))).await;
        page.has(&format!(r#"//section[@id="{shown}"]"#)).await;
        page.has(&notice("closed to the bridge")).await;
        page.is_true(ONE_PLACE).await;
        page.is_true("document.documentElement.scrollWidth <= 390")
            .await;
    }
    page.close().await;
}
