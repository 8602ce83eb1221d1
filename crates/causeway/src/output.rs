//! The two ways out: data on standard output, talk on standard error. Neither panics when its reader goes.

use std::io::{self, Read, Write};

use anyhow::Context;
use serde::Serialize;

/// Data, as it stands, but for what would move, colour or turn what a terminal shows: names and reasons come from
/// strangers.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    let text = &harmless(text);
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.is_empty() && !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}

/// Data, as one JSON document over several lines.
pub(crate) fn print_json(value: &impl Serialize) -> anyhow::Result<()> {
    print(&serde_json::to_string_pretty(value)?)
}

/// Talk. Nothing can be done about a closed standard error.
pub(crate) fn say(text: &str) {
    let text = &harmless(text);
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes());
    if !text.ends_with('\n') {
        let _ = err.write_all(b"\n");
    }
}

fn harmless(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let acts = |c: char| turns(c) || (c.is_control() && !matches!(c, '\n' | '\t'));
    text.replace(acts, "\u{FFFD}")
}

/// All of standard input.
pub(crate) fn read_input() -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .context("standard input could not be read")?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// S35.
    #[test]
    fn nothing_that_is_printed_rings_moves_or_turns_a_terminal() {
        assert_eq!(
            harmless("a\u{1b}[2J\u{7}\u{9b}31m\u{202E}b\r\n\tc 👩‍👩‍👧 علی‌رضا"),
            "a\u{FFFD}[2J\u{FFFD}\u{FFFD}31m\u{FFFD}b\u{FFFD}\n\tc 👩‍👩‍👧 علی‌رضا"
        );
    }
}
