//! A mail to the bridge itself.
//!
//! **Invariant:** one command at most, and only from what its writer wrote on top: nothing that stands in a quotation, behind
//! an empty line or in a signature.

use super::speech::is_meant;

/// Nobody writes a longer command by mistake.
const LONGEST: usize = 1000;

/// Of a mail to all, whether it is for the bridge: one line, and nothing else beside it.
pub(super) fn is_for_us(subject: &str, text: &str) -> bool {
    let mut said = text.lines().filter(|it| !it.trim().is_empty());
    let is_short = text.len() <= LONGEST && subject.len() <= LONGEST;
    is_short && said.nth(1).is_none() && line(subject, text).is_some_and(is_meant)
}

/// The first line, or the subject where nothing stands in the mail.
pub(super) fn line<'a>(subject: &'a str, text: &'a str) -> Option<&'a str> {
    let mut lines = text.lines().map(str::trim_end);
    let first = lines.find(|it| !it.trim().is_empty());
    let ends = |it: &&str| it.trim_start().starts_with('>') || *it == "--";
    let line = match first {
        Some(first) if !ends(&first) => first,
        _ => subject,
    };
    let line = line.trim();
    (!line.is_empty()).then_some(line)
}
