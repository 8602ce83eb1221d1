//! What was meant. Pure.

use conversation::{
    CommunityId, Event, IdentityId, Phrase,
    command::{Command, Everyday, Fault, Switch, Unknown},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::PrivateChat;

/// What can be asked for. Rows hold it: no name of these is ever changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Act {
    Command(Command),
    /// What it comes to was told, and is wanted: said by the button, or by the code.
    Sure {
        command: Command,
        effect: Phrase,
        code: String,
    },
    /// Takes something back.
    Undo(Command),
    /// The account is another of the same person's.
    Join {
        with: IdentityId,
        code: String,
        /// Who showed the code is asked, after who said it.
        is_last: bool,
    },
    /// It is not.
    Apart {
        with: IdentityId,
    },
    /// No command, but like some.
    Unknown(Unknown),
    /// Of older versions.
    Help,
    /// What is said here is meant for that community.
    Mean(CommunityId),
    /// Opens the door of that community: nobody hears of this press.
    Open(CommunityId),
    /// Nothing that could be read.
    Unclear,
}

/// The word behind the door that a button opens.
pub(crate) fn opens(act: &Value) -> Option<String> {
    match Act::deserialize(act) {
        Ok(Act::Open(community)) => Some(community.0),
        _ => None,
    }
}

/// What stands below a message and may as well be said in words which it names.
pub(crate) fn has_words(act: &Value) -> bool {
    let agrees = |it: &Command| {
        matches!(
            it,
            Command::Everyday(Everyday::Agree { .. } | Everyday::Disagree { .. })
        )
    };
    match Act::deserialize(act) {
        Ok(Act::Command(it)) => agrees(&it),
        act => matches!(
            act,
            Ok(Act::Sure { .. } | Act::Undo(_) | Act::Join { .. } | Act::Apart { .. })
        ),
    }
}

impl Act {
    pub(super) fn of(event: &Event, chats: &[PrivateChat]) -> Act {
        let Some(said) = said(event) else {
            return Act::Unclear;
        };
        match chosen(&said, chats) {
            Some(chat) => Act::Mean(chat.entry.community.clone()),
            None => Command::read(&said).map_or_else(Act::Unknown, Act::of_command),
        }
    }

    /// Also where nobody can be answered yet: who steps back does so from that moment on.
    pub(super) fn is_done_at_once(&self) -> bool {
        matches!(
            self,
            Act::Command(Command::Everyday(
                Everyday::Private { .. }
                    | Everyday::Name { .. }
                    | Everyday::Metrics { .. }
                    | Everyday::Rest { .. }
            ))
        )
    }

    /// What somebody wants kept from others, rather than carried again.
    pub(super) fn is_stricter(&self) -> bool {
        matches!(
            self,
            Act::Command(Command::Everyday(
                Everyday::Private { switch: Switch::On }
                    | Everyday::Name {
                        switch: Switch::Off
                    }
                    | Everyday::Metrics {
                        switch: Switch::Off
                    }
            ))
        )
    }

    pub(super) fn holds_a_secret(&self) -> bool {
        matches!(self, Act::Command(it) if it.holds_a_secret())
    }

    /// Of what nothing is done about, no row is to hold what was typed.
    fn of_command(command: Command) -> Act {
        let verb = command.verb();
        match verb.cannot() {
            Some(_) => Act::Unknown(verb.refuses(Fault::NotSo)),
            None => Act::Command(command),
        }
    }
}

/// In words.
pub(super) fn said(event: &Event) -> Option<String> {
    match event {
        Event::Commanded { text, .. } => Some(text.clone()),
        Event::Posted(posted) => Some(posted.content.text.plain_text()),
        _ => None,
    }
}

/// By its number in the question, or by its name; case, blanks and a dot at the end do not matter. Nobody means a community by
/// its name who was not asked.
fn chosen<'c>(said: &str, chats: &'c [PrivateChat]) -> Option<&'c PrivateChat> {
    let said = bare(said);
    let mut asked = chats.iter().filter(|it| it.asked_at.is_some()).peekable();
    asked.peek()?;
    let by_name = chats.iter().find(|it| bare(&it.name) == said);
    by_name.or_else(|| asked.nth(said.parse::<usize>().ok()?.checked_sub(1)?))
}

fn bare(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    let text = words.join(" ").to_lowercase();
    let bare = text.strip_suffix('.').unwrap_or(&text);
    bare.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn what_cannot_be_done_is_not_kept_as_it_was_typed() {
        let typed = Command::read("member join telegram:17 slack:U17").unwrap();
        let kept = serde_json::to_string(&Act::of_command(typed)).unwrap();
        assert!(!kept.contains("17"), "{kept}");
        assert!(kept.contains("member join"), "{kept}");
    }

    #[test]
    fn acts_in_rows_are_still_understood() {
        let unknown = Command::read("help fly").unwrap_err();
        let unknown = Unknown {
            why: Fault::NoSuchCommand,
            ..unknown
        };
        for (row, act) in [
            (r#""help""#, Some(Act::Help)),
            (
                r#"{"mean":"c1"}"#,
                Some(Act::Mean(CommunityId("c1".to_owned()))),
            ),
            (
                r#"{"open":"c1"}"#,
                Some(Act::Open(CommunityId("c1".to_owned()))),
            ),
            (r#""unclear""#, Some(Act::Unclear)),
            (
                r#"{"command":{"everyday":{"help":{"about":null}}}}"#,
                Some(Act::Command(Command::read("help").unwrap())),
            ),
            (
                r#"{"unknown":{"why":"no-such-command","nearest":["help","fly home"]}}"#,
                Some(Act::Unknown(unknown)),
            ),
            (
                r#"{"sure":{"command":{"held":{"drop":{"ids":"all"}}},"effect":{"name":"done","args":{}},"code":"7K3Q"}}"#,
                Some(Act::Sure {
                    command: Command::read("held drop all").unwrap(),
                    effect: Phrase {
                        name: "done".to_owned(),
                        args: BTreeMap::new(),
                    },
                    code: "7K3Q".to_owned(),
                }),
            ),
            (
                r#"{"undo":{"dead":{"retry":{"ids":"all"}}}}"#,
                Some(Act::Undo(Command::read("dead retry all").unwrap())),
            ),
            // Before it was given anything else.
            (
                r#"{"undo":{"room":{"set":{"room":"spring","most_parts":3}}}}"#,
                Some(Act::Undo(
                    Command::read("room set spring most-parts=3").unwrap(),
                )),
            ),
            (
                r#"{"undo":{"room":{"link":{"room":"spring","channel":{"platform":"chat","id":"1"}}}}}"#,
                Some(Act::Undo(Command::read("room link spring chat:1").unwrap())),
            ),
            (r#"{"fly":"c1"}"#, None),
        ] {
            assert_eq!(serde_json::from_str::<Act>(row).ok(), act, "{row}");
        }
    }
}
