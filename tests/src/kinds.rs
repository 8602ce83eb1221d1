//! The kinds of platform that there are in a town.

use conversation::{Capabilities, DirectMessages, Distribution, EditLimits, Support, arbitrary};

use crate::{FakePlatform, threads::Threads};

/// A group chat that shows replies, edits and reactions, and whose bot speaks under its own name.
pub fn chat(name: &str) -> FakePlatform {
    let label = match name {
        "discord" => "Discord",
        _ => "Telegram",
    };
    FakePlatform {
        has_door: true,
        ..FakePlatform::new(name, capabilities(label))
    }
}

/// A mailing list that we are: it carries authors' names, and what is sent stays as it is.
pub fn list(name: &str) -> FakePlatform {
    let can = Capabilities {
        edits: EditLimits {
            support: Support::None,
            within: None,
        },
        deletes: Support::None,
        reactions: Support::None,
        buttons: 0,
        subjects: Support::Native,
        author_name: Support::Native,
        distribution: Distribution::ByUs,
        ..capabilities("email")
    };
    FakePlatform {
        knows_us: false,
        ..FakePlatform::new(name, can)
    }
}

/// A mailing list whose members hear of changes: each in a mail of few words, or in the next digest.
pub fn letters(name: &str) -> FakePlatform {
    let platform = list(name).that_can(|can| {
        can.edits.support = Support::Fallback;
        can.reactions = Support::Fallback;
    });
    FakePlatform {
        shows_subjects: true,
        ..platform
    }
}

/// A chat of teams: whoever answers opens a thread, which has a name of its own.
pub fn workplace(name: &str) -> FakePlatform {
    let can = Capabilities {
        threads: Support::Native,
        author_name: Support::Native,
        ..capabilities("Slack")
    };
    FakePlatform {
        threads: Threads::Opened,
        ..FakePlatform::new(name, can)
    }
}

/// A forum: each post that answers nothing opens a topic with a subject.
pub fn forum(name: &str) -> FakePlatform {
    let can = Capabilities {
        threads: Support::Native,
        subjects: Support::Native,
        author_name: Support::Native,
        ..capabilities("Discord")
    };
    FakePlatform {
        threads: Threads::Topics,
        shows_subjects: true,
        ..FakePlatform::new(name, can)
    }
}

fn capabilities(label: &'static str) -> Capabilities {
    let chat = arbitrary::chat();
    Capabilities {
        label,
        caption: chat.text,
        markup: Support::Fallback,
        edits: EditLimits {
            support: Support::Native,
            within: None,
        },
        deletes_seen: Support::Native,
        buttons: 25,
        direct_messages: DirectMessages::AnyTime,
        ..chat
    }
}
