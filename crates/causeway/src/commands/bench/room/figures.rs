//! What the bench found, for each place and for all of them.

use std::time::{Duration, SystemTime};

use sandbox::rig::{self, Tally, per_second, percentile_ms, rounded};
use serde::Serialize;

use super::places::{SIDES, Side};
use super::{COLD, Seen, source};
use crate::{output, table};

/// What the measured part took.
pub(super) struct Work {
    /// Until the last message was said.
    pub(super) talked: Duration,
    /// Until the last one had arrived.
    pub(super) took: Duration,
    /// Of the bridge.
    pub(super) cpu: Duration,
    pub(super) peak_kib: u64,
}

#[derive(Debug, Serialize)]
pub(super) struct Figures {
    sent: usize,
    sent_per_s: f64,
    deliveries: usize,
    deliveries_per_s: f64,
    lost: u64,
    duplicated: u64,
    out_of_order: u64,
    #[serde(flatten)]
    times: Times,
    cpu_percent: f64,
    cpu_us_per_delivery: f64,
    peak_rss_mib: f64,
    /// The same by where it arrived.
    to: Vec<Arrivals>,
}

#[derive(Debug, Serialize)]
struct Arrivals {
    place: Side,
    deliveries: usize,
    lost: u64,
    duplicated: u64,
    out_of_order: u64,
    #[serde(flatten)]
    times: Times,
}

/// From when a message stood on its own platform until it stood on the other.
#[derive(Debug, Serialize)]
struct Times {
    p50_ms: f64,
    p95_ms: f64,
    p99_ms: f64,
    max_ms: f64,
}

impl Figures {
    pub(super) fn of(said_at: &[SystemTime], windows: &[Seen], work: &Work) -> Figures {
        let (mut all, mut all_times, mut to) = (Tally::default(), Vec::new(), Vec::new());
        for place in SIDES {
            let there = windows.iter().filter(|it| it.window.place() == place);
            let (mut tally, mut times) = (Tally::default(), Vec::new());
            for seen in there {
                tally += tally_of(seen, said_at.len());
                times.extend(times_of(seen, said_at));
            }
            all += tally;
            all_times.extend_from_slice(&times);
            to.push(Arrivals::of(place, tally, times));
        }
        let (sent, deliveries) = (said_at.len() - COLD, all_times.len());
        let cpu_s = work.cpu.as_secs_f64();
        Figures {
            sent,
            sent_per_s: per_second(sent, work.talked),
            deliveries,
            deliveries_per_s: per_second(deliveries, work.took),
            lost: all.lost,
            duplicated: all.duplicated,
            out_of_order: all.out_of_order,
            times: Times::of(all_times),
            cpu_percent: rounded(100.0 * cpu_s / work.took.as_secs_f64()),
            cpu_us_per_delivery: rounded(cpu_s * 1e6 / deliveries.max(1) as f64),
            peak_rss_mib: rounded(work.peak_kib as f64 / 1024.0),
            to,
        }
    }

    pub(super) fn is_clean(&self) -> bool {
        self.lost + self.duplicated + self.out_of_order == 0
    }

    pub(super) fn show(&self, json: bool) -> anyhow::Result<()> {
        if json {
            return output::print(&serde_json::to_string(self)?);
        }
        let value = serde_json::to_value(self)?;
        let fields = value.as_object().into_iter().flatten();
        let rows = fields
            .filter(|(_, value)| !value.is_array())
            .map(|(name, value)| vec![name.clone(), value.to_string()]);
        output::print(&table::plain(&["figure", "value"], rows.collect()))?;
        output::print("\n")?;
        let header = ["to", "deliveries", "p50_ms", "p95_ms", "p99_ms", "max_ms"];
        let rows = self.to.iter().map(Arrivals::row).collect();
        output::print(&table::plain(&header, rows))
    }
}

impl Arrivals {
    fn of(place: Side, tally: Tally, times: Vec<Duration>) -> Arrivals {
        Arrivals {
            place,
            deliveries: times.len(),
            lost: tally.lost,
            duplicated: tally.duplicated,
            out_of_order: tally.out_of_order,
            times: Times::of(times),
        }
    }

    fn row(&self) -> Vec<String> {
        let times = &self.times;
        let times = [times.p50_ms, times.p95_ms, times.p99_ms, times.max_ms];
        let place = format!("{:?}", self.place).to_lowercase();
        let words = [place, self.deliveries.to_string()].into_iter();
        words.chain(times.map(|it| it.to_string())).collect()
    }
}

impl Times {
    fn of(mut times: Vec<Duration>) -> Times {
        times.sort_unstable();
        Times {
            p50_ms: percentile_ms(&times, 50),
            p95_ms: percentile_ms(&times, 95),
            p99_ms: percentile_ms(&times, 99),
            max_ms: percentile_ms(&times, 100),
        }
    }
}

/// Order is kept among what comes from one place; what two places say at once has none.
fn tally_of(seen: &Seen, said: usize) -> Tally {
    let mut all = Tally::default();
    for place in SIDES {
        let expected: Vec<usize> = seen
            .expected(said)
            .filter(|it| source(*it) == place)
            .collect();
        let numbers = seen.arrived.iter().map(|(number, _)| *number);
        let arrived: Vec<usize> = numbers.filter(|it| source(*it) == place).collect();
        all += rig::tally(&expected, &arrived);
    }
    all
}

fn times_of(seen: &Seen, said_at: &[SystemTime]) -> Vec<Duration> {
    let measured = seen.arrived.iter().filter(|(number, _)| *number >= COLD);
    let time = |(number, at): &(usize, SystemTime)| {
        let said_at = said_at.get(*number)?;
        Some(at.duration_since(*said_at).unwrap_or_default())
    };
    measured.filter_map(time).collect()
}

#[cfg(test)]
mod tests {
    use super::super::places::Window;
    use super::*;

    fn seen(window: Window, numbers: &[usize]) -> Seen {
        let arrived = numbers.iter().map(|it| (*it, SystemTime::UNIX_EPOCH));
        Seen {
            window,
            read: numbers.len(),
            arrived: arrived.collect(),
        }
    }

    fn faults(window: Window, numbers: &[usize]) -> (u64, u64, u64) {
        let tally = tally_of(&seen(window, numbers), 12);
        (tally.lost, tally.duplicated, tally.out_of_order)
    }

    #[test]
    fn what_two_places_say_may_come_in_any_order_and_what_one_says_may_not() {
        let mixed = [5, 1, 3, 2, 9, 6, 7, 10, 11];
        assert_eq!(faults(Window::Telegram, &mixed), (0, 0, 1));
        let in_line = [1, 5, 3, 2, 9, 6, 7, 10, 11];
        assert_eq!(faults(Window::Telegram, &in_line), (0, 0, 0));
    }

    #[test]
    fn what_comes_back_to_its_own_place_is_one_too_many() {
        let own = [0, 1, 2, 3, 5, 6, 7, 9, 10];
        assert_eq!(faults(Window::Telegram, &own), (1, 1, 0));
    }

    #[test]
    fn the_other_members_of_the_list_get_all_that_is_said() {
        let all: Vec<usize> = (0..12).collect();
        assert_eq!(
            faults(Window::Mailbox("eva@people.example"), &all),
            (0, 0, 0)
        );
        assert_eq!(
            faults(Window::Mailbox("bo@people.example"), &all),
            (0, 3, 0)
        );
    }
}
