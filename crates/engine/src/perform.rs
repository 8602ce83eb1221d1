//! Making one delivery: from what was said to what the adapter is asked, and its answer.

use std::panic::AssertUnwindSafe;

use conversation::{
    Adapter, Attachment, Content, DELETED_BEFORE_SENT, LeftOut, LocalFile, Operation,
    OperationKind, Outbound, Part, Post, Receipt, RemoteId, Rendering, SendError, Timestamp,
    WINDOW_SHUT,
};
use futures::FutureExt;
use store::{SeenBy, Work};

use crate::{Engine, draft::Draft, files::Bringing, people};

mod asked;
mod became;
mod change;
mod correct;
mod deliver;
mod earlier;
mod files;
mod hand_out;
mod introduce;
mod late;
mod long;
mod parts;
mod refused;
mod says;
mod shown;

use asked::{REQUEST_EXPIRED, has_ended, unanswered};
pub(crate) use says::Says;
pub(crate) use shown::LATE;
use shown::{late_note, reply_shown, under_subject, unseen_subject};

/// What an attempt came to.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// There is nothing to do any more, for the named reason.
    Needless(&'static str),
    /// A part arrived, of `of` that there are in this revision.
    Arrived {
        receipt: Receipt,
        /// The hashes of the files in it.
        files: Vec<String>,
        of: usize,
        revision: u32,
        is_correction: bool,
    },
    /// No part is left to post, for the message became shorter meanwhile.
    Complete,
    /// We stop before every reader had their turn.
    Paused,
    /// These files could not be had in time. Nothing was sent yet: it goes without them next.
    GoesWithout(Vec<LeftOut>),
    Failed(SendError),
    Panicked,
    /// The process died each time: it is not tried again.
    Deadly,
    /// Others went through where it failed.
    Faulty {
        error: SendError,
        in_doubt: bool,
    },
    /// The channel was closed to us until its time was over.
    Closed,
    /// A newer version wanted to say something for which this one has no words.
    Wordless,
}

impl Outcome {
    /// It may have arrived.
    pub(crate) fn is_doubt(&self) -> bool {
        match self {
            Outcome::Failed(error) => error.is_doubt(),
            Outcome::Faulty { in_doubt, .. } => *in_doubt,
            Outcome::Panicked | Outcome::Deadly => true,
            Outcome::Needless(_)
            | Outcome::Arrived { .. }
            | Outcome::Complete
            | Outcome::Paused
            | Outcome::GoesWithout(_)
            | Outcome::Closed
            | Outcome::Wordless => false,
        }
    }
}

impl From<SendError> for Outcome {
    fn from(error: SendError) -> Outcome {
        Outcome::Failed(error)
    }
}

/// A message in whose sending the process died so often, one time after the other, may be what kills it.
const MOST_DEATHS: u32 = 60;

