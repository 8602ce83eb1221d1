//! What a mail answers, and what it is called.

use conversation::RemoteId;

use super::header::Headers;
use crate::id;

/// So many parents are offered at most.
const MOST_PARENTS: usize = 30;

/// In-Reply-To first, then References from the newest to the oldest.
pub(crate) fn reply_to(headers: &Headers<'_>, own: &str) -> Vec<RemoteId> {
    let direct = headers.first("In-Reply-To").unwrap_or_default();
    let references = headers.first("References").unwrap_or_default();
    let direct = id::message_ids(&direct).into_iter();
    let mut parents: Vec<RemoteId> = Vec::new();
    for parent in direct.chain(id::message_ids(&references).into_iter().rev()) {
        let parent = RemoteId(parent);
        if parent.as_str() != own && !parents.contains(&parent) {
            parents.push(parent);
        }
        if parents.len() == MOST_PARENTS {
            break;
        }
    }
    parents
}

/// The mail's own id, or one made from what a second delivery would bear, too.
pub(crate) fn message_id(headers: &Headers<'_>, body: &[u8], domain: &str) -> String {
    let header = headers.first("Message-ID").unwrap_or_default();
    if let Some(id) = id::message_ids(&header).into_iter().next() {
        return id;
    }
    let said = |name| headers.first(name).unwrap_or_default();
    let (from, date, subject) = (said("From"), said("Date"), said("Subject"));
    let parts = [from.as_bytes(), date.as_bytes(), subject.as_bytes(), body];
    id::synthesised(&id::fingerprint(&parts), domain)
}
