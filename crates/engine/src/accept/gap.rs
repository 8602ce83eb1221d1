//! What a room hears of a time that the bridge could not listen. Pure.

use conversation::Timestamp;

/// Times are in UTC, for a room has people in many zones.
pub(super) fn words(label: &str, since: Timestamp, until: Timestamp) -> String {
    let (from, to) = (since.min(until), since.max(until));
    let is_one_day = days(from) == days(to);
    let (from, to) = match is_one_day {
        true => (clock(from), clock(to)),
        false => (date(from), date(to)),
    };
    format!("Some of what was said in {label} between {from} and {to} UTC may be missing here.")
}

fn days(at: Timestamp) -> i64 {
    at.0.div_euclid(24 * 3_600_000)
}

/// `14:02`
fn clock(at: Timestamp) -> String {
    let minutes = at.0.div_euclid(60_000);
    let (hour, minute) = (
        minutes.div_euclid(60).rem_euclid(24),
        minutes.rem_euclid(60),
    );
    format!("{hour:02}:{minute:02}")
}

/// `2 March, 14:02`, by the calendar of days since 1 March of the year 0.
fn date(at: Timestamp) -> String {
    const MONTHS: [&str; 12] = [
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "January",
        "February",
    ];
    const DAYS_TO_1970: i64 = 719_468;
    const DAYS_IN_400_YEARS: i64 = 146_097;
    let of_era = (days(at).saturating_add(DAYS_TO_1970)).rem_euclid(DAYS_IN_400_YEARS);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = usize::try_from(month).ok().and_then(|it| MONTHS.get(it));
    format!("{day} {}, {}", month.unwrap_or(&""), clock(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND_OF_MARCH_2026: i64 = 1_772_442_000_000;

    #[test]
    fn within_a_day_the_time_is_enough() {
        let since = Timestamp(SECOND_OF_MARCH_2026);
        let until = Timestamp(SECOND_OF_MARCH_2026 + 4_080_000);
        let words = words("Discord", since, until);
        assert_eq!(
            words,
            "Some of what was said in Discord between 09:00 and 10:08 UTC may be missing here."
        );
    }

    #[test]
    fn a_gap_of_days_says_the_days() {
        for (at, expected) in [
            (SECOND_OF_MARCH_2026, "2 March, 09:00"),
            (0, "1 January, 00:00"),
            (951_782_400_000, "29 February, 00:00"),
            (1_798_761_540_000, "31 December, 23:59"),
            (-60_000, "31 December, 23:59"),
        ] {
            assert_eq!(date(Timestamp(at)), expected);
        }
        let words = words("Slack", Timestamp(SECOND_OF_MARCH_2026), Timestamp(0));
        assert!(words.contains("between 1 January, 00:00 and 2 March, 09:00 UTC"));
    }
}