impl Engine {
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
        // A message that makes an adapter panic must not stop the channel's other messages.
        AssertUnwindSafe(self.attempt(work, adapter.as_ref(), draft, now))
            .catch_unwind()
            .await
            .unwrap_or(Outcome::Panicked)
    }

    async fn attempt(
        &self,
        work: &Work,
        adapter: &dyn Adapter,
        draft: &mut Option<Draft>,
        now: Timestamp,
    ) -> Outcome {
        if has_ended(&work.own.seen_by, now) {
            return Outcome::Needless(REQUEST_EXPIRED);
        }
        if self.is_shut(work, adapter, now).await {
            return Outcome::Needless(WINDOW_SHUT);
        }
        match self.arrived_before_its_edit(work, adapter, now).await {
            Ok(None) => {}
            Ok(Some(outcome)) | Err(outcome) => return outcome,
        }
        match self.outbound(work, adapter, draft, now).await {
            Err(outcome) => outcome,
            Ok(Next::Needless(rule)) => Outcome::Needless(rule),
            Ok(Next::Complete) => Outcome::Complete,
            Ok(Next::Send(step)) => {
                let step = self.without_refused(work, adapter, draft, *step, now).await;
                let drafted = draft.as_ref().filter(|it| it.is_of(work));
                let revision = drafted.map_or(work.said.revision, |it| it.revision);
                let outcome = self.deliver(work, adapter, (&step, revision), now).await;
                outcome.unwrap_or_else(|error| match &work.own.seen_by {
                    SeenBy::All => Self::failed(error, &step, draft),
                    _ => unanswered(error),
                })
            }
        }
    }

    /// A file that left this machine since the message was made is no fault of the message: it is made anew.
    fn failed(error: SendError, step: &Step, draft: &mut Option<Draft>) -> Outcome {
        match &error {
            SendError::Refused(_) | SendError::Unavailable(_) if step.has_lost_a_file() => {
                *draft = None;
                Outcome::Failed(SendError::Unavailable("its file left the cache".into()))
            }
            SendError::Refused(why) if step.is_files_alone() && refused::is_news(draft, why) => {
                Outcome::Failed(SendError::Unavailable("its file was refused".into()))
            }
            _ => Outcome::Failed(error),
        }
    }

    async fn outbound(
        &self,
        work: &Work,
        adapter: &dyn Adapter,
        draft: &mut Option<Draft>,
        now: Timestamp,
    ) -> Result<Next, Outcome> {
        match work.operation {
            OperationKind::Post if work.said.deleted && !work.attempt.in_doubt => {
                Ok(Next::Needless(DELETED_BEFORE_SENT))
            }
            OperationKind::Post => {
                let draft = self.drafted(work, adapter, draft, now).await?;
                Ok(self.next_part(work, &draft.posts))
            }
            _ if work.standing.parts.is_empty() => Ok(Next::Needless("never-posted")),
            OperationKind::Edit if !work.brings.is_empty() => {
                self.bring_after(work, adapter, draft, now).await
            }
            OperationKind::Edit => self.next_change(work, adapter, draft, now).await,
            OperationKind::Delete => Ok(Next::one(work, delete_all(work))),
            OperationKind::React => Ok(Next::one(work, react(work))),
        }
    }

    async fn drafted<'d>(
        &self,
        work: &Work,
        adapter: &dyn Adapter,
        draft: &'d mut Option<Draft>,
        now: Timestamp,
    ) -> Result<&'d Draft, Outcome> {
        let earlier = draft.take_if(|it| it.is_of(work));
        let drafted = match earlier {
            Some(earlier) => earlier,
            None => {
                let posts = self.posts(work, adapter, now).await?;
                Draft::new(work, parts::as_they_stand(posts, work))
            }
        };
        Ok(draft.insert(drafted))
    }

    /// The message as it looks in the channel, post by post.
    async fn posts(
        &self,
        work: &Work,
        adapter: &dyn Adapter,
        now: Timestamp,
    ) -> Result<Vec<Content>, Outcome> {
        let to = adapter.capabilities(&work.to.channel);
        let bringing = self.bringing(work, &to, now);
        let attachments = self.with_files(work, &bringing).await?;
        self.shown(work, attachments, &bringing).await
    }

    /// As `posts`, with files that are here or in words.
    async fn shown(
        &self,
        work: &Work,
        attachments: Vec<Attachment>,
        bringing: &Bringing<'_>,
    ) -> Result<Vec<Content>, Outcome> {
        let (to, now) = (bringing.to, bringing.now);
        let (text, is_long) = long::to_show(work, to);
        let content = Content { text, attachments };
        let late = late_note(work, now);
        let home = self.capabilities(&work.said.home);
        let content = match home
            .as_ref()
            .and_then(|home| unseen_subject(work, &content, home, to))
        {
            Some(subject) => under_subject(subject, content),
            None => content,
        };
        let named = self.named(&work.community, &work.said.speaker);
        let parent = work.context.parent.as_ref();
        let parent_author = parent.map(|it| self.named(&work.community, &it.author).shown());
        let rendering = Rendering {
            content: &content,
            author: &work.said.author,
            called: &named.called,
            from: named.label,
            labels: &self.labels,
            reply: reply_shown(work, parent_author.as_deref(), to),
            late: late.as_deref(),
            mentions: &work.context.mentions,
            language: work.to.language,
        };
        self.in_posts(work, &rendering, is_long, bringing).await
    }

    fn next_part(&self, work: &Work, parts: &[Content]) -> Next {
        let (number, of) = (work.sent.parts.len(), parts.len());
        match parts.get(number).cloned() {
            None if number > 0 => Next::Complete,
            None => Next::Needless("nothing-to-say"),
            Some(content) => {
                let post = self.post(work, content, (number, of));
                Next::send(work, Operation::Post(post), of)
            }
        }
    }

    fn post(&self, work: &Work, content: Content, (number, of): (usize, usize)) -> Box<Post> {
        let files = content
            .attachments
            .into_iter()
            .filter_map(|attachment| {
                let path = self.files.path(&attachment)?;
                Some(LocalFile { attachment, path })
            })
            .collect();
        let named = self.named(&work.community, &work.said.speaker);
        Box::new(Post {
            // Among their own, nobody needs to be told where somebody writes.
            shown_name: match work.context.original {
                Some(_) => named.called.clone(),
                None => named.shown(),
            },
            author: people::author(work, &named),
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
                files,
            },
            progress: work.attempt.progress.clone(),
        })
    }
}

enum Next {
    Needless(&'static str),
    Complete,
    Send(Box<Step>),
}

/// One call of the adapter.
struct Step {
    outbound: Outbound,
    /// The hashes of the files that stand there then.
    files: Vec<String>,
    /// So many parts there are.
    of: usize,
    is_correction: bool,
}

impl Step {
    fn arrived(&self, receipt: Receipt, revision: u32) -> Outcome {
        Outcome::Arrived {
            receipt,
            files: self.files.clone(),
            of: self.of,
            revision,
            is_correction: self.is_correction,
        }
    }

    fn has_lost_a_file(&self) -> bool {
        match &self.outbound.operation {
            Operation::Post(post) => post.part.files.iter().any(|it| !it.path.exists()),
            _ => false,
        }
    }

    /// The words went before them.
    fn is_files_alone(&self) -> bool {
        match &self.outbound.operation {
            Operation::Post(post) => post.part.number > 0 && post.part.text.is_blank(),
            _ => false,
        }
    }
}

impl Next {
    fn send(work: &Work, operation: Operation, of: usize) -> Next {
        Next::Send(Box::new(Step {
            files: parts::files_after(&operation, work),
            outbound: Outbound {
                delivery: work.delivery.clone(),
                key: format!("{}.{}", work.delivery, work.sent.parts.len()),
                channel: work.to.channel.clone(),
                operation,
                to: None,
                way_back: match &work.own.seen_by {
                    SeenBy::Asker(way_back) => Some(way_back.clone()),
                    SeenBy::All | SeenBy::Nobody => None,
                },
            },
            of,
            is_correction: false,
        }))
    }

    fn one(work: &Work, operation: Operation) -> Next {
        Next::send(work, operation, 1)
    }
}

const DELETED_MEANWHILE: &str = "deleted-meanwhile";

fn delete_all(work: &Work) -> Operation {
    Operation::Delete {
        targets: work.standing.parts.concat(),
    }
}

fn react(work: &Work) -> Operation {
    let target = work.standing.parts.concat().into_iter().next();
    Operation::React {
        target: target.unwrap_or(RemoteId(String::new())),
        emoji: work.said.emoji.clone(),
    }
}
