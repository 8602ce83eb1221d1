//! A map of which a copy costs next to nothing: all that was not changed in one is shared with the other.

use std::{
    borrow::Borrow,
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

/// A change copies one of them.
const PARTS: usize = 128;

#[derive(Debug, Clone)]
pub(super) struct Parts<K, V>(Box<[Arc<HashMap<K, V>>]>);

impl<K, V> Default for Parts<K, V> {
    fn default() -> Parts<K, V> {
        Parts(vec![Arc::default(); PARTS].into())
    }
}

impl<K: Hash + Eq + Clone, V: Clone> Parts<K, V> {
    pub(super) fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.0[part_of(key)].get(key)
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &V> {
        self.0.iter().flat_map(|it| it.values())
    }

    pub(super) fn insert(&mut self, key: K, value: V) {
        self.part(&key).insert(key, value);
    }

    pub(super) fn remove(&mut self, key: &K) {
        self.part(key).remove(key);
    }

    pub(super) fn or_default(&mut self, key: K) -> &mut V
    where
        V: Default,
    {
        self.part(&key).entry(key).or_default()
    }

    fn part(&mut self, key: &K) -> &mut HashMap<K, V> {
        Arc::make_mut(&mut self.0[part_of(key)])
    }
}

fn part_of(key: &(impl Hash + ?Sized)) -> usize {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    (hasher.finish() % PARTS as u64) as usize
}
