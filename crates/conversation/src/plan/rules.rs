//! The rules as three tables: why an event is not taken, why it waits for staff, and why a delivery is not made. First match
//! wins.

use super::{Agreed, ChannelFacts, Facts, MessageFacts, hops};
use crate::{
    AuthorKind, Capabilities, ChannelId, DeliveryState, Event, Inbound, Link, OperationKind, Proof,
    Support,
};

/// A name and what it stands for, each on a line of its own.
macro_rules! rows {
    ($($name:expr => $because:literal,)+) => { &[$(($name, $because)),+] };
}

/// An edit that is said in a few words once its author is done.
pub const CORRECTION_WAITS: &str = "correction-waits";
/// A reaction that is told with others.
pub const NEXT_DIGEST: &str = "next-digest";
/// An edit that was said so.
pub const AS_A_CORRECTION: &str = "as-a-correction";
/// A file that goes by itself once it can be had.
pub const FILE_FOLLOWS: &str = "file-follows";
/// A file that never could be had.
pub const FILE_LOST: &str = "file-lost";
/// A change that is kept until the message comes that it changes.
pub const CAME_EARLY: &str = "came-early";

/// Of a channel that left its room, and of what comes to the bridge alone.
pub const UNLINKED: &str = "unlinked";
pub const IN_PRIVATE: &str = "in-private";
/// What was to be said to somebody who blocked the bridge.
pub const SHUT_OUT: &str = "shut-out";

/// What waits for its author's yes, and what never got it.
pub const FIRST_MESSAGE: &str = "first-message";
pub const NO_CONSENT: &str = "no-consent";

/// What its platform said of it later.
pub const CONFIRMED: &str = "confirmed";
/// What waits for its person to write again.
pub const WINDOW_SHUT: &str = "window-shut";
/// What was to be said to whoever asked, alone.
pub const REQUEST_EXPIRED: &str = "request-expired";

/// What staff looked at and did not want, and what nobody looked at for long.
pub const DELETED_BEFORE_SENT: &str = "deleted-before-sent";
pub const DROPPED_BY_STAFF: &str = "dropped-by-staff";
pub const FORGOTTEN: &str = "forgotten";
/// What its author keeps on its platform: by `private on`, or by `#local` in the message.
pub const PRIVATE: &str = "private";
pub const LOCAL: &str = "local";
/// What was not delivered for as long as its words are kept.
pub const RETENTION: &str = "retention";

/// Why a delivery ended as it did, where none of the tables below decided: `(name, because)`.
pub const OUTBOX_RULES: &[(&str, &str)] = rows! {
    "author-brake" => "its author wrote more in a minute than is allowed, and staff looks first",
    "channel-brake" => "its channel took in more in a minute than is allowed, and staff looks first",
    "storm-brake" => "the room took in more than is allowed, and staff looks first",
    DELETED_BEFORE_SENT => "its author deleted it before it went out",
    "deleted-meanwhile" => "its author deleted it meanwhile",
    "already-current" => "what stands there says it already",
    "nothing-to-say" => "nothing is left of it that the platform could show",
    UNLINKED => "the channel left the room",
    SHUT_OUT => "its person does not want to hear from the bridge in private",
    CONFIRMED => "its platform says that it arrived",
    REQUEST_EXPIRED => "it answers a request, and the platform takes no answer to it any more",
    DROPPED_BY_STAFF => "staff dropped it",
    FORGOTTEN => "it was held, and nobody looked at it in time",
    PRIVATE => "its author wants that what they say stays on its platform",
    LOCAL => "its author wrote #local in it, so it stays on its platform",
    RETENTION => "it waited for twice as long as words are kept, so they are gone",
    "said-by-a-later-one" => "its author changed it again, and the last change says it all",
    AS_A_CORRECTION => "what was posted cannot be changed any more, so what is different was said",
    FILE_FOLLOWS => "its file cannot be had yet; the words went, and the file follows once it can",
    FILE_LOST => "its file could not be had; a line with the words says so",
    "overtaken" => "it was settled, or is said once more behind it, before its person was heard again",
    "said-with-others" => "it was said together with others that waited for the same person",
    "in-digest" => "the digest told it together with others",
    "for-the-author-alone" => "the channel hands each message to all its members, and this one is for one of them",
};

