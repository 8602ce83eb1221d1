//! Takes what is due out of the queue and gives it to a socket or a push, again where it was not acknowledged.

use std::collections::VecDeque;
use std::convert::Infallible;

use serde_json::Value;
use tokio::time::Instant;

use super::delivery::{Cargo, InFlight, Job, Out, Parcel, UrlState};
use super::push;
use super::world::{Slack, World};

/// Until the server stops.
pub(super) async fn deliver(slack: Slack) -> Infallible {
    let client = push::client();
    loop {
        let due = slack.until(|world| match world.deliver_due(Instant::now()) {
            (jobs, due) if jobs.is_empty() => Err(due),
            (jobs, _) => Ok(jobs),
        });
        for job in due.await {
            tokio::spawn(push::carry(slack.clone(), client.clone(), job));
        }
    }
}

impl World {
    fn deliver_due(&mut self, now: Instant) -> (Vec<Job>, Option<Instant>) {
        let mut jobs = Vec::new();
        self.end_overdue(now);
        let delivery = &mut self.delivery;
        if delivery.gathered_until.is_some_and(|it| it <= now) {
            delivery.release();
        }
        if std::mem::take(&mut delivery.verify)
            && let Some(url) = delivery.urls.events.clone()
        {
            jobs.push(Job::Verify { url });
        }
        while let Some(entry) = self.delivery.queue.first_entry() {
            if entry.key().0 > now {
                break;
            }
            let parcel = entry.remove();
            jobs.extend(self.send(parcel, now));
        }
        self.delivery.close_due(now);
        (jobs, self.delivery.next_due())
    }

    fn end_overdue(&mut self, now: Instant) {
        while let Some((until, envelope)) = self.delivery.deadlines.first().cloned() {
            if until > now {
                return;
            }
            if let Some(parcel) = self.delivery.take_in_flight(&envelope) {
                self.failed(parcel, "timeout");
            }
        }
    }

    fn send(&mut self, parcel: Parcel, now: Instant) -> Option<Job> {
        self.kit.counters.redeliveries += u64::from(parcel.attempt > 0);
        match self.delivery.url_of(&parcel.cargo) {
            Some(url) => self.push(url, parcel),
            None => {
                self.send_over_socket(parcel, now);
                None
            }
        }
    }

    fn push(&mut self, url: String, parcel: Parcel) -> Option<Job> {
        let delivery = &mut self.delivery;
        if matches!(parcel.cargo, Cargo::Event) {
            match delivery.url_state {
                UrlState::Verified => {}
                UrlState::Refused(_) => {
                    self.kit.counters.lost_events += 1;
                    return None;
                }
                _ => {
                    delivery.waiting_for_url.push(parcel);
                    return None;
                }
            }
            if parcel.attempt == 0 {
                if let Some(lane) = delivery.lanes.get_mut(&parcel.lane) {
                    lane.push_back(parcel);
                    return None;
                }
                delivery.lanes.insert(parcel.lane.clone(), VecDeque::new());
            }
        }
        Some(Job::Push { url, parcel })
    }

    fn send_over_socket(&mut self, parcel: Parcel, now: Instant) {
        let delivery = &mut self.delivery;
        let Some(socket) = delivery.next_socket() else {
            self.failed(parcel, "connection_failed");
            return;
        };
        delivery.count += 1;
        let envelope = format!("9d5f1e6a-3c2b-4a70-8b1d-{:012x}", delivery.count);
        let text = delivery.envelope(&envelope, &parcel);
        let until = now + delivery.waits.ack;
        // If it ended just now, its end brings the parcel back.
        if let Some(socket) = delivery.sockets.get(&socket) {
            let _ = socket.out.send(Out::Text(text));
        }
        delivery.deadlines.insert((until, envelope.clone()));
        let in_flight = InFlight {
            parcel,
            socket,
            until,
        };
        delivery.in_flight.insert(envelope, in_flight);
    }

    /// Events come again, as often as Slack repeats; people who wait for an answer are told.
    pub(crate) fn failed(&mut self, mut parcel: Parcel, reason: &'static str) {
        if let Cargo::Interactive(asked) | Cargo::Slash(asked) = &parcel.cargo {
            return self.not_answered(asked, reason);
        }
        match self.delivery.waits.retries.get(parcel.attempt) {
            None => self.kit.counters.lost_events += 1,
            Some(wait) => {
                let due = Instant::now() + *wait;
                parcel.attempt += 1;
                parcel.reason = Some(reason);
                self.delivery.enqueue(parcel, due);
            }
        }
    }

    pub(crate) fn acked(&mut self, envelope: &str, payload: Option<Value>) {
        let Some(parcel) = self.delivery.take_in_flight(envelope) else {
            return;
        };
        self.kit.counters.acks += 1;
        if let Cargo::Interactive(asked) | Cargo::Slash(asked) = parcel.cargo {
            self.answered(&asked, payload.unwrap_or(Value::Null));
        }
    }

    /// What was sent over it and not acknowledged comes again over another.
    pub(crate) fn socket_ended(&mut self, id: u64) {
        self.delivery.sockets.remove(&id);
        let lost = self
            .delivery
            .in_flight
            .iter()
            .filter(|it| it.1.socket == id);
        let lost = lost.map(|(envelope, it)| (it.until, envelope.clone()));
        let mut lost: Vec<(Instant, String)> = lost.collect();
        lost.sort();
        for (_, envelope) in lost {
            if let Some(parcel) = self.delivery.take_in_flight(&envelope) {
                self.failed(parcel, "connection_failed");
            }
        }
    }

    /// What waited for the address to be verified goes on its way, or is lost.
    pub(crate) fn url_answered(&mut self, url: &str, outcome: Result<(), String>) {
        if self.delivery.urls.events.as_deref() != Some(url) {
            return;
        }
        self.delivery.url_state = match outcome {
            Ok(()) => UrlState::Verified,
            Err(why) => UrlState::Refused(why),
        };
        let now = Instant::now();
        for parcel in std::mem::take(&mut self.delivery.waiting_for_url) {
            self.delivery.enqueue(parcel, now);
        }
    }
}
