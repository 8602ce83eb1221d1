//! What a room hears of a time that the bridge could not listen. Pure.

use conversation::{Arg, Phrase, Platform, Timestamp};
use words::WORDS_MISSED;

use crate::wording::in_utc;

pub(super) fn phrase(platform: &Platform, since: Timestamp, until: Timestamp) -> Phrase {
    let (from, to) = (since.min(until), since.max(until));
    let is_one_day = in_utc(from).date() == in_utc(to).date();
    let time = if is_one_day { Arg::Clock } else { Arg::Date };
    Phrase::of(WORDS_MISSED)
        .with("channel", Arg::Platform(platform.clone()))
        .with("from", time(from))
        .with("to", time(to))
}

#[cfg(test)]
mod tests {
    use conversation::Language;

    use super::*;
    use crate::{adapters::Adapters, wording::Wording};

    const SECOND_OF_MARCH_2026: i64 = 1_772_442_000_000;

    fn words(since: i64, until: i64) -> String {
        let wording = Wording {
            adapters: Adapters::default(),
            language: Language::ENGLISH,
        };
        let platform = Platform("Slack".to_owned());
        let phrase = phrase(&platform, Timestamp(since), Timestamp(until));
        wording.plain(&phrase).expect("a known sentence")
    }

    #[test]
    fn within_a_day_the_time_is_enough() {
        assert_eq!(
            words(SECOND_OF_MARCH_2026, SECOND_OF_MARCH_2026 + 4_080_000),
            "Some of what was said in Slack between 09:00 and 10:08 UTC may be missing here."
        );
    }

    #[test]
    fn a_gap_of_days_says_the_days() {
        for (at, expected) in [
            (SECOND_OF_MARCH_2026, "2 March, 09:00"),
            (951_782_400_000, "29 February, 00:00"),
            (1_798_761_540_000, "31 December, 23:59"),
            (-60_000, "31 December, 23:59"),
        ] {
            let said = words(at, 1_900_000_000_000);
            assert!(said.contains(&format!("between {expected} and ")), "{said}");
        }
        let words = words(SECOND_OF_MARCH_2026, 0);
        assert!(words.contains("between 1 January, 00:00 and 2 March, 09:00 UTC"));
    }
}
