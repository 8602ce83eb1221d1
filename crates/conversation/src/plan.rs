//! The decision: from what we know and what happened to what must be done, each time with the name
//! of the rule that decided, so that "why did this not arrive?" has an answer.

use crate::{
    Capabilities, ChannelId, ChannelRef, DeliveryState, Distribution, Event, Inbound, Link,
    MessageId, OperationKind, RemoteId, RoomId, Timestamp,
};

mod engagement;
mod hops;
mod rules;
#[cfg(test)]
mod tests;

pub use engagement::{Engagement, EngagementKind};
pub use rules::{
    AS_A_CORRECTION, CAME_EARLY, CORRECTION_WAITS, DESTINATION_RULES, DestinationRule,
    OUTBOX_RULES, RULES, Rule, because,
};

/// All that planning needs to know of the past, loaded beforehand.
#[derive(Debug, Clone, Default)]
pub struct Facts {
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
    /// Messages that the room took in during the last minute.
    pub recent_in_room: u32,
}

#[derive(Debug, Clone)]
pub struct ChannelFacts {
    pub id: ChannelId,
    pub at: ChannelRef,
    pub room: Option<RoomId>,
    pub link: Link,
}

#[derive(Debug, Clone)]
pub struct MessageFacts {
    pub id: MessageId,
    /// The root of its thread; itself, where it is one.
    pub thread: MessageId,
    pub author_account: RemoteId,
    pub home: ChannelId,
    pub deleted: bool,
    /// By the platform's clock, of the newest revision that is not the first.
    pub edited_at: Option<Timestamp>,
    /// What became of its posts, channel by channel.
    pub posts: Vec<(ChannelId, DeliveryState)>,
}

/// What the community and the platforms allow.
pub struct Policy<'a> {
    pub capabilities: &'a (dyn Fn(&ChannelRef) -> Capabilities + Send + Sync),
    /// A room that takes in more in a minute is braked; 0 turns the brake off.
    pub storm_per_minute: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub verdict: Verdict,
    pub deliveries: Vec<PlannedDelivery>,
    pub engagement: Option<Engagement>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Take,
    /// By the named rule.
    Drop(&'static str),
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
    Hold(&'static str),
}

pub fn plan(facts: &Facts, event: &Inbound, policy: &Policy<'_>) -> Plan {
    if let Some(rule) = RULES.iter().find(|rule| (rule.applies)(facts, event)) {
        return Plan {
            verdict: Verdict::Drop(rule.name),
            deliveries: Vec::new(),
            engagement: None,
        };
    }
    Plan {
        verdict: Verdict::Take,
        deliveries: deliveries(facts, event, policy),
        engagement: engagement::of(event, facts.target.is_some()),
    }
}

fn deliveries(facts: &Facts, event: &Inbound, policy: &Policy<'_>) -> Vec<PlannedDelivery> {
    let Some(operation) = operation_of(&event.event) else {
        return Vec::new();
    };
    facts
        .room
        .iter()
        .filter(|to| must_hear(to, event, policy))
        .map(|to| PlannedDelivery {
            channel: to.id.clone(),
            operation,
            fate: fate(facts, to, operation, policy),
        })
        .collect()
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
        | Event::Closed
        | Event::Opened
        | Event::Missed { .. } => None,
    }
}

/// The channel of origin heard it already, unless it is a list whose post only we can hand on.
fn must_hear(to: &ChannelFacts, event: &Inbound, policy: &Policy<'_>) -> bool {
    to.at != event.channel
        || (matches!(event.event, Event::Posted(_))
            && (policy.capabilities)(&to.at).distribution == Distribution::ByUs)
}

fn fate(facts: &Facts, to: &ChannelFacts, operation: OperationKind, policy: &Policy<'_>) -> Fate {
    let capabilities = (policy.capabilities)(&to.at);
    let rule = DESTINATION_RULES
        .iter()
        .find(|rule| (rule.applies)(facts, to, operation, &capabilities));
    match rule {
        Some(rule) => Fate::Suppress(rule.name),
        None if is_storm(facts, policy) => Fate::Hold("storm-brake"),
        None => Fate::Send,
    }
}

fn is_storm(facts: &Facts, policy: &Policy<'_>) -> bool {
    policy.storm_per_minute > 0 && facts.recent_in_room >= policy.storm_per_minute
}
