//! Being left alone for a while. It ends by itself: whoever would call somebody looks at the time.

use conversation::{
    Arg, Phrase, Timestamp,
    command::{Command, Day, Everyday, HowLong, Month, Unit, Weekday},
};
use jiff::{Span, Zoned, civil};
use store::{Refusal, Result};
use words::{EFFECT_REST, EFFECT_REST_OFF, EFFECT_REST_UNTIL};

use super::{Doer, Done};
use crate::wording::in_utc;

/// Until they say otherwise.
const NEVER: Timestamp = Timestamp(i64::MAX);

impl Doer<'_> {
    pub(super) async fn rest(&mut self, how_long: Option<HowLong>) -> Result<Done> {
        let oneself = self.oneself_is()?;
        let now = self.now;
        let until = match how_long {
            Some(HowLong::Off) => None,
            Some(it) => Some(
                end(it, &in_utc(now))
                    .filter(|it| *it > now)
                    .ok_or(Refusal::DayOver)?,
            ),
            None => Some(NEVER),
        };
        let mut wishes = self.tx.wishes(self.community);
        let mut wish = wishes.of(&oneself).await?;
        wish.rests_until = until;
        wishes.set(&wish).await?;
        let how_long = Some(HowLong::Off);
        let undo = until.map(|_| Command::Everyday(Everyday::Rest { how_long }));
        Ok(Done::at_once(effect(until)).undone_by(undo))
    }
}

fn effect(until: Option<Timestamp>) -> Phrase {
    match until {
        None => Phrase::of(EFFECT_REST_OFF),
        Some(NEVER) => Phrase::of(EFFECT_REST),
        Some(until) => {
            let year = i64::from(in_utc(until).year());
            Phrase::of(EFFECT_REST_UNTIL)
                .with("until", Arg::Date(until))
                .with("year", Arg::Number(year))
        }
    }
}

/// None where the calendar has no such time.
fn end(how_long: HowLong, now: &Zoned) -> Option<Timestamp> {
    let end = match how_long {
        HowLong::For { number, unit } => now.checked_add(span(i64::from(number), unit)).ok()?,
        HowLong::Until(day) => date(day, now.date())?
            .to_zoned(now.time_zone().clone())
            .ok()?,
        HowLong::Off => return None,
    };
    Some(Timestamp(end.timestamp().as_millisecond()))
}

fn span(number: i64, unit: Unit) -> Span {
    match unit {
        Unit::Hours => Span::new().hours(number),
        Unit::Days => Span::new().days(number),
        Unit::Weeks => Span::new().weeks(number),
        Unit::Months => Span::new().months(number),
    }
}

/// The day on which it ends, as it begins; where no year is named, the next of its kind.
fn date(day: Day, today: civil::Date) -> Option<civil::Date> {
    /// The 29th of February comes again after eight years at the latest.
    const LONGEST_WAIT: i16 = 8;
    match day {
        Day::Tomorrow => today.tomorrow().ok(),
        Day::Weekday(day) => today.nth_weekday(1, weekday(day)).ok(),
        Day::OfYear { year, month, day } => on(i16::try_from(year).ok()?, month, day),
        Day::Date { day, month } => (today.year()..=today.year() + LONGEST_WAIT)
            .filter_map(|year| on(year, month, day))
            .find(|it| *it > today),
    }
}

fn on(year: i16, month: Month, day: u8) -> Option<civil::Date> {
    civil::Date::new(year, month as i8 + 1, i8::try_from(day).ok()?).ok()
}

fn weekday(day: Weekday) -> civil::Weekday {
    match day {
        Weekday::Monday => civil::Weekday::Monday,
        Weekday::Tuesday => civil::Weekday::Tuesday,
        Weekday::Wednesday => civil::Weekday::Wednesday,
        Weekday::Thursday => civil::Weekday::Thursday,
        Weekday::Friday => civil::Weekday::Friday,
        Weekday::Saturday => civil::Weekday::Saturday,
        Weekday::Sunday => civil::Weekday::Sunday,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    /// Monday 2 March 2026, 9:00 UTC.
    const MORNING: Timestamp = Timestamp(1_772_442_000_000);

    #[test]
    fn a_rest_ends_when_people_mean_it() {
        for (said, ends) in [
            ("rest 2 hours", "2026-03-02 11:00"),
            ("rest a week", "2026-03-09 09:00"),
            ("rest 1 month", "2026-04-02 09:00"),
            ("rest 1000 months", "2109-07-02 09:00"),
            ("rest until tomorrow", "2026-03-03 00:00"),
            ("rest until Monday", "2026-03-09 00:00"),
            ("rest until Friday", "2026-03-06 00:00"),
            ("rest until 2 March", "2027-03-02 00:00"),
            ("rest until 3 March", "2026-03-03 00:00"),
            ("rest until 29 February", "2028-02-29 00:00"),
            ("rest until 2030-01-31", "2030-01-31 00:00"),
        ] {
            let Ok(Command::Everyday(Everyday::Rest { how_long: Some(it) })) = Command::read(said)
            else {
                panic!("{said}");
            };
            let end = end(it, &in_utc(MORNING)).unwrap();
            assert_eq!(
                in_utc(end).strftime("%Y-%m-%d %H:%M").to_string(),
                ends,
                "{said}"
            );
        }
    }
}
