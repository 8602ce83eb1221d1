//! One story for each rule, and what is planned where no rule speaks.

use super::{ChannelFacts, EngagementKind, Facts, Fate, MessageFacts, Plan, Policy, Verdict, plan};
use crate::samples::{author, chat};
use crate::{
    AuthorKind, Capabilities, ChannelRef, Content, DeliveryState, Distribution, Event, Inbound,
    Link, OperationKind, Posted, Proof, Purpose, ReactionChange, Recent, RemoteId, StormLimits,
    Timestamp,
};

mod deliveries;
mod engagement;
mod rules;

/// A room of three channels: `home`, where it happens, `there`, and a mailing `list`.
fn facts() -> Facts {
    let room = ["home", "there", "list"].map(channel);
    Facts {
        channel: Some(channel("home")),
        room: room.into(),
        ..Facts::default()
    }
}

fn channel(name: &str) -> ChannelFacts {
    ChannelFacts {
        id: name.into(),
        at: ChannelRef::new("chat", name),
        purpose: Purpose::Room,
        room: Some("room".into()),
        link: Link::Active,
        heard_at: None,
    }
}

/// A message of the same author, which was posted to all channels of the room.
fn target() -> MessageFacts {
    MessageFacts {
        id: "message".into(),
        thread: "message".into(),
        author_account: "1".into(),
        author_key: "key-of-1".to_owned(),
        home: "home".into(),
        stays: None,
        is_uncounted: false,
        deleted: false,
        edited_at: None,
        posts: vec![
            ("there".into(), DeliveryState::Sent),
            ("list".into(), DeliveryState::Sent),
        ],
    }
}

fn event(event: Event) -> Inbound {
    Inbound {
        within: None,
        key: "key".into(),
        channel: ChannelRef::new("chat", "home"),
        at: Timestamp(1_000),
        actor: author("Ana"),
        proof: Proof::OfPlatform,
        way_back: None,
        event,
    }
}

fn posted(words: &str) -> Event {
    Event::Posted(Posted {
        thread: None,
        messages: vec!["10".into()],
        reply_to: Vec::new(),
        subject: None,
        content: Content::plain(words),
        elided: String::new(),
        twin: None,
    })
}

fn edited() -> Event {
    Event::Edited {
        message: RemoteId::from("10"),
        content: Content::plain("Hello there!"),
    }
}

fn deleted() -> Event {
    Event::Deleted {
        messages: vec!["10".into()],
    }
}

fn reacted() -> Event {
    Event::Reacted(ReactionChange {
        message: "10".into(),
        added: vec!["👍".to_owned()],
        removed: Vec::new(),
    })
}

const BRAKES: StormLimits = StormLimits {
    per_author: 20,
    per_channel: 40,
    per_room: 60,
};

fn can(channel: &ChannelRef) -> Capabilities {
    let mut can = chat();
    if channel.id.as_str() == "list" {
        can.distribution = Distribution::ByUs;
    }
    can
}

fn planned(facts: &Facts, event: &Inbound) -> Plan {
    let policy = Policy {
        capabilities: &can,
        storm: BRAKES,
    };
    plan(facts, event, &policy)
}
