//! How far a post came among its readers.

use std::collections::BTreeSet;

use store::{Became, Begun};

use crate::readers::Readership;

/// Who was passed: reached, or with a row of their own.
pub(super) struct Passed {
    order: Vec<i64>,
    settled: BTreeSet<i64>,
    /// All up to here.
    pub(super) through: i64,
    next: usize,
    pub(super) n_reached: u32,
    /// Somebody waits for it.
    pub(super) is_awaited: bool,
    pub(super) last_refusal: Option<String>,
}

impl Passed {
    pub(super) fn new(readers: &Readership, begun: &Begun, author: Option<i64>) -> Passed {
        let order = readers.all.iter().map(|it| it.number);
        let mut passed = Passed {
            order: order.filter(|it| *it > begun.through).collect(),
            settled: begun.settled.iter().copied().chain(author).collect(),
            through: begun.through,
            next: 0,
            n_reached: 0,
            is_awaited: begun.is_awaited,
            last_refusal: None,
        };
        passed.go_on();
        passed
    }

    pub(super) fn count(&mut self, became: &Became) {
        match became {
            Became::Reached => self.n_reached += 1,
            Became::Waits { .. } => self.is_awaited = true,
            Became::Refused { said } => self.last_refusal = Some(said.clone()),
        }
    }

    /// Everybody had their turn.
    pub(super) fn is_complete(&self) -> bool {
        self.next == self.order.len()
    }

    /// How far all are settled then.
    pub(super) fn pass(&mut self, reader: i64) -> i64 {
        self.settled.insert(reader);
        self.go_on();
        self.through
    }

    fn go_on(&mut self) {
        while let Some(next) = self
            .order
            .get(self.next)
            .filter(|it| self.settled.remove(it))
        {
            self.through = *next;
            self.next += 1;
        }
    }
}
