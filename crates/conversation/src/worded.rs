//! Kinds that stand as words in rows and on pages.

/// The words of an enum, in the order of its variants: each of them, all, and the way back.
macro_rules! worded {
    ($name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $name {
            pub const ALL: [$name; [$($word),+].len()] = [$($name::$variant),+];

            /// As it stands in the database and on pages.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($name::$variant => $word),+
                }
            }

            pub fn parse(text: &str) -> Option<$name> {
                $name::ALL.into_iter().find(|it| it.as_str() == text)
            }
        }
    };
}
