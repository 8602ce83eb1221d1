//! `causeway debug`: one message under the glass. Nothing is sent and nothing is remembered.

mod command;

use std::process::ExitCode;

use anyhow::Context;
use serde_json::json;

use crate::cli::debug::{DebugCommand, NormaliseArgs, RenderArgs, ReplyTextArgs};
use crate::exit::{Exit, failure};
use crate::output;
use crate::platforms::{MARKUP_FORMS, MarkupForm, Meaning, PLATFORMS};

pub(crate) fn run(command: DebugCommand) -> anyhow::Result<ExitCode> {
    match command {
        DebugCommand::Normalise(args) => normalise(&args),
        DebugCommand::Render(args) => render(&args),
        DebugCommand::ReplyText(args) => reply_text(&args),
        DebugCommand::Command(args) => command::read(&args.surface),
    }
}

/// One JSON document for each event, or one that says why there is none.
fn normalise(args: &NormaliseArgs) -> anyhow::Result<ExitCode> {
    let platform = PLATFORMS
        .iter()
        .find(|it| it.name == args.platform)
        .ok_or_else(|| failure(Exit::Usage, format!("there is no {}", args.platform)))?;
    match (platform.normalise)(&output::read_input()?, args.us.as_deref())? {
        Meaning::Events { events, files } => {
            for event in &events {
                output::print_json(event)?;
            }
            for file in &files {
                output::say(&format!("with a file: {file}"));
            }
            Ok(Exit::Done.into())
        }
        Meaning::Ignored { reason } => {
            output::print_json(&json!({ "ignored": reason }))?;
            Ok(Exit::Done.into())
        }
        Meaning::Unreadable { reason, why } => {
            output::print_json(&json!({ "unreadable": reason, "why": why }))?;
            Ok(Exit::Failed.into())
        }
    }
}

fn render(args: &RenderArgs) -> anyhow::Result<ExitCode> {
    let (from, to) = (form(&args.from)?, form(&args.to)?);
    let input = output::read_input()?;
    let text = String::from_utf8(input).context("standard input is no text in UTF-8")?;
    let markup = (from.read)(&text)
        .with_context(|| format!("standard input is no text in the markup of {}", from.name))?;
    output::print(&(to.write)(&markup))?;
    Ok(Exit::Done.into())
}

fn form(name: &str) -> anyhow::Result<&'static MarkupForm> {
    MARKUP_FORMS
        .iter()
        .find(|it| it.name == name)
        .ok_or_else(|| failure(Exit::Usage, format!("there is no markup of {name}")))
}

fn reply_text(args: &ReplyTextArgs) -> anyhow::Result<ExitCode> {
    let reply = email::reply_text(&output::read_input()?);
    let new = email::markup_to_plain(&reply.new);
    if args.json {
        output::print_json(&json!({ "new": new, "elided": reply.elided }))?;
    } else {
        output::print(&new)?;
    }
    Ok(Exit::Done.into())
}
