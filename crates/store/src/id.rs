//! Ids of ours: 13 letters and digits that sort as the times at which they were made, so that rows of one time lie together.
//!
//! **Invariant:** within a process each is another one; of two processes in one millisecond, chance keeps them apart, and a key
//! that is taken already is refused by the database and made anew.

use std::sync::{LazyLock, Mutex};

use conversation::Timestamp;
use uuid::Uuid;

/// In the order of their codes; without those that look alike.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// For milliseconds until the year 3084.
const TIME: usize = 9;
const REST: usize = 4;
const RESTS: u64 = 1 << (5 * REST);

/// Made from the time that was handed in, never from a clock.
pub(crate) fn new_id(now: Timestamp) -> String {
    // Those of one millisecond count up, until the count begins anew after hundreds of thousands.
    static NEXT: LazyLock<Mutex<u64>> = LazyLock::new(|| Mutex::new(chance() % (RESTS / 4)));
    let rest = {
        let mut next = NEXT.lock().expect("no panic under this lock");
        *next = (*next + 1) % RESTS;
        *next
    };
    let millis = u64::try_from(now.0).unwrap_or(0);
    digits(millis, TIME) + &digits(rest, REST)
}

/// For a community: 40 bits of chance.
pub(crate) fn short_id() -> String {
    digits(chance(), 8)
}

fn chance() -> u64 {
    Uuid::new_v4().as_u64_pair().1
}

/// The last so many digits of a number.
fn digits(number: u64, how_many: usize) -> String {
    let digit = |at: usize| char::from(DIGITS[(number >> (5 * at) & 31) as usize]);
    (0..how_many).rev().map(digit).collect()
}

/// What somebody says yes with: 20 bits of chance.
pub fn fresh_code() -> String {
    digits(chance(), 4).to_uppercase()
}

/// What is shown to somebody to be said elsewhere: 40 bits of chance.
pub fn fresh_secret() -> String {
    secret_of(chance())
}

pub(crate) fn secret_of(number: u64) -> String {
    digits(number, 8).to_uppercase()
}

/// For signing: 244 bits of chance.
pub fn fresh_key() -> String {
    format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_as_their_times_and_are_never_the_same() {
        let times = [0, 1, 31, 32, 1_774_000_000_000, 1_774_000_000_001];
        let ids: Vec<_> = times.map(|it| new_id(Timestamp(it))).to_vec();
        assert!(ids.is_sorted(), "{ids:?}");
        assert!(ids.iter().all(|it| it.len() == 13));
        let many: std::collections::HashSet<_> =
            (0..100_000).map(|_| new_id(Timestamp(7))).collect();
        assert_eq!(many.len(), 100_000);
    }
}
