//! One conversation within a room.

use super::value::Id;

noun! {
    Thread "thread": HELP_THREAD;
    Show "thread show" { message: Id }: Staff Reads HELP_THREAD_SHOW;
}
