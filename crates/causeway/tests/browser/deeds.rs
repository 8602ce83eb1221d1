//! What people do on the page, with mouse and keyboard.

use std::path::Path;

use crate::page::Page;
use crate::words::{button, mail, message, thread};

/// In Telegram.
impl Page {
    pub(crate) async fn says(&self, person: &str, text: &str) {
        self.choose("telegram-person", person).await;
        self.types("say-text", text).await;
        self.sends().await;
    }

    pub(crate) async fn answers(&self, person: &str, words: &str, text: &str) {
        self.choose("telegram-person", person).await;
        self.click(&(message(words) + &button("Reply"))).await;
        self.types("say-text", text).await;
        self.sends().await;
    }

    /// The field holds the old words, with the cursor behind them.
    pub(crate) async fn adds_to(&self, person: &str, words: &str, more: &str) {
        self.choose("telegram-person", person).await;
        self.click(&(message(words) + &button("Edit"))).await;
        self.is_true(r#"document.getElementById("say-text").value"#)
            .await;
        self.types("say-text", more).await;
        self.sends().await;
    }

    pub(crate) async fn reacts(&self, person: &str, words: &str, reaction: &str) {
        self.choose("telegram-person", person).await;
        let button = format!(r#"//button[@aria-label="React: {reaction}"]"#);
        self.click(&(message(words) + &button)).await;
    }

    pub(crate) async fn shows(&self, person: &str, file: &Path, text: &str) {
        self.choose("telegram-person", person).await;
        self.attaches("say-files", file).await;
        self.types("say-text", text).await;
        self.sends().await;
    }

    async fn sends(&self) {
        self.click(r#"//form[@id="say-form"]//button[@type="submit"]"#)
            .await;
        self.is_true(r#"document.getElementById("say-text").value === """#)
            .await;
    }
}

/// By mail.
impl Page {
    pub(crate) async fn opens_mailbox_of(&self, person: &str) {
        self.choose("mail-person", person).await;
    }

    pub(crate) async fn opens_thread(&self, words: &str) {
        self.click(&thread(words)).await;
    }

    pub(crate) async fn replies(&self, words: &str, text: &str) {
        self.click(&(mail(words) + &button("Reply"))).await;
        self.types("mail-text", text).await;
        self.sends_mail().await;
    }

    pub(crate) async fn writes(&self, subject: &str, text: &str) {
        self.click(&button("New mail")).await;
        self.types("mail-subject", subject).await;
        self.types("mail-text", text).await;
        self.sends_mail().await;
    }

    pub(crate) async fn sends_mail(&self) {
        self.click(r#"//form[@id="mail-form"]//button[@type="submit"]"#)
            .await;
        self.has_gone(r#"//form[@id="mail-form"]"#).await;
    }

    /// The browser's own window for choosing is not part of the page.
    pub(crate) async fn attaches(&self, input: &str, file: &Path) {
        let input = self.client().find(fantoccini::Locator::Id(input)).await;
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

    pub(crate) async fn switches(&self, words: &str) {
        self.click(&button(words)).await;
    }
}
