//! The files of a message: with its words, in words, or after them.
//!
//! **Invariant:** what a message goes without is written down before it goes, so that whoever looks at it later, also
//! another process, sees the same message.

use conversation::{
    Attachment, Content, FILE_FOLLOWS, FILE_LOST, LeftOut, LocalFile, OperationKind, SendError,
};
use futures::future::join_all;
use store::Work;

use super::{DELETED_MEANWHILE, Layout, Next, Outcome, Sending};
use crate::{draft::Draft, files::Missing};

/// So many attempts wait for a file; then the words go.
pub(super) const FETCHES: u32 = 1;

/// What becomes of one file.
enum Placed {
    /// It goes with the words, or a line of them stands for it.
    Here(Attachment),
    /// It stands in the channel by itself.
    Beside,
    /// Another look may find it.
    Missed(LeftOut, Missing),
}

impl Layout<'_> {
    /// The files on this machine, or in words.
    pub(super) async fn with_files(&self) -> Result<Vec<Attachment>, Outcome> {
        let files = self.sending.work.said.content.attachments.iter();
        let placed = join_all(files.map(|it| self.placed(it))).await;
        let (mut attachments, mut missed) = (Vec::new(), Vec::new());
        for file in placed {
            match file {
                Placed::Here(file) => attachments.push(file),
                Placed::Beside => {}
                Placed::Missed(file, missing) => missed.push((file, missing)),
            }
        }
        if !missed.is_empty() {
            return Err(self.without(missed));
        }
        Ok(attachments)
    }

    async fn placed(&self, file: &Attachment) -> Placed {
        let (Sending { by, work, .. }, bringing) = (self.sending, &self.bringing);
        if work.without.followed.iter().any(|it| it.is_same(file)) {
            return Placed::Beside;
        }
        let mut left_out = work.without.left_out.iter();
        if let Some(known) = left_out.find(|it| it.file.is_same(file)) {
            return Placed::Here(bringing.absent(file, &known.why));
        }
        match by.files.fitting(file, bringing).await {
            Ok(file) => Placed::Here(file),
            Err(_) if stands_already(work, file) => Placed::Here(file.clone()),
            Err(missing @ Missing::Never(_)) => {
                if work.attempt.number == 1 {
                    warn(work, file, &missing);
                }
                Placed::Here(bringing.absent(file, missing.why(bringing.language)))
            }
            Err(missing) => {
                let (file, why) = (file.clone(), missing.why(bringing.language).to_owned());
                Placed::Missed(LeftOut { file, why }, missing)
            }
        }
    }

    /// A file that fails at once may be there in a moment; words wait no longer than that.
    fn without(&self, missed: Vec<(LeftOut, Missing)>) -> Outcome {
        let Sending { by, work, now, .. } = self.sending;
        if !work.brings.is_empty() {
            // Whether it arrived, nobody could tell any more once it waits again.
            return Outcome::Needless(if work.attempt.in_doubt {
                FILE_LOST
            } else {
                FILE_FOLLOWS
            });
        }
        let patience = by.retries.hold_back();
        let is_slow = missed.iter().any(|(_, it)| matches!(it, Missing::Slow));
        if !is_slow && work.attempt.number <= FETCHES && now.since(work.created_at) < patience {
            let detail = missed.iter().map(|(_, it)| it.detail()).next();
            let detail = format!("for its file, {}", detail.unwrap_or_default());
            return Outcome::Failed(SendError::Unavailable(detail));
        }
        let left_out = missed.into_iter().map(|(file, missing)| {
            warn(work, &file.file, &missing);
            file
        });
        Outcome::GoesWithout(left_out.collect())
    }

    /// In words.
    pub(super) async fn refused(&self, files: &[LocalFile], why: &str) -> Vec<Attachment> {
        let absent = files.iter().map(|it| {
            let files = &self.sending.by.files;
            files.refused(&it.attachment, why, &self.bringing)
        });
        join_all(absent).await
    }
}

impl Sending<'_> {
    /// What the words went without, in reply to them and as their author's own.
    pub(super) async fn bring_after(&self, draft: &mut Option<Draft>) -> Result<Next, Outcome> {
        if self.work.said.deleted && !self.work.attempt.in_doubt {
            return Ok(Next::Needless(DELETED_MEANWHILE));
        }
        self.beside(&files_alone(self.work), draft).await
    }
}

/// Without those that an edit took out meanwhile.
fn files_alone(work: &Work) -> Work {
    let is_still_said = |it: &&LeftOut| {
        let files = &work.said.content.attachments;
        files.iter().any(|other| other.is_same(&it.file))
    };
    let files = work.brings.iter().filter(is_still_said);
    let content = Content {
        attachments: files.map(|it| it.file.clone()).collect(),
        ..Content::default()
    };
    Work {
        without: store::Without::default(),
        ..work.as_post(content)
    }
}

/// An edit finds what was posted; it need not be brought again.
fn stands_already(work: &Work, file: &Attachment) -> bool {
    let stood = work
        .standing
        .outdated
        .as_ref()
        .map(|it| &it.content.attachments);
    work.operation == OperationKind::Edit
        && stood.is_some_and(|it| it.iter().any(|other| other.is_same(file)))
}

fn warn(work: &Work, file: &Attachment, missing: &Missing) {
    tracing::warn!(
        file.platform = file.source.platform().map(tracing::field::display),
        channel.id = %work.to.id,
        delivery.id = %work.delivery,
        why = missing.detail(),
        "words go without a file"
    );
}
