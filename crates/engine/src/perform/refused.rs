//! A file that the channel refuses after it took the words: a line in its place says why, and where the file is.

use std::collections::HashMap;

use conversation::{Attachment, Content, Operation, render};

use super::{AdapterCall, Layout, Named, Sending};
use crate::draft::Draft;

/// Remembers it for the next attempt. A line that is refused as well is no news.
pub(super) fn is_news(draft: &mut Option<Draft>, why: &str) -> bool {
    let Some(draft) = draft.as_mut().filter(|it| it.is_long()) else {
        return false;
    };
    let is_news = draft.refused.is_none();
    draft.refused.get_or_insert_with(|| why.to_owned());
    is_news
}

impl AdapterCall {
    /// As it goes after its files were refused once.
    pub(super) async fn without_refused(
        mut self: Box<AdapterCall>,
        sending: &Sending<'_>,
        draft: &Option<Draft>,
    ) -> Box<AdapterCall> {
        let refused = draft.as_ref().and_then(|it| it.refused.as_deref());
        let Some(why) = refused.filter(|_| self.is_files_alone()) else {
            return self;
        };
        if let Operation::Post(post) = &mut self.outbound.operation {
            let layout = Layout::new(sending, sending.can());
            let attachments = layout.refused(&post.part.files, why).await;
            if let [line] = layout.lines(attachments).as_mut_slice() {
                post.part.files.clear();
                post.part.text = std::mem::take(&mut line.text);
                self.files.clear();
            }
        }
        self
    }
}

impl Layout<'_> {
    fn lines(&self, attachments: Vec<Attachment>) -> Vec<Content> {
        let Sending { by, work, .. } = self.sending;
        let content = Content {
            attachments,
            ..Content::default()
        };
        let named = Named::of(by, work, &work.said.speaker);
        let mentions = HashMap::new();
        render(&self.plain(&content, &named, &mentions), &self.bringing.to)
    }
}
