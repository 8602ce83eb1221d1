//! Takes a file that was chosen on the page.

use axum::Json;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;

use super::refusal::Refusal;
use super::shared::Shared;
use super::uploads::{LARGEST, Uploaded};

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
        let large = || {
            Refusal::of(
                StatusCode::PAYLOAD_TOO_LARGE,
                "The file is larger than 20 MB.",
            )
        };
        refuse!(bytes.len() > LARGEST => large());
        let mime = mime.unwrap_or_else(|| "application/octet-stream".to_owned());
        return Ok(Json(shared.uploads().add(name, mime, bytes)));
    }
    Err(Refusal::bad("The form has no field named `file`."))
}
