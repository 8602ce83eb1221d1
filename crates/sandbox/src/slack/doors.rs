//! The doors through which the bytes of files come and go.

use std::time::Duration;

use axum::extract::{ConnectInfo, Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use bytes::Bytes;

use super::app::Standing;
use super::ids::UserId;
use super::{Slack, forms, server};
use crate::FileFault;
use crate::kit::Scissors;

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
    pub fn file(&self, id: &str) -> Option<(String, Bytes)> {
        self.look(|world| {
            let held = world.files.shown(id)?;
            Some((held.mime.clone(), held.bytes.clone()))
        })
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

pub(super) async fn upload(
    State(slack): State<Slack>,
    Path(ticket): Path<String>,
    request: Request,
) -> Response {
    let info = request.extensions().get::<ConnectInfo<Scissors>>();
    let scissors = info.map(|it| it.0.clone());
    let Some(bytes) = forms::read_file(request).await else {
        return (StatusCode::BAD_REQUEST, "the bytes could not be read").into_response();
    };
    if let Some(response) = server::by_fault(&slack, "upload", scissors).await {
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
    if let Some(response) = server::by_fault(&slack, "download", None).await {
        return response;
    }
    if let Some(fault) = slack.look(|world| world.files.fault.clone()) {
        return fault.answer();
    }
    let id = team_and_file.rsplit('-').next().unwrap_or_default();
    let token = server::bearer(&headers);
    let file = slack.look(|world| {
        let allowed = token.is_some_and(|it| it == world.tokens.bot)
            && world.standing == Standing::Installed
            && world.need("files:read").is_ok();
        allowed.then(|| {
            world
                .files
                .shown(id)
                .map(|it| (it.mime.clone(), it.bytes.clone()))
        })
    });
    match file {
        None => (StatusCode::FOUND, [(header::LOCATION, "/signin")]).into_response(),
        Some(None) => StatusCode::NOT_FOUND.into_response(),
        Some(Some((mime, bytes))) => ([(header::CONTENT_TYPE, mime)], bytes).into_response(),
    }
}

pub(super) async fn sign_in() -> Html<&'static str> {
    Html("<!DOCTYPE html><html><head><title>Slack</title></head><body>Sign in</body></html>")
}

pub(super) async fn show(
    State(slack): State<Slack>,
    Path((id, _)): Path<(String, String)>,
) -> Response {
    match slack.file(&id) {
        Some((mime, bytes)) => ([(header::CONTENT_TYPE, mime)], bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
