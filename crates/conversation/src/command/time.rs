//! How long something lasts, as people say it: `2 weeks`, `until Monday`.
//!
//! **Invariant:** the words are kept, not a time: which moment they mean is found where a clock is.

#[cfg(any(test, feature = "arbitrary"))]
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use words::{PARAM_HOW_LONG, Sentence};

use super::{kind::Value, value::bare};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HowLong {
    For {
        number: u32,
        unit: Unit,
    },
    Until(Day),
    /// It ends now.
    Off,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Day {
    Tomorrow,
    Weekday(Weekday),
    /// The next of its kind. Each month has so many days.
    Date {
        day: u8,
        month: Month,
    },
    OfYear {
        year: u16,
        month: Month,
        day: u8,
    },
}

/// Its words are the names, in the order of their variants.
macro_rules! named {
    ($name:ident: $($variant:ident $word:literal),+) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($variant),+ }

        worded!($name { $($variant = $word),+ });
    };
}

named!(Unit: Hours "hours", Days "days", Weeks "weeks", Months "months");
named!(Weekday: Monday "monday", Tuesday "tuesday", Wednesday "wednesday", Thursday "thursday", Friday "friday",
    Saturday "saturday", Sunday "sunday");
named!(Month: January "january", February "february", March "march", April "april", May "may", June "june", July "july",
    August "august", September "september", October "october", November "november", December "december");

const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
];
/// Nobody rests for longer, and nothing is counted beyond it.
const MOST: u32 = 1000;

impl HowLong {
    /// Whether it may be one that goes on so: `2`, `2weeks`, `two`, `for`, `until`, and neither `of` nor `assured`.
    pub(super) fn begins(word: &str) -> bool {
        const WORDS: &[&str] = &[
            "a", "an", "for", "till", "until", "off", "on", "today", "tomorrow", "now",
        ];
        let word = bare(word);
        word.starts_with(|it: char| it.is_ascii_digit())
            || WORDS.contains(&word.as_str())
            || NUMBERS.contains(&word.as_str())
    }
}

impl Value for HowLong {
    const ABOUT: Sentence = PARAM_HOW_LONG;
    const IS_LONG: bool = true;

    fn read(text: &str) -> Option<HowLong> {
        let said: Vec<String> = text.split_whitespace().map(bare).collect();
        let words: Vec<&str> = said.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["off" | "over"] => Some(HowLong::Off),
            ["until" | "till" | "til", day @ ..] => Day::read(day).map(HowLong::Until),
            ["for", words @ ..] => stretch(words),
            words => stretch(words),
        }
    }

    fn write(&self) -> String {
        match self {
            HowLong::For { number, unit } => format!("{number} {}", unit.as_str()),
            HowLong::Until(day) => format!("until {}", day.write()),
            HowLong::Off => "off".to_owned(),
        }
    }

    #[cfg(any(test, feature = "arbitrary"))]
    fn any() -> BoxedStrategy<HowLong> {
        let number = (1..=MOST, prop::sample::select(Unit::ALL.to_vec()));
        prop_oneof![
            number.prop_map(|(number, unit)| HowLong::For { number, unit }),
            Day::any().prop_map(HowLong::Until),
            Just(HowLong::Off),
        ]
        .boxed()
    }
}

/// `2 weeks`, `two weeks`, `a week`, `2weeks`, `2w`
fn stretch(words: &[&str]) -> Option<HowLong> {
    let (number, unit) = match words {
        [number, unit] => (counted(number)?, unit.to_owned()),
        [both] => {
            let unit = both.trim_start_matches(|it: char| it.is_ascii_digit());
            (both.strip_suffix(unit)?.parse().ok()?, unit)
        }
        _ => return None,
    };
    let is_so = |it: &Unit| {
        let name = it.as_str();
        !unit.is_empty()
            && (unit == &name[..1] && unit != "m"
                || unit == name
                || unit == &name[..name.len() - 1])
    };
    let unit = Unit::ALL.into_iter().find(is_so)?;
    (1..=MOST)
        .contains(&number)
        .then_some(HowLong::For { number, unit })
}

fn counted(word: &str) -> Option<u32> {
    if matches!(word, "a" | "an") {
        return Some(1);
    }
    let place = NUMBERS.iter().zip(1..).find(|it| *it.0 == word);
    place.map_or_else(|| word.parse().ok(), |it| Some(it.1))
}

impl Day {
    fn read(words: &[&str]) -> Option<Day> {
        match words {
            ["tomorrow"] => Some(Day::Tomorrow),
            ["next", day] => weekday(day),
            [one] => weekday(one).or_else(|| of_year(one)),
            [one, other] => date(one, other).or_else(|| date(other, one)),
            _ => None,
        }
    }

    fn write(self) -> String {
        match self {
            Day::Tomorrow => "tomorrow".to_owned(),
            Day::Weekday(day) => day.as_str().to_owned(),
            Day::Date { day, month } => format!("{day} {}", month.as_str()),
            Day::OfYear { year, month, day } => format!("{year}-{:02}-{day:02}", month as u8 + 1),
        }
    }

    #[cfg(any(test, feature = "arbitrary"))]
    fn any() -> BoxedStrategy<Day> {
        let date = (
            2000..2100u16,
            prop::sample::select(Month::ALL.to_vec()),
            1..=31u8,
        );
        let is_one = |it: &(u16, Month, u8)| it.2 <= it.1.days(it.0);
        let date = date.prop_filter("in the calendar", is_one);
        prop_oneof![
            Just(Day::Tomorrow),
            prop::sample::select(Weekday::ALL.to_vec()).prop_map(Day::Weekday),
            date.clone()
                .prop_map(|(_, month, day)| Day::Date { day, month }),
            date.prop_map(|(year, month, day)| Day::OfYear { year, month, day }),
        ]
        .boxed()
    }
}

impl Month {
    fn days(self, year: u16) -> u8 {
        let is_leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        match self {
            Month::February if is_leap => 29,
            Month::February => 28,
            Month::April | Month::June | Month::September | Month::November => 30,
            _ => 31,
        }
    }
}

/// In full or by its first letters, of which three tell each apart.
fn begins_name(word: &str, name: &str) -> bool {
    word.len() >= 3 && name.starts_with(word)
}

fn weekday(word: &str) -> Option<Day> {
    let day = Weekday::ALL
        .into_iter()
        .find(|it| begins_name(word, it.as_str()));
    day.map(Day::Weekday)
}

/// `24 December`, `December 24th`
fn date(day: &str, month: &str) -> Option<Day> {
    const LEAP: u16 = 2000;
    let month = Month::ALL
        .into_iter()
        .find(|it| begins_name(month, it.as_str()))?;
    let number = day.trim_end_matches(|it: char| it.is_ascii_alphabetic());
    let is_day = ["", "st", "nd", "rd", "th"].contains(&&day[number.len()..]);
    let day = number
        .parse()
        .ok()
        .filter(|it| (1..=month.days(LEAP)).contains(it));
    Some(Day::Date {
        day: day.filter(|_| is_day)?,
        month,
    })
}

/// `2026-12-24`
fn of_year(word: &str) -> Option<Day> {
    let parts: Vec<&str> = word.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return None;
    };
    let year: u16 = year.parse().ok().filter(|it| (2000..2100).contains(it))?;
    let month = month.parse::<usize>().ok()?.checked_sub(1)?;
    let month = *Month::ALL.get(month)?;
    let day = day
        .parse()
        .ok()
        .filter(|it| (1..=month.days(year)).contains(it))?;
    Some(Day::OfYear { year, month, day })
}
