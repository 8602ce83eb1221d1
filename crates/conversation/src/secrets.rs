//! What opens doors, kept out of what people read: servers repeat in their errors what they were sent.
//!
//! **Invariant:** of a known secret nothing is left in a cleaned text, however it was spelled; what only looks like a
//! secret goes, too. There is no other place that does this, so whatever is learned of secrets is learned for all.

use std::fmt;
use std::ops::Range;

mod shape;
mod spelling;

use spelling::{Sign, Spelling, signs};

/// What stands where a secret stood.
const GONE: &str = "…";

/// The secrets that are known by heart. Without any, those that can be told by their shape are found all the same.
#[derive(Clone, Default)]
pub struct Secrets(Vec<Spelling>);

impl Secrets {
    /// Empty ones, and those too short to keep anybody out, are none.
    pub fn of<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Secrets {
        Secrets(secrets.into_iter().flat_map(spelling::all).collect())
    }

    /// The text with `…` for each secret.
    pub fn without(&self, text: &str) -> String {
        let known = replaced(text, &self.found(&signs(text)));
        replaced(&known, &shape::found(&known))
    }

    fn found(&self, text: &[Sign]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut from = 0;
        while from < text.len() {
            let longest = self.0.iter().filter_map(|it| it.at(text, from));
            match longest.max_by_key(|it| it.end) {
                Some(range) => {
                    found.push(text[range.start].at.start..text[range.end - 1].at.end);
                    from = range.end;
                }
                None => from += 1,
            }
        }
        found
    }
}

fn replaced(text: &str, ranges: &[Range<usize>]) -> String {
    let mut left = String::with_capacity(text.len());
    let mut after = 0;
    for range in ranges.iter().filter(|it| !it.is_empty()) {
        // What reaches back, as a whole word does, may begin before the last one ended.
        if range.end > after {
            left.push_str(text.get(after..range.start).unwrap_or_default());
            left.push_str(GONE);
            after = range.end;
        }
    }
    left + &text[after..]
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(..)")
    }
}

#[cfg(test)]
mod tests;
