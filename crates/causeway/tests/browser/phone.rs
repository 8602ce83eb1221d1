//! The page on a phone: one thing at a time, and nothing sticks out at the side.

use crate::page::Page;
use crate::words::{button, notice, open, shelved};

const ONE_THING: &str =
    "[...document.querySelectorAll('main > *')].filter(it => it.offsetParent).length === 1";
const FITS: &str = "document.documentElement.scrollWidth <= 390";

#[tokio::test]
async fn on_a_phone_one_place_is_seen_at_a_time_and_fits_the_screen() {
    let Some(page) = Page::open().await else {
        return;
    };
    page.opens_the_switches().await;
    page.switches("Bot removed from the group").await;
    page.browser.becomes_a_phone(390).await;
    for (at, title) in [
        ("discord:", "#spring-gathering"),
        ("slack:", "Priya Nair"),
        ("email:", "Tomasz Wójcik"),
        ("email:", "Spring Gathering"),
        ("telegram:", "Ana Sol"),
    ] {
        page.click(&("//nav".to_owned() + &button("Places"))).await;
        page.is_true(ONE_THING).await;
        page.click(&shelved(at, title)).await;
        page.has(&open(title)).await;
        page.counts(r#"//section[@data-at]"#, 1).await;
        page.has(&notice("closed to the bridge")).await;
        page.is_true(ONE_THING).await;
        page.is_true(FITS).await;
    }
    page.click(&("//nav".to_owned() + &button("The bridge")))
        .await;
    page.has(r#"//section[@id="deliveries-pane"]"#).await;
    page.is_true(ONE_THING).await;
    page.is_true(FITS).await;
    page.client().refresh().await.unwrap();
    page.has(&open("Ana Sol")).await;
    page.counts(r#"//section[@data-at]"#, 1).await;
    page.close().await;
}
