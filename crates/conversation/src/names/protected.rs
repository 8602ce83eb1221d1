//! Names that only their own bearers go by: the bridge's, the community's, those of staff.

use std::collections::{HashMap, HashSet};

use super::{clean_name, look::essence, nobody};
use crate::PersonId;

/// Said behind a name that is taken for somebody else's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    NotTheBridge,
    NotStaff,
}

impl Tag {
    pub(super) fn text(self) -> &'static str {
        match self {
            Tag::NotTheBridge => " [not the bridge]",
            Tag::NotStaff => " [not staff]",
        }
    }
}

/// The protected names of one community, by what they look like.
#[derive(Debug, Clone, Default)]
pub struct Protected {
    ours: HashSet<String>,
    staff: HashMap<String, HashSet<PersonId>>,
}

impl Protected {
    /// A name of the bridge's own.
    pub fn protect_ours(&mut self, name: &str) {
        if is_a_name(name) {
            self.ours.insert(essence(name));
        }
    }

    pub fn protect_staff(&mut self, name: &str, person: &PersonId) {
        if is_a_name(name) {
            let bearers = self.staff.entry(essence(name)).or_default();
            bearers.insert(person.clone());
        }
    }

    /// What must be said behind the name of this person.
    pub fn tag(&self, name: &str, person: &PersonId) -> Option<Tag> {
        let essence = essence(name);
        if self.ours.contains(&essence) {
            return Some(Tag::NotTheBridge);
        }
        let bearers = self.staff.get(&essence)?;
        (!bearers.contains(person)).then_some(Tag::NotStaff)
    }
}

/// Nobody owns having no name.
fn is_a_name(name: &str) -> bool {
    !name.trim().is_empty() && clean_name(name) != nobody()
}
