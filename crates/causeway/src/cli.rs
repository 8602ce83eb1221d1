//! The command line: what can be asked. What is done about it stands in `commands`.

use clap::{Args, Parser, Subcommand};

#[cfg(feature = "sandbox")]
pub(crate) mod bench;
pub(crate) mod community;
pub(crate) mod config;
pub(crate) mod dead;
pub(crate) mod debug;
pub(crate) mod held;
pub(crate) mod owner;
pub(crate) mod person;
pub(crate) mod room;
pub(crate) mod run;
#[cfg(feature = "sandbox")]
pub(crate) mod sandbox;
pub(crate) mod selection;
pub(crate) mod sources;
pub(crate) mod status;

#[cfg(feature = "sandbox")]
use bench::BenchCommand;
use community::CommunityCommand;
use config::ConfigCommand;
use dead::DeadCommand;
use debug::DebugCommand;
use held::HeldCommand;
use owner::OwnerCommand;
use person::PersonCommand;
use room::RoomCommand;
use run::RunArgs;
#[cfg(feature = "sandbox")]
use sandbox::SandboxArgs;
use status::StatusArgs;

/// Join the channels that people already use into one conversation.
///
/// Causeway carries messages between Telegram, Discord, Slack and email lists: what is said in one place is heard
/// in the others, with threads, edits, reactions and files. It keeps every message on disk before it says "received".
#[derive(Debug, Parser)]
#[command(name = "causeway", version, arg_required_else_help = true, after_help = EPILOGUE, verbatim_doc_comment)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Play with a make-believe community: no account, no credentials, no server needed
    #[cfg(feature = "sandbox")]
    Sandbox(SandboxArgs),
    /// Run the bridge for your own community until it is told to stop
    Run(RunArgs),
    /// See how the bridge does: everything that is open, and what mends it
    Status(StatusArgs),
    /// See and change which channels share one conversation
    #[command(subcommand)]
    Room(RoomCommand),
    /// Give the community another name
    #[command(subcommand)]
    Community(CommunityCommand),
    /// See whose accounts are whose, join them, and say who wants to be rung
    #[command(subcommand, visible_alias = "member")]
    Person(PersonCommand),
    /// Show the code by which the community gets its first owner
    #[command(subcommand)]
    Owner(OwnerCommand),
    /// See, retry or drop the messages that could not be delivered
    #[command(subcommand)]
    Dead(DeadCommand),
    /// See, release or drop what waits for staff before anybody hears of it
    #[command(subcommand)]
    Held(HeldCommand),
    /// Check a configuration, or print every key with its default
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Print what each platform can and cannot do, as a Markdown table
    Capabilities(CapabilitiesArgs),
    /// Look at one message: how it is read, how it is shown
    #[command(subcommand)]
    Debug(DebugCommand),
    /// Measure how fast messages are carried on this machine
    #[cfg(feature = "sandbox")]
    #[command(subcommand)]
    Bench(BenchCommand),
}

#[derive(Debug, Args)]
pub(crate) struct CapabilitiesArgs {
    /// Print JSON instead of a table
    #[arg(long)]
    pub(crate) json: bool,
}

