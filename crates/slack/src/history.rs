//! What stands in a channel: to find out whether a message of ours arrived, and to hear what was said while we did
//! not listen. **Invariant:** what is read back goes the way of what is heard, under the same keys.

mod find;
mod gap;
mod page;

pub(crate) use find::find;
pub(crate) use gap::{Read, catch_up};
