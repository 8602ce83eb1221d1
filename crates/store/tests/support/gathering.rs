//! What waits in a community: changes before their messages come, edits and reactions until they are said together.

use conversation::{
    Absent, Attachment, AttachmentKind, AttachmentSource, Event, Inbound, LeftOut, Timestamp,
    WaitsFor, Whereabouts,
};
use futures::future::BoxFuture;
use store::{Count, DueKind, Entry, Looked, Progress, Result, Tx};

use super::{World, finish, posted};

impl World {
    /// A room of its own, in which everything that waits waits once.
    pub(crate) async fn gathers(&mut self) {
        self.add_room("riverside", "gathering").await.unwrap();
        for channel in ["chat:g1", "chat:g2"] {
            self.link("riverside", "gathering", channel).await.unwrap();
        }
        self.hears_of_changes_early().await;
        self.corrects_and_digests().await;
        self.brings_a_file_later().await;
        self.may_be_late("chat:g1").await;
        self.sets_the_clock().await;
        self.falls_due(DueKind::Erasure, "nothing", self.now).await;
        self.erases_the_rest().await;
        self.puts_off(&self.due(DueKind::Retention).await[0]).await;
        self.store.recent_events(10).await.unwrap();
    }

    async fn hears_of_changes_early(&mut self) {
        let entry = self.entry("chat:g1");
        let early = |world: &mut World| {
            let messages = vec!["to come".into()];
            world.event("chat:g1", "Ana", Event::Deleted { messages })
        };
        let (one, other) = (early(self), early(self));
        assert!(self.keeps(&entry, one.clone()).await && self.keeps(&entry, other).await);
        let due = self.due(DueKind::EarlyChange).await;
        assert_eq!(due[0].about, entry.channel.id.0);
        let known = self.in_one(&entry, |tx, entry| {
            Box::pin(async move { tx.messages(entry).early_and_known().await })
        });
        assert_eq!(known.await, []);
        let taken = self.in_one(&entry, |tx, entry| {
            Box::pin(async move { tx.messages(entry).take_early(&["to come".into()]).await })
        });
        assert_eq!(
            taken.await.len(),
            1,
            "a deletion takes the place of all before it"
        );
        assert!(self.keeps(&entry, one).await);
        let newest = self.in_one(&entry, |tx, entry| {
            Box::pin(async move { tx.messages(entry).newest_early().await })
        });
        assert_eq!(newest.await, Some(self.now));
        let given_up = self.in_one(&entry, |tx, entry| {
            let forever = Timestamp(i64::MAX);
            Box::pin(async move { tx.messages(entry).give_up_early(forever, forever).await })
        });
        assert_eq!(given_up.await, 1);
    }

    async fn keeps(&self, entry: &Entry, event: Inbound) -> bool {
        let now = self.now;
        let case = std::sync::Arc::new((entry.clone(), event));
        let kept = self.store.write(move |tx| {
            let case = case.clone();
            Box::pin(async move { tx.messages(&case.0).keep_early(&case.1, now).await })
        });
        kept.await.unwrap()
    }