/// For people: what a rule's name stands for, as it completes "it was not sent because …".
pub fn because(rule: &str) -> Option<&'static str> {
    const EARLY: &[(&str, &str)] = rows! {
        CAME_EARLY => "the message that it changes has not come yet; it is done when that comes",
    };
    let of_event = RULES.iter().chain(HOLD_RULES);
    let of_event = of_event.map(|it| (it.name, it.because));
    let of_delivery = DESTINATION_RULES.iter().map(|it| (it.name, it.because));
    let written = OUTBOX_RULES.iter().copied();
    let mut all = of_delivery
        .chain(written)
        .chain(of_event)
        .chain(EARLY.iter().copied());
    let found = all.find(|(name, _)| *name == rule);
    found.map(|(_, because)| because)
}

/// A reason not to take an event, or not yet.
pub struct Rule {
    pub name: &'static str,
    /// For people: completes "it was not relayed because …".
    pub because: &'static str,
    pub applies: fn(&Facts, &Inbound) -> bool,
}

pub const RULES: &[Rule] = &[
    Rule {
        name: "repeat",
        because: "the platform delivered the same event before",
        applies: |facts, _| facts.repeat,
    },
    Rule {
        name: "own-words",
        because: "it is what we posted ourselves, coming back",
        applies: |_, event| {
            !concerns_the_channel(event) && event.actor.kind == AuthorKind::Ourselves
        },
    },
    Rule {
        name: "own-copy",
        because: "it is a copy that we made ourselves",
        applies: |facts, _| facts.own_copy,
    },
    Rule {
        name: "unknown-channel",
        because: "the channel is in no community of ours",
        applies: |facts, _| facts.channel.is_none(),
    },
    Rule {
        name: IN_PRIVATE,
        because: "it came to the bridge alone, which keeps no word of it",
        applies: |facts, _| facts.channel.as_ref().is_some_and(ChannelFacts::is_direct),
    },
    Rule {
        name: UNLINKED,
        because: "the channel is in no room",
        applies: |facts, event| {
            let left = |it: &ChannelFacts| it.has_left() || it.link == Link::Unlinked;
            !changes_the_channel(event) && facts.channel.as_ref().is_some_and(left)
        },
    },
    Rule {
        name: "other-bot",
        because: "a program wrote it, and programs that repeat each other never stop",
        applies: |_, event| !concerns_the_channel(event) && event.actor.kind == AuthorKind::Bot,
    },
    Rule {
        name: "too-many-hops",
        because: "it went through several bridges already",
        applies: |_, event| hops::too_many(event),
    },
    Rule {
        name: "empty",
        because: "it holds no words that can be seen, and no file",
        applies: |_, event| matches!(&event.event, Event::Posted(it) if it.content.is_empty()),
    },
    Rule {
        name: "unknown-target",
        because: "the message that it changes is not known here",
        applies: |facts, event| {
            facts.target.is_none() && (changes_a_message(event) || tells_of_ours(event))
        },
    },
    Rule {
        name: "not-the-author",
        because: "only its author can change a message",
        applies: |facts, event| {
            let is_anothers = |it: &MessageFacts| it.author_account != event.actor.account;
            is_edit(event) && facts.target.as_ref().is_some_and(is_anothers)
        },
    },
    Rule {
        name: "older-edit",
        because: "a newer edit of it came before",
        applies: |facts, event| {
            let newest = facts.target.as_ref().and_then(|it| it.edited_at);
            is_edit(event) && newest.is_some_and(|it| event.at < it)
        },
    },
    Rule {
        name: "already-deleted",
        because: "the message was deleted before",
        applies: |facts, event| {
            changes_a_message(event) && facts.target.as_ref().is_some_and(|it| it.deleted)
        },
    },
];

/// Reasons to let staff look at an event that is to be taken, before anybody else hears of it.
pub const HOLD_RULES: &[Rule] = &[
    Rule {
        name: "proof-failed",
        because: "its author's own domain says that it is not theirs",
        applies: |_, event| event.proof == Proof::Failed,
    },
    Rule {
        name: "proof-missing",
        because: "it claims to be from a member, and nothing proves it",
        applies: |_, event| event.proof == Proof::Missing,
    },
    Rule {
        name: "said-again",
        because: "its author said the same here several times within the hour, as forwarders do that go round in circles",
        applies: |facts, event| facts.said_again && matches!(event.event, Event::Posted(_)),
    },
];

/// A reason not to make one delivery of an event that was taken.
pub struct DestinationRule {
    pub name: &'static str,
    /// For people: completes "it was not sent there because …".
    pub because: &'static str,
    pub applies: fn(&Facts, &ChannelFacts, OperationKind, &Capabilities) -> bool,
}

