//! A place as a shelf shows it: enough to find it, and to see that something came.

use std::fmt::Display;

use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shelved {
    /// `platform:id`, as commands take it.
    pub at: String,
    /// As the platform calls it; `private` where one person speaks with the bot.
    pub kind: &'static str,
    pub title: String,
    /// How much stands there; it grows with each message.
    pub said: usize,
}

impl Shelved {
    pub(crate) fn of(
        (platform, id): (&str, impl Display),
        kind: &'static str,
        title: &str,
        said: usize,
    ) -> Shelved {
        Shelved {
            at: format!("{platform}:{id}"),
            kind,
            title: title.to_owned(),
            said,
        }
    }
}
