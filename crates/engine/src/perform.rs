//! Making one delivery: from what was said to what the adapter is asked, and its answer.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use conversation::{
    Adapter, Capabilities, Content, DELETED_BEFORE_SENT, LocalFile, Operation, OperationKind, Part,
    Post, SendError, Stays, Timestamp, WINDOW_SHUT,
};
use futures::FutureExt;
use store::{SeenBy, Store, Work};
use tokio_util::sync::CancellationToken;

pub(crate) use crate::outcome::Outcome;
use crate::{
    adapters::Adapters, draft::Draft, files::Files, log::OperatorLog, readers::Readerships,
    refusals::Refusals, retries::Retries, tell::Authors, underway::Underway, wake::Wake,
    wording::Wording,
};

mod asked;
mod became;
mod call;
mod change;
mod correct;
mod deliver;
mod earlier;
mod files;
mod hand_out;
mod introduce;
mod late;
mod layout;
mod long;
mod named;
mod parts;
mod refused;
mod says;
mod shown;

use asked::{REQUEST_EXPIRED, has_ended, unanswered};
use call::{AdapterCall, Next};
use layout::Layout;
use named::Named;
pub(crate) use says::Says;
pub(crate) use shown::LATE;

/// A store that fails is no fault of the message.
pub(crate) fn unavailable(error: store::Error) -> SendError {
    SendError::Unavailable(error.to_string())
}

/// A message in whose sending the process died so often, one time after the other, may be what kills it.
const MOST_DEATHS: u32 = 60;

/// Makes deliveries: what all lanes share.
pub(crate) struct Dispatcher {
    pub(crate) store: Store,
    pub(crate) adapters: Adapters,
    /// What the platforms are called behind people's names.
    pub(crate) labels: Vec<&'static str>,
    pub(crate) files: Arc<Files>,
    pub(crate) readerships: Readerships,
    pub(crate) retries: Retries,
    pub(crate) refusals: Refusals,
    pub(crate) authors: Authors,
    pub(crate) log: OperatorLog,
    pub(crate) wake: Wake,
    pub(crate) underway: Underway,
    pub(crate) correction_after: Duration,
    pub(crate) most_parts: u32,
    pub(crate) stop: CancellationToken,
}

/// One attempt at one delivery.
#[derive(Clone, Copy)]
struct Sending<'a> {
    by: &'a Dispatcher,
    adapter: &'a dyn Adapter,
    work: &'a Work,
    now: Timestamp,
}

impl Dispatcher {
    pub(crate) async fn perform(
        &self,
        work: &Work,
        draft: &mut Option<Draft>,
        now: Timestamp,
    ) -> Outcome {
        let Some(adapter) = self.adapters.get(&work.to.channel.platform) else {
            return Outcome::Failed(SendError::Unavailable(
                "the platform is switched off".into(),
            ));
        };
        if work.attempt.was_cut_off && work.attempt.number > MOST_DEATHS {
            return Outcome::Deadly;
        }
        let sending = Sending {
            by: self,
            adapter: adapter.as_ref(),
            work,
            now,
        };
        // A message that makes an adapter panic must not stop the channel's other messages.
        AssertUnwindSafe(sending.attempt(draft))
            .catch_unwind()
            .await
            .unwrap_or(Outcome::Panicked)
    }

    /// What the bridge itself says, in the language of where it goes.
    pub(crate) fn put_into_words(&self, work: &mut Work) -> Result<(), Outcome> {
        let wording = Wording {
            adapters: self.adapters.clone(),
            language: work.to.language,
        };
        wording.put_into(work)
    }
}