pub const DESTINATION_RULES: &[DestinationRule] = &[
    DestinationRule {
        name: "never-posted",
        because: "the message itself was never sent there",
        applies: |facts, to, it, _| it != OperationKind::Post && !stands_in(facts, to),
    },
    DestinationRule {
        name: NO_CONSENT,
        because: "its author did not agree that it goes on to other channels",
        applies: |facts, to, it, _| {
            it == OperationKind::Post && facts.agreed == Agreed::No && goes_on(facts, to)
        },
    },
    DestinationRule {
        name: FIRST_MESSAGE,
        because: "the room asks everybody before their first words go on, and its author has not answered yet",
        applies: |facts, to, it, can| match it {
            OperationKind::Post => facts.agreed == Agreed::NotYet && goes_on(facts, to),
            OperationKind::React => can.reactions == Support::Native && waits_for(facts, to),
            OperationKind::Edit | OperationKind::Delete => false,
        },
    },
    DestinationRule {
        name: "not-out-yet",
        because: "the message itself waits still, and goes as it stands by then",
        applies: |facts, to, it, _| {
            matches!(it, OperationKind::Edit | OperationKind::Delete) && waits_for(facts, to)
        },
    },
    DestinationRule {
        name: WINDOW_SHUT,
        because: "the platform lets us speak there only for some hours after its person did; it goes once they write again",
        applies: |facts, to, _, can| to.is_shut(can, facts.now),
    },
    DestinationRule {
        name: "edits-unsupported",
        because: "the platform cannot change what was posted",
        applies: |_, _, it, can| it == OperationKind::Edit && can.edits.support == Support::None,
    },
    DestinationRule {
        name: CORRECTION_WAITS,
        because: "the platform cannot change what was posted; what is different is said once the author is done",
        applies: |_, _, it, can| {
            it == OperationKind::Edit && can.edits.support == Support::Fallback
        },
    },
    DestinationRule {
        name: "deletes-unsupported",
        because: "the platform cannot take back what was posted",
        applies: |_, _, it, can| it == OperationKind::Delete && can.deletes == Support::None,
    },
    DestinationRule {
        name: "reactions-unsupported",
        because: "the platform has no reactions that we may set",
        applies: |_, _, it, can| it == OperationKind::React && can.reactions == Support::None,
    },
    DestinationRule {
        name: NEXT_DIGEST,
        because: "the platform has no reactions; the next digest tells them together",
        applies: |_, _, it, can| it == OperationKind::React && can.reactions == Support::Fallback,
    },
];

fn is_edit(event: &Inbound) -> bool {
    matches!(event.event, Event::Edited { .. })
}

fn changes_a_message(event: &Inbound) -> bool {
    is_edit(event) || matches!(event.event, Event::Deleted { .. } | Event::Reacted(_))
}

/// A fact about the channel, whoever brought it about: another program may have closed it.
fn concerns_the_channel(event: &Inbound) -> bool {
    changes_the_channel(event)
        || tells_of_ours(event)
        || matches!(event.event, Event::Missed { .. })
}

/// What the platform says later of something that we posted.
fn tells_of_ours(event: &Inbound) -> bool {
    matches!(event.event, Event::Failed { .. } | Event::Confirmed { .. })
}

fn changes_the_channel(event: &Inbound) -> bool {
    matches!(
        event.event,
        Event::Moved { .. } | Event::Closed { .. } | Event::Opened
    )
}

/// To another channel than that in which it was said.
fn goes_on(facts: &Facts, to: &ChannelFacts) -> bool {
    facts.channel.as_ref().is_none_or(|it| it.id != to.id)
}

/// The message that is changed has not gone there yet, for its author is still to be asked.
fn waits_for(facts: &Facts, to: &ChannelFacts) -> bool {
    let waits = |(channel, state): &(ChannelId, DeliveryState)| {
        *channel == to.id && *state == DeliveryState::Waiting
    };
    let target = facts.target.as_ref();
    target.is_some_and(|it| it.posts.iter().any(waits))
}

fn stands_in(facts: &Facts, to: &ChannelFacts) -> bool {
    let is_there = |(channel, state): &(ChannelId, DeliveryState)| {
        *channel == to.id && !matches!(state, DeliveryState::Suppressed | DeliveryState::Dead)
    };
    let target = facts.target.as_ref();
    target.is_some_and(|it| it.home == to.id || it.posts.iter().any(is_there))
}
