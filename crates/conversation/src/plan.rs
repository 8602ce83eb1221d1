//! The decision: from what we know and what happened to what must be done, each time with the name
//! of the rule that decided, so that "why did this not arrive?" has an answer.

use std::time::Duration;

use crate::{
    Capabilities, ChannelId, ChannelRef, DeliveryState, DirectMessages, Distribution, Event,
    Inbound, Link, MessageId, OperationKind, Purpose, RemoteId, RoomId, Timestamp, WaitsFor,
};

mod echo;
mod engagement;
mod hops;
mod rules;
mod stays;
mod storm;
#[cfg(test)]
mod tests;

pub use echo::echo;
pub use engagement::{Engagement, EngagementKind};
pub use rules::{
    AS_A_CORRECTION, CAME_EARLY, CONFIRMED, CORRECTION_WAITS, DELETED_BEFORE_SENT,
    DESTINATION_RULES, DROPPED_BY_STAFF, DestinationRule, FILE_FOLLOWS, FILE_LOST, FIRST_MESSAGE,
    FORGOTTEN, HOLD_RULES, IN_PRIVATE, LOCAL, NEXT_DIGEST, NO_CONSENT, OUTBOX_RULES, PRIVATE,
    REQUEST_EXPIRED, RETENTION, RULES, Rule, SHUT_OUT, UNLINKED, WINDOW_SHUT, because,
};
pub use stays::{Stays, stays, without_words};
pub use storm::{Brake, Recent, StormLimits};

/// All that planning needs to know of the past, loaded beforehand.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// When it is decided.
    pub now: Timestamp,
    /// The very same event was taken in before.
    pub repeat: bool,
    /// The posted message is a copy that we made ourselves.
    pub own_copy: bool,
    /// The channel that the event comes from, where we know it.
    pub channel: Option<ChannelFacts>,
    /// The channels of its room, itself included.
    pub room: Vec<ChannelFacts>,
    /// What the event answers, edits, deletes or reacts to, where we know it.
    pub target: Option<MessageFacts>,
    /// Nothing that its author says leaves its platform.
    pub is_private: bool,
    /// How much came just before it.
    pub recent: Recent,
    /// Its author said the same here as often as is allowed, within the hour.
    pub said_again: bool,
    /// Staff looked at it, and let it go.
    pub released: bool,
    /// Where its room asks everybody first.
    pub agreed: Agreed,
}

/// What an author said to it that their words go on to other channels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Agreed {
    /// Yes, or they were not asked because the room's notice is enough.
    #[default]
    Enough,
    NotYet,
    No,
}

#[derive(Debug, Clone)]
pub struct ChannelFacts {
    pub id: ChannelId,
    pub at: ChannelRef,
    pub purpose: Purpose,
    pub room: Option<RoomId>,
    pub link: Link,
    /// Of a direct one: when its person last said something there, give or take a minute.
    pub heard_at: Option<Timestamp>,
}

impl ChannelFacts {
    /// Its person said nothing for as long as the platform lets us answer.
    pub fn is_shut(&self, can: &Capabilities, now: Timestamp) -> bool {
        const HOUR_S: u64 = 3600;
        match can.direct_messages {
            DirectMessages::WithinHours(hours) if self.is_direct() => {
                let open = Duration::from_secs(u64::from(hours) * HOUR_S);
                self.heard_at.is_none_or(|it| now.since(it) >= open)
            }
            _ => false,
        }
    }

    /// It stood in a room, and nothing is said there any more.
    pub fn has_left(&self) -> bool {
        self.purpose == Purpose::Room && self.room.is_none()
    }

    pub fn is_direct(&self) -> bool {
        self.purpose == Purpose::Direct
    }
}

#[derive(Debug, Clone)]
pub struct MessageFacts {
    pub id: MessageId,
    /// The root of its thread; itself, where it is one.
    pub thread: MessageId,
    pub author_account: RemoteId,
    /// As the engagement log knows that account.
    pub author_key: String,
    pub home: ChannelId,
    /// Why it stands nowhere else.
    pub stays: Option<Stays>,
    /// Its author does not want to be counted.
    pub is_uncounted: bool,
    pub deleted: bool,
    /// By the platform's clock, of the newest revision that is not the first.
    pub edited_at: Option<Timestamp>,
    /// What became of its posts, channel by channel.
    pub posts: Vec<(ChannelId, DeliveryState)>,
}

