//! What people do on the page, with mouse and keyboard.

use std::path::Path;

use fantoccini::Locator;

use crate::page::Page;
use crate::words::{button, field, mail, message, message_in, open, shelved, thread};

const SUBMIT: &str = r#"//button[@type="submit"]"#;

/// The same as `field`, for a script.
fn found(pane: &str, part: &str) -> String {
    format!("document.querySelector('[data-platform={pane}] [data-part={part}]')")
}

/// In any chat: `telegram`, `discord` or `slack`.
impl Page {
    pub(crate) async fn says_in(&self, pane: &str, person: &str, text: &str) {
        self.choose(&field(pane, "person"), person).await;
        self.types(&field(pane, "text"), text).await;
        self.sends_in(pane).await;
    }

    pub(crate) async fn answers_in_thread(
        &self,
        pane: &str,
        person: &str,
        words: &str,
        text: &str,
    ) {
        self.choose(&field(pane, "person"), person).await;
        self.click(&(message_in(pane, words) + &button("Thread")))
            .await;
        self.types(&field(pane, "text"), text).await;
        self.sends_in(pane).await;
    }

    /// The field holds the old words, with the cursor behind them.
    pub(crate) async fn adds_to_in(&self, pane: &str, person: &str, words: &str, more: &str) {
        self.choose(&field(pane, "person"), person).await;
        self.click(&(message_in(pane, words) + &button("Edit")))
            .await;
        self.is_true(&format!("{}.value", found(pane, "text")))
            .await;
        self.types(&field(pane, "text"), more).await;
        self.sends_in(pane).await;
    }

    pub(crate) async fn reacts_in(&self, pane: &str, person: &str, words: &str, reaction: &str) {
        self.choose(&field(pane, "person"), person).await;
        let button = format!(r#"//button[@aria-label="React: {reaction}"]"#);
        self.click(&(message_in(pane, words) + &button)).await;
    }

    pub(crate) async fn sends_in(&self, pane: &str) {
        self.click(&(field(pane, "form") + SUBMIT)).await;
        let (text, chosen) = (found(pane, "text"), found(pane, "chosen"));
        self.is_true(&format!("{text}.value === '' && {chosen}.hidden"))
            .await;
    }
}

/// In Telegram.
impl Page {
    pub(crate) async fn says(&self, person: &str, text: &str) {
        self.says_in("telegram", person, text).await;
    }

    pub(crate) async fn answers(&self, person: &str, words: &str, text: &str) {
        self.choose(&field("telegram", "person"), person).await;
        self.click(&(message(words) + &button("Reply"))).await;
        self.types(&field("telegram", "text"), text).await;
        self.sends_in("telegram").await;
    }

    pub(crate) async fn adds_to(&self, person: &str, words: &str, more: &str) {
        self.adds_to_in("telegram", person, words, more).await;
    }

    pub(crate) async fn reacts(&self, person: &str, words: &str, reaction: &str) {
        self.reacts_in("telegram", person, words, reaction).await;
    }

    pub(crate) async fn shows(&self, person: &str, file: &Path, text: &str) {
        self.choose(&field("telegram", "person"), person).await;
        self.attaches("telegram", file).await;
        self.types(&field("telegram", "text"), text).await;
        self.sends_in("telegram").await;
    }
}

/// By mail.
impl Page {
    /// Where another one stands open.
    pub(crate) async fn opens_mailbox_of(&self, person: &str) {
        self.click(r#"//section[@data-platform="email"]//button[@data-act="give"]"#)
            .await;
        self.click(&shelved("email:", person)).await;
        self.has(&open(person)).await;
    }

    pub(crate) async fn opens_thread(&self, words: &str) {
        self.click(&thread(words)).await;
    }

    pub(crate) async fn replies(&self, words: &str, text: &str) {
        self.click(&(mail(words) + &button("Reply"))).await;
        self.types(&field("email", "text"), text).await;
        self.sends_mail().await;
    }

    pub(crate) async fn writes(&self, subject: &str, text: &str) {
        self.click(&button("New mail")).await;
        self.types(&field("email", "subject"), subject).await;
        self.types(&field("email", "text"), text).await;
        self.sends_mail().await;
    }

    pub(crate) async fn sends_mail(&self) {
        let form = field("email", "form");
        self.click(&(form.clone() + SUBMIT)).await;
        self.has_gone(&form).await;
    }

    /// The browser's own window for choosing is not part of the page.
    pub(crate) async fn attaches(&self, pane: &str, file: &Path) {
        let input = field(pane, "files");
        let input = self.client().find(Locator::XPath(&input)).await;
        let path = file.to_str().unwrap();
        input.unwrap().send_keys(path).await.unwrap();
    }
}

/// What goes wrong.
impl Page {
    pub(crate) async fn opens_the_switches(&self) {
        self.click(r#"//details[@id="faults"]/summary"#).await;
        self.has(&button("All is well again")).await;
    }

    /// Some faults are those of every platform.
    pub(crate) async fn switches_of(&self, platform: &str, words: &str) {
        let set = format!(r#"//div[@id="{platform}-faults"]"#);
        self.click(&(set + &button(words))).await;
    }

    pub(crate) async fn switches(&self, words: &str) {
        self.click(&button(words)).await;
    }
}
