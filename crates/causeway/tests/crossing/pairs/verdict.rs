//! What the capability table promises for a pair and a feature: the level below which no cell may lie, and above
//! which the table would lie.

use conversation::Support;
use serde::Deserialize;

use super::features::Feature;

/// As `causeway capabilities --json` prints it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Promised {
    pub(crate) label: String,
    text: Limit,
    attachments: Attachments,
    markup: Level,
    replies: Level,
    threads: Level,
    subjects: Level,
    edits: Edits,
    deletes: Level,
    deletes_seen: Level,
    reactions: Level,
    reactions_seen: Level,
    author_name: Level,
    author_picture: Level,
    distribution: String,
    /// Of what comes without a name into a place whose threads have names.
    #[serde(default = "native")]
    general: Level,
}

#[derive(Debug, Clone, Deserialize)]
struct Limit {
    max: usize,
}

#[derive(Debug, Clone, Deserialize)]
struct Attachments {
    support: Level,
    per_post: usize,
}

#[derive(Debug, Clone, Deserialize)]
struct Edits {
    support: Level,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Level {
    None,
    Fallback,
    Native,
}

fn native() -> Level {
    Level::Native
}

impl From<Level> for Support {
    fn from(level: Level) -> Support {
        match level {
            Level::None => Support::None,
            Level::Fallback => Support::Fallback,
            Level::Native => Support::Native,
        }
    }
}

impl Promised {
    /// The table speaks of plain channels. Of forums, which two platforms have, the adapters say that each thread is a place
    /// with a name; on Telegram what has no name stands in the topic General.
    #[must_use]
    pub(crate) fn in_a_forum(mut self) -> Promised {
        if ["Telegram", "Discord"].contains(&self.label.as_str()) {
            self.general = self.threads;
            (self.threads, self.subjects) = (Level::Native, Level::Native);
        }
        self
    }

    /// How long a message may be.
    pub(crate) fn most(&self) -> usize {
        self.text.max
    }

    /// The room that the author's name and the subject take where they are words.
    fn spent_on(&self, from: &Promised) -> usize {
        const MOST: usize = 50;
        let is_subject = from.subjects == Level::Native && self.subjects != Level::Native;
        let is_name = self.author_name != Level::Native;
        MOST * (usize::from(is_subject) + usize::from(is_name))
    }

    /// Everybody gets everything there, and nobody is rung apart from the others.
    fn is_list(&self) -> bool {
        self.distribution == "by_us"
    }
}

/// `longest` is how much one message of a person on the source holds.
pub(crate) fn verdict(feature: Feature, from: &Promised, to: &Promised, longest: usize) -> Support {
    let level = match feature {
        Feature::Author => to.author_name,
        Feature::Picture => from.author_picture.min(to.author_picture),
        Feature::Subject if from.subjects != Level::Native => Level::None,
        Feature::Subject => to.subjects,
        Feature::Text => to.markup,
        Feature::Reply => to.replies,
        Feature::Thread if from.subjects != Level::Native => to.threads.min(to.general),
        Feature::Thread => to.threads,
        // Where nothing that was said can be changed, no edit begins.
        Feature::Edit if from.edits.support != Level::Native => Level::None,
        Feature::Edit => to.edits.support,
        Feature::Delete | Feature::Moderation => from.deletes_seen.min(to.deletes),
        Feature::Reaction | Feature::ReactionBack => from.reactions_seen.min(to.reactions),
        Feature::Image | Feature::File => to.attachments.support,
        Feature::Album if to.attachments.per_post < 3 => Level::Fallback,
        Feature::Album => to.attachments.support,
        Feature::Mention | Feature::Ring if from.is_list() => Level::None,
        Feature::Ring if !to.is_list() => Level::Native,
        Feature::Mention | Feature::Ring => Level::Fallback,
        Feature::Long if longest + to.spent_on(from) <= to.text.max => Level::Native,
        Feature::Long => Level::Fallback,
    };
    level.into()
}
