//! Slack's three entities.

/// The sign that an entity at the start of the text means, and the entity's length. Slack has no others.
pub(super) fn entity(text: &str) -> Option<(char, usize)> {
    let entities = [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>')];
    let found = entities
        .iter()
        .find(|(entity, _)| text.starts_with(entity))?;
    Some((found.1, found.0.len()))
}

pub(crate) fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
