//! Who hears what, and what the storm brake holds.

use super::*;

fn fates(plan: &Plan) -> Vec<(&str, OperationKind, Fate)> {
    let deliveries = plan.deliveries.iter();
    deliveries
        .map(|it| (it.channel.as_str(), it.operation, it.fate))
        .collect()
}

#[test]
fn a_post_goes_to_all_channels_but_its_own() {
    let plan = planned(&facts(), &event(posted("Hello!")));
    let operation = OperationKind::Post;
    assert_eq!(
        fates(&plan),
        [
            ("there", operation, Fate::Send),
            ("list", operation, Fate::Send)
        ]
    );
}

#[test]
fn a_list_hears_its_own_posts_because_nobody_else_hands_them_on() {
    let mut facts = facts();
    facts.channel = Some(channel("list"));
    let mut event = event(posted("Hello!"));
    event.channel = ChannelRef::new("chat", "list");
    let plan = planned(&facts, &event);
    let heard: Vec<_> = plan
        .deliveries
        .iter()
        .map(|it| it.channel.as_str())
        .collect();
    assert_eq!(heard, ["home", "there", "list"]);
}

#[test]
fn changes_of_a_list_post_are_not_sent_back_to_the_list() {
    let mut facts = facts();
    facts.channel = Some(channel("list"));
    facts.target = Some(target());
    for what in [edited(), deleted(), reacted()] {
        let mut event = event(what);
        event.channel = ChannelRef::new("chat", "list");
        let plan = planned(&facts, &event);
        assert!(
            plan.deliveries
                .iter()
                .all(|it| it.channel.as_str() != "list")
        );
    }
}

#[test]
fn each_change_is_its_own_operation() {
    let mut facts = facts();
    facts.target = Some(target());
    for (what, operation) in [
        (edited(), OperationKind::Edit),
        (deleted(), OperationKind::Delete),
        (reacted(), OperationKind::React),
    ] {
        let plan = planned(&facts, &event(what));
        assert_eq!(
            fates(&plan),
            [
                ("there", operation, Fate::Send),
                ("list", operation, Fate::Send)
            ]
        );
    }
}

#[test]
fn a_change_follows_a_message_that_is_still_on_its_way() {
    for state in [
        DeliveryState::ToDo,
        DeliveryState::Sending,
        DeliveryState::Uncertain,
        DeliveryState::Held,
    ] {
        let mut facts = facts();
        let posts = vec![("there".into(), state)];
        facts.target = Some(MessageFacts { posts, ..target() });
        let plan = planned(&facts, &event(edited()));
        assert_eq!(plan.deliveries[0].fate, Fate::Send, "{state:?}");
    }
}

#[test]
fn a_change_made_elsewhere_goes_back_to_where_the_message_was_written() {
    let mut facts = facts();
    facts.channel = Some(channel("there"));
    facts.target = Some(target());
    let mut event = event(reacted());
    event.channel = ChannelRef::new("chat", "there");
    let heard = planned(&facts, &event).deliveries;
    assert_eq!(heard[0].channel.as_str(), "home");
    assert_eq!(heard[0].fate, Fate::Send);
}

#[test]
fn what_is_no_message_goes_nowhere() {
    for what in [
        Event::Joined,
        Event::Left,
        Event::Closed,
        Event::Commanded {
            message: "10".into(),
            text: "help".to_owned(),
        },
        Event::Pressed {
            message: "10".into(),
            button: "yes".to_owned(),
        },
    ] {
        let plan = planned(&facts(), &event(what));
        assert_eq!(plan.verdict, Verdict::Take);
        assert_eq!(plan.deliveries, []);
    }
}

fn in_a_storm(recent: u32, brake: u32) -> Fate {
    let mut facts = facts();
    facts.recent_in_room = recent;
    let policy = Policy {
        capabilities: &can,
        storm_per_minute: brake,
    };
    plan(&facts, &event(posted("Hello!")), &policy).deliveries[0].fate
}

#[test]
fn a_flood_is_held_and_a_brake_of_zero_holds_nothing() {
    for (recent, brake, fate) in [
        (59, 60, Fate::Send),
        (60, 60, Fate::Hold("storm-brake")),
        (u32::MAX, 60, Fate::Hold("storm-brake")),
        (u32::MAX, 0, Fate::Send),
    ] {
        assert_eq!(in_a_storm(recent, brake), fate, "{recent} of {brake}");
    }
}

#[test]
fn a_delivery_that_a_rule_forbids_is_not_held_but_suppressed() {
    let mut facts = facts();
    facts.recent_in_room = 1_000;
    facts.room[1].link = Link::Suspended;
    let plan = planned(&facts, &event(posted("Hello!")));
    assert_eq!(plan.deliveries[0].fate, Fate::Suppress("link-suspended"));
}
