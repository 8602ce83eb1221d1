//! Names that nobody knew when the words were heard: hearing waits for none, so they are asked for where they are shown.

use std::collections::BTreeMap;

use conversation::{Adapter, AuthorKind, RemoteId, Timestamp};
use futures::future::join_all;
use store::Work;

use super::Dispatcher;

impl Dispatcher {
    /// Whoever cannot be named now is called somebody in this copy, and it stays so.
    pub(crate) async fn introduce(&self, work: &mut Work, now: Timestamp) {
        let Some(adapter) = self.adapters.get(&work.said.home.platform) else {
            return;
        };
        if work.said.author.kind == AuthorKind::Person && work.said.speaker.name.is_empty() {
            self.introduce_author(work, adapter.as_ref(), now).await;
        }
        let unnamed = work.said.content.text.unnamed();
        let asked = unnamed.iter().map(|it| adapter.introduce(it));
        let known = join_all(asked).await.into_iter().flatten();
        let names: BTreeMap<RemoteId, String> =
            known.map(|it| (it.account, it.display_name)).collect();
        work.said.content.text.name(&names);
        if let Some(outdated) = &mut work.standing.outdated {
            outdated.content.text.name(&names);
        }
    }

    /// Their name counts from now on, with a number of its own if others are called so.
    async fn introduce_author(&self, work: &mut Work, adapter: &dyn Adapter, now: Timestamp) {
        let Some(author) = adapter.introduce(&work.said.author.account).await else {
            return;
        };
        let Some(entry) = self.store.directory().find(&work.said.home).cloned() else {
            return;
        };
        let case = (entry, author.clone());
        let of = case.0.community.clone();
        let introduced = self.store.write_in(&of, move |tx| {
            let (entry, author) = case.clone();
            Box::pin(async move { tx.speakers(&entry).introduce(&author, now).await })
        });
        match introduced.await {
            Ok(namesake) => {
                work.said.speaker.name.clone_from(&author.display_name);
                work.said.speaker.namesake = namesake;
                work.said.author.picture = author.picture;
            }
            Err(error) => tracing::warn!(%error, "a name could not be remembered"),
        }
    }
}
