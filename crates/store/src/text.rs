//! Foreign text on its way into the database.
//!
//! **Invariant:** whatever a platform or a person hands us can be stored, on both engines alike: Postgres
//! takes no NUL in a text, and in an index no value longer than a third of a page.

use sha2::{Digest, Sha256};

/// In bytes; three keys of this length still fit into one entry of an index.
const LONGEST_KEY: usize = 800;

pub(crate) fn clean(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

/// For what stands in an index: a longer one keeps its beginning, and a hash in place of its end.
pub(crate) fn key(text: &str) -> String {
    if text.len() <= LONGEST_KEY {
        return clean(text);
    }
    let hash = Sha256::digest(text.as_bytes());
    let hash = hex::encode(hash);
    let mut end = LONGEST_KEY - hash.len() - 1;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    clean(&format!("{}#{hash}", &text[..end]))
}
