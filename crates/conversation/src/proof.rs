//! How sure it is that somebody said what they are said to have said.
//!
//! **Invariant:** only what proves its author counts as its author's word; what stands open is called so, never proven.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// The platform knows its people, and tells who it was.
    #[default]
    OfPlatform,
    /// It brought a proof, as a mail does for which its author's domain answers.
    Proven,
    /// Nothing proves it, and nobody asks for a proof there.
    Unproven,
    /// Nothing proves it where a proof is asked for.
    Missing,
    /// It was looked into, and its author's own place says that it is not theirs.
    Failed,
}

impl Proof {
    /// What needs no word: almost all that is heard.
    pub(crate) fn is_of_platform(&self) -> bool {
        *self == Proof::OfPlatform
    }
}
