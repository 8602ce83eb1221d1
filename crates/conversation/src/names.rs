//! Who somebody is to people's eyes: the one place where a name that is shown is made.
//!
//! **Invariant:** no shown name holds an address, a telephone number, a line break, a character that hides or turns
//! others, or anything that rings; and nobody can write themselves a platform, a tag, a colon or a number that is not theirs.

use words::{Language, MEMBER, SOMEONE};

use crate::render::name;

mod look;
mod private;
mod protected;
#[cfg(test)]
mod tests;
pub(crate) mod tricks;

pub use look::look;
pub use protected::{Protected, Tag};

/// What the bridge calls itself where it speaks.
pub const BRIDGE_NAME: &str = "Causeway";

/// Somebody of whom nothing can be shown.
pub fn nobody() -> &'static str {
    // Names are looked up by what they look like, so they are the same in each language.
    SOMEONE.fixed(Language::ENGLISH)
}

/// What somebody is called who is relayed without their name.
pub fn pseudonym(number: i64) -> String {
    // As above.
    MEMBER.say(Language::ENGLISH, &[("number", number.into())])
}

/// In characters: with a platform behind it, it still fits where platforms take names of 80.
const LONGEST_CALLED: usize = 64;
/// Nobody reads more, however long a name a platform hands us.
const MOST_CHARS_READ: usize = 4096;

/// A name, and what tells its bearer from others of the same community.
#[derive(Debug, Clone, Copy)]
pub struct Bearer<'a> {
    /// As the platform gave it.
    pub name: &'a str,
    /// 1 for the first of a platform whose name looks so, 2 for the second.
    pub namesake: u32,
    pub tag: Option<Tag>,
}

impl Bearer<'_> {
    /// `Ana`, `Ana 2`, `Ana [not staff]`.
    pub fn called(&self) -> String {
        let name = clean_name(self.name);
        let mut behind = match self.namesake {
            0 | 1 => String::new(),
            // A number behind a number would be read as one.
            n if name.ends_with(char::is_numeric) => format!(" [{n}]"),
            n => format!(" {n}"),
        };
        if let Some(tag) = self.tag {
            behind.push_str(tag.text());
        }
        let room = LONGEST_CALLED.saturating_sub(behind.chars().count());
        name::cut(&name, room) + &behind
    }

    /// How it looks with its number: of no two people of one platform and community the same.
    pub fn look(&self) -> String {
        let untagged = Bearer { tag: None, ..*self };
        look::of_shown(&untagged.called())
    }
}

/// `Ana (Telegram)`, from what `Bearer::called` says. Ours alone has no platform.
pub fn with_platform(called: &str, label: &str) -> String {
    match label {
        "" => called.to_owned(),
        label => format!("{called} ({label})"),
    }
}

/// The name without what must not be shown, on one line, in at most 64 graphemes.
pub fn clean_name(name: &str) -> String {
    let read: String = name.chars().take(MOST_CHARS_READ).collect();
    let visible = name::visible(&read);
    let private = private::masked(&visible);
    let is_masked = private != visible;
    let shown = name::one_line(&tricks::undone(&private), name::LONGEST_NAME);
    let says_nothing = shown.is_empty() || (is_masked && !shown.contains(char::is_alphanumeric));
    match says_nothing {
        true => nobody().to_owned(),
        false => shown,
    }
}
