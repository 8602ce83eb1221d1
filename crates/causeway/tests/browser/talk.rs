//! People talk from where they are: in the group and by mail.

use crate::page::Page;
use crate::words::{
    answers, because, button, by, copy, delivery, field, in_thread, mail, message, message_in,
    thread,
};

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
        page.counts(r#"//ol[@data-part="mails"]/li"#, 3).await;
    }
    page.close().await;
}

#[tokio::test]
async fn what_is_said_in_one_place_is_read_in_the_three_others() {
    let Some(page) = Page::open().await else {
        return;
    };
    page.says_in("telegram", "Bo Lindqvist", "Bread from the group")
        .await;
    page.says_in("discord", "Lena Brandt", "Cheese from **Discord**")
        .await;
    page.says_in("slack", "Jonas Weber", "Apples from *Slack*")
        .await;
    page.writes("Salt by mail", "Salt by mail, from the hill")
        .await;
    let all = [
        ("Bread from the group", "Bo Lindqvist (Telegram)"),
        ("Cheese from Discord", "Lena Brandt (Discord)"),
        ("Apples from Slack", "Jonas Weber (Slack)"),
        ("Salt by mail", "Marisol Núñez (email)"),
    ];
    for (words, author) in all {
        for (pane, own) in [("discord", "(Discord)"), ("slack", "(Slack)")] {
            let there = message_in(pane, words);
            match author.ends_with(own) {
                true => page.has(&there).await,
                false => page.has(&(there + &by(author))).await,
            };
        }
        page.has(&message(words)).await;
    }
    // Marks stay marks.
    page.has(&(message_in("slack", "Cheese from Discord") + r#"//strong[. = "Discord"]"#))
        .await;
    page.has(&(message_in("discord", "Apples from Slack") + r#"//strong[. = "Slack"]"#))
        .await;
    page.opens_mailbox_of("Tomasz Wójcik").await;
    for (words, _) in all {
        // A mail has its marks in signs.
        let (start, _) = words.split_at(10);
        page.opens_thread(start).await;
        page.has(&mail(start)).await;
    }
    page.close().await;
}

#[tokio::test]
async fn a_thread_of_slack_goes_on_from_discord_from_the_group_and_by_mail() {
    let Some(page) = Page::open().await else {
        return;
    };
    page.says_in("slack", "Priya Nair", "Who takes the minutes?")
        .await;
    page.answers_in_thread(
        "slack",
        "Jonas Weber",
        "Who takes the minutes?",
        "Not me again",
    )
    .await;
    page.has(&in_thread("slack", "Not me again")).await;
    page.has(&(in_thread("discord", "Not me again") + &by("Jonas Weber (Slack)")))
        .await;
    page.has(&(copy("Not me again") + &answers("Who takes the minutes?")))
        .await;

    page.choose(&field("discord", "person"), "Lena Brandt")
        .await;
    page.click(&(message_in("discord", "Not me again") + &button("Reply")))
        .await;
    page.types(&field("discord", "text"), "Then me, gladly")
        .await;
    page.sends_in("discord").await;
    page.has(&(in_thread("slack", "Then me, gladly") + &by("Lena Brandt (Discord)")))
        .await;
    page.answers("Chidi Okafor", "Then me, gladly", "Thank you, Lena")
        .await;
    page.has(&in_thread("slack", "Thank you, Lena")).await;
    page.has(&in_thread("discord", "Thank you, Lena")).await;
    page.opens_thread("Who takes the minutes?").await;
    page.replies("Thank you, Lena", "Seconded").await;
    for pane in ["slack", "discord"] {
        page.has(&(in_thread(pane, "Seconded") + &by("Marisol Núñez (email)")))
            .await;
    }
    page.close().await;
}

#[tokio::test]
async fn changes_and_reactions_cross_between_discord_slack_and_the_group() {
    let Some(page) = Page::open().await else {
        return;
    };
    page.says_in("discord", "Kofi Mensah", "The hall has forty chairs")
        .await;
    page.has(&message_in("slack", "The hall has forty chairs"))
        .await;
    page.reacts_in("slack", "Priya Nair", "forty chairs", "Applause")
        .await;
    for pane in ["discord", "telegram"] {
        let reactions = r#"//div[@class="reactions"]/button[starts-with(., "👏")]"#;
        page.has(&(message_in(pane, "forty chairs") + reactions))
            .await;
    }
    page.adds_to_in("discord", "Kofi Mensah", "forty chairs", " and a stage")
        .await;
    for pane in ["slack", "telegram"] {
        page.has(&message_in(pane, "forty chairs and a stage"))
            .await;
    }
    page.click(&(message_in("discord", "and a stage") + &button("Delete")))
        .await;
    for pane in ["discord", "slack", "telegram"] {
        page.has_gone(&message_in(pane, "and a stage")).await;
    }
    page.close().await;
}

#[tokio::test]
async fn a_picture_keeps_its_description_from_slack_to_discord() {
    let Some(page) = Page::open().await else {
        return;
    };
    let file = page.dir.path().join("ladder.png");
    std::fs::write(&file, PNG).unwrap();
    page.attaches("slack", &file).await;
    let described = page
        .has(r#"//input[@aria-label="What ladder.png shows"]"#)
        .await;
    described.send_keys("A ladder of ash").await.unwrap();
    page.types(&field("slack", "text"), "My ladder").await;
    page.sends_in("slack").await;
    for pane in ["slack", "discord"] {
        page.has(&message_in(pane, "My ladder")).await;
        page.is_true(&format!(
            r#"document.querySelector('[data-platform={pane}] .messages img[alt="A ladder of ash"]')?.naturalWidth === 1"#
        ))
        .await;
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
    let edit = delivery("later", "email list", "The bus leaves at nine and ten");
    page.has(&(edit + &because("the platform cannot change what was posted")))
        .await;
    page.reacts("Chidi Okafor", "The bus leaves", "Love").await;
    page.has(&(message("The bus leaves") + r#"//button[@aria-label="❤ by Chidi Okafor"]"#))
        .await;
    let reaction = delivery("later", "email list", "reaction to Bo Lindqvist: The bus");
    page.has(
        &(reaction
            + &because("the platform has no reactions; the next digest tells them together")),
    )
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
    is_a_picture(&page, ".mails").await;
    page.click(&button("New mail")).await;
    page.types(&field("email", "subject"), "Another").await;
    page.types(&field("email", "text"), "Or that ladder").await;
    page.attaches("email", &file).await;
    page.sends_mail().await;
    page.has(&copy("Or that ladder")).await;
    is_a_picture(&page, "[data-platform=telegram] .messages li:last-child").await;
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
    for pane in ["discord", "slack"] {
        page.has(&message_in(pane, script)).await;
        page.says_in(
            pane,
            if pane == "slack" {
                "Priya Nair"
            } else {
                "Kofi Mensah"
            },
            &format!("{picture} [x](javascript:hurt)"),
        )
        .await;
        page.has(&message_in(pane, "javascript:hurt")).await;
    }
    page.is_true("!document.querySelector('a[href^=javascript]')")
        .await;
    page.is_true("!window.hurt && !document.querySelector('img[src=x], main script')")
        .await;
    page.close().await;
}
