//! Where things stand on the page, by the words that people see: XPath.

/// A part of the open place of that platform: `telegram`, `discord`, `slack` or `email`.
pub(crate) fn field(platform: &str, part: &str) -> String {
    format!(r#"//section[@data-platform="{platform}"]//*[@data-part="{part}"]"#)
}

/// On the shelf, by the beginning of its address and what stands there.
pub(crate) fn shelved(at: &str, words: &str) -> String {
    format!(r#"//nav[@id="shelf"]//a[starts-with(@data-at, "{at}")][contains(., "{words}")]"#)
}

/// An open place by the name in its head.
pub(crate) fn open(title: &str) -> String {
    format!(r#"//section[contains(@class, "pane")][.//h2[. = "{title}"]]"#)
}

/// A message of the group that says this itself; what it quotes does not count.
pub(crate) fn message(words: &str) -> String {
    message_in("telegram", words)
}

/// The same in any chat: `telegram`, `discord` or `slack`.
pub(crate) fn message_in(pane: &str, words: &str) -> String {
    let list = field(pane, "messages");
    format!(r#"{list}/li[.//div[@class="words"][contains(., "{words}")]]"#)
}

/// Said below another message, in its thread.
pub(crate) fn in_thread(pane: &str, words: &str) -> String {
    message_in(pane, words) + r#"[contains(@class, "is-below")]"#
}

/// Under the name of whoever said it, whom Causeway speaks for.
pub(crate) fn by(author: &str) -> String {
    format!(r#"[.//div[@class="name"][span[1] = "{author}"][.//span[@class="badge"] = "APP"]]"#)
}

/// The same as Causeway carried it there.
pub(crate) fn copy(words: &str) -> String {
    message(words) + r#"[.//span[@class="badge"]]"#
}

/// What a message answers, shown above its words.
pub(crate) fn answers(words: &str) -> String {
    format!(r#"//button[@class="replied"][contains(., "{words}")]"#)
}

/// A line in the list of threads of the mailbox that is open.
pub(crate) fn thread(words: &str) -> String {
    let list = field("email", "threads");
    format!(r#"{list}/li/button[contains(., "{words}")]"#)
}

/// A mail of the open thread that says this itself; what it quotes does not count.
pub(crate) fn mail(words: &str) -> String {
    let list = field("email", "mails");
    format!(r#"{list}/li[./div[@class="words"][contains(., "{words}")]]"#)
}

/// What became of something, and where it was going.
pub(crate) fn delivery(state: &str, place: &str, words: &str) -> String {
    format!(
        r#"//ol[@id="deliveries"]/li[.//span[@class="pill"][. = "{state}"]][.//span[@class="route"][contains(., "{place}")]][contains(., "{words}")]"#
    )
}

/// In words for people, below a delivery.
pub(crate) fn because(words: &str) -> String {
    format!(r#"/p[@class="why"][contains(., "{words}")]"#)
}

pub(crate) fn notice(words: &str) -> String {
    format!(r#"//ul[@id="notices"]/li[contains(., "{words}")]"#)
}

/// A button by the beginning of its words.
pub(crate) fn button(words: &str) -> String {
    format!(r#"//button[starts-with(normalize-space(), "{words}")]"#)
}
