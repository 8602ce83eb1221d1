//! A file that the channel refuses after it took the words: a line in its place says why, and where the file is.

use std::collections::HashMap;

use conversation::{Adapter, Content, Operation, Rendering, ReplyShown, Timestamp, render};
use futures::future::join_all;
use store::Work;

use super::Step;
use crate::{Engine, draft::Draft, files::Bringing};

/// Remembers it for the next attempt. A line that is refused as well is no news.
pub(super) fn is_news(draft: &mut Option<Draft>, why: &str) -> bool {
    let Some(draft) = draft.as_mut().filter(|it| it.is_long()) else {
        return false;
    };
    let is_news = draft.refused.is_none();
    draft.refused.get_or_insert_with(|| why.to_owned());
    is_news
}

impl Engine {
    /// The step as it goes after its files were refused once.
    pub(super) async fn without_refused(
        &self,
        work: &Work,
        adapter: &dyn Adapter,
        draft: &Option<Draft>,
        mut step: Step,
        now: Timestamp,
    ) -> Step {
        let refused = draft.as_ref().and_then(|it| it.refused.as_deref());
        let Some(why) = refused.filter(|_| step.is_files_alone()) else {
            return step;
        };
        let to = adapter.capabilities(&work.to.channel);
        let bringing = self.bringing(work, &to, now);
        if let Operation::Post(post) = &mut step.outbound.operation {
            let files = post.part.files.iter().map(|it| &it.attachment);
            let absent = files.map(|it| self.files.refused(it, why, &bringing));
            let content = Content {
                attachments: join_all(absent).await,
                ..Content::default()
            };
            if let [line] = self.lines(work, &content, &bringing).as_mut_slice() {
                post.part.files.clear();
                post.part.text = std::mem::take(&mut line.text);
                step.files.clear();
            }
        }
        step
    }

    fn lines(&self, work: &Work, content: &Content, bringing: &Bringing<'_>) -> Vec<Content> {
        let named = self.named(&work.community, &work.said.speaker);
        let rendering = Rendering {
            content,
            author: &work.said.author,
            called: &named.called,
            from: named.label,
            labels: &self.labels,
            reply: ReplyShown::Nothing,
            late: None,
            mentions: &HashMap::new(),
            language: work.to.language,
        };
        render(&rendering, bringing.to)
    }
}
