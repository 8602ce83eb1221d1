//! Reactions, told together where a channel has none of its own.

use std::{collections::BTreeMap, time::Duration};

use crate::{AttachmentKind, Content, Markup, MessageId, clean_name, render::name::one_line};

/// A message with what people put under it.
#[derive(Debug, Clone)]
pub struct Reacted {
    pub message: MessageId,
    pub author: String,
    pub content: Content,
    /// How many put each emoji there.
    pub counts: BTreeMap<String, usize>,
}

/// In graphemes.
const LONGEST_QUOTE: usize = 40;
const LONGEST_EMOJI: usize = 16;
const MOST_MESSAGES: usize = 20;

/// `waited` since the first of them. None if all were taken back.
pub fn digest(reacted: &[Reacted], waited: Duration) -> Option<Markup> {
    let lines: Vec<_> = reacted.iter().filter_map(line).collect();
    let since = since(waited);
    match lines.as_slice() {
        [] => None,
        [only] => Some(Markup::plain(&format!("{since}: {only}"))),
        _ => {
            let mut text = format!("{since}:");
            for line in lines.iter().take(MOST_MESSAGES) {
                text.push('\n');
                text.push_str(line);
            }
            match lines.len().saturating_sub(MOST_MESSAGES) {
                0 => {}
                1 => text.push_str("\n… and for one more message"),
                more => text.push_str(&format!("\n… and for {more} more messages")),
            }
            Some(Markup::plain(&text))
        }
    }
}

/// `👍 3 · ❤ 1 for “Who brings bread?” (Ana)`
fn line(reacted: &Reacted) -> Option<String> {
    let mut counts: Vec<_> = reacted.counts.iter().filter(|(_, n)| **n > 0).collect();
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
    if counts.is_empty() {
        return None;
    }
    let counts = counts
        .iter()
        .map(|(emoji, n)| format!("{} {n}", one_line(emoji, LONGEST_EMOJI)));
    let counts = counts.collect::<Vec<_>>().join(" · ");
    let author = clean_name(&reacted.author);
    Some(format!(
        "{counts} for {} ({author})",
        quote(&reacted.content)
    ))
}

fn quote(content: &Content) -> String {
    let words = one_line(&content.text.plain_text(), LONGEST_QUOTE);
    let file = content.attachments.first();
    match (words.is_empty(), file.and_then(|it| it.name.as_deref())) {
        (false, _) => format!("“{words}”"),
        (true, Some(name)) => format!("“{}”", one_line(name, LONGEST_QUOTE)),
        (true, None) => match file.map(|it| it.kind) {
            Some(AttachmentKind::Photo) => "a photo".to_owned(),
            Some(_) => "a file".to_owned(),
            None => "something said long ago".to_owned(),
        },
    }
}

fn since(waited: Duration) -> String {
    let hours = (waited.as_secs() + 1800) / 3600;
    match hours {
        0..=1 => "In the last hour".to_owned(),
        2..=18 => format!("In the last {hours} hours"),
        19..=36 => "Since yesterday".to_owned(),
        _ => format!("In the last {} days", (hours + 12) / 24),
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    fn reacted(author: &str, text: &str, counts: &[(&str, usize)]) -> Reacted {
        Reacted {
            message: MessageId("m".to_owned()),
            author: author.to_owned(),
            content: Content::plain(text),
            counts: counts
                .iter()
                .map(|(it, n)| ((*it).to_owned(), *n))
                .collect(),
        }
    }

    fn said(reacted: &[Reacted], hours: u64) -> String {
        let said = digest(reacted, Duration::from_secs(hours * 3600));
        said.map_or("(nothing)".to_owned(), |it| it.plain_text())
    }

    #[test]
    fn one_message_takes_one_line() {
        let bread = reacted(
            "Ana",
            "Bread on Friday, who brings tea?",
            &[("❤", 1), ("👍", 3)],
        );
        assert_snapshot!(said(&[bread], 24), @"Since yesterday: 👍 3 · ❤ 1 for “Bread on Friday, who brings tea?” (Ana)");
    }

    #[test]
    fn several_messages_stand_below_each_other_and_long_ones_are_cut() {
        let many = [
            reacted(
                "Ana",
                "Bread\n on Friday, and whoever likes may bring tea",
                &[("👍", 1)],
            ),
            reacted("Bo", "I am coming", &[("🎉", 2)]),
        ];
        assert_snapshot!(said(&many, 72), @r"
        In the last 3 days:
        👍 1 for “Bread on Friday, and whoever likes may…” (Ana)
        🎉 2 for “I am coming” (Bo)
        ");
    }

    #[test]
    fn what_was_taken_back_is_not_told() {
        assert_snapshot!(said(&[reacted("Ana", "Bread", &[("👍", 0)])], 24), @"(nothing)");
        assert_snapshot!(said(&[], 24), @"(nothing)");
    }

    #[test]
    fn no_more_than_twenty_messages_are_named() {
        let many: Vec<_> = (0..25)
            .map(|n| reacted("Ana", &n.to_string(), &[("👍", 1)]))
            .collect();
        let said = said(&many, 5);
        assert_eq!(said.lines().count(), 22);
        assert!(said.starts_with("In the last 5 hours:\n"));
        assert!(said.ends_with("… and for 5 more messages"));
    }
}
