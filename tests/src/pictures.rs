//! Messages with files.

use conversation::{
    Attachment, AttachmentKind, AttachmentSource, Content, Event, Posted, RemoteId,
};

use crate::{Town, channel::at, platform::A_MOMENT};

impl Town {
    /// Someone shows a picture, which stays on the platform until somebody needs it.
    pub async fn shows(&mut self, channel: &str, who: &str, text: &str, picture: &str) {
        self.time_passes(A_MOMENT);
        let at = at(channel);
        let id = self
            .platform(&at)
            .people_say(&at.id, who, (None, text), None);
        let mut content = Content::plain(text);
        content.attachments.push(Attachment {
            kind: AttachmentKind::Photo,
            name: Some(picture.to_owned()),
            mime: None,
            size: None,
            alt: None,
            source: AttachmentSource::Remote {
                channel: at.clone(),
                file: RemoteId::from(picture),
            },
        });
        let posted = Posted {
            thread: None,
            messages: vec![id],
            reply_to: Vec::new(),
            subject: None,
            content,
        };
        self.happens(&at, who, Event::Posted(posted)).await;
    }
}
