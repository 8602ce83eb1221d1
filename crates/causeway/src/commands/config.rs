//! `causeway config`

use std::process::ExitCode;

use serde_json::json;

use crate::cli::config::{CheckArgs, ConfigCommand};
use crate::exit::Exit;
use crate::output;
use crate::settings::{self, Settings, SettingsError};

pub(crate) fn run(command: ConfigCommand) -> anyhow::Result<ExitCode> {
    match command {
        ConfigCommand::Check(args) => check(&args),
        ConfigCommand::Defaults => {
            output::print(&settings::to_start_from())?;
            Ok(Exit::Done.into())
        }
    }
}

fn check(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    let loaded = args.settings.load();
    if args.json {
        return check_as_json(loaded);
    }
    let settings = loaded?;
    for warning in &settings.warnings {
        output::say(&format!("warning:\n{warning}\n"));
    }
    if settings.platforms().is_empty() {
        output::say(
            "warning: no platform is switched on, so `causeway run` would refuse it: \
             add a [telegram] or [email] section",
        );
    }
    output::print(&summary(&settings))?;
    Ok(Exit::Done.into())
}

fn check_as_json(loaded: anyhow::Result<Settings>) -> anyhow::Result<ExitCode> {
    let (problems, warnings) = match loaded {
        Ok(settings) => (Vec::new(), settings.warnings),
        Err(error) => (error.downcast::<SettingsError>()?.0, Vec::new()),
    };
    let exit = match problems.is_empty() {
        true => Exit::Done,
        false => Exit::Usage,
    };
    output::print_json(&json!({ "problems": problems, "warnings": warnings }))?;
    Ok(exit.into())
}

/// Names no secret: the store's address may hold a password, so only its kind is said.
fn summary(settings: &Settings) -> String {
    let platforms = match settings.platforms().as_slice() {
        [] => "none".to_owned(),
        some => some.join(", "),
    };
    let store = settings.store.url.split(':').next().unwrap_or_default();
    format!(
        "The configuration can be used.\n  community  {}\n  platforms  {platforms}\n  rooms      {}\n  store      {store}\n",
        settings.community.name,
        settings.rooms.len(),
    )
}
