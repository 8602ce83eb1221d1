//! What people say and see in Telegram groups.

use sandbox::telegram::{ChatId, MessageId, MessageView, Said};

use super::Town;

impl Town {
    pub fn says(&self, group: usize, said: impl Into<Said>) -> MessageId {
        self.says_all(group, said)[0]
    }

    pub fn says_all(&self, group: usize, said: impl Into<Said>) -> Vec<MessageId> {
        let telegram = &self.rig.telegram;
        telegram
            .say(self.groups[group], None, self.ana, said)
            .unwrap()
    }

    /// What stands in a chat, without what Telegram itself wrote.
    pub fn messages(&self, chat: ChatId) -> Vec<MessageView> {
        let view = self.rig.telegram.view_chat(chat, usize::MAX).unwrap();
        let said = view.messages.into_iter().filter(|it| !it.is_service);
        said.collect()
    }

    /// Waits for a message in a group that holds the words.
    pub async fn sees(&self, group: usize, words: &str) -> MessageView {
        let look = || {
            let mut messages = self.messages(self.groups[group]).into_iter();
            messages.find(|it| it.text.contains(words))
        };
        self.find(&format!("group {group}: {words}"), look).await
    }

    /// The same by the bot, not by whoever wrote it there.
    pub async fn sees_copy(&self, group: usize, words: &str) -> MessageView {
        let look = || {
            let mut messages = self.messages(self.groups[group]).into_iter();
            messages.find(|it| it.is_bot && it.text.contains(words))
        };
        self.find(&format!("copy in group {group}: {words}"), look)
            .await
    }

    /// The bytes of the one file of a message.
    pub fn file_of(&self, message: &MessageView) -> Vec<u8> {
        let [attachment] = &message.attachments[..] else {
            panic!("one file: {:?}", message.attachments)
        };
        let url = attachment.url.as_deref().unwrap();
        let path = url.strip_prefix("/files/telegram/").unwrap();
        self.rig.telegram.file(path).unwrap().1.to_vec()
    }
}
