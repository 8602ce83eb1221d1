//! `causeway debug command`: how something that was typed is read.

use std::process::ExitCode;

use conversation::Language;
use conversation::command::{Command, Unknown};
use serde_json::json;

use crate::exit::Exit;
use crate::output;
use crate::platforms::{PLATFORMS, TERMINAL};

pub(super) fn read(surface: &str) -> anyhow::Result<ExitCode> {
    let input = output::read_input()?;
    let read = match surface {
        TERMINAL => Some(Command::of_shell(&String::from_utf8_lossy(&input))),
        _ => {
            let platform = PLATFORMS.iter().find(|it| it.name == surface);
            let line = platform.and_then(|it| (it.typed)(&input));
            line.map(|it| Command::read(&it))
        }
    };
    match read {
        Some(Ok(command)) => known(&command),
        Some(Err(unknown)) => like_others(&unknown),
        None => {
            output::print_json(&json!({ "speech": true }))?;
            Ok(Exit::Done.into())
        }
    }
}

fn known(command: &Command) -> anyhow::Result<ExitCode> {
    output::print_json(&json!({
        "command": command,
        "line": command.line(),
        "argv": command.argv(),
    }))?;
    Ok(Exit::Done.into())
}

fn like_others(unknown: &Unknown) -> anyhow::Result<ExitCode> {
    let nearest: Vec<_> = unknown
        .nearest
        .iter()
        .take(3)
        .map(|it| it.usage())
        .collect();
    let first = unknown.nearest.first();
    let example = first.and_then(|it| it.about.example(Language::ENGLISH));
    output::print_json(&json!({ "unknown": unknown.why, "nearest": nearest, "example": example }))?;
    Ok(Exit::Failed.into())
}
