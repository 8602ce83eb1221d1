//! `causeway status`: everything that is open, with what mends it.

use std::path::Path;
use std::process::ExitCode;

use conversation::{Platform, Timestamp};
use engine::status::{Health, Status, Storage, Surroundings, Trouble};
use engine::system_now;
use store::{Store, Waiting};

use crate::cli::status::StatusArgs;
use crate::community::open_store;
use crate::output;
use crate::settings::Settings;
use crate::settings::sections;
use crate::table;

pub(crate) async fn run(args: StatusArgs) -> anyhow::Result<ExitCode> {
    let settings = args.store.load()?;
    let store = open_store(settings.store.at()).await?;
    let now = system_now();
    let status = Status::of(&store, surroundings(&store, &settings).await?, now).await?;
    match args.json {
        true => output::print_json(&status)?,
        false => output::print(&text(&status, args.store.settings.config.as_deref(), now))?,
    }
    Ok(ExitCode::from(match status.health {
        Health::Well => 0,
        Health::Look => 1,
        Health::Broken => 2,
    }))
}

async fn surroundings(store: &Store, settings: &Settings) -> anyhow::Result<Surroundings> {
    let files = &settings.engine.blob_dir;
    Ok(Surroundings {
        version: env!("CARGO_PKG_VERSION"),
        community: None,
        platforms: sections::switched_on(settings)
            .into_iter()
            .map(Platform::from)
            .collect(),
        storage: vec![
            Storage {
                place: store.url().to_owned(),
                bytes: store.size().await?,
                free_bytes: store.file().and_then(free),
            },
            Storage {
                place: files.display().to_string(),
                bytes: size_of(files),
                free_bytes: free(files),
            },
        ],
    })
}

/// Of the files in a folder, as far as they can be looked at.
fn size_of(folder: &Path) -> u64 {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    files
        .filter_map(|it| it.metadata().ok())
        .map(|it| it.len())
        .sum()
}

/// Of the disk that a file or folder is on, for whoever is not root. A folder that is still to be made is on its parent's.
fn free(path: &Path) -> Option<u64> {
    let there = path.ancestors().find(|it| it.exists())?;
    let disk = rustix::fs::statvfs(there).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

fn text(status: &Status, config: Option<&Path>, now: Timestamp) -> String {
    let parts = [
        headline(status),
        troubles(status, Health::Broken, "BROKEN", now),
        troubles(status, Health::Look, "TO LOOK AT", now),
        how_to_call(status, config),
        waiting(status, now),
        stopped(status),
        heard(status, now),
        not_linked(status),
        storage(status),
    ];
    let parts = parts
        .iter()
        .filter(|it| !it.is_empty())
        .map(|it| it.trim_end());
    parts.collect::<Vec<_>>().join("\n\n")
}

fn headline(status: &Status) -> String {
    let how = match status.health {
        Health::Well => "all is well",
        Health::Look => "something wants a look",
        Health::Broken => "something is broken",
    };
    format!("Causeway {}: {how}.", status.version)
}

fn troubles(status: &Status, health: Health, title: &str, now: Timestamp) -> String {
    let chosen = status.troubles.iter().filter(|it| it.health == health);
    let lines: Vec<_> = chosen.map(|it| trouble(it, now)).collect();
    match lines.len() {
        0 => String::new(),
        1 => format!("{title}\n{}", lines[0]),
        n => format!("{title} ({n})\n{}", lines.join("\n")),
    }
}

/// What it is about has a line of its own, so that many can be looked over. The text is one line, whatever the terminal's
/// width: commands are copied out of it.
fn trouble(it: &Trouble, now: Timestamp) -> String {
    let since = it.since.map(|at| format!(", for {}", time(at, now)));
    format!(
        "  {}{}\n    {}",
        it.about,
        since.unwrap_or_default(),
        it.text
    )
}

/// The commands that are named above are those of this configuration.
fn how_to_call(status: &Status, config: Option<&Path>) -> String {
    let names_one = status
        .troubles
        .iter()
        .any(|it| it.text.contains("`causeway "));
    match config.filter(|_| names_one) {
        Some(config) => format!("Give each of these commands --config {}", config.display()),
        None => String::new(),
    }
}

fn waiting(status: &Status, now: Timestamp) -> String {
    let rows = status.waiting.iter().map(|it| {
        vec![
            it.channel.to_string(),
            it.deliveries.to_string(),
            time(it.since, now),
            why(it, status),
        ]
    });
    section(&["waits for", "deliveries", "the oldest for", "why"], rows)
}

/// Where a trouble tells it, once is enough.
fn why(it: &Waiting, status: &Status) -> String {
    let channel = it.channel.to_string();
    let is_told = |trouble: &Trouble| {
        trouble.about == channel
            || trouble.about == it.channel.platform.as_str() && trouble.health == Health::Broken
    };
    match status.troubles.iter().any(is_told) {
        true => "see above".to_owned(),
        false => it
            .why
            .clone()
            .unwrap_or_else(|| "its turn comes".to_owned()),
    }
}

fn stopped(status: &Status) -> String {
    let rows = status.stopped.iter().map(|it| {
        let because = conversation::because(&it.rule).unwrap_or_default();
        vec![
            it.platform.to_string(),
            it.events.to_string(),
            it.rule.clone(),
            because.to_owned(),
        ]
    });
    section(
        &["stopped since yesterday", "events", "rule", "because"],
        rows,
    )
}

fn heard(status: &Status, now: Timestamp) -> String {
    let rows = status.last_heard.iter().map(|it| {
        let at = it.at.map(|at| format!("{} ago", time(at, now)));
        vec![
            it.platform.to_string(),
            at.unwrap_or_else(|| "not yet".to_owned()),
        ]
    });
    section(&["account", "last heard"], rows)
}

/// By number: a stranger may have put the bot into thousands.
fn not_linked(status: &Status) -> String {
    match status.not_linked.len() {
        0 => String::new(),
        1 => "1 channel was heard and is in no room: `causeway room heard`".to_owned(),
        n => format!("{n} channels were heard and are in no room: `causeway room heard`"),
    }
}

fn storage(status: &Status) -> String {
    let rows = status.storage.iter().map(|it| {
        let free = it.free_bytes.map(size);
        vec![it.place.clone(), size(it.bytes), free.unwrap_or_default()]
    });
    section(&["kept in", "takes", "left on its disk"], rows)
}

fn section(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let rows: Vec<_> = rows.collect();
    match rows.is_empty() {
        true => String::new(),
        false => table::plain(header, rows),
    }
}

fn size(bytes: u64) -> String {
    indicatif::BinaryBytes(bytes).to_string()
}

/// In its two largest units, as in `3h 12m`.
fn time(since: Timestamp, now: Timestamp) -> String {
    indicatif::HumanDuration(now.since(since)).to_string()
}
