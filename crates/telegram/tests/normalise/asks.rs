//! Commands and buttons.

use conversation::Event;
use insta::assert_snapshot;
use telegram::{Normalised, normalise};

use crate::{NOW, recorded, shown, us};

#[test]
fn words_for_us_are_commands() {
    assert_snapshot!(shown("command"), @r#"
    post:-1001234567890:62 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"commanded":{"message":"62","text":"room list"}}
    "#);
    assert_snapshot!(shown("command_alone"), @r#"
    post:-1001234567890:63 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"commanded":{"message":"63","text":"help"}}
    "#);
    assert_snapshot!(shown("command_short"), @r#"
    post:-1001234567890:64 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"commanded":{"message":"64","text":"rest 2 weeks"}}
    "#);
}

#[test]
fn words_for_others_are_messages() {
    assert_snapshot!(shown("command_of_another_bot"), @r#"
    post:-1001234567890:65 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["65"],"content":{"text":[{"text":"/help@weather_bot"}]}}}
    "#);
    assert_snapshot!(shown("command_unknown"), @r#"
    post:-1001234567890:66 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["66"],"content":{"text":[{"text":"/shrug whatever"}]}}}
    "#);
    assert_snapshot!(shown("command_forwarded"), @r#"
    post:-1001234567890:67 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["67"],"content":{"text":[{"quote":[{"text":"Forwarded from Bo:"}]},{"text":"/causeway room list"}]}}}
    "#);
}

/// Behind it may be any of those who administer the group.
#[test]
fn what_a_chat_asks_nobody_asks() {
    let update = recorded("anonymous_admin").replace("Please be kind", "/causeway link leave");
    let Normalised::Events(events) = normalise(&update, &us(), NOW) else {
        panic!("{update}");
    };
    assert!(matches!(events[0].event, Event::Commanded { .. }));
    assert!(!events[0].is_of_a_person());
}

#[test]
fn a_button_is_pressed() {
    assert_snapshot!(shown("button"), @r#"
    press:4242:4382bfdwdsb323b2d9 in telegram:7001 at 7 by 7001 "Ana Lima" (Person)
      {"pressed":{"message":"60","button":"n:1:send"}}
    "#);
    assert_snapshot!(shown("button_forgotten_message"), @r#"
    press:4242:77 in telegram:7001 at 7 by 7001 "Ana Lima" (Person)
      {"pressed":{"message":"61","button":"n:1:skip"}}
    "#);
    assert_snapshot!(shown("button_of_inline_message"), @"ignored: foreign-button");
}