    async fn in_one<T: Send + 'static>(
        &self,
        entry: &Entry,
        work: for<'t> fn(&'t mut Tx, &'t Entry) -> BoxFuture<'t, Result<T>>,
    ) -> T {
        let entry = entry.clone();
        let done = self.store.write(move |tx| {
            let entry = entry.clone();
            Box::pin(async move { work(tx, &entry).await })
        });
        done.await.unwrap()
    }

    async fn corrects_and_digests(&mut self) {
        let mut said = posted("g1", &[], "See you on Firday");
        said.thread = Some("a thread".into());
        let event = self.event("chat:g1", "Ana", Event::Posted(said));
        self.take_in(event).await.unwrap();
        self.delivers("chat:g2", "g2").await;
        self.edits("chat:g1", "Ana", "g1", "See you on Friday")
            .await;
        let edit = self.work("chat:g2").await;
        let outdated = edit.standing.outdated.as_ref().unwrap();
        assert_eq!(outdated.content.text.plain_text(), "See you on Firday");
        let (what, at) = (WaitsFor::Correction, self.now);
        self.finishes(&edit, &[], Progress::Waits { what, at })
            .await;
        let due = self.due(DueKind::Correction).await;
        assert_eq!(due[0].community, self.community("riverside").await);
        let list = self.entry("chat:g2");
        let released = self.in_one(&list, |tx, entry| {
            Box::pin(async move {
                let place = (&entry.community, &entry.channel.id);
                let (what, late) = (WaitsFor::Correction, Timestamp(i64::MAX));
                assert!(tx.backlog(place.0, place.1).since(what).await?.is_some());
                tx.backlog(place.0, place.1)
                    .release_corrections(late, late)
                    .await
            })
        });
        assert_eq!(released.await, 1);
        self.says_the_correction().await;
        self.says_a_digest().await;
        self.deletes("chat:g1", "Ana", "g1").await;
        let digest = self.delivers("chat:g2", "digest").await;
        assert!(
            digest.own.word.unwrap().quotes.is_empty(),
            "what it told is erased"
        );
        let delete = self.work("chat:g2").await;
        assert_eq!(
            delete.standing.parts,
            [["g2".into()], ["correction".into()]]
        );
    }

    async fn says_the_correction(&mut self) {
        let (edit, at) = (self.work("chat:g2").await, self.now);
        let revision = edit.said.revision;
        let mut done = finish(&edit, &["correction"], Progress::Corrected { revision, at });
        done.is_correction = true;
        let corrected = self.store.write(move |tx| {
            let done = done.clone();
            Box::pin(async move {
                tx.outcome(&done).record().await?;
                tx.outcome(&done).record_correction(revision).await
            })
        });
        corrected.await.unwrap();
    }

    async fn says_a_digest(&mut self) {
        self.reacts("chat:g1", "Bo", "g1", ("👍", "")).await;
        let reaction = self.work("chat:g2").await;
        let (what, at) = (WaitsFor::Digest, self.now);
        self.finishes(&reaction, &[], Progress::Waits { what, at })
            .await;
        assert_eq!(self.due(DueKind::Digest).await.len(), 1);
        let list = self.entry("chat:g2");
        let now = self.now;
        let said = self.store.write(move |tx| {
            let list = list.clone();
            Box::pin(async move { tx.outbox(&list).say_digest(Timestamp(0), now).await })
        });
        assert!(said.await.unwrap());
        let digest = self.delivers("chat:g2", "digest").await.own.word.unwrap();
        assert_eq!(digest.quotes[0].counts["👍"], 1);
    }

    async fn brings_a_file_later(&mut self) {
        self.delivers("chat:g2", "").await;
        let file = Attachment {
            kind: AttachmentKind::Photo,
            name: Some("hall.jpg".to_owned()),
            mime: None,
            size: None,
            alt: None,
            source: AttachmentSource::Absent(Absent {
                why: "nobody has it".to_owned(),
                whereabouts: Whereabouts::Unknown,
            }),
        };
        let mut said = posted("g3", &[], "The hall");
        said.content.attachments.push(file.clone());
        let event = self.event("chat:g1", "Ana", Event::Posted(said));
        self.take_in(event).await.unwrap();
        let (work, at) = (self.work("chat:g2").await, self.now);
        let again = Progress::Again {
            at,
            reason: "its file follows".to_owned(),
            done: None,
            count: Count::Uncounted,
        };
        let mut goes_without = finish(&work, &[], again);
        let why = "not now".to_owned();
        goes_without.left_out.push(LeftOut { file, why });
        let written = self.store.write(move |tx| {
            let goes_without = goes_without.clone();
            Box::pin(async move { tx.outcome(&goes_without).record().await })
        });
        written.await.unwrap();
        let words = self.delivers("chat:g2", "g3").await;
        assert_eq!((words.attempt.number, words.without.left_out.len()), (1, 1));
        self.finds_the_file().await;
        let file = self.work("chat:g2").await;
        assert_eq!(
            (file.brings.len(), file.context.reply.unwrap().to),
            (1, "g3".into())
        );
        assert_eq!(file.standing.parts, [["g3".into()]]);
    }

    async fn finds_the_file(&mut self) {
        let due = self.due(DueKind::File).await;
        for _ in 0..2 {
            let following = self.store.following(&due[0]).await.unwrap().unwrap();
            let looked = match following.attempts {
                0 => Looked::Again(self.now),
                _ => Looked::Go(following.files.clone()),
            };
            let case = std::sync::Arc::new((following, looked));
            let found = self.store.write(move |tx| {
                let case = case.clone();
                Box::pin(async move {
                    tx.backlog(&case.0.community, &case.0.channel_id)
                        .looked_for_files(&case.0, &case.1)
                        .await
                })
            });
            found.await.unwrap();
        }
        assert!(self.store.following(&due[0]).await.unwrap().is_none());
    }
}
