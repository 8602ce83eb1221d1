//! What every stand-in is made of: a state behind a lock that can be waited on (`stand`), what is kept for those who
//! measure and who check (`kept`), switches for what can go wrong (`trouble`, `board`), and the HTTP side up to where a
//! platform differs (`connection`, `forms`, `params`, `shell`). A stand-in brings its state, its methods, and what its
//! people see and do.

/// Ends with an error where something is so that it cannot go on.
macro_rules! refuse {
    ($when:expr => $error:expr) => {
        if $when {
            return Err($error.into());
        }
    };
}

/// What people see of something: its fields, each with how it is made of the state, and `of` to make it.
macro_rules! view {
    (
        $(#[$about:meta])*
        pub struct $name:ident($($given:ident: $of:ty),*) {
            $(let $local:ident = $made:expr;)*
            $($(#[$doc:meta])* pub $field:ident: $kind:ty = $value:expr,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        pub struct $name {
            $($(#[$doc])* pub $field: $kind,)*
        }

        impl $name {
            pub(crate) fn of($($given: $of),*) -> $name {
                $(let $local = $made;)*
                $name { $($field: $value,)* }
            }
        }
    };
}

mod board;
mod connection;
pub(crate) mod forms;
mod kept;
pub(crate) mod kinds;
pub(crate) mod params;
pub(crate) mod shell;
mod shelved;
mod stand;
mod trouble;
mod verdict;

pub(crate) use board::{Faults, Limit, Refused, Troubles, troubles};
pub(crate) use connection::Scissors;
pub(crate) use kept::{Kit, State, World};
pub use kept::{Observer, Strictness};
pub(crate) use params::Fields;
pub use shell::FileFault;
pub use shelved::Shelved;
pub(crate) use stand::{Stand, WeakStand};
pub use trouble::{Broken, ServerError};
pub(crate) use trouble::{Pace, strikes, until, whole_seconds};
pub(crate) use verdict::{Act, Verdict};

/// Unix milliseconds.
pub(crate) fn now_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::SystemTime::UNIX_EPOCH);
    since.map_or(0, |it| i64::try_from(it.as_millis()).unwrap_or(i64::MAX))
}

/// The first line of a text, as a reply shows of what it answers.
pub(crate) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 80;
    let line = text.lines().next().unwrap_or("");
    line.chars().take(LONGEST).collect()
}
