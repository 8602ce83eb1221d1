//! What came where: read off the stand-ins' logs, piece by piece.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use conversation::RemoteId;
use sandbox::rig::{self, Rig};

use super::recording::{Recording, Side};
use super::stage::{READER, Stage};
use super::{Figures, add_up};

pub(super) struct Arrivals<'a> {
    rig: &'a Rig,
    stage: &'a Stage,
    recording: &'a Recording,
    said_at: Vec<SystemTime>,
    group: View,
    mailbox: View,
    /// Arrivals that are still awaited, of what was said.
    missing: usize,
}

/// One channel as its people see it.
struct View {
    /// Under which id each message stands there.
    ids: Vec<Option<RemoteId>>,
    has_come: Vec<bool>,
    /// Numbers in the order in which they came, duplicates included.
    seen: Vec<usize>,
    /// From the saying to the first arrival.
    times: Vec<Duration>,
    /// Log entries that were read.
    read: usize,
}

impl View {
    fn new(messages: usize) -> View {
        View {
            ids: vec![None; messages],
            has_come: vec![false; messages],
            seen: Vec::with_capacity(messages),
            times: Vec::with_capacity(messages),
            read: 0,
        }
    }

    /// True for the first time.
    fn arrived(&mut self, number: usize, id: RemoteId, after: Duration) -> bool {
        self.seen.push(number);
        self.ids[number].get_or_insert(id);
        let is_first = !std::mem::replace(&mut self.has_come[number], true);
        if is_first {
            self.times.push(after);
        }
        is_first
    }
}

impl<'a> Arrivals<'a> {
    pub(super) fn new(rig: &'a Rig, stage: &'a Stage, recording: &'a Recording) -> Arrivals<'a> {
        let messages = recording.messages.len();
        Arrivals {
            rig,
            stage,
            recording,
            said_at: Vec::with_capacity(messages),
            group: View::new(messages),
            mailbox: View::new(messages),
            missing: 0,
        }
    }

    /// The list carries what its own people write to its readers too.
    pub(super) fn said(&mut self, number: usize, id: RemoteId) {
        self.said_at.push(SystemTime::now());
        match self.recording.messages[number].side {
            Side::Telegram => {
                self.group.ids[number] = Some(id);
                self.missing += 1;
            }
            Side::Mail => {
                self.mailbox.ids[number] = Some(id);
                self.missing += 2;
            }
        }
    }

    pub(super) fn missing(&self) -> usize {
        self.missing
    }

    pub(super) fn seen(&self) -> usize {
        self.group.seen.len() + self.mailbox.seen.len()
    }

    /// The id under which somebody on that side can answer the message, once they see it.
    pub(super) fn place_of(&self, number: usize, side: Side) -> Option<&RemoteId> {
        match side {
            Side::Telegram => self.group.ids[number].as_ref(),
            Side::Mail if !self.mailbox.has_come[number] => None,
            Side::Mail => self.mailbox.ids[number].as_ref(),
        }
    }

    /// Takes in what came since the last look.
    pub(super) fn look(&mut self) {
        for logged in self
            .rig
            .telegram
            .log_since(self.stage.group, self.group.read)
        {
            self.group.read += 1;
            // "Ana (email): #17 …"; the parts after the first have no such beginning.
            let words = logged.text.split_once("): ").map(|(_, words)| words);
            if let Some(number) = words.and_then(number_at_start) {
                let id = RemoteId(logged.message_id.to_string());
                let after = self.since_said(number, logged.received_at);
                self.missing -= usize::from(self.group.arrived(number, id, after));
            }
        }
        for logged in self.rig.mail.log_since(READER, self.mailbox.read) {
            self.mailbox.read += 1;
            if let Some(number) = number_at_start(&logged.first_line) {
                let at = UNIX_EPOCH + Duration::from_millis(logged.received_at_ms.unsigned_abs());
                let after = self.since_said(number, at);
                let id = RemoteId(logged.message_id);
                self.missing -= usize::from(self.mailbox.arrived(number, id, after));
            }
        }
    }

    fn since_said(&self, number: usize, at: SystemTime) -> Duration {
        let said = self.said_at.get(number).copied();
        at.duration_since(said.unwrap_or(at)).unwrap_or_default()
    }

    pub(super) fn figures(&self, time: Duration) -> Figures {
        let in_group = add_up(self.streams(&self.group, |side| side == Side::Mail));
        let in_mailbox = add_up(self.streams(&self.mailbox, |_| true));
        let mut times = [self.group.times.as_slice(), &self.mailbox.times].concat();
        times.sort_unstable();
        Figures {
            messages_in: self.said_at.len(),
            deliveries_out: times.len(),
            lost: in_group.lost + in_mailbox.lost,
            duplicated: in_group.duplicated + in_mailbox.duplicated,
            out_of_order: in_group.out_of_order + in_mailbox.out_of_order,
            messages_per_s: rig::per_second(self.said_at.len(), time),
            p50_ms: rig::percentile_ms(&times, 50),
            p99_ms: rig::percentile_ms(&times, 99),
        }
    }

    /// What must keep its order: the group as a whole, and each author of mails, for mails of different
    /// people overtake each other on their way to us.
    fn streams(
        &self,
        place: &View,
        is_expected: fn(Side) -> bool,
    ) -> impl Iterator<Item = (Vec<usize>, Vec<usize>)> {
        let mut streams: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for number in 0..self.said_at.len() {
            if is_expected(self.recording.messages[number].side) {
                streams
                    .entry(self.stream_of(number))
                    .or_default()
                    .0
                    .push(number);
            }
        }
        for number in &place.seen {
            streams
                .entry(self.stream_of(*number))
                .or_default()
                .1
                .push(*number);
        }
        streams.into_values()
    }

    fn stream_of(&self, number: usize) -> &str {
        let message = &self.recording.messages[number];
        match message.side {
            Side::Telegram => "",
            Side::Mail => &message.author,
        }
    }
}

/// From `#17 Good morning`.
fn number_at_start(text: &str) -> Option<usize> {
    text.strip_prefix('#')?
        .split_whitespace()
        .next()?
        .parse()
        .ok()
}
