//! The rows of the table: what somebody does on one platform, and what people on the three others then see.

use std::time::{Duration, Instant};

use conversation::Support;

use super::files;
use super::seen::{Place, Seen};
use super::verdict::Promised;

mod changes;
mod talk;
mod words;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Feature {
    Author,
    Picture,
    Subject,
    Text,
    Long,
    Reply,
    Thread,
    Edit,
    Delete,
    Moderation,
    Reaction,
    ReactionBack,
    Image,
    File,
    Album,
    Mention,
    Ring,
}

impl Feature {
    /// `Ring` comes last, for Cem's accounts are one person from then on.
    pub(crate) const ALL: [Feature; 17] = [
        Feature::Author,
        Feature::Picture,
        Feature::Subject,
        Feature::Text,
        Feature::Long,
        Feature::Reply,
        Feature::Thread,
        Feature::Edit,
        Feature::Delete,
        Feature::Moderation,
        Feature::Reaction,
        Feature::ReactionBack,
        Feature::Image,
        Feature::File,
        Feature::Album,
        Feature::Mention,
        Feature::Ring,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Feature::Author => "author's name",
            Feature::Picture => "author's picture",
            Feature::Subject => "subject",
            Feature::Text => "text with all markup",
            Feature::Long => "long text",
            Feature::Reply => "reply",
            Feature::Thread => "thread",
            Feature::Edit => "edit",
            Feature::Delete => "delete",
            Feature::Moderation => "delete by a moderator",
            Feature::Reaction => "reaction",
            Feature::ReactionBack => "reaction taken back",
            Feature::Image => "image",
            Feature::File => "file",
            Feature::Album => "album",
            Feature::Mention => "mention",
            Feature::Ring => "mention of who wants it",
        }
    }
}

/// What was seen of one feature on one platform. None: not what must be there, and why.
pub(crate) type Cell = Result<(Support, String), String>;

fn native(words: impl Into<String>) -> Cell {
    Ok((Support::Native, words.into()))
}

fn fallback(words: impl Into<String>) -> Cell {
    Ok((Support::Fallback, words.into()))
}

fn none(words: impl Into<String>) -> Cell {
    Ok((Support::None, words.into()))
}

/// One feature, tried from one place.
pub(crate) struct Trial<'a> {
    pub(crate) from: &'a dyn Place,
    pub(crate) to: &'a [&'a dyn Place],
    pub(crate) feature: Feature,
    pub(crate) promised: &'a [Promised],
}

const PATIENCE: Duration = Duration::from_secs(25);

impl Trial<'_> {
    pub(crate) async fn cells(&self) -> Vec<Cell> {
        match self.feature {
            Feature::Author | Feature::Picture => self.who_speaks().await,
            Feature::Subject => self.subject().await,
            Feature::Text => self.text().await,
            Feature::Long => self.long().await,
            Feature::Reply => self.reply().await,
            Feature::Thread => self.thread().await,
            Feature::Edit => self.edit().await,
            Feature::Delete | Feature::Moderation => self.delete().await,
            Feature::Reaction => self.reaction().await,
            Feature::ReactionBack => self.reaction_taken_back().await,
            Feature::Image | Feature::File | Feature::Album => self.files().await,
            Feature::Mention | Feature::Ring => self.mention().await,
        }
    }

    /// Words that nobody else says: which platform, which feature, and what of it.
    fn words(&self, what: &str) -> String {
        format!("{}{:?}{what}", self.from.label(), self.feature)
    }

    async fn arrives(&self, words: &str) -> Result<Vec<Seen>, String> {
        let mut seen = Vec::new();
        for place in self.to {
            let copy = wait(|| place.find(words)).await;
            seen.push(copy.ok_or_else(|| format!("{words} never came to {}", place.label()))?);
        }
        Ok(seen)
    }

    /// Whatever happened before is through everywhere once this has come.
    async fn fence(&self) -> Result<(), String> {
        let fence = self.words("Fence");
        self.from.says(&fence, &[]);
        self.arrives(&fence).await.map(drop)
    }

    fn all(&self, cell: impl Fn(&dyn Place) -> Cell) -> Vec<Cell> {
        self.to.iter().map(|it| cell(*it)).collect()
    }

    async fn files(&self) -> Vec<Cell> {
        let words = self.words("See");
        let sent = match self.feature {
            Feature::Image => vec![files::photograph()],
            Feature::File => vec![files::plan()],
            _ => files::album(),
        };
        self.from.says(&words, &sent);
        let copies = match self.arrives(&words).await {
            Ok(copies) => copies,
            Err(why) => return self.all(|_| Err(why.clone())),
        };
        let Some(own) = wait(|| self.from.find(&words)).await else {
            return self.all(|_| Err(format!("{words} never came to {}", self.from.label())));
        };
        // Some places bring the files after the words.
        let mut cells = Vec::new();
        for (place, copy) in self.to.iter().zip(copies) {
            let whole = || {
                let now = place.seen().into_iter().find(|it| it.id == copy.id)?;
                (now.files.len() == sent.len()).then_some(now)
            };
            cells.push(match wait(whole).await {
                None => Err(format!("other files: {:?}", place.get(&words))),
                Some(now) => files::judge(self.feature, &sent, &now, &own),
            });
        }
        cells
    }
}

async fn wait<T>(look: impl Fn() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    loop {
        if let Some(found) = look() {
            return Some(found);
        }
        if start.elapsed() > PATIENCE {
            return None;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
