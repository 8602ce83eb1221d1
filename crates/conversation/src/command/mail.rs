//! A mail to the bridge itself.
//!
//! **Invariant:** one command at most, and only from what its writer wrote on top: nothing that stands in a quotation, behind
//! an empty line or in a signature.

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