/// What the community and the platforms allow.
pub struct Policy<'a> {
    pub capabilities: &'a (dyn Fn(&ChannelRef) -> Capabilities + Send + Sync),
    pub storm: StormLimits,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub verdict: Verdict,
    pub deliveries: Vec<PlannedDelivery>,
    pub engagement: Option<Engagement>,
    /// More came than is allowed.
    pub brake: Option<Brake>,
    /// Why it goes nowhere else.
    pub stays: Option<Stays>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Take,
    /// By the named rule.
    Drop(&'static str),
    /// By the named rule, until staff releases or drops it.
    Hold(&'static str),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedDelivery {
    pub channel: ChannelId,
    pub operation: OperationKind,
    pub fate: Fate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Send,
    Suppress(&'static str),
    /// Until it is said together with others, or at all.
    Wait(WaitsFor),
    Hold(&'static str),
}

impl Plan {
    /// To whom it was said, by us.
    pub fn goes_to(&self, channel: &ChannelId) -> bool {
        let is_made = |it: &PlannedDelivery| !matches!(it.fate, Fate::Suppress(_));
        self.deliveries
            .iter()
            .any(|it| it.channel == *channel && is_made(it))
    }

    /// Nothing follows, for now or for good.
    fn of(verdict: Verdict) -> Plan {
        Plan {
            verdict,
            deliveries: Vec::new(),
            engagement: None,
            brake: None,
            stays: None,
        }
    }
}

pub fn plan(facts: &Facts, event: &Inbound, policy: &Policy<'_>) -> Plan {
    let first = |rules: &[Rule]| {
        let rule = rules.iter().find(|rule| (rule.applies)(facts, event));
        rule.map(|rule| rule.name)
    };
    if let Some(rule) = first(RULES) {
        return Plan::of(Verdict::Drop(rule));
    }
    if !facts.released
        && let Some(rule) = first(HOLD_RULES)
    {
        return Plan::of(Verdict::Hold(rule));
    }
    let brake = storm::brake(facts, &policy.storm).filter(|_| !facts.released);
    let stays = stays(facts, event);
    Plan {
        verdict: Verdict::Take,
        deliveries: deliveries(facts, event, (policy, brake, stays)),
        brake,
        stays,
        engagement: engagement::of(event),
    }
}

fn deliveries(
    facts: &Facts,
    event: &Inbound,
    (policy, brake, stays): (&Policy<'_>, Option<Brake>, Option<Stays>),
) -> Vec<PlannedDelivery> {
    let Some(operation) = operation_of(&event.event) else {
        return Vec::new();
    };
    let operation = match stays::is_taken_back(facts, stays) && operation == OperationKind::Edit {
        true => OperationKind::Delete,
        false => operation,
    };
    let stays = stays::keeps(stays, &event.event, operation);
    let others = facts.room.iter().filter(|it| must_hear(it, event, policy));
    let planned = others.map(|to| PlannedDelivery {
        channel: to.id.clone(),
        operation,
        fate: match stays.filter(|_| to.at != event.channel) {
            Some(stays) => Fate::Suppress(stays.rule()),
            None => fate(facts, to, operation, (policy, brake)),
        },
    });
    planned.collect()
}

fn operation_of(event: &Event) -> Option<OperationKind> {
    match event {
        Event::Posted(_) => Some(OperationKind::Post),
        Event::Edited { .. } => Some(OperationKind::Edit),
        Event::Deleted { .. } => Some(OperationKind::Delete),
        Event::Reacted(_) => Some(OperationKind::React),
        Event::Joined
        | Event::Left
        | Event::Commanded { .. }
        | Event::Pressed { .. }
        | Event::Answered { .. }
        | Event::Moved { .. }
        | Event::Closed { .. }
        | Event::Opened
        | Event::Failed { .. }
        | Event::Confirmed { .. }
        | Event::Missed { .. } => None,
    }
}

/// The channel of origin heard it already, unless it is a list whose post only we can hand on.
fn must_hear(to: &ChannelFacts, event: &Inbound, policy: &Policy<'_>) -> bool {
    to.at != event.channel
        || (matches!(event.event, Event::Posted(_))
            && (policy.capabilities)(&to.at).distribution == Distribution::ByUs)
}

fn fate(
    facts: &Facts,
    to: &ChannelFacts,
    operation: OperationKind,
    (policy, brake): (&Policy<'_>, Option<Brake>),
) -> Fate {
    let capabilities = (policy.capabilities)(&to.at);
    let applies = |it: &&DestinationRule| (it.applies)(facts, to, operation, &capabilities);
    let rule = DESTINATION_RULES.iter().find(applies).map(|it| it.name);
    match (rule, brake) {
        // Nobody makes a flood by saying yes behind it.
        (Some(FIRST_MESSAGE), Some(Brake::Author)) => Fate::Suppress(Brake::Author.rule()),
        (Some(rule), _) => WaitsFor::by_rule(rule).map_or(Fate::Suppress(rule), Fate::Wait),
        // What somebody takes back is not to stand there for longer.
        (None, Some(brake)) if operation != OperationKind::Delete => Fate::Hold(brake.rule()),
        (None, _) => Fate::Send,
    }
}
