//! Everything can be reached without a mouse.

use fantoccini::key::Key;

use crate::page::Page;
use crate::words::{answers, copy, in_thread, message, message_in, open};

/// Far more than there is to go through.
const MOST_STEPS: usize = 30;

/// The browser begins at the top of the page, and not where something was told while nobody had touched a key.
async fn comes_to(page: &Page) {
    page.client().refresh().await.unwrap();
    page.has(&message("half past four")).await;
}

#[tokio::test]
async fn by_keyboard_alone_people_write_send_mail_and_answer() {
    let Some(page) = Page::open().await else {
        return;
    };
    let [tab, enter] = [Key::Tab + "", Key::Enter + ""];
    comes_to(&page).await;
    page.presses(&tab).await;
    page.is_true("document.activeElement.textContent === 'Find a place'")
        .await;
    page.presses(&format!("{tab}{enter}")).await;
    page.focus_is_on("telegram", "text").await;
    page.presses(&format!("Does anybody hear me?{enter}")).await;
    page.has(&message("Does anybody hear me?")).await;

    page.client().refresh().await.unwrap();
    page.has(&message("Does anybody hear me?")).await;
    page.presses(&format!("{tab}{tab}{tab}{tab}{tab}{enter}"))
        .await;
    page.focus_is_on("email", "new").await;
    page.presses(&enter).await;
    page.focus_is_on("email", "subject").await;
    page.presses(&format!("Yes{tab}I hear you")).await;
    page.focus_is_on("email", "text").await;
    page.presses(&(Key::Control + &enter)).await;
    page.has(&copy("I hear you")).await;

    page.client().refresh().await.unwrap();
    page.has(&copy("I hear you")).await;
    page.presses(&format!("{tab}{tab}{enter}")).await;
    page.focus_is_on("telegram", "text").await;
    goes_back_to(&page, "reply").await;
    page.presses(&enter).await;
    page.focus_is_on("telegram", "text").await;
    page.presses(&format!("Good{enter}")).await;
    page.has(&(message("Good") + &answers("Yes"))).await;
    page.close().await;
}

#[tokio::test]
async fn by_keyboard_alone_people_open_a_thread_on_slack_that_is_one_on_discord() {
    let Some(page) = Page::open().await else {
        return;
    };
    let [tab, enter] = [Key::Tab + "", Key::Enter + ""];
    comes_to(&page).await;
    page.presses(&format!("{tab}{tab}{tab}{tab}{enter}")).await;
    page.focus_is_on("slack", "text").await;
    page.presses(&format!("Who opens the hall?{enter}")).await;
    page.has(&message_in("discord", "Who opens the hall?"))
        .await;
    page.focus_is_on("slack", "text").await;
    goes_back_to(&page, "thread").await;
    page.presses(&enter).await;
    page.focus_is_on("slack", "text").await;
    page.presses(&format!("I do, at eight{enter}")).await;
    page.has(&in_thread("slack", "I do, at eight")).await;
    page.has(&in_thread("discord", "I do, at eight")).await;

    page.client().refresh().await.unwrap();
    page.has(&in_thread("discord", "I do, at eight")).await;
    page.presses(&format!("{tab}{tab}{tab}{enter}")).await;
    page.focus_is_on("discord", "text").await;
    page.presses(&format!("A **big** key{enter}")).await;
    page.has(&message_in("slack", "A big key")).await;
    page.close().await;
}

/// To the last button of that kind before the place where the focus is.
async fn goes_back_to(page: &Page, act: &str) {
    let is_there = format!("return document.activeElement.dataset.act === {act:?}");
    for _ in 0..MOST_STEPS {
        page.presses(&(Key::Shift + &Key::Tab)).await;
        let answer = page.client().execute(&is_there, Vec::new()).await.unwrap();
        if answer == true {
            return;
        }
    }
    panic!("the keyboard does not reach {act}");
}

#[tokio::test]
async fn by_keyboard_alone_people_find_a_place_change_it_and_close_it() {
    let Some(page) = Page::open().await else {
        return;
    };
    let [tab, enter, down] = [Key::Tab, Key::Enter, Key::Down].map(|it| it + "");
    comes_to(&page).await;
    page.presses(&format!("{tab}{enter}")).await;
    page.is_true("document.activeElement.id === 'shelf-search'")
        .await;
    page.presses("kofi discord").await;
    page.counts(r#"//nav[@id="shelf"]//li"#, 1).await;
    page.presses(&down).await;
    page.is_true("document.activeElement.classList.contains('place')")
        .await;
    page.presses(&enter).await;
    page.has(&open("Kofi Mensah")).await;
    page.is_true(
        "document.activeElement.closest('.pane').textContent.includes('alone with Causeway')",
    )
    .await;
    // From where one writes back to the head of the place.
    for act in ["close", "give"] {
        goes_back_to(&page, act).await;
    }
    page.presses(&enter).await;
    page.is_true("document.activeElement.id === 'shelf-search'")
        .await;
    page.presses(&format!("lena{enter}")).await;
    page.has(&open("Lena Brandt")).await;
    page.has_gone(&open("Kofi Mensah")).await;
    goes_back_to(&page, "close").await;
    page.presses(&enter).await;
    page.has_gone(&open("Lena Brandt")).await;
    page.close().await;
}
