//! What opens a door. **Invariant:** it is never shown, not even by `Debug`.

use std::fmt;

use serde::Deserialize;

#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }

    /// For the request that it opens, and for nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() {
            "(empty)"
        } else {
            "(set)"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whether_it_is_set_is_all_that_is_shown() {
        assert_eq!(format!("{:?}", Secret::new("MTA.x")), "(set)");
        assert_eq!(format!("{:?}", Secret::new("")), "(empty)");
    }
}
