//! How a message looks in its channel, post by post, with files that are here or in words.

use std::collections::HashMap;

use conversation::{Attachment, Capabilities, Content, RemoteId, Rendering, ReplyShown};

use super::{
    Named, Outcome, Sending, long,
    shown::{late_note, reply_shown, under_subject, unseen_subject},
};
use crate::files::{Bringing, soon};

pub(super) struct Layout<'a> {
    pub(super) sending: Sending<'a>,
    pub(super) bringing: Bringing<'a>,
}

impl<'a> Layout<'a> {
    /// For a channel that can do so much.
    pub(super) fn new(sending: &Sending<'a>, to: Capabilities) -> Layout<'a> {
        let work = sending.work;
        Layout {
            sending: *sending,
            bringing: Bringing {
                adapters: &sending.by.adapters,
                to,
                home: &work.said.home.platform,
                until: soon(),
                now: sending.now,
                language: work.to.language,
            },
        }
    }

    pub(super) async fn posts(
        &self,
        attachments: Vec<Attachment>,
    ) -> Result<Vec<Content>, Outcome> {
        let Sending { by, work, now, .. } = self.sending;
        let to = &self.bringing.to;
        let (text, is_long) = long::to_show(work, to);
        let content = Content { text, attachments };
        let late = late_note(work, now);
        let home = by.adapters.capabilities(&work.said.home);
        let content = match home
            .as_ref()
            .and_then(|home| unseen_subject(work, &content, home, to))
        {
            Some(subject) => under_subject(subject, content),
            None => content,
        };
        let named = Named::of(by, work, &work.said.speaker);
        let parent = work.context.parent.as_ref();
        let parent_author = parent.and_then(|it| it.author.as_ref());
        let parent_author = parent_author.map(|it| Named::of(by, work, it).shown());
        let rendering = Rendering {
            reply: reply_shown(work, parent_author.as_deref(), to),
            late: late.as_deref(),
            ..self.plain(&content, &named, &work.context.mentions)
        };
        self.in_posts(&rendering, is_long).await
    }

    /// With nothing said around it.
    pub(super) fn plain<'r>(
        &'r self,
        content: &'r Content,
        named: &'r Named,
        mentions: &'r HashMap<RemoteId, RemoteId>,
    ) -> Rendering<'r> {
        let Sending { by, work, .. } = self.sending;
        Rendering {
            content,
            author: &work.said.author,
            called: &named.called,
            from: named.label,
            labels: &by.labels,
            reply: ReplyShown::Nothing,
            late: None,
            mentions,
            language: work.to.language,
        }
    }
}
