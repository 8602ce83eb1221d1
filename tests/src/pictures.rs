//! Messages with files.

use conversation::{
    Attachment, AttachmentKind, AttachmentSource, ChannelRef, Content, Event, Posted, RemoteId,
};

use crate::{Town, channel::at, platform::A_MOMENT};

impl Town {
    /// Someone shows a picture, which stays on the platform until somebody needs it.
    pub async fn shows(&mut self, channel: &str, who: &str, text: &str, picture: &str) {
        self.shows_all(channel, who, text, &[picture]).await;
    }

    /// Someone shows pictures in one message.
    pub async fn shows_all(&mut self, channel: &str, who: &str, text: &str, pictures: &[&str]) {
        self.time_passes(A_MOMENT);
        let at = at(channel);
        let id = self
            .platform(&at)
            .people_say(&at.id, who, (None, text), None);
        let posted = Posted {
            thread: None,
            messages: vec![id],
            reply_to: Vec::new(),
            subject: None,
            content: showing(&at, text, pictures),
            elided: String::new(),
            twin: None,
        };
        self.happens(&at, who, Event::Posted(posted)).await;
    }

    /// Someone changes the words under a picture of theirs.
    pub async fn captions_anew(&mut self, channel: &str, who: &str, words: &str, text: &str) {
        self.changes_picture(channel, who, (words, text), &["hall.jpg"])
            .await;
    }

    /// Someone changes words of theirs, and shows these pictures from now on.
    pub async fn changes_picture(
        &mut self,
        channel: &str,
        who: &str,
        (words, text): (&str, &str),
        pictures: &[&str],
    ) {
        self.time_passes(A_MOMENT);
        let at = at(channel);
        let message = self.platform(&at).find(&at.id, words);
        self.platform(&at)
            .change(&message, |it| text.clone_into(&mut it.text));
        let content = showing(&at, text, pictures);
        self.happens(&at, who, Event::Edited { message, content })
            .await;
    }

    /// How many files lie on this machine.
    pub fn files_kept(&self) -> usize {
        let kept = std::fs::read_dir(self.folder_for_files());
        kept.map_or(0, Iterator::count)
    }

    /// Somebody tidies the folder for files away.
    pub fn folder_for_files_is_lost(&self) {
        let folder = self.folder_for_files();
        std::fs::remove_dir_all(folder).expect("there was one");
    }

    /// Something stands where the folder for files should be.
    pub fn folder_for_files_is_blocked(&self) {
        self.folder_for_files_is_lost();
        std::fs::write(self.folder_for_files(), "in the way").expect("it is ours");
    }

    pub fn folder_for_files_is_mended(&self) {
        std::fs::remove_file(self.folder_for_files()).expect("something was in the way");
    }
}

fn showing(at: &ChannelRef, text: &str, pictures: &[&str]) -> Content {
    let picture = |name: &&str| Attachment {
        kind: AttachmentKind::Photo,
        name: Some((*name).to_owned()),
        mime: None,
        size: None,
        alt: None,
        source: AttachmentSource::Remote {
            channel: at.clone(),
            file: RemoteId::from(*name),
        },
    };
    let mut content = Content::plain(text);
    content.attachments.extend(pictures.iter().map(picture));
    content
}
