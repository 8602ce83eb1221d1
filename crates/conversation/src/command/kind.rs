//! How a command holds what it is given: one value, perhaps one, several, or a word that is there or not.
//!
//! **Invariant:** what is written is read as the same.

#[cfg(any(test, feature = "arbitrary"))]
use proptest::prelude::*;

use words::{PARAM_ACCOUNT, PARAM_CHANNEL, PARAM_FLAG, Sentence};

use super::{fault::Fault, verb::Holds};
use crate::{AccountRef, ChannelRef};

/// A value that stands in one text.
pub(super) trait Value: Sized {
    /// What belongs there.
    const ABOUT: Sentence;
    /// All that there are, where they are few.
    const CHOICES: &'static [&'static str] = &[];
    /// Of several words, which end the line.
    const IS_LONG: bool = false;

    fn read(text: &str) -> Option<Self>;
    fn write(&self) -> String;

    #[cfg(any(test, feature = "arbitrary"))]
    fn any() -> BoxedStrategy<Self>;
}

/// What stands in a field.
pub(super) trait Kind: Sized {
    const HOLDS: Holds;
    const ABOUT: Sentence;
    const CHOICES: &'static [&'static str] = &[];
    const IS_LONG: bool = false;

    fn read(texts: &[String]) -> Option<Self>;
    fn write(&self) -> Vec<String>;

    #[cfg(any(test, feature = "arbitrary"))]
    fn any() -> BoxedStrategy<Self>;
}

impl<V: Value> Kind for V {
    const HOLDS: Holds = Holds::One;
    const ABOUT: Sentence = V::ABOUT;
    const CHOICES: &'static [&'static str] = V::CHOICES;
    const IS_LONG: bool = V::IS_LONG;

    fn read(texts: &[String]) -> Option<V> {
        match texts {
            [text] => V::read(text),
            _ => None,
        }
    }

    fn write(&self) -> Vec<String> {
        vec![V::write(self)]
    }

    #[cfg(any(test, feature = "arbitrary"))]
    fn any() -> BoxedStrategy<V> {
        V::any()
    }
}

impl<V: Value + std::fmt::Debug + 'static> Kind for Option<V> {
    const HOLDS: Holds = Holds::OneOrNone;
    const ABOUT: Sentence = V::ABOUT;
    const CHOICES: &'static [&'static str] = V::CHOICES;
    const IS_LONG: bool = V::IS_LONG;

    fn read(texts: &[String]) -> Option<Option<V>> {
        match texts {
            [] => Some(None),
            [text] => V::read(text).map(Some),
            _ => None,
        }
    }

    fn write(&self) -> Vec<String> {
        self.iter().map(V::write).collect()
    }

    #[cfg(any(test, feature = "arbitrary"))]
    fn any() -> BoxedStrategy<Option<V>> {
        prop::option::of(V::any()).boxed()
    }
}

impl<V: Value + std::fmt::Debug + 'static> Kind for Vec<V> {
    const HOLDS: Holds = Holds::Many;
    const ABOUT: Sentence = V::ABOUT;

    fn read(texts: &[String]) -> Option<Vec<V>> {
        texts.iter().map(|it| V::read(it)).collect()
    }

    fn write(&self) -> Vec<String> {
        self.iter().map(V::write).collect()
    }

    #[cfg(any(test, feature = "arbitrary"))]
    fn any() -> BoxedStrategy<Vec<V>> {
        prop::collection::vec(V::any(), 0..4).boxed()
    }
}

impl Kind for bool {
    const HOLDS: Holds = Holds::Flag;
    const ABOUT: Sentence = PARAM_FLAG;

    fn read(texts: &[String]) -> Option<bool> {
        match texts {
            [] => Some(false),
            [text] => match text.to_lowercase().as_str() {
                "yes" | "on" | "true" => Some(true),
                "no" | "off" | "false" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    fn write(&self) -> Vec<String> {
        self.then(|| "yes".to_owned()).into_iter().collect()
    }

    #[cfg(any(test, feature = "arbitrary"))]
    fn any() -> BoxedStrategy<bool> {
        prop::bool::ANY.boxed()
    }
}

/// What was said for each field, not read yet.
#[derive(Debug, Default)]
pub(super) struct Given(pub(super) Vec<(&'static str, Vec<String>)>);

impl Given {
    pub(super) fn of(&self, field: &str) -> &[String] {
        let given = self.0.iter().find(|it| it.0 == field);
        given.map_or(&[], |it| &it.1)
    }

    pub(super) fn take<K: Kind>(&self, field: &'static str) -> Result<K, Fault> {
        let texts = self.of(field);
        match texts.is_empty() && K::HOLDS.is_needed() {
            true => Err(Fault::Missing),
            false => K::read(texts).ok_or(Fault::NotSo),
        }
    }
}

/// A platform's name and an id of its own: phones begin lines with a capital, and no id ends in a full stop.
fn halves(text: &str) -> Option<(String, String)> {
    let (platform, id) = text.trim().trim_end_matches(['.', ',']).split_once(':')?;
    let is_name = |it: char| it.is_ascii_alphanumeric() || it == '-';
    let is_platform = !platform.is_empty() && platform.chars().all(is_name);
    let is_id = !id.is_empty() && !id.contains(|it: char| it.is_whitespace() || it.is_control());
    (is_platform && is_id).then(|| (platform.to_lowercase(), id.to_owned()))
}

macro_rules! halved {
    ($($type:ident, $id:ident, $about:ident, $any:literal;)*) => {$(
        impl Value for $type {
            const ABOUT: Sentence = $about;

            fn read(text: &str) -> Option<$type> {
                let (platform, id) = halves(text)?;
                Some($type { platform: platform.into(), $id: id.into() })
            }

            fn write(&self) -> String {
                self.to_string()
            }

            #[cfg(any(test, feature = "arbitrary"))]
            fn any() -> BoxedStrategy<$type> {
                let halves = ("[a-z][a-z0-9-]{0,8}", $any);
                let of = |(platform, id): (String, String)| $type {
                    platform: platform.into(),
                    $id: id.into(),
                };
                halves.prop_map(of).boxed()
            }
        }
    )*};
}

halved! {
    ChannelRef, id, PARAM_CHANNEL, "[-!-~«»“”é]{0,20}[-a-zA-Z0-9@/:=\"”'é]";
    AccountRef, account, PARAM_ACCOUNT, "[-!-~«»“”é]{0,20}[-a-zA-Z0-9@/:=\"”'é]";
}
