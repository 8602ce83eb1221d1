//! The bytes of a file on their way to us. **Invariant:** never more of them than the limit, whatever the size that
//! was announced, and never anything but the file: no page in its place, and not nothing.

use std::time::Duration;

use conversation::{Attachment, BlobError, ByteStream, SendError};
use futures::StreamExt;
use reqwest::{Response, header};
use tokio::time::{Instant, timeout_at};

/// In each of these at least `LEAST_BYTES` come: else the next attempt may fare better.
const WINDOW: Duration = Duration::from_secs(30);
const LEAST_BYTES: u64 = 8 << 10;
/// From the first piece to the last; nobody waits for a file any longer.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// `limit` is in bytes. A page in place of the file is what a proxy or a sign-in shows.
pub fn file(
    response: Response,
    announced: &Attachment,
    limit: u64,
) -> Result<ByteStream, SendError> {
    match is_page_instead(&response, announced) {
        true => Err(SendError::Unavailable(
            "a page came in place of the file".to_owned(),
        )),
        false => Ok(bytes(response, announced.size, limit)),
    }
}

pub fn is_page_instead(response: &Response, announced: &Attachment) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_page = kind.is_some_and(|it| it.as_bytes().starts_with(b"text/html"));
    let mime = announced.mime.as_deref().unwrap_or_default();
    let name = announced.name.as_deref().unwrap_or_default();
    let is_announced = mime.starts_with("text/html") || name.to_ascii_lowercase().contains(".htm");
    is_page && !is_announced
}

fn bytes(response: Response, announced: Option<u64>, limit: u64) -> ByteStream {
    let end = Instant::now() + LONGEST;
    let broken = |why: &str| Some((Err(BlobError(why.to_owned())), None));
    let start = (response, 0u64, (Instant::now() + WINDOW, LEAST_BYTES));
    let pieces = futures::stream::unfold(Some(start), move |state| async move {
        let (mut response, taken, (mut by, mut least)) = state?;
        let piece = match timeout_at(by.min(end), response.chunk()).await {
            Ok(Ok(None)) if taken == 0 && announced.is_some_and(|size| size > 0) => {
                return broken("nothing came");
            }
            Ok(Ok(piece)) => piece?,
            Ok(Err(error)) => return broken(&error.without_url().to_string()),
            Err(_) => return broken("it comes too slowly"),
        };
        let taken = taken.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        if taken > limit {
            return broken(&format!("it is larger than {limit} bytes"));
        }
        if taken >= least {
            (by, least) = (Instant::now() + WINDOW, taken + LEAST_BYTES);
        }
        Some((Ok(piece), Some((response, taken, (by, least)))))
    });
    pieces.boxed()
}
