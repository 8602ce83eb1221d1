//! The defaults as a file to start from: it can be used as it stands, because no platform is on.

use super::keys::keys_of;
use super::load::switched_sections;
use super::{DEFAULTS, Settings};

/// What `causeway config defaults` prints.
pub(crate) fn to_start_from() -> String {
    let keys = keys_of::<Settings>();
    let switched: Vec<&str> = switched_sections(&keys).collect();
    let (mut is_off, mut text) = (false, String::new());
    for line in DEFAULTS.lines() {
        if let Some(section) = line.trim_start_matches('#').strip_prefix('[') {
            let name = section.trim_start_matches('[').split([']', '.']).next();
            is_off = name.is_some_and(|it| switched.contains(&it));
        }
        if is_off && !line.is_empty() && !line.starts_with('#') {
            text.push('#');
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}
