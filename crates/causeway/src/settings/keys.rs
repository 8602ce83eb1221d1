//! The keys that there are, read off the structs themselves, and the nearest one to a slip of the pen.

use serde::de::DeserializeOwned;
use strsim::osa_distance;

use super::shape::{EACH, Expectation, Shape, expected_at};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    /// As in `engine.blob_dir`, and `rooms.[].name` inside of lists.
    pub(crate) path: String,
    pub(crate) expected: Expectation,
}

/// Every place of `T`, tables and lists before what they hold.
pub(crate) fn keys_of<T: DeserializeOwned>() -> Vec<Key> {
    let mut keys = Vec::new();
    collect::<T>(&[], &mut keys);
    keys
}

fn collect<T: DeserializeOwned>(path: &[&'static str], keys: &mut Vec<Key>) {
    let Some(expected) = expected_at::<T>(path) else {
        return;
    };
    let steps: &[&'static str] = match &expected.shape {
        Shape::Table(fields) => fields,
        Shape::List => &[EACH],
        _ => &[],
    };
    keys.push(Key {
        path: path.join("."),
        expected,
    });
    for step in steps {
        let deeper: Vec<&'static str> = path.iter().copied().chain([*step]).collect();
        collect::<T>(&deeper, keys);
    }
}

pub(crate) fn find<'a>(keys: &'a [Key], path: &str) -> Option<&'a Key> {
    keys.iter().find(|it| it.path == path)
}

/// The candidate that `word` most likely meant, if one is near enough. Capitals and hyphens are slips too.
pub(crate) fn nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let furthest = (word.chars().count() / 2).clamp(1, 3);
    let word = word.to_lowercase().replace('-', "_");
    candidates
        .iter()
        .map(|it| (osa_distance(&word, it), *it))
        .filter(|(distance, _)| *distance <= furthest)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    #[test]
    fn keys_are_read_off_the_structs() {
        let keys = keys_of::<Settings>();
        let blob_dir = find(&keys, "engine.blob_dir").map(|it| it.expected.clone());
        let listen = find(&keys, "http.listen").map(|it| it.expected.clone());
        let name = find(&keys, "rooms.[].name").map(|it| it.expected.clone());
        let text = |optional| {
            Some(Expectation {
                shape: Shape::Text,
                optional,
            })
        };
        assert_eq!(blob_dir, text(false));
        assert_eq!(listen, text(true));
        assert_eq!(name, text(false));
    }

    #[test]
    fn enums_say_their_values() {
        let keys = keys_of::<Settings>();
        let format = find(&keys, "log.format").map(|it| it.expected.shape.clone());
        assert_eq!(format, Some(Shape::OneOf(&["text", "json"])));
    }

    #[test]
    fn a_slip_of_the_pen_finds_its_key() {
        let keys = ["token", "api_url", "mode"];
        assert_eq!(nearest("tokne", &keys), Some("token"));
        assert_eq!(nearest("apiurl", &keys), Some("api_url"));
        assert_eq!(nearest("API-URL", &keys), Some("api_url"));
        assert_eq!(nearest("weather", &keys), None);
    }
}
