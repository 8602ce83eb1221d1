//! `causeway config`

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use crate::cli::config::{CheckArgs, ConfigCommand};
use crate::community;
use crate::community::open_store;
use crate::exit::Exit;
use crate::output;
use crate::rooms;
use crate::settings::sections;
use crate::settings::{self, Problem, Settings, SettingsError};

pub(crate) async fn run(command: ConfigCommand) -> anyhow::Result<ExitCode> {
    match command {
        ConfigCommand::Check(args) => check(&args).await,
        ConfigCommand::Defaults => {
            output::print(&settings::to_start_from())?;
            Ok(Exit::Done.into())
        }
    }
}

async fn check(args: &CheckArgs) -> anyhow::Result<ExitCode> {
    let checked = checked(args).await;
    if args.json {
        return as_json(checked);
    }
    let settings = checked?;
    for warning in &settings.warnings {
        output::say(&format!("warning:\n{warning}\n"));
    }
    if sections::switched_on(&settings).is_empty() {
        output::say(&format!(
            "warning: no platform is switched on, so `causeway run` would refuse it: add a {} section",
            sections::any_section()
        ));
    }
    output::print(&summary(&settings))?;
    Ok(Exit::Done.into())
}

/// The configuration by itself, and then beside the store that it names.
async fn checked(args: &CheckArgs) -> anyhow::Result<Settings> {
    let mut settings = args.settings.load()?;
    let beside = match is_there(&settings.store.url) {
        true => beside_the_store(&settings).await,
        false => Ok(Vec::new()),
    };
    match beside {
        Ok(differences) => settings.warnings.extend(differences),
        Err(error) if error.is::<SettingsError>() => return Err(error),
        Err(error) => {
            let cure = "that matters once the bridge runs here".to_owned();
            let why = format!("the store could not be looked at: {error}");
            settings
                .warnings
                .push(settings.places.problem("store.url", why, cure));
        }
    }
    Ok(settings)
}

/// Whoever only looks makes no database.
fn is_there(url: &str) -> bool {
    let file = url.strip_prefix("sqlite:").map(Path::new);
    file.is_none_or(|it| it.metadata().is_ok_and(|it| it.len() > 0))
}

async fn beside_the_store(settings: &Settings) -> anyhow::Result<Vec<Problem>> {
    let store = open_store(settings.store.at()).await?;
    community::expect(&store, settings).await?;
    rooms::differences(&store, settings).await
}

fn as_json(checked: anyhow::Result<Settings>) -> anyhow::Result<ExitCode> {
    let (problems, warnings) = match checked {
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
    let platforms = match sections::switched_on(settings).as_slice() {
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