impl Sending<'_> {
    fn can(&self) -> Capabilities {
        self.adapter.capabilities(&self.work.to.channel)
    }

    async fn attempt(self, draft: &mut Option<Draft>) -> Outcome {
        let work = self.work;
        if has_ended(&work.own.seen_by, self.now) {
            return Outcome::Needless(REQUEST_EXPIRED);
        }
        if work.own.seen_by == SeenBy::All && self.is_shut().await {
            return Outcome::Needless(WINDOW_SHUT);
        }
        match self.arrived_before_its_edit().await {
            Ok(None) => {}
            Ok(Some(outcome)) | Err(outcome) => return outcome,
        }
        match self.outbound(draft).await {
            Err(outcome) => outcome,
            Ok(Next::Needless(rule)) => Outcome::Needless(rule),
            Ok(Next::Complete) => Outcome::Complete,
            Ok(Next::Send(call)) => {
                let mut call = call.without_refused(&self, draft).await;
                if let Some(drafted) = draft.as_ref().filter(|it| it.is_of(work)) {
                    call.revision = drafted.revision;
                }
                let outcome = self.deliver(&call).await;
                outcome.unwrap_or_else(|error| match &work.own.seen_by {
                    SeenBy::All => call.failed(error, draft),
                    _ => unanswered(error),
                })
            }
        }
    }

    async fn outbound(&self, draft: &mut Option<Draft>) -> Result<Next, Outcome> {
        let work = self.work;
        if let Some(rule) = self.kept_back().filter(|_| !work.attempt.in_doubt) {
            return Ok(Next::Needless(rule));
        }
        match work.operation {
            OperationKind::Post if work.said.deleted && !work.attempt.in_doubt => {
                Ok(Next::Needless(DELETED_BEFORE_SENT))
            }
            OperationKind::Post => {
                let draft = self.drafted(draft).await?;
                Ok(self.next_part(&draft.posts))
            }
            _ if work.standing.parts.is_empty() => Ok(Next::Needless("never-posted")),
            OperationKind::Edit if !work.brings.is_empty() => self.bring_after(draft).await,
            OperationKind::Edit => self.next_change(draft).await,
            OperationKind::Delete => Ok(Next::delete_all(work)),
            OperationKind::React => Ok(Next::react(work)),
        }
    }

    /// Its author keeps it to the platform where it was said, whatever let it go.
    fn kept_back(&self) -> Option<&'static str> {
        let tells = matches!(
            self.work.operation,
            OperationKind::Post | OperationKind::Edit
        );
        let stays = self.work.said.stays.filter(|_| tells);
        stays.map(Stays::rule)
    }

    async fn drafted<'d>(&self, draft: &'d mut Option<Draft>) -> Result<&'d Draft, Outcome> {
        let earlier = draft.take_if(|it| it.is_of(self.work));
        let drafted = match earlier {
            Some(earlier) => earlier,
            None => {
                let posts = self.posts().await?;
                Draft::new(self.work, parts::as_they_stand(posts, self.work))
            }
        };
        Ok(draft.insert(drafted))
    }

    /// The message as it looks in the channel, post by post.
    async fn posts(&self) -> Result<Vec<Content>, Outcome> {
        let layout = Layout::new(self, self.can());
        let attachments = layout.with_files().await?;
        layout.posts(attachments).await
    }

    /// What answers what stands there in other words, as its author's own.
    async fn beside(&self, work: &Work, draft: &mut Option<Draft>) -> Result<Next, Outcome> {
        let beside = Sending { work, ..*self };
        let draft = beside.drafted(draft).await?;
        let mut next = beside.next_part(&draft.posts);
        if let Next::Send(call) = &mut next {
            call.is_correction = true;
        }
        Ok(next)
    }

    fn next_part(&self, parts: &[Content]) -> Next {
        let (number, of) = (self.work.sent.parts.len(), parts.len());
        match parts.get(number).cloned() {
            None if number > 0 => Next::Complete,
            None => Next::Needless("nothing-to-say"),
            Some(content) => {
                let post = self.post(content, (number, of));
                Next::send(self.work, Operation::Post(post), of)
            }
        }
    }

    fn post(&self, content: Content, (number, of): (usize, usize)) -> Box<Post> {
        let work = self.work;
        let files = content.attachments.into_iter();
        let files = files.filter_map(|attachment| {
            let path = self.by.files.path(&attachment)?;
            Some(LocalFile { attachment, path })
        });
        let named = Named::of(self.by, work, &work.said.speaker);
        Box::new(Post {
            // Among their own, nobody needs to be told where somebody writes.
            shown_name: match work.context.original {
                Some(_) => named.called.clone(),
                None => named.shown(),
            },
            author: named.author(work),
            from: work.said.home.platform.clone(),
            at: work.said.at,
            original: work.context.original.clone(),
            reply: work.context.reply.clone(),
            thread: work.to.thread.clone(),
            subject: work.said.subject.clone(),
            has_own_subject: work.said.has_own_subject,
            part: Part {
                // Below the last.
                buttons: match number + 1 == of {
                    true => work.own.buttons.clone(),
                    false => Vec::new(),
                },
                number,
                of,
                text: content.text,
                files: files.collect(),
            },
            progress: work.attempt.progress.clone(),
        })
    }
}

const DELETED_MEANWHILE: &str = "deleted-meanwhile";
