//! `causeway debug`

use clap::{Args, Subcommand, builder::PossibleValuesParser};

use crate::{platforms, settings::sections};

#[derive(Debug, Subcommand)]
#[command(after_help = EPILOGUE)]
pub(crate) enum DebugCommand {
    /// A raw event on standard input: what it means to us, or why it is ignored
    Normalise(NormaliseArgs),
    /// A text in one platform's markup on standard input: the same in another's
    Render(RenderArgs),
    /// A mail on standard input: the new words, without quotes and signature
    ReplyText(ReplyTextArgs),
    /// What somebody typed on standard input: the command, or what is like it
    Command(CommandArgs),
}

const EPILOGUE: &str = "\
Examples:
  causeway debug normalise telegram < update.json
  causeway debug normalise discord < payload.json
  causeway debug normalise email --as spring@lists.example.org < mail.eml
  echo '<b>Friday</b> at <i>seven</i>' | causeway debug render email telegram
  causeway debug reply-text --json < mail.eml
  echo 'rest 2 weeks' | causeway debug command email
  echo '/causeway room link spring telegram:-1001234567890' | causeway debug command telegram

`normalise` prints one JSON document for each event, {\"ignored\": RULE}, or {\"unreadable\": RULE, \"why\": ...} with
exit code 1. It reads what the platform sends: an update of Telegram's; a payload of Discord's gateway,
{\"t\": ..., \"s\": ..., \"d\": ...}; a payload of Slack's Events API; a mail.

`command` prints the command with how it is written as a line and for a terminal; {\"speech\": true} for what is said to
others; or {\"unknown\": WHY, \"nearest\": [...], \"example\": ...} with exit code 1. Of a mail its first line counts, or its subject.

Markup is read and written as: telegram, a JSON object with `text` and `entities` (or text alone); discord, Markdown;
slack, mrkdwn; slack-blocks, one rich_text block as JSON; email, HTML; plain, text.";

#[derive(Debug, Args)]
pub(crate) struct NormaliseArgs {
    /// Whose event it is
    #[arg(value_parser = PossibleValuesParser::new(sections::names()))]
    pub(crate) platform: String,

    /// Who we are there: the number of a Telegram or Discord bot, the user id of a Slack bot, the address of an email list
    #[arg(long = "as", value_name = "ACCOUNT")]
    pub(crate) us: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct CommandArgs {
    /// Where it was typed
    #[arg(value_parser = PossibleValuesParser::new(platforms::surface_names()))]
    pub(crate) surface: String,
}

#[derive(Debug, Args)]
pub(crate) struct RenderArgs {
    /// The markup of the text on standard input
    #[arg(value_parser = PossibleValuesParser::new(platforms::markup_names()))]
    pub(crate) from: String,

    /// The markup to write
    #[arg(value_parser = PossibleValuesParser::new(platforms::markup_names()))]
    pub(crate) to: String,
}

#[derive(Debug, Args)]
pub(crate) struct ReplyTextArgs {
    /// Print JSON with the new words and what was left out
    #[arg(long)]
    pub(crate) json: bool,
}
