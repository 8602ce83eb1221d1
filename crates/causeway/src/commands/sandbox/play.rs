//! The sandbox to play in: stand-ins, a bridge and a page, all in this process and on this machine.

use std::fmt::Display;
use std::fs::File;
use std::io::Write;
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use sandbox::config::{BridgeConfig, DiscordConfig, ListConfig, RoomConfig, SlackConfig};
use sandbox::mail::AUTHSERV_ID;
use sandbox::rig::free_address;
use sandbox::town::{Cast, Member, open_town};
use sandbox::{Ports, Sandbox};
use serde::Deserialize;
use store::{DeliveryLine, Notice, Store};
use tempfile::TempDir;

use crate::bridge::Bridge;
use crate::cli::sandbox::SandboxArgs;
use crate::commands::dead;
use crate::commands::run::told_to_stop;
use crate::exit::{Exit, failure};
use crate::settings::{self, Reader, Settings};
use crate::{logging, output};

/// Between two steps of the opening story, so that people can follow it.
const PACE: Duration = Duration::from_millis(700);
/// As many deliveries as the page shows.
const DELIVERIES_SHOWN: u32 = 100;
const NOTICES_SHOWN: u32 = 10;

pub(super) async fn run(args: &SandboxArgs) -> anyhow::Result<ExitCode> {
    let folder = tempfile::tempdir().context("no temporary folder")?;
    let ports = Ports {
        page: args.port,
        ..Ports::default()
    };
    let mut sandbox = Sandbox::start(open_town(), ports)
        .await
        .map_err(port_taken)?;
    let settings = settings_for(&sandbox, &folder, args.store.as_deref()).await?;
    logging::start(&settings);
    let bridge = Bridge::start(&settings).await?;
    if let Some(lmtp) = bridge.lmtp {
        sandbox.deliver_to(&lmtp.to_string());
    }
    sandbox.serve_page(bridge_view(bridge.engine.store().clone()));
    welcome(sandbox.page_at)?;
    let town = sandbox.town.clone();
    let story = tokio::spawn(async move { town.tell_story(PACE).await });
    tokio::select! {
        stop = told_to_stop() => stop?,
        fault = sandbox.closed() => return Err(fault.into()),
    }
    story.abort();
    bridge.stop().await;
    Ok(Exit::Done.into())
}

fn port_taken(error: std::io::Error) -> anyhow::Error {
    let cure = "choose another with --port N; --port 0 takes any free one";
    failure(Exit::Usage, format!("{error}: {cure}"))
}

/// Written as a file and read back, so that the sandbox goes through the same door as everybody.
async fn settings_for(
    sandbox: &Sandbox,
    folder: &TempDir,
    store: Option<&str>,
) -> anyhow::Result<Settings> {
    let cast = &sandbox.town.cast;
    let sqlite = format!("sqlite:{}", folder.path().join("sandbox.db").display());
    let config = BridgeConfig {
        community: cast.community.clone(),
        staff: cast.staff(),
        notice: true,
        store_url: store.map_or(sqlite, str::to_owned),
        files: folder.path().join("files"),
        log_filter: "warn".to_owned(),
        bot_token: cast.bot_token.clone(),
        telegram_api_url: sandbox.addresses.telegram_api_url.clone(),
        discord: Some(DiscordConfig {
            token: cast.guild.token.clone(),
            url: sandbox.addresses.discord_url.clone(),
        }),
        slack: Some(SlackConfig {
            tokens: cast.workspace.tokens.clone(),
            url: sandbox.addresses.slack_url.clone(),
        }),
        lmtp: free_address()?,
        authserv_id: Some(AUTHSERV_ID),
        smtp: sandbox.addresses.smtp,
        lists: vec![list_of(cast)],
        rooms: vec![room_of(cast)],
        extra: String::new(),
    };
    let file = folder.path().join("causeway.toml");
    write_private(&file, &config.to_string())?;
    let mut settings = settings::load(Some(&file), Reader::Bridge)?;
    // Whoever plays tries the same words again and again, and sees nothing of what is held.
    settings.engine.same_per_hour = 0;
    Ok(settings)
}

/// It holds a bot's token, if only that of a stand-in.
fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    let mut options = File::options();
    let mut file = options.create(true).write(true).mode(0o600).open(file)?;
    file.write_all(text.as_bytes())
}

fn list_of(cast: &Cast) -> ListConfig {
    let member = |it: &Member| format!("{:?} <{}>", it.name, it.address);
    ListConfig {
        address: cast.list.address.clone(),
        name: cast.list.name.clone(),
        members: cast.list.members.iter().map(member).collect(),
        posting: "members",
    }
}

fn room_of(cast: &Cast) -> RoomConfig {
    RoomConfig {
        name: "spring".to_owned(),
        channels: vec![
            format!("telegram:{}", cast.group),
            format!("discord:{}", cast.guild.channel),
            format!("slack:{}", cast.workspace.channel),
            format!("email:{}", cast.list.address),
        ],
    }
}

/// What the page shows of the bridge's own work comes from the store itself.
fn bridge_view(store: Store) -> Router {
    Router::new()
        .route("/api/deliveries", get(deliveries))
        .route("/api/notices", get(notices))
        .route("/api/retry", post(retry))
        .with_state(store)
}

async fn deliveries(State(store): State<Store>) -> Result<Json<Vec<DeliveryLine>>, StatusCode> {
    let lines = store.recent_deliveries(DELIVERIES_SHOWN).await;
    let mut lines = lines.map_err(unreadable)?;
    lines.iter_mut().for_each(in_plain_words);
    Ok(Json(lines))
}

async fn notices(State(store): State<Store>) -> Result<Json<Vec<Notice>>, StatusCode> {
    let notices = store.notices(NOTICES_SHOWN).await;
    Ok(Json(notices.map_err(unreadable)?))
}

/// The id of a delivery.
#[derive(Deserialize)]
struct Retry {
    id: String,
}

/// What `causeway dead retry` does, and true where there was something to retry.
async fn retry(
    State(store): State<Store>,
    Json(it): Json<Retry>,
) -> Result<Json<bool>, StatusCode> {
    let retried = dead::retry_one(&store, it.id).await;
    Ok(Json(retried.map_err(unreadable)? > 0))
}

fn unreadable(error: impl Display) -> StatusCode {
    tracing::error!(%error, "the store did not do what the page asked");
    StatusCode::INTERNAL_SERVER_ERROR
}

fn in_plain_words(line: &mut DeliveryLine) {
    let because = line.reason.as_deref().and_then(conversation::because);
    if let Some(because) = because {
        line.reason = Some(because.to_owned());
    }
}

/// The address alone goes to standard output, for whoever opens it by a script.
fn welcome(page: SocketAddr) -> anyhow::Result<()> {
    output::say("A small town is talking. Open this page in your browser; Ctrl-C ends it:");
    output::print(&format!("http://{}/", page))
}
