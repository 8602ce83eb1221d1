//! How small and how large a number may be where its type alone says too little: what lies outside would never
//! work, or never end.
//!
//! **Invariant:** every number of the configuration stands here or in its platform's section.

use std::ops::RangeInclusive;

use super::sections::SECTIONS;

const YEAR_H: i64 = 24 * 365;

/// Of what is no platform's.
const RANGES: [(&str, RangeInclusive<i64>); 16] = [
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
    ("rooms.[].most_parts", 0..=1000),
];

/// Of the key at `path`, as in `rooms.[].most_parts`.
pub(crate) fn range(path: &str) -> RangeInclusive<i64> {
    let found = all().find(|(key, _)| *key == path);
    found.map_or(0..=i64::MAX, |(_, range)| range)
}

fn all() -> impl Iterator<Item = (&'static str, RangeInclusive<i64>)> {
    let sections = SECTIONS.iter().flat_map(|it| it.ranges).cloned();
    RANGES.into_iter().chain(sections)
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
        assert_eq!(numbers, all().map(|(key, _)| key).collect());
    }
}
