//! Files that were chosen on the page and wait for the message that carries them. Held in memory, the oldest go first.

use std::collections::VecDeque;

use axum::Json;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use bytes::Bytes;
use serde::Serialize;

use super::{Refusal, Shared};

/// What Telegram's bots may download; in bytes.
pub(super) const LARGEST: usize = 20 * 1024 * 1024;
const MOST_TOGETHER: usize = 10 * LARGEST;

#[derive(Default)]
pub(super) struct Uploads {
    waiting: VecDeque<Upload>,
    last: u64,
}

#[derive(Clone)]
pub(super) struct Upload {
    id: u64,
    pub(super) name: String,
    pub(super) mime: String,
    pub(super) bytes: Bytes,
}

#[derive(Serialize)]
pub(super) struct Uploaded {
    id: u64,
    name: String,
    size: usize,
}

impl Uploads {
    fn add(&mut self, name: String, mime: String, bytes: Bytes) -> Uploaded {
        self.last += 1;
        let uploaded = Uploaded {
            id: self.last,
            name: name.clone(),
            size: bytes.len(),
        };
        self.waiting.push_back(Upload {
            id: self.last,
            name,
            mime,
            bytes,
        });
        while self.waiting.iter().map(|it| it.bytes.len()).sum::<usize>() > MOST_TOGETHER {
            self.waiting.pop_front();
        }
        uploaded
    }

    /// All of them or none: a message must not lose a file silently.
    pub(super) fn take(&mut self, ids: &[u64]) -> Result<Vec<Upload>, Refusal> {
        let find = |id: &u64| self.waiting.iter().find(|it| it.id == *id).cloned();
        let found: Option<Vec<Upload>> = ids.iter().map(find).collect();
        let found =
            found.ok_or_else(|| Refusal::bad("A file is no longer here: choose it once more."))?;
        self.waiting.retain(|it| !ids.contains(&it.id));
        Ok(found)
    }
}

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
        if bytes.len() > LARGEST {
            return Err(Refusal {
                status: StatusCode::PAYLOAD_TOO_LARGE,
                why: "The file is larger than 20 MB.".to_owned(),
            });
        }
        let mime = mime.unwrap_or_else(|| "application/octet-stream".to_owned());
        return Ok(Json(shared.uploads().add(name, mime, bytes)));
    }
    Err(Refusal::bad("The form has no field named `file`."))
}
