//! Measuring what a bridge did, from the outside: counts that prove delivery, and times; and how often the disk under a
//! folder can sync: durable figures mean little without it.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

/// What became of numbered messages in one channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub lost: u64,
    pub duplicated: u64,
    pub out_of_order: u64,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.lost += other.lost;
        self.duplicated += other.duplicated;
        self.out_of_order += other.out_of_order;
    }
}

/// Compares what should have come, in order, with what came. A message counts as out of order if one that
/// was said after it came before it; its duplicates count once each, and never as disorder.
pub fn tally(expected: &[usize], seen: &[usize]) -> Tally {
    let mut tally = Tally::default();
    let mut is_expected = std::collections::HashMap::new();
    for (place, number) in expected.iter().enumerate() {
        is_expected.insert(*number, (place, false));
    }
    let mut furthest = None;
    for number in seen {
        match is_expected.get_mut(number) {
            None | Some((_, true)) => tally.duplicated += 1,
            Some((place, was_seen)) => {
                *was_seen = true;
                if furthest.is_some_and(|it| *place < it) {
                    tally.out_of_order += 1;
                }
                furthest = furthest.max(Some(*place));
            }
        }
    }
    let missing = is_expected
        .values()
        .filter(|(_, was_seen)| !was_seen)
        .count();
    tally.lost = missing as u64;
    tally
}

/// The nearest-rank percentile, in milliseconds; 0 of nothing.
pub fn percentile_ms(sorted: &[Duration], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted
        .get(rank - 1)
        .map_or(0.0, |it| rounded(it.as_secs_f64() * 1000.0))
}

pub fn per_second(count: usize, time: Duration) -> f64 {
    rounded(count as f64 / time.as_secs_f64().max(1e-9))
}

/// To two places, which is more than any of these figures means.
pub fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

const PROBE: Duration = Duration::from_secs(1);

/// Appends 4 KiB and syncs, again and again, for a second.
pub fn fdatasync_per_s(dir: &Path) -> io::Result<f64> {
    let path = dir.join("fdatasync-probe");
    let mut file = File::create(&path)?;
    let start = Instant::now();
    let mut n = 0;
    while start.elapsed() < PROBE {
        file.write_all(&[0; 4096])?;
        file.sync_data()?;
        n += 1;
    }
    let rate = per_second(n, start.elapsed());
    std::fs::remove_file(path)?;
    Ok(rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_in_order_is_clean() {
        assert_eq!(tally(&[1, 2, 3], &[1, 2, 3]), Tally::default());
    }

    #[test]
    fn each_fault_is_counted_as_itself() {
        let expected = [1, 2, 3, 4, 5];
        let tally = tally(&expected, &[1, 3, 2, 3, 5]);
        assert_eq!(
            tally,
            Tally {
                lost: 1,
                duplicated: 1,
                out_of_order: 1
            }
        );
    }

    #[test]
    fn percentiles_are_nearest_ranks() {
        let times: Vec<_> = (1..=100).map(Duration::from_millis).collect();
        assert_eq!(percentile_ms(&times, 50), 50.0);
        assert_eq!(percentile_ms(&times, 99), 99.0);
        assert_eq!(percentile_ms(&[], 50), 0.0);
    }
}
