//! The newest snapshot that anybody here has seen, and what is to be done about what changed in it.

use std::sync::{Arc, Mutex, RwLock};

use super::{Change, Directory, Entry};
use crate::{direct::Lookups, first_names::AllFirstNames};

/// A channel that is another one than before, or of which staff wants that what waits for it is looked at again.
#[derive(Debug, Clone)]
pub struct Changed {
    pub before: Option<Arc<Entry>>,
    pub now: Arc<Entry>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct SharedDirectory {
    newest: Arc<RwLock<Arc<Directory>>>,
    /// Since somebody asked; none if there is nothing new.
    news: Arc<Mutex<Option<Vec<Changed>>>>,
    pub(crate) direct: Arc<Lookups>,
    /// Who has their name first.
    first_names: Arc<RwLock<Arc<AllFirstNames>>>,
}

impl SharedDirectory {
    pub(crate) fn newest(&self) -> Arc<Directory> {
        self.newest
            .read()
            .expect("no panic under this lock")
            .clone()
    }

    /// Says whether anything of it was new.
    pub(crate) fn learn(&self, changes: &[Change]) -> bool {
        let mut newest = self.newest.write().expect("no panic under this lock");
        let mut is_news = false;
        for change in changes {
            let known = newest.revision_of(&change.community);
            if known.is_some_and(|it| it >= change.revision) {
                continue;
            }
            let before = Arc::make_mut(&mut newest).apply(change);
            is_news = true;
            if known.is_some() {
                self.tell(change, before);
            }
        }
        is_news
    }

    fn tell(&self, change: &Change, before: Vec<Option<Arc<Entry>>>) {
        let private = change.entries.iter().filter(|it| it.channel.is_direct());
        let private: Vec<_> = private.map(|it| it.channel.id.clone()).collect();
        self.direct.forget(&private);
        let mut news = self.news.lock().expect("no panic under this lock");
        let changed = before.into_iter().zip(&change.entries);
        let changed = changed.map(|(before, now)| Changed {
            before,
            now: now.clone(),
        });
        news.get_or_insert_default().extend(changed);
    }

    pub(crate) fn take_news(&self) -> Option<Vec<Changed>> {
        self.news.lock().expect("no panic under this lock").take()
    }

    pub(crate) fn first_names(&self) -> Arc<AllFirstNames> {
        let names = self.first_names.read();
        names.expect("no panic under this lock").clone()
    }

    pub(crate) fn put_first(&self, names: AllFirstNames) {
        let mut first = self.first_names.write().expect("no panic under this lock");
        *first = Arc::new(names);
    }
}
