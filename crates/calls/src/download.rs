//! The bytes of a file on their way to us. **Invariant:** never more of them than the limit, whatever the size that
//! was announced.

use std::time::Duration;

use conversation::{BlobError, ByteStream};
use futures::StreamExt;
use reqwest::Response;

/// Between two pieces of a file.
const LONGEST_SILENCE: Duration = Duration::from_secs(30);

/// `limit` is in bytes.
pub fn bytes(response: Response, limit: u64) -> ByteStream {
    let pieces = futures::stream::unfold(Some((response, 0u64)), move |state| async move {
        let (mut response, taken) = state?;
        let piece = match tokio::time::timeout(LONGEST_SILENCE, response.chunk()).await {
            Ok(Ok(piece)) => piece?,
            Ok(Err(error)) => return Some((Err(BlobError(error.without_url().to_string())), None)),
            Err(_) => return Some((Err(BlobError("it stopped half way".to_owned())), None)),
        };
        let taken = taken.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        if taken > limit {
            let error = BlobError(format!("it is larger than {limit} bytes"));
            return Some((Err(error), None));
        }
        Some((Ok(piece), Some((response, taken))))
    });
    pieces.boxed()
}
