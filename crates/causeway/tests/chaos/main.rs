//! The bridge is killed again and again in the middle of its work, and its connections to the database are cut. What its
//! people lose: nothing. `CAUSEWAY_TEST_KILLS=whole` does all of it, without it a tenth.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../support/mod.rs"]
mod support;

mod bursts;
mod crowd;
mod kills;
mod list;

/// So many of the whole.
fn kills(whole: usize) -> usize {
    match std::env::var("CAUSEWAY_TEST_KILLS").as_deref() {
        Ok("whole") => whole,
        Ok(other) => panic!("CAUSEWAY_TEST_KILLS is {other:?}: it can be \"whole\""),
        Err(_) => whole.div_ceil(10),
    }
}
