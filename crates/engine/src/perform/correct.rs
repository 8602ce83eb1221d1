//! An edit that cannot be made in place: what is different is said in reply to what stands there.

use conversation::{CORRECTION_WAITS, Capabilities, Content, Support, Timestamp, correction};
use store::Work;

use super::{Next, Outcome, Sending, long::at_ease};
use crate::draft::Draft;

impl Sending<'_> {
    /// What changed is said in reply to what stands there, once the author is done.
    pub(super) async fn correct(&self, draft: &mut Option<Draft>) -> Result<Next, Outcome> {
        let (work, now) = (self.work, self.now);
        let is_begun = work.attempt.in_doubt || work.is_correction_begun();
        let until = work.created_at.plus(self.by.correction_after);
        if !is_begun && (work.created_at..until).contains(&now) {
            return Ok(Next::Needless(CORRECTION_WAITS));
        }
        let is_drafted = draft.as_ref().is_some_and(|it| it.is_of(work));
        let Some(words) = words_of_correction(work, is_drafted) else {
            return Ok(Next::Needless("nothing-to-say"));
        };
        self.beside(&words, draft).await
    }
}

/// An edit that cannot be made in place, or not any more, and that was not begun there.
pub(super) fn is_said_beside(work: &Work, to: &Capabilities, now: Timestamp) -> bool {
    if !work.sent.parts.is_empty() {
        return !work.is_edit_begun();
    }
    let is_too_late = |within| {
        let since = work.standing.since;
        since.is_some_and(|since| now.since(since) >= within)
    };
    to.edits.support != Support::Native || to.edits.within.is_some_and(is_too_late)
}

/// The correction as a message that answers the one that it corrects. None if nobody would see a difference.
fn words_of_correction(work: &Work, is_drafted: bool) -> Option<Work> {
    let outdated = work.standing.outdated.as_ref()?;
    let content = match is_drafted {
        // The draft holds it already, and what it was made of was not read again.
        true => Content::default(),
        false => at_ease(|| correction(&outdated.content, &work.said.content))?,
    };
    let mut post = work.as_post(content);
    post.said.at = work.said.revised_at;
    post.context.reply = outdated.reply.clone();
    post.context.parent = outdated.quote.clone();
    Some(post)
}
