//! A text that takes too many posts: the whole of it goes as a file, so that whoever speaks next need not wait for hours.
//!
//! **Invariant:** the same words come to the same posts at each look, also by another process: how many posts are too
//! many is written down with the first attempt, and the file is made of the words anew where it left the cache.

use conversation::{
    Attachment, AttachmentKind, AttachmentSource, BlobRef, Capabilities, Content, Markup,
    Rendering, SendError, Support, TextFiles, Whole, beginning_of_long, render, render_beginning,
    render_within, text_file_name, text_files,
};
use store::Work;
use tokio::runtime::{Handle, RuntimeFlavor};
use words::{TEXT_OF, TEXT_TOO_LONG, TEXT_UNKEPT};

use super::{Layout, Outcome, Sending, files::FETCHES};
use crate::files::Missing;

/// A text in more files than this is no text that people open.
const MOST_FILES: usize = 10;

/// The text as far as it is worth showing, and whether it is long whatever is said around it.
pub(super) fn to_show(work: &Work, to: &Capabilities) -> (Markup, bool) {
    let text = &work.said.content.text;
    let beginning = most_posts(work).and_then(|most| beginning_of_long(text, to, most));
    let is_long = beginning.is_some();
    (beginning.unwrap_or_else(|| text.clone()), is_long)
}

/// None for no limit.
fn most_posts(work: &Work) -> Option<usize> {
    let most = usize::try_from(work.to.most_parts).unwrap_or(usize::MAX);
    (most > 0).then_some(most)
}

impl Layout<'_> {
    /// The message post by post, with the whole text as a file where it would take too many.
    pub(super) async fn in_posts(
        &self,
        rendering: &Rendering<'_>,
        is_long: bool,
    ) -> Result<Vec<Content>, Outcome> {
        let (work, to) = (self.sending.work, &self.bringing.to);
        let posts = match most_posts(work) {
            None => Some(render(rendering, to)),
            Some(_) if is_long => None,
            Some(most) => render_within(rendering, to, most),
        };
        if let Some(posts) = posts {
            return Ok(posts);
        }
        let about = match work.said.has_own_subject {
            true => work.said.subject.clone(),
            false => TEXT_OF.say(work.to.language, &[("author", rendering.called.into())]),
        };
        let whole = self.whole(&about).await?;
        Ok(render_beginning(rendering, &whole, to))
    }

    /// The text in files that the channel takes, or a line that says where it is.
    async fn whole(&self, about: &str) -> Result<Whole, Outcome> {
        let (Sending { by, work, .. }, bringing) = (self.sending, &self.bringing);
        let largest = match bringing.to.attachments.support {
            Support::Native => bringing.to.attachments.max_upload,
            Support::Fallback | Support::None => u64::MAX,
        };
        let largest = largest.min(by.files.largest());
        let largest = usize::try_from(largest).unwrap_or(usize::MAX);
        let TextFiles { characters, files } =
            at_ease(|| text_files(&work.said.content.text, largest));
        let of = files.len();
        let mut whole = Whole {
            files: Vec::new(),
            characters,
        };
        if of > MOST_FILES {
            let size = files.iter().map(|it| it.len() as u64).sum();
            let file = text_file(text_file_name(about, (0, 1), work.to.language), size);
            let why = TEXT_TOO_LONG.fixed(work.to.language);
            whole.files.push(bringing.absent(&file, why));
            return Ok(whole);
        }
        for (number, text) in files.into_iter().enumerate() {
            let file = text_file(
                text_file_name(about, (number, of), work.to.language),
                text.len() as u64,
            );
            whole.files.push(self.kept(file, text).await?);
        }
        Ok(whole)
    }

    /// Tried once more where it fails; then the words go and say that it is not here.
    async fn kept(&self, file: Attachment, text: String) -> Result<Attachment, Outcome> {
        let (Sending { by, work, .. }, bringing) = (self.sending, &self.bringing);
        let missing = match by.files.keep_text(text).await {
            Err(error) => Missing::unkept(&error),
            Ok(blob) => {
                let source = AttachmentSource::Blob(blob);
                let here = Attachment {
                    source,
                    ..file.clone()
                };
                match by.files.fitting(&here, bringing).await {
                    Ok(file) => return Ok(file),
                    Err(missing) => missing,
                }
            }
        };
        if work.attempt.number <= FETCHES {
            let why = format!("for its text as a file, {}", missing.detail());
            return Err(SendError::Unavailable(why).into());
        }
        Ok(bringing.absent(&file, TEXT_UNKEPT.fixed(work.to.language)))
    }
}

/// Not kept yet.
fn text_file(name: String, size: u64) -> Attachment {
    Attachment {
        kind: AttachmentKind::Document,
        name: Some(name),
        mime: Some("text/plain; charset=utf-8".to_owned()),
        size: Some(size),
        alt: None,
        source: AttachmentSource::Blob(BlobRef {
            sha256: String::new(),
            size,
        }),
    }
}

/// Twenty megabytes take a part of a second, for which the others of this thread go on elsewhere.
pub(super) fn at_ease<T>(work: impl FnOnce() -> T) -> T {
    match Handle::current().runtime_flavor() {
        RuntimeFlavor::MultiThread => tokio::task::block_in_place(work),
        _ => work(),
    }
}
