//! Mentions by the names of whom or what they mean.

use super::view::Span;
use super::world::World;

impl World {
    /// Somebody or something by its id, as it is shown.
    pub(crate) fn mention(&self, kind: &'static str, id: &str) -> Span {
        let text = match kind {
            "user" => format!("@{}", self.name_of(id)),
            "channel" => {
                let name = self.channels.get(id).map_or(id, |it| it.name.as_str());
                format!("#{name}")
            }
            "group" => {
                let handle = self.groups.get(id).map_or(id, |it| it.handle.as_str());
                format!("@{handle}")
            }
            _ => format!("@{id}"),
        };
        Span {
            text,
            kind,
            target: Some(id.to_owned()),
            ..Span::default()
        }
    }
}
