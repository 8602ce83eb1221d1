//! What somebody said, as mails of theirs (mboxrd). Pure.
//!
//! **Invariant:** whatever somebody wrote, each message is one mail: nothing of it begins another, and nothing reaches a header but
//! one line, encoded.

use base64::{Engine, engine::general_purpose::STANDARD};
use conversation::{CommunityId, MessageId, Timestamp};
use store::{AccountHeld, Revision, SaidHeld};

use crate::wording::in_utc;

/// Lines of mails have no more bytes than 998.
const LONGEST_LINE: usize = 900;
/// In bytes: encoded, with what stands around it, a line of a header has no more than 76.
const LONGEST_WORD: usize = 42;

/// As whom they wrote.
pub(super) struct Writer {
    from: String,
    /// Behind the ids of their mails.
    host: String,
}

impl Writer {
    pub(super) fn of(community: &CommunityId, account: &AccountHeld) -> Writer {
        let name = account.names.last().map_or("", |it| it.name.as_str());
        let address = address(account.platform.as_str(), account.account.as_str());
        Writer {
            from: format!("{} <{address}>", encoded(name)),
            host: format!("{}.causeway.invalid", harmless(community.as_str())),
        }
    }

    /// As it was said last; of what is kept no longer, when and where.
    pub(super) fn mail(&self, said: &SaidHeld) -> String {
        let newest = said.words.last();
        let mut mail = format!("From causeway.invalid {}\n", in_asctime(said.said_at));
        let mut header = |name: &str, value: &str| mail.push_str(&format!("{name}: {value}\n"));
        header("From", &self.from);
        header("Date", &in_mail(said.said_at));
        header("Message-ID", &self.id(&said.id));
        if let Some(answers) = &said.answers {
            header("In-Reply-To", &self.id(answers));
        }
        if said.thread != said.id {
            header("References", &self.id(&said.thread));
        }
        if let Some(subject) = newest.and_then(|it| it.subject.as_deref()) {
            header("Subject", &encoded(subject));
        }
        header("X-Causeway-Platform", said.platform.as_str());
        if let Some(room) = &said.room {
            header("X-Causeway-Room", &encoded(room));
        }
        for file in newest.iter().flat_map(|it| &it.files) {
            let name = file.name.as_deref().unwrap_or("(without a name)");
            header("X-Causeway-File", &encoded(name));
        }
        header("MIME-Version", "1.0");
        header("Content-Type", "text/plain; charset=utf-8");
        mail + &body(newest, said)
    }

    fn id(&self, message: &MessageId) -> String {
        format!("<{}@{}>", harmless(message.as_str()), self.host)
    }
}

fn body(newest: Option<&Revision>, said: &SaidHeld) -> String {
    let text = match (newest, said.deleted_at) {
        (Some(it), _) => it.text.replace("\r\n", "\n").replace('\r', "\n"),
        (None, Some(_)) => "(taken back)".to_owned(),
        (None, None) => "(its words are kept no longer)".to_owned(),
    };
    let is_long = text.lines().any(|it| it.len() > LONGEST_LINE);
    if !is_long && !text.contains('\0') {
        let lines = text.lines().map(|it| format!("{}{it}\n", escape(it)));
        let lines: String = lines.collect();
        return format!("Content-Transfer-Encoding: 8bit\n\n{lines}\n");
    }
    let coded = STANDARD.encode(text);
    let lines = coded.as_bytes().chunks(76);
    let lines: String = lines
        .map(|it| format!("{}\n", String::from_utf8_lossy(it)))
        .collect();
    format!("Content-Transfer-Encoding: base64\n\n{lines}\n")
}

/// A line that would begin another mail.
fn escape(line: &str) -> &'static str {
    match line.trim_start_matches('>').starts_with("From ") {
        true => ">",
        false => "",
    }
}

/// By RFC 2047 where it is not plain.
fn encoded(text: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || " .-_".contains(it);
    if text.len() <= LONGEST_WORD && text.chars().all(is_plain) {
        return text.to_owned();
    }
    let mut words = Vec::new();
    let mut word = String::new();
    for it in text
        .chars()
        .map(|it| if it.is_control() { ' ' } else { it })
    {
        if word.len() + it.len_utf8() > LONGEST_WORD {
            words.push(std::mem::take(&mut word));
        }
        word.push(it);
    }
    words.push(word);
    let words = words
        .iter()
        .map(|it| format!("=?utf-8?B?{}?=", STANDARD.encode(it)));
    words.collect::<Vec<_>>().join("\n ")
}

/// Of an account that is no address, one that leads nowhere.
fn address(platform: &str, account: &str) -> String {
    match account.split_once('@') {
        Some((local, host)) if harmless(local) == local && harmless(host) == host => {
            account.to_owned()
        }
        _ => format!(
            "{}@{}.causeway.invalid",
            harmless(account),
            harmless(platform)
        ),
    }
}

fn harmless(text: &str) -> String {
    let is_harmless = |it: char| it.is_ascii_alphanumeric() || ".-_+".contains(it);
    text.chars()
        .map(|it| if is_harmless(it) { it } else { '-' })
        .collect()
}

fn in_asctime(at: Timestamp) -> String {
    in_utc(at).strftime("%a %b %e %H:%M:%S %Y").to_string()
}

fn in_mail(at: Timestamp) -> String {
    in_utc(at)
        .strftime("%a, %d %b %Y %H:%M:%S +0000")
        .to_string()
}

#[cfg(test)]
mod tests;
