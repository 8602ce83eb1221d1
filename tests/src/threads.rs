//! Threads as platforms have them: none, opened by the first answer, or one for each post of a forum.

use conversation::{ChannelRef, Post, RemoteId, Support};

use crate::FakePlatform;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Threads {
    /// A reply points at what it answers.
    None,
    /// The first answer opens a thread, which has a name beside its root's id.
    Opened,
    /// Each post that answers nothing opens a topic with a subject, which is a place of its own.
    Topics,
}

/// A thread as its platform knows it.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    pub(crate) name: RemoteId,
    pub(crate) channel: RemoteId,
    /// None of a topic, where the first post stands in the thread itself.
    pub(crate) root: Option<RemoteId>,
    pub(crate) subject: String,
}

/// Where a post goes.
pub(crate) struct Target {
    pub(crate) thread: Option<RemoteId>,
    pub(crate) is_new: bool,
}

impl FakePlatform {
    /// Where a post of ours goes. What we say of the thread must be true.
    pub(crate) fn place_of(&self, channel: &RemoteId, post: &Post) -> Target {
        let reply = post.reply.as_ref();
        if let (Some(said), Some(reply)) = (&post.thread, reply) {
            let known = self
                .thread_of(&reply.to)
                .or_else(|| self.opened_at(&reply.to));
            assert!(
                known.is_none_or(|it| it == *said),
                "the thread of what is answered"
            );
        }
        if let Some(said) = &post.thread {
            let opened = &self.state().opened;
            assert!(
                opened.iter().any(|it| it.name == *said),
                "a thread of the platform"
            );
        }
        if let Some(thread) = &post.thread {
            return Target {
                thread: Some(thread.clone()),
                is_new: false,
            };
        }
        let root = reply.map(|it| it.ancestors.first().unwrap_or(&it.to).clone());
        self.place(channel, root, &post.subject)
    }

    /// Where people put a post.
    pub(crate) fn place(
        &self,
        channel: &RemoteId,
        answers: Option<RemoteId>,
        subject: &str,
    ) -> Target {
        let here = |thread| Target {
            thread: Some(thread),
            is_new: false,
        };
        match (self.threads, answers) {
            (Threads::None, _) | (Threads::Opened, None) => Target {
                thread: None,
                is_new: false,
            },
            (_, Some(parent)) => {
                match self.thread_of(&parent).or_else(|| self.opened_at(&parent)) {
                    Some(thread) => here(thread),
                    None => self.open(channel, Some(parent), subject),
                }
            }
            (Threads::Topics, None) => self.open(channel, None, subject),
        }
    }

    fn open(&self, channel: &RemoteId, root: Option<RemoteId>, subject: &str) -> Target {
        let mut state = self.state();
        let name = RemoteId(format!("{}-thread-{}", self.name, state.opened.len() + 1));
        state.opened.push(Opened {
            name: name.clone(),
            channel: channel.clone(),
            root,
            subject: subject.to_owned(),
        });
        Target {
            thread: Some(name),
            is_new: true,
        }
    }

    pub(crate) fn put_into(&self, post: &RemoteId, place: &Target) {
        self.change(post, |it| it.thread.clone_from(&place.thread));
    }

    /// The thread in which the post stands.
    pub(crate) fn thread_of(&self, post: &RemoteId) -> Option<RemoteId> {
        let state = self.state();
        let post = state.posts.iter().find(|it| it.id == *post)?;
        post.thread.clone()
    }

    /// The thread that was opened at the post.
    fn opened_at(&self, post: &RemoteId) -> Option<RemoteId> {
        let state = self.state();
        let opened = state
            .opened
            .iter()
            .find(|it| it.root.as_ref() == Some(post))?;
        Some(opened.name.clone())
    }

    /// A topic of a forum is a place of its own within the forum.
    pub(crate) fn told_in(
        &self,
        at: &ChannelRef,
        thread: Option<&RemoteId>,
    ) -> (ChannelRef, Option<ChannelRef>) {
        match thread.filter(|_| self.threads == Threads::Topics) {
            Some(thread) => {
                let topic = ChannelRef::new(&at.platform.0, format!("{}/{thread}", at.id));
                (topic, Some(at.clone()))
            }
            None => (at.clone(), None),
        }
    }

    /// No bridge may count on what was not declared.
    pub(crate) fn check_edit(&self, target: &RemoteId) {
        assert_eq!(
            self.can.edits.support,
            Support::Native,
            "edits were declared"
        );
        let state = self.state();
        let post = state.posts.iter().find(|it| it.id == *target);
        let age = state.now.since(post.expect("the post stands").at);
        let is_late = self.can.edits.within.is_some_and(|within| age > within);
        assert!(!is_late, "edits are possible no more");
    }
}
