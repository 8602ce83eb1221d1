//! Everything can be reached without a mouse.

use fantoccini::key::Key;

use crate::page::Page;
use crate::words::{answers, copy, in_thread, message, message_in};

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
    page.is_true("document.activeElement.textContent === 'Go to writing in Telegram'")
        .await;
    page.presses(&enter).await;
    page.focus_is_on("telegram-text").await;
    page.presses(&format!("Does anybody hear me?{enter}")).await;
    page.has(&message("Does anybody hear me?")).await;

    page.client().refresh().await.unwrap();
    page.has(&message("Does anybody hear me?")).await;
    page.presses(&format!("{tab}{tab}{tab}{tab}{enter}")).await;
    page.focus_is_on("mail-person").await;
    page.presses(&format!("{tab}{enter}")).await;
    page.focus_is_on("mail-subject").await;
    page.presses(&format!("Yes{tab}I hear you")).await;
    page.focus_is_on("mail-text").await;
    page.presses(&(Key::Control + &enter)).await;
    page.has(&copy("I hear you")).await;

    page.client().refresh().await.unwrap();
    page.has(&copy("I hear you")).await;
    page.presses(&format!("{tab}{enter}")).await;
    page.focus_is_on("telegram-text").await;
    goes_back_to(&page, "reply").await;
    page.presses(&enter).await;
    page.focus_is_on("telegram-text").await;
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
    page.presses(&format!("{tab}{tab}{tab}{enter}")).await;
    page.focus_is_on("slack-text").await;
    page.presses(&format!("Who opens the hall?{enter}")).await;
    page.has(&message_in("discord", "Who opens the hall?"))
        .await;
    page.focus_is_on("slack-text").await;
    goes_back_to(&page, "thread").await;
    page.presses(&enter).await;
    page.focus_is_on("slack-text").await;
    page.presses(&format!("I do, at eight{enter}")).await;
    page.has(&in_thread("slack", "I do, at eight")).await;
    page.has(&in_thread("discord", "I do, at eight")).await;

    page.client().refresh().await.unwrap();
    page.has(&in_thread("discord", "I do, at eight")).await;
    page.presses(&format!("{tab}{tab}{enter}")).await;
    page.focus_is_on("discord-text").await;
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