macro_rules! epilogue {
    ($first:literal) => {
        concat!("Examples:\n", $first, "  causeway config defaults > causeway.toml       begin a configuration of your own
  causeway config check --config causeway.toml   is it right?
  causeway run --config causeway.toml            run the bridge; Ctrl-C or SIGTERM stops it gently
  causeway status --config causeway.toml         is all well?
  causeway room list --config causeway.toml      which channels share a conversation?

Exit codes:
  0   done
  1   failed at work; the reason is on standard error
  2   the command line or the configuration is wrong
  3   the store was refused: missing, without its key, damaged, deleted, not ours, newer than this program, not yet brought
      up to date by a bridge, or in use by another process
  75  a temporary fault around us; the same command may succeed later

Data goes to standard output, talk and logs to standard error. NO_COLOR is honoured.
Any key of the configuration can also be set by the environment: CAUSEWAY__TELEGRAM__TOKEN=...")
    };
}

#[cfg(feature = "sandbox")]
const EPILOGUE: &str = epilogue!(
    "  causeway sandbox                               open the page that it prints and start talking\n"
);
#[cfg(not(feature = "sandbox"))]
const EPILOGUE: &str = epilogue!("");

#[cfg(test)]
mod grammar;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::fs;
    use std::path::{Path, PathBuf};

    use clap::error::ErrorKind;
    use clap::{Command as Clap, CommandFactory, Parser};

    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        Cli::command().debug_assert();
    }

    /// The calls of causeway in a text: each line that has one, from the program's name to a redirection.
    fn calls(text: &str) -> Vec<Vec<String>> {
        text.lines()
            .map(|line| line.replace("cargo run --release --", "causeway"))
            .filter_map(|line| {
                let words: Vec<String> = shown_words(&line);
                let begin = words.iter().position(|it| it == "causeway")?;
                let before = &words[..begin];
                let is_called = before.last().is_none_or(|it| it == "|" || it.contains('='));
                is_called.then(|| {
                    words[begin..]
                        .iter()
                        .take_while(|it| !["<", ">", "|", "#"].contains(&it.as_str()))
                        .cloned()
                        .collect()
                })
            })
            .collect()
    }

    /// Without what stands behind two spaces: that is said about the call.
    fn shown_words(line: &str) -> Vec<String> {
        let line = line.trim();
        let call = line.split("  ").next().unwrap_or_default();
        call.split_whitespace().map(str::to_owned).collect()
    }

    fn unknown(calls: Vec<Vec<String>>) -> Vec<String> {
        calls
            .into_iter()
            .filter_map(|call| {
                let error = Cli::try_parse_from(&call).err()?;
                Some(format!("{}: {error}", call.join(" ")))
            })
            .collect()
    }

    fn helps(command: &mut Clap, texts: &mut Vec<String>) {
        texts.push(command.render_long_help().to_string());
        for inner in command.get_subcommands_mut() {
            helps(inner, texts);
        }
    }

    #[test]
    fn every_call_that_help_shows_is_understood() {
        let mut texts = Vec::new();
        helps(&mut Cli::command(), &mut texts);
        let calls: Vec<_> = texts.iter().flat_map(|it| calls(it)).collect();
        assert!(calls.len() > 20, "the examples were not found");
        assert_eq!(unknown(calls), Vec::<String>::new());
    }

    /// Where people look for what to type.
    fn documents() -> Vec<String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let folders = [root.join("deploy"), root];
        let entries = folders.iter().flat_map(|it| fs::read_dir(it).unwrap());
        let mut paths: Vec<PathBuf> = entries.map(|it| it.unwrap().path()).collect();
        paths.retain(|it| it.extension().is_some_and(|it| it == "md"));
        let texts = paths.iter().map(|it| fs::read_to_string(it).unwrap());
        texts.collect()
    }

    #[test]
    fn every_call_that_the_documents_show_is_understood() {
        let documents = documents();
        let code = documents
            .iter()
            .flat_map(|it| it.split("```").skip(1).step_by(2));
        // Its name alone calls nothing: it stands in ARCHITECTURE's drawings.
        let calls: Vec<_> = code.flat_map(calls).filter(|it| it.len() > 1).collect();
        assert!(calls.len() > 5, "the calls were not found");
        assert_eq!(unknown(calls), Vec::<String>::new());
    }

    /// In the midst of a sentence a call may leave out what it is about, as `causeway room …` does.
    #[test]
    fn every_call_that_a_sentence_names_is_understood() {
        let documents = documents();
        let spans = documents.iter().flat_map(|it| it.split('`'));
        let named: Vec<_> = spans
            .filter(|it| it.starts_with("causeway "))
            .map(|it| it.trim_end_matches(" …"))
            .collect();
        assert!(named.len() > 5, "the calls were not found");
        let wrong = named.into_iter().filter(|call| {
            let read = Cli::try_parse_from(call.split_whitespace());
            read.is_err_and(|error| !is_left_out(error.kind()))
        });
        assert_eq!(wrong.collect::<Vec<_>>(), Vec::<&str>::new());
    }

    fn is_left_out(kind: ErrorKind) -> bool {
        use ErrorKind::*;
        matches!(
            kind,
            MissingRequiredArgument
                | MissingSubcommand
                | DisplayHelpOnMissingArgumentOrSubcommand
                | DisplayHelp
        )
    }

    #[test]
    fn the_service_calls_what_there_is() {
        const SERVICE: &str = include_str!("../../../deploy/causeway.service");
        let calls = calls(&SERVICE.replace("ExecStart=/usr/local/bin/causeway", "causeway"));
        assert_eq!(calls.len(), 1);
        assert_eq!(unknown(calls), Vec::<String>::new());
    }

    #[test]
    fn every_command_stands_in_the_readme() {
        const README: &str = include_str!("../../../README.md");
        let absent: Vec<String> = Cli::command()
            .get_subcommands()
            .map(|it| format!("causeway {}", it.get_name()))
            .filter(|it| !README.contains(it.as_str()))
            .collect();
        assert_eq!(absent, Vec::<String>::new());
    }
}
