//! The two ways out: data on standard output, talk on standard error. Neither panics when its reader goes.
//!
//! **Invariant:** nothing that is a secret, or looks like one, goes to standard error, where logs go too.

use std::io::{self, BufRead, IsTerminal, Read, Write};
use std::sync::OnceLock;

use anyhow::Context;
use conversation::Secrets;
use serde::Serialize;

use crate::exit::{Exit, failure};

static SECRETS: OnceLock<Secrets> = OnceLock::new();

/// For the rest of the process; the first configuration counts, for there is no other.
pub(crate) fn keep_to_yourself(secrets: Secrets) {
    let _ = SECRETS.set(secrets);
}

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
    let _ = Talk.write_all(format!("{}\n", harmless(text).trim_end_matches('\n')).as_bytes());
}

/// Standard error, for lines that are written as a whole.
pub(crate) struct Talk;

impl Write for Talk {
    fn write(&mut self, lines: &[u8]) -> io::Result<usize> {
        let lines_of = String::from_utf8_lossy(lines);
        let secrets = SECRETS.get_or_init(Secrets::default);
        let cleaned = lines_of.split_inclusive('\n').map(|it| secrets.without(it));
        io::stderr()
            .lock()
            .write_all(cleaned.collect::<String>().as_bytes())?;
        Ok(lines.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

/// Asks at the terminal, and goes on after a plain yes only. A program that calls us has `--yes`.
pub(crate) fn confirm(question: &str) -> anyhow::Result<()> {
    let refused = |why: &str| Err(failure(Exit::Usage, format!("{why}: nothing was changed")));
    if !io::stdin().is_terminal() {
        return refused(&format!(
            "{question} There is no terminal to ask at; if so, add --yes"
        ));
    }
    say(&format!("{question} [y/N]"));
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => refused("that was no yes"),
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
