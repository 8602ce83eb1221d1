//! How small and how large a number may be where its type alone says too little: what lies outside would never
//! work, or never end.

use std::ops::RangeInclusive;

const YEAR_H: i64 = 24 * 365;
const GIB: i64 = 1 << 30;
/// A file of less could hold nothing that people send.
const KIB: i64 = 1 << 10;

/// **Invariant:** every number of the configuration stands here.
const RANGES: [(&str, RangeInclusive<i64>); 39] = [
    ("http.link_days", 1..=365),
    // Nothing is kept for longer than we say.
    ("retention.body_days", 1..=30),
    ("retention.metadata_months", 1..=13),
    ("engine.storm_per_minute", 0..=100_000),
    ("engine.storm_channel_per_minute", 0..=100_000),
    ("engine.storm_author_per_minute", 0..=100_000),
    ("engine.same_per_hour", 0..=10_000),
    ("engine.life_chat_h", 1..=YEAR_H),
    ("engine.life_mail_h", 1..=YEAR_H),
    ("engine.hold_back_min", 1..=1440),
    ("engine.longest_wait_min", 1..=1440),
    ("engine.correction_after_s", 0..=86_400),
    ("engine.digest_every_h", 0..=24 * 31),
    ("engine.most_parts", 0..=1000),
    ("engine.blob_max_mib", 1..=4096),
    // The Bot API itself holds a poll no longer.
    ("telegram.poll_timeout_s", 1..=50),
    ("telegram.request_timeout_s", 1..=600),
    ("telegram.max_upload_bytes", KIB..=4 * GIB),
    ("telegram.max_download_bytes", KIB..=4 * GIB),
    ("discord.request_timeout_s", 1..=600),
    ("discord.max_upload_bytes", KIB..=4 * GIB),
    ("discord.max_download_bytes", KIB..=4 * GIB),
    ("slack.request_timeout_s", 1..=600),
    ("slack.ping_every_s", 1..=300),
    ("slack.max_upload_bytes", KIB..=4 * GIB),
    ("slack.max_download_bytes", KIB..=4 * GIB),
    ("email.lmtp.max_message_bytes", KIB..=4 * GIB),
    ("email.lmtp.max_recipients", 1..=10_000),
    ("email.lmtp.max_sessions", 1..=10_000),
    ("email.lmtp.idle_timeout_s", 1..=86_400),
    ("email.lmtp.own_hops", 0..=50),
    ("email.smtp.max_connections", 1..=1000),
    ("email.smtp.port", 1..=65_535),
    ("email.smtp.timeout_s", 1..=3600),
    ("telegram.pace.per_bot_per_s", 0..=10_000),
    ("telegram.pace.per_chat_per_s", 0..=10_000),
    ("telegram.pace.per_group_per_min", 0..=10_000),
    ("slack.pace.per_channel_per_s", 0..=10_000),
    ("rooms.[].most_parts", 0..=1000),
];

/// Of the key at `path`, as in `rooms.[].most_parts`.
pub(crate) fn range(path: &str) -> RangeInclusive<i64> {
    let found = RANGES.iter().find(|(key, _)| *key == path);
    found.map_or(0..=i64::MAX, |(_, range)| range.clone())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::settings::Settings;
    use crate::settings::keys::keys_of;
    use crate::settings::shape::Shape;

    #[test]
    fn every_number_has_its_bounds() {
        let keys = keys_of::<Settings>();
        let numbers = keys.iter().filter(|it| it.expected.shape == Shape::Integer);
        let numbers: BTreeSet<&str> = numbers.map(|it| it.path.as_str()).collect();
        assert_eq!(numbers, RANGES.iter().map(|(key, _)| *key).collect());
    }
}
