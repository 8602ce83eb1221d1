//! What people say to the bridge: one grammar for all the ways in which it is said.
//!
//! A command is a noun and a verb with what they are given, as in `room link spring chat:42`, or plain words, as in `rest 2
//! weeks`. It is typed as a line, stands in a mail, is chosen from a tree of names and options, or comes from a terminal.
//!
//! **Invariant:** whatever is written in one of these ways is read in it as the same command. What is no command says what is
//! like it, and changes nothing. No other place knows words of commands.

use serde::{Deserialize, Serialize};

mod kind;
mod verb;
#[macro_use]
mod noun;

mod argv;
mod audit;
mod choices;
mod fault;
mod fill;
mod help;
mod mail;
mod speech;
mod thing;
mod time;
mod tokens;
mod tree;
mod typed;
mod unknown;
mod value;

mod community;
mod config;
mod dead;
mod everyday;
mod held;
mod link;
mod me;
mod member;
mod office;
mod role;
mod room;
mod status;
mod thread;

pub use audit::Audit;
pub use choices::{Aim, FirstMessages, MentionedBy, Office, Switch, Tongue, YesOrNo};
pub use community::Community;
pub use config::Config;
pub use dead::Dead;
pub use everyday::Everyday;
pub use fault::{Fault, Unknown};
pub use held::Held;
pub use help::{help, help_lines, topics};
pub use link::Link;
pub use me::Me;
pub use member::Member;
pub use office::Offices;
pub use role::Role;
pub use room::Room;
pub use status::Status;
pub use thing::{Thing, fitting};
pub use thread::Thread;
pub use time::{Day, HowLong, Month, Unit, Weekday};
pub use tree::Chosen;
pub use value::{Code, Door, Id, MostParts, Name, Topic, Which};
pub use verb::{Effect, Holds, Noun, Param, Verb, Who, verbs};

use kind::Given;
use noun::Commands;

macro_rules! commands {
    ($($noun:ident),*) => {
        /// What can be said. Rows hold it: no name of these is ever changed.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Command {
            $($noun($noun)),*
        }

        /// In the order in which help tells of them.
        pub const NOUNS: &[Noun] = &[$($noun::NOUN),*];

        impl Command {
            fn build(verb: &Verb, given: &Given) -> Result<Command, Fault> {
                $(if $noun::NOUN.verbs.contains(verb) {
                    return $noun::read(verb, given).map(Command::$noun);
                })*
                Err(Fault::NoSuchCommand)
            }

            fn given(&self) -> (&'static Verb, Given) {
                let (noun, (words, given)) = match self {
                    $(Command::$noun(it) => ($noun::NOUN, it.write())),*
                };
                let verb = noun.verbs.iter().find(|it| it.words == words);
                (verb.expect("each is in its noun's table"), given)
            }

            #[cfg(any(test, feature = "arbitrary"))]
            pub fn any() -> impl proptest::strategy::Strategy<Value = Command> {
                use proptest::prelude::*;
                proptest::strategy::Union::new([$($noun::any().prop_map(Command::$noun).boxed()),*])
            }
        }
    };
}

commands!(
    Everyday, Me, Status, Room, Link, Member, Held, Dead, Thread, Role, Audit, Community, Config
);

/// That is called so.
pub fn noun(name: &str) -> Option<&'static Noun> {
    NOUNS
        .iter()
        .find(|it| !it.name.is_empty() && it.is_called(name))
}

impl Command {
    pub fn verb(&self) -> &'static Verb {
        self.given().0
    }

    /// Of a line that is meant for the bridge.
    pub fn read(line: &str) -> Result<Command, Unknown> {
        typed::read(line)
    }

    /// It holds a code that was shown to one person and is good once: no row is to hold it, and nobody else to read it.
    pub fn holds_a_secret(&self) -> bool {
        let Command::Everyday(it) = self else {
            return false;
        };
        matches!(
            it,
            Everyday::Owner { .. } | Everyday::Connect { code: Some(_) }
        )
    }

    /// As it is typed.
    pub fn line(&self) -> String {
        typed::write(self)
    }

    /// Of what was chosen from a tree.
    pub fn of_chosen(chosen: &Chosen) -> Result<Command, Unknown> {
        tree::read(chosen)
    }

    pub fn chosen(&self) -> Chosen {
        tree::write(self)
    }

    /// Of a terminal's words, without the program's name.
    pub fn of_argv(argv: &[String]) -> Result<Command, Unknown> {
        argv::read(argv)
    }

    /// Of a line that a shell would make them of.
    pub fn of_shell(line: &str) -> Result<Command, Unknown> {
        argv::of_shell(line)
    }

    pub fn argv(&self) -> Vec<String> {
        argv::write(self)
    }
}

/// The line of a mail to the bridge that may be a command: its first, or the subject where nothing stands in it.
pub fn line_of_mail<'a>(subject: &'a str, text: &'a str) -> Option<&'a str> {
    mail::line(subject, text)
}

/// Whether a mail to all is a command and nothing else, which nobody else is to read.
pub fn is_mail_for_us(subject: &str, text: &str) -> bool {
    mail::is_for_us(subject, text)
}

/// Of a message that begins with a slash, where others listen: what is for the bridge, without the slash and the program's
/// name. None is what somebody says to all.
pub fn behind_slash(text: &str) -> Option<&str> {
    speech::behind_slash(text)
}

/// Whether a line behind a slash, without it, is meant for the bridge where others listen.
pub fn is_command(line: &str) -> bool {
    speech::is_command(line)
}

#[cfg(test)]
mod tests;
