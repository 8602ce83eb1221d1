//! A story for each rule of each table; a rule without a story fails.

use super::*;
use crate::plan::{DESTINATION_RULES, HOLD_RULES, RULES, because};
use crate::samples::LABELS;
use crate::{Agreed, DirectMessages, EditLimits, Purpose, Support, WaitsFor};

/// What is different, so that the rule of this name speaks and no other.
type Story = (&'static str, fn(&mut Facts, &mut Inbound));

const STORIES: &[Story] = &[
    ("repeat", |facts, _| facts.repeat = true),
    ("own-words", |_, event| {
        event.actor.kind = AuthorKind::Ourselves;
    }),
    ("own-copy", |facts, _| facts.own_copy = true),
    ("unknown-channel", |facts, _| facts.channel = None),
    ("in-private", |facts, _| {
        let home = facts.channel.as_mut().expect("home is known");
        (home.purpose, home.room) = (Purpose::Direct, None);
    }),
    ("unlinked", |facts, _| {
        facts.channel.as_mut().expect("home is known").room = None;
    }),
    ("unlinked", |facts, _| {
        facts.channel.as_mut().expect("home is known").link = Link::Unlinked;
    }),
    ("other-bot", |_, event| event.actor.kind = AuthorKind::Bot),
    ("too-many-hops", |_, event| {
        event.event = posted("Ana (Slack): Ana (Chat): Ana (email, sent 14:02): Hello!");
    }),
    ("too-many-hops", |_, event| {
        event.event = posted("> Bo: Hi\nAna (Slack):\n> Bo: Hi\nAna (Chat): Ana (email):\nHello!");
    }),
    ("empty", |_, event| event.event = posted(" \n")),
    ("unknown-target", |_, event| event.event = edited()),
    ("unknown-target", |_, event| event.event = deleted()),
    ("unknown-target", |_, event| event.event = reacted()),
    ("not-the-author", |facts, event| {
        facts.target = Some(target());
        event.actor.account = "2".into();
        event.event = edited();
    }),
    ("older-edit", |facts, event| {
        let edited_at = Some(Timestamp(event.at.0 + 1));
        facts.target = Some(MessageFacts {
            edited_at,
            ..target()
        });
        event.event = edited();
    }),
    ("already-deleted", |facts, event| {
        let deleted = true;
        facts.target = Some(MessageFacts {
            deleted,
            ..target()
        });
        event.event = edited();
    }),
];

/// The same for what waits for staff.
const HOLD_STORIES: &[Story] = &[
    ("proof-failed", |_, event| event.proof = Proof::Failed),
    ("proof-missing", |_, event| event.proof = Proof::Missing),
    ("said-again", |facts, _| facts.said_again = true),
];

/// The same for one destination, the channel `there`, in an edit, a delete or a reaction.
type DestinationStory = (&'static str, Event, fn(&mut Facts, &mut Capabilities));

fn destination_stories() -> Vec<DestinationStory> {
    fn posts(facts: &mut Facts) -> &mut Vec<(crate::ChannelId, DeliveryState)> {
        &mut facts.target.as_mut().expect("a target").posts
    }
    vec![
        ("never-posted", edited(), |facts, _| {
            drop(posts(facts).remove(0))
        }),
        ("never-posted", deleted(), |facts, _| {
            posts(facts)[0].1 = DeliveryState::Suppressed;
        }),
        ("never-posted", reacted(), |facts, _| {
            posts(facts)[0].1 = DeliveryState::Dead;
        }),
        ("no-consent", posted("Hello!"), |facts, _| {
            facts.agreed = Agreed::No;
        }),
        ("first-message", posted("Hello!"), |facts, _| {
            facts.agreed = Agreed::NotYet;
        }),
        ("first-message", reacted(), |facts, _| waits(facts)),
        ("not-out-yet", edited(), |facts, _| waits(facts)),
        ("not-out-yet", deleted(), |facts, _| waits(facts)),
        ("window-shut", edited(), |facts, can| {
            facts.room[1].purpose = Purpose::Direct;
            can.direct_messages = DirectMessages::WithinHours(24);
        }),
        ("edits-unsupported", edited(), |_, can| {
            can.edits = EditLimits {
                support: Support::None,
                within: None,
            };
        }),
        ("correction-waits", edited(), |_, can| {
            can.edits.support = Support::Fallback;
        }),
        ("deletes-unsupported", deleted(), |_, can| {
            can.deletes = Support::None
        }),
        ("reactions-unsupported", reacted(), |_, can| {
            can.reactions = Support::None
        }),
        ("next-digest", reacted(), |_, can| {
            can.reactions = Support::Fallback;
        }),
    ]
}

/// What is changed has not gone anywhere yet.
fn waits(facts: &mut Facts) {
    let target = facts.target.as_mut().expect("a target");
    target.posts[0].1 = DeliveryState::Waiting;
}

fn names<T>(stories: &[T], name: impl Fn(&T) -> &'static str) -> Vec<&'static str> {
    let mut names: Vec<_> = stories.iter().map(name).collect();
    names.dedup();
    names
}

#[test]
fn each_rule_has_its_story() {
    assert_eq!(names(STORIES, |it| it.0), names(RULES, |it| it.name));
}

#[test]
fn each_hold_rule_has_its_story_and_holds_until_staff_releases() {
    assert_eq!(
        names(HOLD_STORIES, |it| it.0),
        names(HOLD_RULES, |it| it.name)
    );
    for (name, change) in HOLD_STORIES {
        let (mut facts, mut event) = (facts(), event(posted("Hello!")));
        change(&mut facts, &mut event);
        let held = planned(&facts, &event);
        assert_eq!(held, Plan::of(Verdict::Hold(name)));
        facts.repeat = true;
        assert_eq!(planned(&facts, &event).verdict, Verdict::Drop("repeat"));
        facts.repeat = false;
        facts.released = true;
        facts.recent.of_author = BRAKES.per_author;
        let released = planned(&facts, &event);
        assert_eq!((released.verdict, released.brake), (Verdict::Take, None));
        assert_eq!(released.deliveries.len(), 2, "{name}");
    }
}

#[test]
fn what_is_proven_or_not_asked_for_is_heard() {
    for proof in [Proof::OfPlatform, Proof::Proven, Proof::Unproven] {
        let event = Inbound {
            proof,
            ..event(posted("Hello!"))
        };
        assert_eq!(
            planned(&facts(), &event).verdict,
            Verdict::Take,
            "{proof:?}"
        );
    }
}

#[test]
fn each_destination_rule_has_its_story() {
    let stories = names(&destination_stories(), |it| it.0);
    assert_eq!(stories, names(DESTINATION_RULES, |it| it.name));
}

#[test]
fn each_story_is_decided_by_its_rule_alone() {
    let hello = event(posted("Hello!"));
    assert_eq!(planned(&facts(), &hello).verdict, Verdict::Take);
    for (name, change) in STORIES {
        let (mut facts, mut event) = (facts(), hello.clone());
        change(&mut facts, &mut event);
        let speaking = RULES.iter().filter(|rule| (rule.applies)(&facts, &event));
        assert_eq!(speaking.map(|rule| rule.name).collect::<Vec<_>>(), [*name]);
        assert_eq!(planned(&facts, &event), Plan::of(Verdict::Drop(name)));
    }
}

fn fate_there(facts: &Facts, event: &Inbound, there: &Capabilities) -> Fate {
    let capabilities = |channel: &ChannelRef| match channel.id.as_str() {
        "there" => there.clone(),
        _ => can(channel),
    };
    let policy = Policy {
        capabilities: &capabilities,
        storm: BRAKES,
    };
    let plan = plan(facts, event, &policy);
    assert_eq!(plan.verdict, Verdict::Take);
    let others = plan
        .deliveries
        .iter()
        .filter(|it| it.channel.as_str() != "there");
    // Who did not agree is heard nowhere else.
    let is_agreed = facts.agreed == Agreed::Enough;
    assert!(!is_agreed || others.clone().all(|it| it.fate == Fate::Send));
    let mut there = plan
        .deliveries
        .iter()
        .filter(|it| it.channel.as_str() == "there");
    there.next().expect("a delivery is planned either way").fate
}

#[test]
fn each_destination_story_is_decided_by_its_rule_and_hinders_nobody_else() {
    for (name, what, change) in destination_stories() {
        let mut facts = facts();
        facts.target = Some(target());
        let event = event(what);
        assert_eq!(fate_there(&facts, &event, &chat()), Fate::Send);
        let mut there = chat();
        change(&mut facts, &mut there);
        let fate = match name {
            "correction-waits" => Fate::Wait(WaitsFor::Correction),
            "next-digest" => Fate::Wait(WaitsFor::Digest),
            "window-shut" => Fate::Wait(WaitsFor::Window),
            "first-message" => Fate::Wait(WaitsFor::Consent),
            name => Fate::Suppress(name),
        };
        assert_eq!(fate_there(&facts, &event, &there), fate);
    }
}

#[test]
fn rules_have_names_of_their_own_and_reasons_for_people() {
    let all = RULES.iter().chain(HOLD_RULES);
    let all = all.map(|it| (it.name, it.because));
    let all = all.chain(DESTINATION_RULES.iter().map(|it| (it.name, it.because)));
    let all = all.chain([(
        crate::CAME_EARLY,
        because(crate::CAME_EARLY).expect("a reason"),
    )]);
    let mut seen = std::collections::BTreeSet::new();
    for (name, because) in all {
        assert!(seen.insert(name), "{name} stands twice");
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'));
        assert!(!because.is_empty() && !because.ends_with('.'));
    }
}

#[test]
fn a_channel_that_is_closed_or_moved_by_a_program_is_closed_or_moved() {
    let to = ChannelRef::new("chat", "new");
    for what in [Event::closed(""), Event::Opened, Event::Moved { to }] {
        for kind in [AuthorKind::Bot, AuthorKind::Ourselves] {
            let mut event = event(what.clone());
            event.actor.kind = kind;
            let mut facts = facts();
            facts.channel.as_mut().expect("home is known").link = Link::Unlinked;
            assert_eq!(planned(&facts, &event).verdict, Verdict::Take);
        }
    }
}

#[test]
fn a_gap_is_told_whoever_noticed_it() {
    for kind in [AuthorKind::Bot, AuthorKind::Ourselves] {
        let since = Timestamp(500);
        let mut event = event(Event::Missed { since });
        event.actor.kind = kind;
        let plan = planned(&facts(), &event);
        assert_eq!((plan.verdict, plan.deliveries), (Verdict::Take, Vec::new()));
    }
}

#[test]
fn somebody_who_writes_like_a_bridge_once_is_heard() {
    for words in [
        "Plan (draft): tomorrow at six",
        "Ana (Slack): Ana (Chat): twice is no loop yet",
        "(a): (b): (c): no names",
        "We met Ana (Slack) and Bo (Chat): they come",
        "Ana (Slack)",
        "> Ana (Slack): Ana (Chat): Ana (email): quoted\nfunny!",
    ] {
        assert_eq!(
            planned(&facts(), &event(posted(words))).verdict,
            Verdict::Take,
            "{words}"
        );
    }
}

#[test]
fn what_a_bridge_like_ours_makes_of_a_message_counts_as_a_hop() {
    use crate::{Language, Rendering, ReplyShown, render};
    let name = "A name of 64 letters, which is as long as we ever let a name be!".to_owned();
    let mut content = Content::plain("Hello!");
    for hop in 0..4 {
        let Event::Posted(mut post) = posted("") else {
            unreachable!()
        };
        post.content = content.clone();
        let verdict = planned(&facts(), &event(Event::Posted(post))).verdict;
        assert_eq!(verdict == Verdict::Take, hop < 3, "after {hop} hops");
        let reply = ReplyShown::InWords {
            author: "Bo (Slack)",
            text: "Ana (Slack): Hi",
        };
        let rendering = Rendering {
            content: &content,
            author: &author(&name),
            called: &name,
            from: "Chat",
            labels: &LABELS,
            reply,
            late: Some("sent 14:02"),
            mentions: &Default::default(),
            language: Language::ENGLISH,
        };
        content = render(&rendering, &chat()).remove(0);
    }
}
