//! Work that stands in lines: the events of one channel, say.
//!
//! **Invariant:** where one of a line fails, all that were handed in behind it before it was answered fail as well, so
//! that none overtakes it. Whoever hands them in again does so in order.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

/// Numbers all that is handed in.
#[derive(Debug, Clone, Default)]
pub(super) struct Tickets(Arc<AtomicU64>);

#[derive(Debug)]
pub(super) struct Ticket {
    line: String,
    number: u64,
}

impl Ticket {
    pub(super) fn line(&self) -> &str {
        &self.line
    }

    #[cfg(test)]
    pub(super) fn number(&self) -> u64 {
        self.number
    }
}

impl Tickets {
    pub(super) fn take(&self, line: &str) -> Ticket {
        Ticket {
            line: line.to_owned(),
            number: 1 + self.0.fetch_add(1, Ordering::Relaxed),
        }
    }

    fn last(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The lines in which something failed, with its ticket and the last one that was given out by then.
#[derive(Debug)]
pub(super) struct Lines {
    tickets: Tickets,
    failed: HashMap<String, (u64, u64)>,
}

impl Lines {
    pub(super) fn new(tickets: Tickets) -> Lines {
        Lines {
            tickets,
            failed: HashMap::new(),
        }
    }

    pub(super) fn failed(&mut self, ticket: Option<&Ticket>) {
        if let Some(ticket) = ticket {
            let behind = (ticket.number, self.tickets.last());
            self.failed.insert(ticket.line.clone(), behind);
        }
    }

    pub(super) fn is_behind(&mut self, ticket: Option<&Ticket>) -> bool {
        let Some(ticket) = ticket else {
            return false;
        };
        let Some(&(failed, last)) = self.failed.get(&ticket.line) else {
            return false;
        };
        if ticket.number > last {
            self.failed.remove(&ticket.line);
        }
        (failed + 1..=last).contains(&ticket.number)
    }
}
