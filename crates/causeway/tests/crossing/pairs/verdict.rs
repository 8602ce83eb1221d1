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
    edits: Edits,
    deletes: Level,
    deletes_seen: Level,
    reactions: Level,
    reactions_seen: Level,
    author_name: Level,
    author_picture: Level,
    distribution: String,
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
        Feature::Text => to.markup,
        Feature::Reply => to.replies,
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
        // Ours may begin with the author's name.
        Feature::Long if longest + 50 <= to.text.max => Level::Native,
        Feature::Long => Level::Fallback,
    };
    level.into()
}
