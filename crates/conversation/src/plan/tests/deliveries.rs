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
        Event::closed("it is archived"),
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

fn in_a_storm(recent: Recent, storm: StormLimits, what: Event) -> Fate {
    let mut facts = facts();
    facts.target = Some(target());
    facts.recent = recent;
    let policy = Policy {
        capabilities: &can,
        storm,
    };
    plan(&facts, &event(what), &policy).deliveries[0].fate
}

#[test]
fn the_narrowest_brake_holds_a_flood_and_one_of_zero_holds_nothing() {
    let recent = |of_author, in_channel, in_room| Recent {
        of_author,
        in_channel,
        in_room,
    };
    let none = StormLimits::default();
    for (recent, brakes, fate) in [
        (recent(19, 39, 59), BRAKES, Fate::Send),
        (recent(20, 39, 59), BRAKES, Fate::Hold("author-brake")),
        (recent(20, 40, 60), BRAKES, Fate::Hold("author-brake")),
        (recent(0, 40, 60), BRAKES, Fate::Hold("channel-brake")),
        (recent(0, 0, 60), BRAKES, Fate::Hold("storm-brake")),
        (recent(u32::MAX, u32::MAX, u32::MAX), none, Fate::Send),
    ] {
        let held = in_a_storm(recent, brakes, posted("Hello!"));
        assert_eq!(held, fate, "{recent:?} of {brakes:?}");
    }
}

#[test]
fn what_somebody_takes_back_is_not_held() {
    let flood = Recent {
        of_author: 100,
        ..Recent::default()
    };
    assert_eq!(in_a_storm(flood, BRAKES, deleted()), Fate::Send);
}

#[test]
fn a_channel_that_is_closed_to_us_gets_what_was_said_once_it_is_open() {
    let mut facts = facts();
    facts.room[1].link = Link::Suspended;
    let plan = planned(&facts, &event(posted("Hello!")));
    assert_eq!(plan.deliveries[0].fate, Fate::Send);
}
