//! What hangs on messages, for the browser. Only pictures are shown in place; anything else is a download.

use axum::Json;
use axum::extract::{Multipart, Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};

use bytes::Bytes;

use super::refusal::Refusal;
use super::shared::Shared;
use super::uploads::{LARGEST, Uploaded};
use crate::kit::forms::percent_encoded;
use crate::mail::MailId;

/// Types that run no script wherever they are shown. SVG is not one of them.
const SHOWN: &str = "image/png image/jpeg image/gif image/webp image/avif";

pub(super) async fn of_mail(
    State(shared): State<Shared>,
    Path((mail, index)): Path<(u64, usize)>,
) -> Result<Response, Refusal> {
    let file = shared.town.mail.attachment(MailId(mail), index);
    let (name, mime, bytes) = file.ok_or_else(|| Refusal::gone("That mail has no such file."))?;
    Ok(served(&name, &mime, bytes.into()))
}

pub(super) async fn of_chat(
    State(shared): State<Shared>,
    Path((platform, path)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let town = &shared.town;
    let id = path.split('/').next().unwrap_or_default();
    let (title, file) = match platform.as_str() {
        "telegram" => ("Telegram", town.telegram.file(&path)),
        "discord" => ("Discord", town.discord.file(&path)),
        "slack" => ("Slack", town.slack.file(id)),
        _ => return Err(Refusal::gone("There is no such platform.")),
    };
    let gone = || Refusal::gone(&format!("{title} has no such file."));
    let (mime, bytes) = file.ok_or_else(gone)?;
    let name = path.rsplit('/').next().unwrap_or_default();
    Ok(served(name, &mime, bytes))
}

pub(super) async fn source(
    State(shared): State<Shared>,
    Path(mail): Path<u64>,
) -> Result<Response, Refusal> {
    let source = shared.town.mail.source(MailId(mail));
    let source = source.ok_or_else(|| Refusal::gone("There is no such mail."))?;
    let text = String::from_utf8_lossy(&source).into_owned();
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

fn served(name: &str, mime: &str, bytes: Bytes) -> Response {
    let mime = mime.to_ascii_lowercase();
    let (mime, how) = match SHOWN.split(' ').find(|it| *it == mime) {
        Some(shown) => (shown, "inline"),
        None => ("application/octet-stream", "attachment"),
    };
    let disposition = format!("{how}; filename*=UTF-8''{}", percent_encoded(name));
    let policy = "default-src 'none'; sandbox".to_owned();
    let headers: [(HeaderName, String); 3] = [
        (CONTENT_TYPE, mime.to_owned()),
        (CONTENT_DISPOSITION, disposition),
        (CONTENT_SECURITY_POLICY, policy),
    ];
    (StatusCode::OK, headers, bytes).into_response()
}

/// Takes a file that was chosen on the page.
pub(super) async fn upload(
    State(shared): State<Shared>,
    mut form: Multipart,
) -> Result<Json<Uploaded>, Refusal> {
    let broken = |_| Refusal::bad("The file did not arrive whole, or is larger than 20 MB.");
    while let Some(field) = form.next_field().await.map_err(broken)? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or("file").to_owned();
        let mime = field.content_type().map(str::to_owned);
        let bytes = field.bytes().await.map_err(broken)?;
        let why = "The file is larger than 20 MB.";
        refuse!(bytes.len() > LARGEST => Refusal::of(StatusCode::PAYLOAD_TOO_LARGE, why));
        let mime = mime.unwrap_or_else(|| "application/octet-stream".to_owned());
        return Ok(Json(shared.uploads().add(name, mime, bytes)));
    }
    Err(Refusal::bad("The form has no field named `file`."))
}
