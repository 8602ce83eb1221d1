//! `causeway capabilities`: the platform table, the same that stands in the README.

use std::process::ExitCode;

use conversation::{Capabilities, DirectMessages, EditLimits, Support, TextLimit, TextUnit};

use crate::cli::CapabilitiesArgs;
use crate::exit::Exit;
use crate::{output, platforms};

pub(crate) fn run(args: &CapabilitiesArgs) -> anyhow::Result<ExitCode> {
    let platforms = platforms::capabilities()?;
    match args.json {
        true => output::print_json(&platforms)?,
        false => output::print(&table(&platforms))?,
    }
    Ok(Exit::Done.into())
}

/// One row of the table: a question that people ask, and the answer of a platform.
type Row = (&'static str, fn(&Capabilities) -> String);

const ROWS: &[Row] = &[
    ("Longest text in one message", |it| limit(it.text)),
    ("Longest text beside a file", |it| limit(it.caption)),
    ("Largest file out", |it| {
        megabytes(it.attachments.max_upload)
    }),
    ("Largest file in", |it| {
        megabytes(it.attachments.max_download)
    }),
    ("Files in one message", |it| {
        it.attachments.per_post.to_string()
    }),
    ("Bold, links, code", |it| level(it.markup)),
    ("Replies", |it| level(it.replies)),
    ("Threads or topics", |it| level(it.threads)),
    ("Subjects", |it| level(it.subjects)),
    ("Edits reach it", |it| edits(it.edits)),
    ("Deletes reach it", |it| level(it.deletes)),
    ("Tells us of deletes", |it| level(it.deletes_seen)),
    ("Reactions reach it", |it| level(it.reactions)),
    ("Tells us of reactions", |it| level(it.reactions_seen)),
    ("Author's own name on a message", |it| level(it.author_name)),
    ("Author's picture", |it| level(it.author_picture)),
    ("Buttons below a message", |it| buttons(it.buttons)),
    ("Direct messages", |it| direct(it.direct_messages)),
    ("We can look whether a message arrived", |it| {
        level(it.history)
    }),
    ("A repeat is recognised", |it| level(it.idempotency_key)),
];

fn table(platforms: &[Capabilities]) -> String {
    let mut text = row("", platforms.iter().map(|it| capitalised(it.label)));
    text += &row("---", platforms.iter().map(|_| "---".to_owned()));
    for (question, answer) in ROWS {
        text += &row(question, platforms.iter().map(answer));
    }
    text
}

fn row(first: &str, others: impl Iterator<Item = String>) -> String {
    let mut text = format!("| {first} |");
    for cell in others {
        text += &format!(" {cell} |");
    }
    text + "\n"
}

fn level(support: Support) -> String {
    match support {
        Support::Native => "yes",
        Support::Fallback => "in other words",
        Support::None => "no",
    }
    .to_owned()
}

fn buttons(most: usize) -> String {
    match most {
        0 => level(Support::Fallback),
        most => format!("yes, {most}"),
    }
}

fn edits(edits: EditLimits) -> String {
    match edits.within {
        Some(within) if edits.support != Support::None => {
            format!(
                "{}, for {} h",
                level(edits.support),
                within.as_secs() / 3600
            )
        }
        _ => level(edits.support),
    }
}

fn limit(limit: TextLimit) -> String {
    let unit = match limit.unit {
        TextUnit::Utf16 => "UTF-16 units",
        TextUnit::Chars => "characters",
        TextUnit::Bytes => "bytes",
        TextUnit::Markdown => "characters of Markdown",
    };
    format!("{} {unit}", grouped(limit.max))
}

/// As platforms write it: a MB of 1024 × 1024 bytes where that comes out even, of 1000 × 1000 otherwise.
fn megabytes(bytes: u64) -> String {
    const MIB: u64 = 1024 * 1024;
    let megabytes = match bytes % MIB {
        0 => bytes / MIB,
        _ => bytes / 1_000_000,
    };
    format!("{megabytes} MB")
}

fn direct(messages: DirectMessages) -> String {
    match messages {
        DirectMessages::AnyTime => "any time".to_owned(),
        DirectMessages::AfterContact => "after the person wrote first".to_owned(),
        DirectMessages::WithinHours(hours) => {
            format!("within {hours} h of the person's last message")
        }
        DirectMessages::Never => "no".to_owned(),
    }
}

/// 4096 becomes 4,096.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
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
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_readme_holds_the_same_table() {
        const README: &str = include_str!("../../../../README.md");
        let (_, after) = README
            .split_once("<!-- causeway capabilities -->\n")
            .expect("the README marks where the table begins");
        let (shown, _) = after
            .split_once("<!-- end -->")
            .expect("the README marks where the table ends");
        assert_eq!(
            shown,
            table(&platforms::capabilities().unwrap()),
            "put the output of `causeway capabilities` between the markers of README.md"
        );
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(4096), "4,096");
        assert_eq!(grouped(1_000_000), "1,000,000");
    }
}
