//! The newest of a kind. **Invariant:** never more than `MOST`, and what is forgotten is the oldest.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

#[derive(Debug)]
pub struct Recent<K, V, const MOST: usize> {
    all: HashMap<K, V>,
    oldest_first: VecDeque<K>,
}

impl<K, V, const MOST: usize> Default for Recent<K, V, MOST> {
    fn default() -> Recent<K, V, MOST> {
        Recent {
            all: HashMap::new(),
            oldest_first: VecDeque::new(),
        }
    }
}

impl<K: Clone + Eq + Hash, V, const MOST: usize> Recent<K, V, MOST> {
    pub fn put(&mut self, key: K, value: V) {
        if self.all.insert(key.clone(), value).is_none() {
            self.oldest_first.push_back(key);
        }
        if self.oldest_first.len() > MOST
            && let Some(oldest) = self.oldest_first.pop_front()
        {
            self.all.remove(&oldest);
        }
    }

    pub fn get(&self, key: &K) -> Option<&V> {
        self.all.get(key)
    }

    pub fn has(&self, key: &K) -> bool {
        self.all.contains_key(key)
    }

    pub fn remove(&mut self, key: &K) -> Option<V> {
        let value = self.all.remove(key)?;
        self.oldest_first.retain(|other| other != key);
        Some(value)
    }

    /// Oldest first.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.oldest_first.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_is_forgotten_and_what_was_taken_out_takes_no_room() {
        let mut recent: Recent<u8, char, 2> = Recent::default();
        recent.put(1, 'a');
        recent.put(2, 'b');
        recent.put(1, 'c');
        assert_eq!(recent.remove(&2), Some('b'));
        recent.put(3, 'd');
        assert_eq!(recent.keys().collect::<Vec<_>>(), [&1, &3]);
        recent.put(4, 'e');
        assert_eq!((recent.get(&1), recent.get(&3)), (None, Some(&'d')));
    }
}
