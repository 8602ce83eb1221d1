//! Mailboxes of members, and how a person is shown when no name came with an address.
//!
//! **Invariant:** nothing that is shown holds a full address or looks like a telephone number.

use std::fmt;

use serde::Deserialize;

/// `Ana <ana@example.org>`, or the bare address.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Mailbox {
    pub name: Option<String>,
    pub address: lettre::Address,
}

impl Mailbox {
    /// The account's id: the address in lower case.
    pub fn id(&self) -> String {
        self.address.to_string().to_lowercase()
    }

    /// As staff knows them, without giving the address away.
    pub(crate) fn shown(&self) -> String {
        let first = self.address.user().chars().take(1);
        let masked = || format!("{}…@{}", first.collect::<String>(), self.address.domain());
        let name = self.name.as_deref().map(one_line);
        name.filter(|it| !it.is_empty()).unwrap_or_else(masked)
    }
}

impl std::str::FromStr for Mailbox {
    type Err = String;

    fn from_str(text: &str) -> Result<Mailbox, String> {
        let parsed: lettre::message::Mailbox = text.trim().parse().map_err(|_| {
            "a member is no mailbox: write it as in `Ana <ana@example.org>`".to_owned()
        })?;
        Ok(Mailbox {
            name: parsed.name,
            address: parsed.email,
        })
    }
}

impl TryFrom<String> for Mailbox {
    type Error = String;

    fn try_from(text: String) -> Result<Mailbox, String> {
        text.parse()
    }
}

/// Addresses are for the mail server's eyes only, so a log shows that there is one, not which.
impl fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mailbox(..)")
    }
}

/// The longest name that is shown, in characters.
const LONGEST_NAME: usize = 64;

/// A name for people's eyes: the given one, or the local part made readable.
pub(crate) fn display_name(name: Option<&str>, address: &str) -> String {
    let given = one_line(name.unwrap_or_default());
    let local = |it: &str| spoken(it.split('@').next().unwrap_or_default());
    let names = [local(&given), local(address)];
    let mut names = std::iter::once(given).chain(names);
    let found = names.find(|it| is_showable(it));
    found.unwrap_or_else(|| "Somebody".to_owned())
}

/// One line without control characters or marks that turn the direction of what follows.
pub(crate) fn one_line(text: &str) -> String {
    let plain = text.replace(is_direction_mark, "");
    let words = plain.split(|c: char| c.is_control() || c.is_whitespace());
    let words = words.filter(|it| !it.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// What a server says, on one line, without anybody's address, as it is or in the form that links use.
pub(crate) fn without_addresses(answer: &str) -> String {
    const LONGEST: usize = 600;
    let words = one_line(answer);
    let is_address = |it: &str| it.contains('@') || it.contains("%40");
    let words = words
        .split(' ')
        .map(|it| if is_address(it) { "…" } else { it });
    let told = words.collect::<Vec<_>>().join(" ");
    told.chars().take(LONGEST).collect()
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_showable(name: &str) -> bool {
    !name.contains('@')
        && name.chars().any(char::is_alphabetic)
        && name.chars().count() <= LONGEST_NAME
        && name.chars().filter(char::is_ascii_digit).count() < 6
}

/// `ana.lopez+lists` becomes `Ana Lopez`.
fn spoken(local: &str) -> String {
    let before_plus = local.split('+').next().unwrap_or_default();
    let words: Vec<String> = before_plus
        .split(['.', '_', '-'])
        .map(|word| word.trim_matches(|c: char| c.is_ascii_digit()))
        .filter(|word| !word.is_empty())
        .map(capitalised)
        .collect();
    one_line(&words.join(" "))
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_without_a_name_is_shown_by_a_readable_local_part() {
        assert_eq!(display_name(None, "ana.lopez@example.org"), "Ana Lopez");
        assert_eq!(display_name(Some(" "), "bo_42+x@example.org"), "Bo");
        assert_eq!(display_name(Some("ana@x.org"), "ana@x.org"), "Ana");
    }

    #[test]
    fn neither_an_address_nor_a_number_is_ever_shown() {
        assert_eq!(
            display_name(Some("+49 170 1234567"), "491701234567@sms.example"),
            "Somebody"
        );
        assert_eq!(display_name(Some("Ana\r\nBcc: x"), "a@x.org"), "Ana Bcc: x");
        assert_eq!(display_name(Some("\u{202E}evil"), "a@x.org"), "evil");
    }

    #[test]
    fn no_address_of_an_answer_is_told() {
        for (answer, told) in [
            (
                "553 5.7.1 <ana@x.org>: Sender address\nrejected",
                "553 5.7.1 … Sender address rejected",
            ),
            ("550 user=bo@y.org unknown", "550 … unknown"),
            ("it cannot be reached", "it cannot be reached"),
        ] {
            assert_eq!(without_addresses(answer), told);
        }
    }
}
