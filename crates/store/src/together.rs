//! Rows that wait within a transaction for whatever is said next to the database, and go along with it, at the latest with the
//! commit: one hand-over to SQLite, whose driver has a thread of its own, and one round trip to Postgres.
//!
//! **Invariant:** none of them reads what another one writes, for on Postgres they all see what stood there before. Only the
//! places in the order of deliveries that are taken among them are read by name (`{taken}`). Whoever asks the database
//! anything meanwhile finds them written.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Result,
    foreseen::CopyAt,
    insert::Value,
    spoken::{Piece, Spoken},
};

mod texts;

pub(crate) use texts::Kind;

/// A row of mixed values.
macro_rules! row {
    ($($value:expr),* $(,)?) => { vec![$($crate::insert::Value::from($value)),*] };
}
pub(crate) use row;

/// What waits.
#[derive(Default)]
pub(crate) struct Together {
    rows: BTreeMap<Kind, Vec<Vec<Value>>>,
    /// With the community in whose order they take places.
    deliveries: Vec<(String, Vec<Value>)>,
    /// One statement may not change the same row twice.
    copies: BTreeSet<CopyAt>,
}

impl Together {
    pub(crate) fn put(&mut self, kind: Kind, row: Vec<Value>) {
        self.rows.entry(kind).or_default().push(row);
    }

    /// What a platform's id stands for stays as it is.
    pub(crate) fn put_copy(&mut self, at: CopyAt, row: Vec<Value>) {
        if self.copies.insert(at) {
            self.put(Kind::Copy, row);
        }
    }

    /// A delivery, behind those that were put before it.
    pub(crate) fn put_in_order(&mut self, community: &str, row: Vec<Value>) {
        self.deliveries.push((community.to_owned(), row));
    }

    /// A delivery's place is told from the end of those that are taken.
    fn take_places(&mut self) {
        let mut taken = BTreeMap::<String, i64>::new();
        let mut deliveries = std::mem::take(&mut self.deliveries);
        for (community, row) in deliveries.iter_mut().rev() {
            let from_the_end = taken.entry(community.clone()).or_default();
            *from_the_end += 1;
            row.push(Value::from(*from_the_end));
        }
        for (community, places) in taken {
            self.put(Kind::Places, row![community, places]);
        }
        for (_, row) in deliveries {
            self.put(Kind::Delivery, row);
        }
    }

    /// What is to be said for all that waits, and nothing waits any more.
    pub(crate) fn take(&mut self) -> Result<Option<Spoken>> {
        self.take_places();
        let rows = std::mem::take(&mut self.rows);
        self.copies.clear();
        if rows.is_empty() {
            return Ok(None);
        }
        let kinds: Vec<Kind> = rows.keys().copied().collect();
        let lists = rows.values().map(serde_json::to_string);
        let lists = lists.collect::<Result<_, _>>()?;
        Ok(Some(Spoken::new(Piece::Rows(kinds), lists)))
    }
}
