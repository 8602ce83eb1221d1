//! Threads and posts of forums: how they come to be, whoever begins them.

use super::channel::{Channel, Kind, Thread};
use super::gateway::dispatch::GUILDS;
use super::message::{By, Message, Reference};
use super::world::World;
use crate::kit::now_ms;

/// The flag of a message that a thread hangs on.
const HAS_THREAD: u64 = 1 << 5;

impl World {
    /// A thread below a channel. `from` is the message that it hangs on, whose number it gets.
    pub(crate) fn begin_thread(
        &mut self,
        parent: u64,
        by: u64,
        name: &str,
        from: Option<u64>,
    ) -> u64 {
        let id = self.put_thread((parent, name), by, from, false);
        let forum = self.channels.get_mut(&parent);
        let forum = forum.filter(|it| it.kind == Kind::Forum);
        let in_forum = forum.is_some();
        if let Some(forum) = forum {
            forum.last_message = Some(id);
        }
        match from {
            Some(message) => self.hang_thread_on(parent, message, id),
            None if !in_forum => self.announce_thread(parent, by, name, id),
            None => {}
        }
        id
    }

    /// Tells of it whoever sees it; a private one is announced nowhere.
    pub(crate) fn put_thread(
        &mut self,
        (parent, name): (u64, &str),
        by: u64,
        from: Option<u64>,
        is_private: bool,
    ) -> u64 {
        let id = from.unwrap_or_else(|| self.new_id());
        let mut thread = Channel::new(id, Kind::Thread, name);
        thread.parent = Some(parent);
        thread.thread = Some(Thread {
            owner: by,
            is_private,
            auto_archive_min: 4_320,
            archived_at: now_ms(),
            members: vec![by],
            ..Thread::default()
        });
        self.put_channel(thread);
        self.tell_new_thread(id);
        id
    }

    /// To whoever sees it from now on.
    pub(crate) fn tell_new_thread(&mut self, id: u64) {
        let created = self.channels.get(&id).map(|it| {
            let mut value = self.channel_value(it);
            value["newly_created"] = true.into();
            value
        });
        if let Some(created) = created {
            self.tell_of("THREAD_CREATE", GUILDS, id, created);
        }
    }

    fn hang_thread_on(&mut self, parent: u64, message: u64, thread: u64) {
        if let Some(message) = self.message_mut(parent, message) {
            message.flags |= HAS_THREAD;
        }
        self.tell_message("MESSAGE_UPDATE", parent, message);
        let author = self.message(parent, message).map(|it| it.by.clone());
        let first = Message {
            by: author.unwrap_or(By::User(self.bot.id)),
            ..Message::about(21, 0, thread, Reference::to(parent, message))
        };
        let id = self.insert(first);
        self.tell_message("MESSAGE_CREATE", thread, id);
    }

    /// A thread that hangs on nothing is announced in its channel.
    fn announce_thread(&mut self, parent: u64, by: u64, name: &str, thread: u64) {
        let reference = Reference {
            message: None,
            ..Reference::to(thread, 0)
        };
        let mut message = Message::about(18, by, parent, reference);
        name.clone_into(&mut message.content);
        let id = self.insert(message);
        self.tell_message("MESSAGE_CREATE", parent, id);
    }

    /// A post of a forum: a thread whose first message has its number. Gives both.
    pub(crate) fn forum_post(
        &mut self,
        forum: u64,
        by: u64,
        name: &str,
        mut first: Message,
    ) -> (u64, u64) {
        let thread = self.begin_thread(forum, by, name, None);
        first.id = thread;
        first.channel = thread;
        (thread, self.post(first))
    }
}
