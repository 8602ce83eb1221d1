//! What somebody is in a community, as a set.

use super::{choices::Office, kind::Value};

/// All that somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Offices(u8);

impl Office {
    pub fn word(self) -> &'static str {
        Self::CHOICES[self as usize]
    }

    /// None of those that a newer version knows.
    pub fn named(word: &str) -> Option<Office> {
        <Office as Value>::read(word)
    }

    pub fn is_above(self, other: Office) -> bool {
        (self as u8) < (other as u8)
    }

    /// Whoever has it looks after the community.
    pub fn is_of_staff(self) -> bool {
        !Office::Staff.is_above(self)
    }
}

impl Offices {
    #[must_use]
    pub fn with(self, office: Office) -> Offices {
        Offices(self.0 | 1 << office as u8)
    }

    pub fn has(self, office: Office) -> bool {
        self.0 & 1 << office as u8 != 0
    }

    pub fn is_of_staff(self) -> bool {
        [Office::Owner, Office::Steward, Office::Staff]
            .into_iter()
            .any(|it| self.has(it))
    }

    /// Nobody of staff gives what is above all that they are.
    pub fn may_give(self, office: Office) -> bool {
        let highest = [Office::Owner, Office::Steward, Office::Staff];
        let highest = highest.into_iter().find(|it| self.has(*it));
        highest.is_some_and(|it| !office.is_above(it))
    }
}

impl FromIterator<Office> for Offices {
    fn from_iter<I: IntoIterator<Item = Office>>(all: I) -> Offices {
        all.into_iter().fold(Offices::default(), Offices::with)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn nobody_gives_more_than_they_are() {
        let all = || Office::CHOICES.iter().map(|it| Office::named(it).unwrap());
        for own in all() {
            for given in all() {
                let may = Offices::default().with(own).may_give(given);
                let expected = own.is_of_staff() && !given.is_above(own);
                assert_eq!(may, expected, "{own:?} gives {given:?}");
            }
            assert_eq!(
                Offices::default().with(own).is_of_staff(),
                own.is_of_staff()
            );
            assert_eq!(Office::named(own.word()), Some(own));
        }
        assert!(!Offices::default().may_give(Office::Observer));
    }
}
