//! How the commands about one thing are written down: a line for each.
//!
//! What is given stands in braces, each as the field that it becomes; what is said with its name, as in `most-parts=3`, is
//! marked so. Behind the colon stands who may say it, whether it reads or changes, and the sentence that tells of it.

use super::{fault::Fault, kind::Given, verb::Noun, verb::Verb};

/// The commands about one thing.
pub(super) trait Commands: Sized {
    const NOUN: Noun;

    /// Of one of its own.
    fn read(verb: &Verb, given: &Given) -> Result<Self, Fault>;

    fn write(&self) -> (&'static str, Given);
}

macro_rules! noun {
    (
        $(#[$doc:meta])*
        $noun:ident $name:literal $(| $other:literal)*: $told:ident;
        $(
            $verb:ident $words:literal $(| $also:literal)*
            $({ $($(#[$keyed:ident])? $field:ident: $type:ty),* })?:
            $who:ident $effect:ident $about:ident $(, $mark:ident)*;
        )*
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, ::serde::Serialize, ::serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $noun {
            $($verb $({ $($field: $type),* })?,)*
        }

        impl $crate::command::noun::Commands for $noun {
            const NOUN: $crate::command::Noun = $crate::command::Noun {
                name: $name,
                also: &[$($other),*],
                about: ::words::$told,
                verbs: &[$($crate::command::Verb {
                    words: $words,
                    also: &[$($also),*],
                    params: &[$($($crate::command::Param {
                        field: stringify!($field),
                        holds: <$type as $crate::command::kind::Kind>::HOLDS,
                        about: <$type as $crate::command::kind::Kind>::ABOUT,
                        choices: <$type as $crate::command::kind::Kind>::CHOICES,
                        is_keyed: !<[&str]>::is_empty(&[$(stringify!($keyed))?]),
                        is_long: <$type as $crate::command::kind::Kind>::IS_LONG,
                        takes: |it| <$type as $crate::command::kind::Kind>::read(it).is_some(),
                    }),*)?],
                    who: $crate::command::Who::$who,
                    effect: $crate::command::Effect::$effect,
                    about: ::words::$about,
                    marks: &[$($crate::command::verb::Mark::$mark),*],
                }),*],
            };

            #[allow(unused_variables, reason = "not all are given something")]
            fn read(
                verb: &$crate::command::Verb,
                given: &$crate::command::kind::Given,
            ) -> Result<$noun, $crate::command::Fault> {
                match verb.words {
                    $($words => Ok($noun::$verb $({
                        $($field: given.take(stringify!($field))?),*
                    })?),)*
                    _ => Err($crate::command::Fault::NoSuchCommand),
                }
            }

            fn write(&self) -> (&'static str, $crate::command::kind::Given) {
                match self {
                    $($noun::$verb $({ $($field),* })? => ($words, $crate::command::kind::Given(vec![
                        $($((stringify!($field), $crate::command::kind::Kind::write($field))),*)?
                    ])),)*
                }
            }
        }

        #[cfg(any(test, feature = "arbitrary"))]
        impl $noun {
            pub(super) fn any() -> ::proptest::strategy::BoxedStrategy<$noun> {
                use proptest::prelude::*;
                proptest::strategy::Union::new([$(
                    (Just(()), $($(<$type as $crate::command::kind::Kind>::any()),*)?)
                        .prop_map(|((), $($($field),*)?)| $noun::$verb $({ $($field),* })?)
                        .boxed()
                ),*]).boxed()
            }
        }
    };
}
