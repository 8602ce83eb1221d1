//! What a section brings, and what several have in common.

use std::ops::RangeInclusive;

use crate::settings::Settings;
use crate::settings::finding::{Finding, finding, told};

pub(super) const GIB: i64 = 1 << 30;
/// A file of less could hold nothing that people send.
pub(super) const KIB: i64 = 1 << 10;

pub(crate) struct Section {
    /// Of the platform, and of the crate that speaks to it.
    pub(crate) name: &'static str,
    pub(crate) is_on: fn(&Settings) -> bool,
    pub(crate) secrets: &'static [Secret],
    /// The fewest keys beside its secrets with which it is good, made up.
    pub(crate) least: &'static [(&'static str, &'static str)],
    /// What shows by its looks whose it is: people copy many tokens in an afternoon.
    pub(crate) tokens: &'static [Token],
    /// Every number in it.
    pub(crate) ranges: &'static [(&'static str, RangeInclusive<i64>)],
    /// What makes no sense in it.
    pub(crate) findings: fn(&Settings) -> Vec<Finding>,
    /// What is wrong with a channel's id, and the cure; None where there may be such a channel.
    pub(crate) misnamed: fn(&Settings, &str) -> Option<(String, String)>,
}

/// A key that is kept from other people's eyes. It may not be set to nothing.
pub(crate) struct Secret {
    pub(crate) key: &'static str,
    pub(crate) value: fn(&Settings) -> Option<&str>,
    /// What stands in its place for whoever talks to no platform.
    pub(crate) made_up: &'static str,
    /// The section cannot be without it.
    pub(crate) is_needed: bool,
}

pub(crate) struct Token {
    pub(crate) what: &'static str,
    /// Where it belongs, if anywhere.
    pub(crate) key: Option<&'static str>,
    pub(crate) is_like: fn(&str) -> bool,
}

/// What an adapter finds in its own settings.
pub(super) fn faults(section: &str, faults: &[::telegram::SettingsError]) -> Vec<Finding> {
    let faults = faults.iter();
    faults
        .map(|it| told(&format!("{section}.{}", it.key), &it.problem))
        .collect()
}

/// Of a platform that calls us.
pub(super) fn without_listener(
    settings: &Settings,
    key: &str,
    (mode, other): (&str, &str),
) -> Option<Finding> {
    settings.http.listen.is_none().then(|| {
        let why = format!("{mode} mode needs an address to listen on");
        let cure = format!("set http.listen, or use mode = {other:?}");
        finding(key, &why, &cure).beside("http.listen")
    })
}

pub(super) fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}
