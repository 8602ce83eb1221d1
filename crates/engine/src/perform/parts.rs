//! An edit, part by part: what is changed where it stands, what is posted, and what is taken back. Pure.
//!
//! **Invariant:** no platform puts another file into a message, so a part is changed only where its files are the same;
//! the message keeps its first part, which is its place in the channel, whatever is in it.

use conversation::{Attachment, AttachmentSource, Content, Operation, OperationKind};
use store::{PartFiles, Work};

/// One call of the adapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// What stands at `at` becomes the part.
    Edit {
        part: usize,
        at: usize,
    },
    Post(usize),
    /// What stands there.
    Delete(usize),
}

/// What stands is changed before anything is posted, and nothing is taken back before all that is new is there.
pub(super) fn changes(parts: &[Content], work: &Work) -> Vec<Change> {
    let places = places(parts, work);
    let edits = places.iter().enumerate();
    let edits = edits.filter_map(|(part, at)| at.map(|at| Change::Edit { part, at }));
    let posts = places.iter().enumerate();
    let posts = posts.filter(|(_, at)| at.is_none());
    let gone = (0..work.standing.parts.len()).filter(|it| !places.contains(&Some(*it)));
    edits
        .chain(posts.map(|(part, _)| Change::Post(part)))
        .chain(gone.map(Change::Delete))
        .collect()
}

/// Where each part stands already.
fn places(parts: &[Content], work: &Work) -> Vec<Option<usize>> {
    let mut places = vec![None; parts.len()];
    if let Some(standing) = standing(work) {
        for (part, content) in parts.iter().enumerate() {
            let is_free = |at: &usize| !places.contains(&Some(*at));
            let mut free = (0..standing.len()).filter(is_free);
            let at = free.find(|at| are_those(&content.attachments, &standing[*at]));
            places[part] = at;
        }
    }
    if places.iter().all(Option::is_none) && !work.standing.parts.is_empty() {
        places.iter_mut().take(1).for_each(|it| *it = Some(0));
    }
    places
}

/// The files in what stands there. An older version noted none, and where the message had none then, there are none.
fn standing(work: &Work) -> Option<PartFiles> {
    let had_none = || {
        let outdated = work.standing.outdated.as_ref();
        outdated.is_some_and(|it| it.content.attachments.is_empty())
    };
    let mut files = match &work.standing.files {
        Some(files) => files.clone(),
        None if had_none() => Vec::new(),
        None => return None,
    };
    files.resize(work.standing.parts.len(), Vec::new());
    Some(files)
}

/// Words that stand apart from their files stay apart, where they would go together by now.
pub(super) fn as_they_stand(mut parts: Vec<Content>, work: &Work) -> Vec<Content> {
    let Some(standing) = standing(work).filter(|_| work.operation == OperationKind::Edit) else {
        return parts;
    };
    let are_apart = |part: &&mut Content| {
        let files = &part.attachments;
        let has_both = !files.is_empty() && !part.text.is_blank();
        let stand_apart = || standing.iter().any(|it| are_those(files, it));
        has_both && standing.first().is_some_and(Vec::is_empty) && stand_apart()
    };
    if let Some(first) = parts.first_mut().filter(are_apart) {
        let attachments = std::mem::take(&mut first.attachments);
        let files = Content {
            attachments,
            ..Content::default()
        };
        parts.insert(1, files);
    }
    parts
}

/// The files that stand there after the call.
pub(super) fn files_after(operation: &Operation, work: &Work) -> Vec<String> {
    match operation {
        Operation::Post(post) => {
            let files = post.part.files.iter();
            files.filter_map(|it| hash(&it.attachment)).collect()
        }
        Operation::Edit { targets, .. } => {
            let at = work.standing.parts.iter().position(|it| it == targets);
            let files = standing(work)
                .zip(at)
                .map(|(mut it, at)| it.swap_remove(at));
            files.unwrap_or_default()
        }
        Operation::Delete { .. } | Operation::React { .. } => Vec::new(),
    }
}

/// One that could not be had again is known by nothing: it stands where files stand.
fn are_those(files: &[Attachment], standing: &[String]) -> bool {
    match files.iter().map(hash).collect::<Option<Vec<_>>>() {
        Some(files) => files == standing,
        None => !standing.is_empty(),
    }
}

fn hash(file: &Attachment) -> Option<String> {
    match &file.source {
        AttachmentSource::Blob(blob) => Some(blob.sha256.clone()),
        AttachmentSource::Remote { .. } | AttachmentSource::Absent(_) => None,
    }
}
