//! The doors through which the bytes of files come and go.

use std::time::Duration;

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::app::Standing;
use super::faults::Asked;
use super::ids::UserId;
use super::limits::Tier;
use super::params;
use super::world::Slack;
use crate::kit::shell::{self, File};
use crate::kit::{Act, FileFault, Scissors};

/// Carries out what was put off, each after the delay.
pub(super) fn share_later(slack: &Slack) {
    let (later, delay) = slack.look(|world| {
        let files = &mut world.files;
        (std::mem::take(&mut files.later), files.share_delay)
    });
    for sharing in later {
        let slack = slack.clone();
        tokio::spawn(async move {
            tokio::time::sleep(delay).await;
            slack.change(|world| world.share_now(sharing));
        });
    }
}

impl Slack {
    /// Real Slack shows a file some time after it said that the upload is complete.
    pub fn set_share_delay(&self, delay: Duration) {
        self.look(|world| world.files.share_delay = delay);
    }

    /// What comes in place of every file from now on.
    pub fn set_file_fault(&self, fault: Option<FileFault>) {
        self.look(|world| world.files.fault = fault);
    }

    /// MIME type and bytes of a file.
    pub fn file(&self, id: &str) -> Option<File> {
        self.look(|world| world.files.contents(id))
    }

    /// Its owner takes it out of Slack, and of all messages that showed it.
    pub fn delete_file(&self, id: &str, by: &UserId) -> bool {
        self.change(|world| {
            let own = world.files.owner(id).is_some_and(|it| it == by.0);
            if own {
                world.delete_file(id);
            }
            own
        })
    }
}

pub(super) fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer")).then(|| token.trim().to_owned())
}

/// The answer that the faults give in the place of an upload or a download, if they do.
async fn by_fault(
    slack: &Slack,
    method: &'static str,
    scissors: Option<Scissors>,
) -> Option<Response> {
    let verdict = slack.look(|world| {
        world.judge(Asked {
            method,
            tier: Tier::None,
            channel: None,
        })
    });
    if let Act::Pass = verdict.act {
        tokio::time::sleep(verdict.latency).await;
        return None;
    }
    let nothing = async || Response::default();
    let refuse = |error| slack.refuse(&error);
    Some(verdict.answer(scissors, nothing, refuse, "<html>").await)
}

pub(super) async fn upload(
    State(slack): State<Slack>,
    Path(ticket): Path<String>,
    request: Request,
) -> Response {
    let scissors = shell::scissors(&request);
    let Some(bytes) = params::read_file(request).await else {
        return (StatusCode::BAD_REQUEST, "the bytes could not be read").into_response();
    };
    if let Some(response) = by_fault(&slack, "upload", scissors).await {
        return response;
    }
    let size = bytes.len();
    match slack.look(|world| world.files.arrive(&ticket, bytes)) {
        Ok(()) => format!("OK - {size}").into_response(),
        Err(why) => (StatusCode::BAD_REQUEST, why).into_response(),
    }
}

/// `url_private`: who shows no token is sent to a page to sign in, as the real server does, with no error in sight.
pub(super) async fn download(
    State(slack): State<Slack>,
    Path((team_and_file, _)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if let Some(response) = by_fault(&slack, "download", None).await {
        return response;
    }
    if let Some(fault) = slack.look(|world| world.files.fault.clone()) {
        return fault.answer();
    }
    let id = team_and_file.rsplit('-').next().unwrap_or_default();
    let token = bearer(&headers);
    let file = slack.look(|world| {
        let allowed = token.is_some_and(|it| it == world.tokens.bot)
            && world.standing == Standing::Installed
            && world.need("files:read").is_ok();
        allowed.then(|| world.files.contents(id))
    });
    match file {
        None => (StatusCode::FOUND, [(header::LOCATION, "/signin")]).into_response(),
        Some(None) => StatusCode::NOT_FOUND.into_response(),
        Some(Some(file)) => shell::file(file),
    }
}

pub(super) async fn sign_in() -> Html<&'static str> {
    Html("<!DOCTYPE html><html><head><title>Slack</title></head><body>Sign in</body></html>")
}
