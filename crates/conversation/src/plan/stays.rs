//! What stays on its platform: all that somebody says who keeps their words to themselves, and single messages.

use super::{FIRST_MESSAGE, Facts, LOCAL, NO_CONSENT, PRIVATE};
use crate::{Content, Event, Inbound, Node, OperationKind};

/// What says so in a message.
const LOCALLY: &str = "#local";

/// Why a message stays where it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stays {
    /// Its author said `private on`.
    Private,
    /// It says `#local`.
    Local,
    /// Its author is asked whether it may go on: its words are kept meanwhile.
    Consent,
    /// Its author did not agree.
    Refused,
}

worded!(Stays {
    Private = "private",
    Local = "local",
    Consent = "consent",
    Refused = "refused"
});

impl Stays {
    pub fn rule(self) -> &'static str {
        match self {
            Stays::Private => PRIVATE,
            Stays::Local => LOCAL,
            Stays::Consent => FIRST_MESSAGE,
            Stays::Refused => NO_CONSENT,
        }
    }
}

/// What stayed once does so for good, whatever its author makes of it; what waits for their yes does not yet.
pub fn stays(facts: &Facts, event: &Inbound) -> Option<Stays> {
    let private = facts.is_private.then_some(Stays::Private);
    match &event.event {
        Event::Posted(posted) => {
            // Of an answer the subject is its thread's.
            let own = posted.subject.as_deref().filter(|_| facts.target.is_none());
            let is_local = is_local(&posted.content) || own.is_some_and(says_so);
            private.or(is_local.then_some(Stays::Local))
        }
        Event::Edited { content, .. } => {
            let stayed = facts.target.as_ref().and_then(|it| it.stays);
            let stayed = stayed.filter(|it| *it != Stays::Consent);
            let local = is_local(content).then_some(Stays::Local);
            stayed.or(private).or(local)
        }
        Event::Reacted(_) => private,
        _ => None,
    }
}

/// Of a change that came before its message: what may be kept of it until then, where that is not all.
pub fn without_words(facts: &Facts, event: &Inbound) -> Option<Inbound> {
    stays(facts, event)?;
    let Event::Edited { message, .. } = &event.event else {
        return None;
    };
    Some(Inbound {
        event: Event::Edited {
            message: message.clone(),
            content: Content::plain(LOCALLY),
        },
        ..event.clone()
    })
}

/// Its author writes `#local` into what stands elsewhere: there it is taken back.
pub(super) fn is_taken_back(facts: &Facts, stays: Option<Stays>) -> bool {
    let stayed = facts.target.as_ref().and_then(|it| it.stays);
    stays == Some(Stays::Local) && matches!(stayed, None | Some(Stays::Consent))
}

/// What they take away goes from where it stands.
pub(super) fn keeps(
    stays: Option<Stays>,
    event: &Event,
    operation: OperationKind,
) -> Option<Stays> {
    let takes_away = match event {
        Event::Reacted(change) => !change.removed.is_empty(),
        _ => operation == OperationKind::Delete,
    };
    stays.filter(|_| !takes_away)
}

/// As a word of its own, in what is no code.
pub(super) fn is_local(content: &Content) -> bool {
    let mut words = String::new();
    words_of(&content.text.0, &mut words);
    says_so(&words)
}

/// A mark around a word is none between words; what is code, and who is mentioned, is.
fn words_of(nodes: &[Node], words: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => words.push_str(text),
            Node::Code(_) | Node::CodeBlock { .. } | Node::Emoji { .. } => words.push(' '),
            // A channel of that name, as some platforms read it.
            Node::Mention {
                account: None,
                name,
            } => words.push_str(name),
            Node::Mention { .. } => words.push('@'),
            Node::Styled { children, .. } | Node::Link { children, .. } => {
                words_of(children, words)
            }
            // What somebody else said.
            Node::Quote(_) => words.push(' '),
            Node::List { items, .. } => {
                for item in items {
                    words.push(' ');
                    words_of(item, words);
                }
                words.push(' ');
            }
        }
    }
}

/// Whatever stands around it as signs do.
fn says_so(text: &str) -> bool {
    let is_sign =
        |c: char| !(c.is_alphanumeric() || matches!(c, '#' | '＃' | '_' | '@' | '-' | '/'));
    text.split_whitespace().any(|word| {
        let word = word.trim_matches(is_sign).to_lowercase();
        word.replacen('＃', "#", 1) == LOCALLY
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::{Markup, Style};

    #[test]
    fn a_word_of_its_own_says_that_a_message_stays() {
        for said in [
            "#local",
            "We meet at the old mill #local",
            "#LOCAL we meet",
            "only for us (#local).",
            "only\n#local\nfor us",
            "＃local nur hier",
            "\u{200B}#local",
        ] {
            assert!(is_local(&Content::plain(said)), "{said}");
        }
        for said in [
            "local",
            "#locals",
            "#localhost",
            "##local",
            "a#local",
            "example.org/#local",
            "#local-news",
            "# local",
            "",
        ] {
            assert!(!is_local(&Content::plain(said)), "{said}");
        }
    }

    #[test]
    fn in_code_and_in_what_others_said_it_is_a_word_like_others() {
        let of = |nodes: Vec<Node>| Content {
            text: Markup(nodes),
            attachments: Vec::new(),
        };
        let text = || Node::Text("#local".to_owned());
        for (node, stays) in [
            (Node::Code("#local".to_owned()), false),
            (
                Node::CodeBlock {
                    language: None,
                    code: "#local".to_owned(),
                },
                false,
            ),
            (Node::Quote(vec![text()]), false),
            (
                Node::Styled {
                    style: Style::Bold,
                    children: vec![text()],
                },
                true,
            ),
            (
                Node::List {
                    start: None,
                    items: vec![vec![text()]],
                },
                true,
            ),
            (
                Node::Mention {
                    account: None,
                    name: "#local".to_owned(),
                },
                true,
            ),
        ] {
            let said = format!("{node:?}");
            assert_eq!(is_local(&of(vec![node])), stays, "{said}");
        }
    }
}
