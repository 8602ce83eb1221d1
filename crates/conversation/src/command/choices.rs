//! What commands are given of which there are a few: each by its word, and by whatever else people write for it.

use std::str::FromStr;

#[cfg(any(test, feature = "arbitrary"))]
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use words::{
    Language, PARAM_AIM, PARAM_FIRST_MESSAGES, PARAM_LANGUAGE, PARAM_MENTIONED_BY, PARAM_OFFICE,
    PARAM_SWITCH, PARAM_YES_OR_NO, Sentence,
};

use super::{
    kind::Value,
    value::{NotSo, bare},
};

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident, $about:ident { $($variant:ident = $word:literal $(| $also:literal)*),+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($variant),+ }

        impl FromStr for $name {
            type Err = NotSo;

            fn from_str(text: &str) -> Result<$name, NotSo> {
                <$name as Value>::read(text).ok_or(NotSo($about))
            }
        }

        impl Value for $name {
            const ABOUT: Sentence = $about;
            const CHOICES: &'static [&'static str] = &[$($word),+];

            fn read(text: &str) -> Option<$name> {
                match bare(text).as_str() {
                    $($word $(| $also)* => Some($name::$variant),)+
                    _ => None,
                }
            }

            fn write(&self) -> String {
                match self { $($name::$variant => $word.to_owned()),+ }
            }

            #[cfg(any(test, feature = "arbitrary"))]
            fn any() -> BoxedStrategy<$name> {
                prop::sample::select(vec![$($name::$variant),+]).boxed()
            }
        }
    };
}

choice! {
    Switch, PARAM_SWITCH { On = "on", Off = "off" }
}

choice! {
    YesOrNo, PARAM_YES_OR_NO { Yes = "yes", No = "no" }
}

choice! {
    /// What somebody agrees to, or not: each by itself.
    Aim, PARAM_AIM { Relay = "relay", Metrics = "metrics", Pulse = "pulse", Stories = "stories" }
}

choice! {
    /// Whether what somebody says first in a room waits until they agreed that it goes on.
    FirstMessages, PARAM_FIRST_MESSAGES { Wait = "wait", Go = "go" }
}

choice! {
    /// What a mention of somebody elsewhere becomes on their other platforms.
    MentionedBy, PARAM_MENTIONED_BY { Account = "account", Name = "name" }
}

choice! {
    /// A language that the bridge speaks, as those call it who speak it.
    Tongue, PARAM_LANGUAGE {
        English = "english" | "en" | "inglés" | "ingles",
        Spanish = "español" | "es" | "espanol" | "spanish",
        Communitys = "default"
    }
}

impl Tongue {
    /// None is the community's.
    pub fn language(self) -> Option<Language> {
        match self {
            Tongue::English => Some(Language::ENGLISH),
            Tongue::Spanish => Some(Language::SPANISH),
            Tongue::Communitys => None,
        }
    }

    pub fn of(language: Option<Language>) -> Tongue {
        match language {
            None => Tongue::Communitys,
            Some(Language::SPANISH) => Tongue::Spanish,
            Some(_) => Tongue::English,
        }
    }
}

choice! {
    /// What somebody may be in a community, the highest first.
    Office, PARAM_OFFICE {
        Owner = "owner",
        Steward = "steward",
        Staff = "staff",
        Trainer = "trainer",
        Catalyst = "catalyst",
        Participant = "participant",
        Observer = "observer"
    }
}

impl Aim {
    pub fn word(self) -> String {
        Value::write(&self)
    }
}
