//! What a message says, so that one that comes back again and again is known for the same, whatever was hung on it on its way
//! round. Forwarders that strip all marks leave nothing else: each time it is a new message of a new thread.
//!
//! **Invariant:** what people really say several times ("yes", "+1", "thank you", a picture) has no echo.

use std::collections::BTreeSet;

use crate::{Event, Inbound, MessageFacts};

/// In letters and digits: what is shorter, people say again. It may be shorter where it begins a thread under a subject of
/// its own, for nobody begins the same one twice.
const SHORT: usize = 20;
const SHORT_WITH_SUBJECT: usize = 9;
/// So much is looked at: footers grow at the end.
const LONGEST: usize = 200;
/// As they stand above what is forwarded, and change each time.
const HEADINGS: &str = "from: to: cc: date: sent: subject: reply-to:";

/// The same for the same words in the same thread. `None` for what may be said again.
pub fn echo(event: &Inbound, answered: Option<&MessageFacts>) -> Option<String> {
    let Event::Posted(posted) = &event.event else {
        return None;
    };
    let words = words(&posted.content.text.plain_text());
    let subject = bare(posted.subject.as_deref().unwrap_or_default());
    let begins_one = answered.is_none() && !subject.is_empty();
    let short = if begins_one {
        SHORT_WITH_SUBJECT
    } else {
        SHORT
    };
    let thread = answered.map_or(subject, |it| it.thread.0.clone());
    (words.chars().count() >= short).then(|| format!("{thread}\n{words}"))
}

/// Each line once, without quotes' signs and headings, so that what a hop adds makes a difference once.
fn words(text: &str) -> String {
    let mut seen = BTreeSet::new();
    let lines = text.lines().filter(|line| !is_heading(line)).map(letters);
    let lines = lines.filter(|line| seen.insert(line.clone()));
    let words: String = lines.take(LONGEST).collect();
    words.chars().take(LONGEST).collect()
}

fn is_heading(line: &str) -> bool {
    let line = line.trim_start_matches(['>', ' ', '*', '_']).to_lowercase();
    line.trim_end().ends_with(':') || HEADINGS.split(' ').any(|it| line.starts_with(it))
}

fn letters(text: &str) -> String {
    let letters = text.chars().filter(|it| it.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Without what is put before it, hop by hop: `Fwd:`, `[list]`.
fn bare(subject: &str) -> String {
    let mut rest = subject.trim_start();
    loop {
        let shorter = without_tag(rest).or_else(|| without_prefix(rest));
        match shorter {
            Some(shorter) => rest = shorter.trim_start(),
            None => return letters(rest),
        }
    }
}

fn without_tag(subject: &str) -> Option<&str> {
    let (_, after) = subject.strip_prefix('[')?.split_once(']')?;
    Some(after)
}

/// A short word with a colon, in any language: for telling what is the same it does no harm to take off too much.
fn without_prefix(subject: &str) -> Option<&str> {
    const LONGEST_PREFIX: usize = 12;
    let (word, after) = subject.split_once([':', '：'])?;
    let is_word = word.chars().count() <= LONGEST_PREFIX && !word.contains(' ');
    (is_word && !after.trim().is_empty()).then_some(after)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::samples::author;
    use crate::{ChannelRef, Content, Posted, Proof, Timestamp};

    fn said(subject: Option<&str>, words: &str) -> Option<String> {
        let posted = Posted {
            thread: None,
            messages: vec!["10".into()],
            reply_to: Vec::new(),
            subject: subject.map(str::to_owned),
            content: Content::plain(words),
            elided: String::new(),
            twin: None,
        };
        let event = Inbound {
            within: None,
            key: "key".into(),
            channel: ChannelRef::new("chat", "home"),
            at: Timestamp(1_000),
            actor: author("Ana"),
            proof: Proof::OfPlatform,
            way_back: None,
            event: Event::Posted(posted),
        };
        echo(&event, None)
    }

    #[test]
    fn what_people_say_again_has_no_echo() {
        for words in [
            "",
            "yes",
            "+1",
            "👍",
            "👍👍👍👍👍👍👍👍👍👍👍👍",
            "thank you",
            "I'm in!",
            "Thank you so much!",
        ] {
            assert_eq!(said(None, words), None, "{words}");
        }
        for words in ["yes", "+1", "Thank you!", "I'm in", "🎉"] {
            assert_eq!(said(Some("Who comes on Friday?"), words), None, "{words}");
        }
    }

    #[test]
    fn what_goes_round_is_the_same_whatever_is_hung_on_it() {
        let first = said(Some("The hall"), "Who brings bread?");
        assert!(first.is_some());
        for (subject, words) in [
            ("Fwd: The hall", "Who brings bread?"),
            ("[b] Fwd: [a] AW: The Hall", "> who brings  bread?"),
            (
                "RE[2]: [a] The hall",
                "From: a@x.org\nDate: today\n\nWho brings bread?",
            ),
            (
                "The hall",
                "On Friday somebody wrote:\n> > Who brings bread?\n",
            ),
        ] {
            assert_eq!(said(Some(subject), words), first, "{subject} {words}");
        }
        let footer = |hops| {
            format!(
                "Who brings bread?\n{}",
                "-- \nlist of friends\n".repeat(hops)
            )
        };
        assert_eq!(
            said(Some("The hall"), &footer(1)),
            said(Some("The hall"), &footer(9))
        );
    }

    #[test]
    fn something_else_is_something_else() {
        let first = said(Some("The hall"), "Who brings bread?");
        assert_ne!(said(Some("The garden"), "Who brings bread?"), first);
        assert_ne!(said(Some("The hall"), "Who brings cheese?"), first);
        assert_ne!(
            said(None, &"bread ".repeat(10)),
            said(None, &"cheese ".repeat(10))
        );
    }

    proptest! {
        #[test]
        fn any_words_have_an_echo_of_bounded_length(subject in "\\PC{0,60}", words in "\\PC{0,900}") {
            if let Some(echo) = said(Some(&subject), &words) {
                prop_assert!(echo.len() < 4 * (LONGEST + 60) + 200);
            }
        }
    }
}
