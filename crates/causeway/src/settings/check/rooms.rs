//! Rooms, their channels, and staff: who and what there can be.

use std::collections::HashMap;

use conversation::{ChannelRef, look};

use super::is_one_line;
use crate::settings::finding::{Finding, finding};
use crate::settings::{Settings, sections};

/// A platform that is off has no staff yet, and that harms nobody.
pub(super) fn staff(settings: &Settings) -> Vec<Finding> {
    let staff = settings.community.staff.iter().enumerate();
    let unknown = staff.filter(|(_, it)| {
        let platform = it.0.platform.as_str();
        !sections::names().contains(&platform)
    });
    unknown
        .map(|(number, it)| {
            finding(
                &format!("community.staff[{number}]"),
                &format!("{} is on a platform that Causeway does not know", it.0),
                &format!("write {} before the colon", sections::any_of_them()),
            )
        })
        .collect()
}

pub(super) fn findings(settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (mut names, mut channels) = (HashMap::new(), HashMap::new());
    for (number, room) in settings.rooms.iter().enumerate() {
        let key = format!("rooms[{number}].name");
        findings.extend(name(&key, &room.name, &mut names));
        for (place, channel) in room.channels.iter().enumerate() {
            let key = format!("rooms[{number}].channels[{place}]");
            if let Some((why, cure)) = channel_that_cannot_be(settings, &channel.0) {
                findings.push(finding(&key, &why, &cure));
            } else if let Some(first) = channels.insert(&channel.0, key.clone()) {
                let why = format!("{} stands in two places", channel.0);
                let cure = "a channel takes part in one room only";
                findings.push(finding(&key, &why, cure).beside(&first));
            }
        }
    }
    findings
}

fn name(key: &str, name: &str, names: &mut HashMap<String, String>) -> Option<Finding> {
    if !is_one_line(name) {
        let why = "it is empty, begins or ends with a blank, or has several lines";
        return Some(finding(key, why, "give the room a name on one line"));
    }
    let first = names.insert(look(name), key.to_owned())?;
    let why = "another room has it, or one that looks the same";
    Some(finding(key, why, "give each room a name of its own").beside(&first))
}

/// Why no bridge with these settings could carry anything to this channel, and what to do about it.
pub(crate) fn channel_that_cannot_be(
    settings: &Settings,
    channel: &ChannelRef,
) -> Option<(String, String)> {
    let platform = channel.platform.as_str();
    if !sections::names().contains(&platform) {
        let known = sections::any_of_them();
        let near = crate::settings::keys::nearest(platform, &sections::names());
        let cure = match near {
            Some(near) => format!("did you mean {near}:{}?", channel.id.as_str()),
            None => format!("write {known} before the colon"),
        };
        return Some((
            format!("{channel} is on a platform that Causeway does not know"),
            cure,
        ));
    }
    if !sections::switched_on(settings).contains(&platform) {
        return Some((
            format!("{channel} is on a platform that is off"),
            format!("add the section [{platform}], or take the channel out"),
        ));
    }
    sections::misnamed(settings, channel)
}
