//! Finds in each place what somebody said there, by its words: the newest that holds them.

use super::super::cast::Town;
use crate::mail::{Folder, MailId};
use crate::{discord, slack, telegram};

/// Among so many messages the story looks for its own.
const NEWEST: usize = 200;

/// Where a message stands on Discord.
pub(super) struct OnDiscord {
    pub(super) channel: discord::ChannelId,
    pub(super) message: discord::MessageId,
    /// Whether that is a thread already.
    pub(super) in_thread: bool,
}

impl Town {
    pub(super) fn on_telegram(&self, words: &str) -> Option<telegram::MessageId> {
        let chat = self.telegram.view_chat(self.group(), NEWEST)?;
        let found = chat.messages.iter().rfind(|it| it.text.contains(words));
        found.map(|it| it.id)
    }

    /// In the channel or in one of its threads.
    pub(super) fn on_discord(&self, words: &str) -> Option<OnDiscord> {
        let own = self.cast.guild.channel;
        let view = self.discord.view_last(NEWEST);
        let places = view.channels.iter();
        let places = places.filter(|it| it.id == own || it.parent == Some(own));
        let found = places.filter_map(|place| {
            let says = |it: &&discord::MessageView| !it.is_system && it.text.contains(words);
            let message = place.messages.iter().rfind(says)?;
            Some(OnDiscord {
                channel: place.id,
                message: message.id,
                in_thread: place.parent.is_some(),
            })
        });
        found.max_by_key(|it| it.message)
    }

    /// The root of the thread that it is in, which may be the message itself.
    pub(super) fn on_slack(&self, words: &str) -> Option<slack::Ts> {
        let channel = &self.cast.workspace.channel;
        let view = self.slack.view_channel(channel, NEWEST)?;
        let roots = view.messages.iter();
        let all = roots.flat_map(|root| std::iter::once(root).chain(&root.replies));
        let found = all.filter(|it| it.text.contains(words));
        let found = found.max_by_key(|it| it.ts)?;
        Some(found.thread.unwrap_or(found.ts))
    }

    /// How much only this person saw in the Slack channel.
    pub(super) fn told_alone(&self, person: &slack::UserId) -> usize {
        let view = self.slack.view_channel(&self.cast.workspace.channel, 0);
        let told = view.map(|it| it.ephemeral).unwrap_or_default();
        told.iter().filter(|it| it.to == *person).count()
    }

    pub(super) fn received(&self, address: &str, words: &str) -> Option<MailId> {
        self.holds(address, words, |folder| folder == Folder::Inbox)
    }

    /// The mail in that mailbox that says these words itself; a quote of them does not count.
    pub(super) fn holds(
        &self,
        address: &str,
        words: &str,
        wanted: impl Fn(Folder) -> bool,
    ) -> Option<MailId> {
        let view = self.mail.view();
        let mailbox = view
            .mailboxes
            .into_iter()
            .find(|it| it.address == address)?;
        let mut mails = mailbox.threads.into_iter().flat_map(|it| it.mails);
        let found = mails.find(|it| wanted(it.folder) && own_words(&it.text).contains(words));
        found.map(|it| it.id)
    }

    /// In each chat and in every mailbox.
    pub(super) fn is_everywhere(&self, words: &str) -> bool {
        let mut members = self.cast.list.members.iter();
        self.on_telegram(words).is_some()
            && self.on_discord(words).is_some()
            && self.on_slack(words).is_some()
            && members.all(|it| self.holds(&it.address, words, |_| true).is_some())
    }
}

/// On one line, so that a line break in between hides nothing.
fn own_words(text: &str) -> String {
    let lines = text.lines().filter(|it| !it.starts_with('>'));
    let words: Vec<&str> = lines.flat_map(str::split_whitespace).collect();
    words.join(" ")
}
