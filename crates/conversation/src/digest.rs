//! Reactions, told together where a channel has none of its own.

use std::{collections::BTreeMap, time::Duration};

use words::{
    DIGEST_LINE, DIGEST_MORE, LAST_DAYS, LAST_HOUR, LAST_HOURS, Language, QUOTED, QUOTED_FILE,
    QUOTED_GONE, QUOTED_PHOTO, SINCE_YESTERDAY,
};

use crate::{AttachmentKind, Content, clean_name, render::name::one_line};

/// A message with what people put under it.
#[derive(Debug, Clone)]
pub struct Reacted {
    pub author: String,
    pub content: Content,
    /// How many put each emoji there.
    pub counts: BTreeMap<String, usize>,
}

/// In graphemes.
const LONGEST_QUOTE: usize = 40;
const LONGEST_EMOJI: usize = 16;
const MOST_MESSAGES: usize = 20;

/// One line, or several below each other. None if all were taken back.
pub fn digest_lines(reacted: &[Reacted], language: Language) -> Option<String> {
    let mut lines = reacted.iter().filter_map(|it| line(it, language));
    let (first, second) = (lines.next()?, lines.next());
    let Some(second) = second else {
        return Some(format!(" {first}"));
    };
    let mut text = format!("\n{first}\n{second}");
    for line in lines.by_ref().take(MOST_MESSAGES - 2) {
        text.push('\n');
        text.push_str(&line);
    }
    let more = i64::try_from(lines.count()).unwrap_or(i64::MAX);
    if more > 0 {
        text.push('\n');
        text.push_str(&DIGEST_MORE.say(language, &[("count", more.into())]));
    }
    Some(text)
}

/// `👍 3 · ❤ 1 for “Who brings bread?” (Ana)`
fn line(reacted: &Reacted, language: Language) -> Option<String> {
    let mut counts: Vec<_> = reacted.counts.iter().filter(|(_, n)| **n > 0).collect();
    counts.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
    if counts.is_empty() {
        return None;
    }
    let counts = counts
        .iter()
        .map(|(emoji, n)| format!("{} {n}", one_line(emoji, LONGEST_EMOJI)));
    let counts = counts.collect::<Vec<_>>().join(" · ");
    let args = [
        ("counts", counts.into()),
        ("what", quote(&reacted.content, language).into()),
        ("author", clean_name(&reacted.author).into()),
    ];
    Some(DIGEST_LINE.say(language, &args))
}

fn quote(content: &Content, language: Language) -> String {
    let words = one_line(&content.text.plain_text(), LONGEST_QUOTE);
    let file = content.attachments.first();
    let quoted = |words: String| QUOTED.say(language, &[("words", words.into())]);
    match (words.is_empty(), file.and_then(|it| it.name.as_deref())) {
        (false, _) => quoted(words),
        (true, Some(name)) => quoted(one_line(name, LONGEST_QUOTE)),
        (true, None) => {
            let what = match file.map(|it| it.kind) {
                Some(AttachmentKind::Photo) => QUOTED_PHOTO,
                Some(_) => QUOTED_FILE,
                None => QUOTED_GONE,
            };
            what.fixed(language).to_owned()
        }
    }
}

/// How long ago something began.
pub fn since(waited: Duration, language: Language) -> String {
    let hours = i64::try_from((waited.as_secs() + 1800) / 3600).unwrap_or(i64::MAX);
    match hours {
        0..=1 => LAST_HOUR.fixed(language).to_owned(),
        2..=18 => LAST_HOURS.say(language, &[("hours", hours.into())]),
        19..=36 => SINCE_YESTERDAY.fixed(language).to_owned(),
        _ => LAST_DAYS.say(language, &[("days", ((hours + 12) / 24).into())]),
    }
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use super::*;

    fn reacted(author: &str, text: &str, counts: &[(&str, usize)]) -> Reacted {
        Reacted {
            author: author.to_owned(),
            content: Content::plain(text),
            counts: counts
                .iter()
                .map(|(it, n)| ((*it).to_owned(), *n))
                .collect(),
        }
    }

    fn said(reacted: &[Reacted], hours: u64) -> String {
        let english = Language::ENGLISH;
        let since = since(Duration::from_secs(hours * 3600), english);
        let lines = digest_lines(reacted, english);
        lines.map_or("(nothing)".to_owned(), |it| format!("{since}:{it}"))
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
