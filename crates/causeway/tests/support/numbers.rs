//! Numbered messages: said by the hundred, and counted where they must arrive.

use std::time::{Duration, SystemTime};

use sandbox::rig::{Tally, percentile_ms, tally};

use super::Town;

/// Numbered messages that were said in the first group, with the time of each.
#[derive(Default)]
pub struct Numbers {
    said_at: Vec<SystemTime>,
}

impl Numbers {
    pub fn said(&self) -> usize {
        self.said_at.len()
    }

    pub fn say(&mut self, town: &Town) {
        let text = format!("#{} hello", self.said_at.len());
        self.said_at.push(SystemTime::now());
        town.says(0, text.as_str());
    }

    pub fn say_all(&mut self, town: &Town, count: usize) {
        (0..count).for_each(|_| self.say(town));
    }

    /// So many each second, as people would.
    pub async fn say_steadily(&mut self, town: &Town, count: usize, per_second: u32) {
        let mut beat = tokio::time::interval(Duration::from_secs(1) / per_second);
        for _ in 0..count {
            beat.tick().await;
            self.say(town);
        }
    }

    pub fn tally_in_group(&self, town: &Town, group: usize) -> Tally {
        self.tally(&in_group(town, group))
    }

    /// Each time it came: a mailbox keeps all, also under one Message-ID.
    pub fn tally_in_mailbox(&self, town: &Town, person: &str) -> Tally {
        self.tally(&in_mailbox(town, person))
    }

    pub fn have_come_to_group(&self, town: &Town, group: usize) -> bool {
        town.rig.telegram.log_len(town.groups[group]) >= self.said()
            && self.tally_in_group(town, group).lost == 0
    }

    pub fn have_come_to(&self, town: &Town, person: &str) -> bool {
        town.rig.mail.received() >= self.said() as u64
            && self.tally_in_mailbox(town, person).lost == 0
    }

    /// 99 of 100 messages took no longer than this to the group, in milliseconds. The first ones are left out.
    pub fn p99_ms(&self, town: &Town, group: usize, skip: usize) -> f64 {
        let log = town.rig.telegram.log_of(town.groups[group]);
        let after = |it: &sandbox::telegram::Logged| {
            let number = number(&it.text);
            let said = self.said_at[number];
            (number >= skip).then(|| it.received_at.duration_since(said).unwrap_or_default())
        };
        let mut times: Vec<Duration> = log.iter().filter_map(after).collect();
        times.sort_unstable();
        percentile_ms(&times, 99)
    }

    fn tally(&self, seen: &[usize]) -> Tally {
        let expected: Vec<usize> = (0..self.said()).collect();
        tally(&expected, seen)
    }
}

fn in_group(town: &Town, group: usize) -> Vec<usize> {
    let log = town.rig.telegram.log_of(town.groups[group]);
    log.iter().map(|it| number(&it.text)).collect()
}

pub fn in_mailbox(town: &Town, person: &str) -> Vec<usize> {
    let log = town.rig.mail.log_of(person);
    log.iter().map(|it| number(&it.first_line)).collect()
}

/// From `Ana (Telegram): #17 hello`.
pub fn number(text: &str) -> usize {
    let (_, rest) = text.split_once('#').unwrap();
    rest.split_whitespace().next().unwrap().parse().unwrap()
}
