//! People talk from where they are: in the group and by mail.

use crate::page::Page;
use crate::words::{answers, because, copy, delivery, mail, message, thread};

/// One grey point.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\0\0\0\nIDATx\x9cch\0\0\0\x82\0\x81\x77\xcd\x72\xb6\0\0\0\0IEND\xaeB\x60\x82";

#[tokio::test]
async fn a_question_in_the_group_is_answered_from_a_mailbox_and_goes_on() {
    let Some(page) = Page::open().await else {
        return;
    };
    page.opens_mailbox_of("Tomasz Wójcik").await;
    page.says("Chidi Okafor", "Who has a long ladder?").await;
    page.opens_thread("Who has a long ladder?").await;
    page.replies("Who has a long ladder?", "I have one, three metres.")
        .await;
    // Only the new words, below the very message.
    let answer = copy("three metres");
    page.has(&(answer.clone() + &answers("Who has a long ladder?")))
        .await;
    page.reads(
        &(answer + r#"//div[@class="words"]"#),
        "Tomasz Wójcik (email): I have one, three metres.",
    )
    .await;
    page.answers("Bo Lindqvist", "three metres", "That is long enough.")
        .await;
    for person in ["Tomasz Wójcik", "Marisol Núñez"] {
        page.opens_mailbox_of(person).await;
        page.opens_thread("Who has a long ladder?").await;
        page.has(&mail("That is long enough.")).await;
        page.counts(r#"//ol[@id="mails"]/li"#, 3).await;
    }
    page.close().await;
}

#[tokio::test]
async fn a_change_or_a_reaction_that_mail_cannot_take_is_shown_with_the_reason() {
    let Some(page) = Page::open().await else {
        return;
    };
    page.says("Bo Lindqvist", "The bus leaves at nine").await;
    page.has(&delivery(
        "delivered",
        "email list",
        "The bus leaves at nine",
    ))
    .await;
    page.adds_to("Bo Lindqvist", "The bus leaves at nine", " and ten")
        .await;
    let changed = message("The bus leaves at nine and ten");
    page.has(&(changed + r#"//span[@class="edited"]"#)).await;
    let edit = delivery("not sent", "email list", "The bus leaves at nine and ten");
    page.has(&(edit + &because("the platform cannot change what was posted")))
        .await;
    page.reacts("Chidi Okafor", "The bus leaves", "Love").await;
    page.has(&(message("The bus leaves") + r#"//button[@aria-label="❤ by Chidi Okafor"]"#))
        .await;
    let reaction = delivery(
        "not sent",
        "email list",
        "reaction to Bo Lindqvist: The bus",
    );
    page.has(&(reaction + &because("the platform has no reactions that we may set")))
        .await;
    page.close().await;
}

#[tokio::test]
async fn pictures_cross_both_ways() {
    let Some(page) = Page::open().await else {
        return;
    };
    let file = page.dir.path().join("ladder.png");
    std::fs::write(&file, PNG).unwrap();
    page.shows("Chidi Okafor", &file, "This ladder").await;
    page.opens_thread("This ladder").await;
    page.has(&mail("This ladder")).await;
    is_a_picture(&page, "#mails").await;
    page.click(&crate::words::button("New mail")).await;
    page.types("mail-subject", "Another").await;
    page.types("mail-text", "Or that ladder").await;
    page.attaches("mail-files", &file).await;
    page.sends_mail().await;
    page.has(&copy("Or that ladder")).await;
    is_a_picture(&page, "#messages li:last-child").await;
    page.close().await;
}

async fn is_a_picture(page: &Page, place: &str) {
    page.is_true(&format!(
        "document.querySelector('{place} img')?.naturalWidth === 1"
    ))
    .await;
}

#[tokio::test]
async fn words_that_look_like_a_page_stay_words() {
    let Some(page) = Page::open().await else {
        return;
    };
    let picture = "<img src=x onerror=window.hurt=1>";
    let script = "<script>window.hurt=2</script>";
    page.says("Ana Sol", &format!("{picture} {script}")).await;
    page.has(&message(script)).await;
    page.has(&thread(script)).await;
    page.opens_thread(script).await;
    page.has(&mail(picture)).await;
    page.writes(picture, &format!("by mail {script}")).await;
    page.has(&thread(picture)).await;
    page.has(&copy(&format!("by mail {script}"))).await;
    page.has(&delivery("delivered", "Telegram group", script))
        .await;
    page.is_true("!window.hurt && !document.querySelector('img[src=x], main script')")
        .await;
    page.close().await;
}
