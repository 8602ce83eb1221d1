//! Who speaks, and where.

use insta::assert_snapshot;

use crate::shown;

#[test]
fn a_channel_speaks_for_itself_or_by_its_signature() {
    assert_snapshot!(shown("channel_post"), @r#"
    post:-1005550001111:6 in telegram:-1005550001111 at 1700000000000 by chat:-1005550001111 "Dora" (Person)
      {"posted":{"messages":["6"],"content":{"text":[{"text":"News"}]}}}
    "#);
    assert_snapshot!(shown("channel_in_group"), @r#"
    post:-1001234567890:48 in telegram:-1001234567890 at 1700000000000 by chat:-1005550001111 "Garden news" (Person)
      {"posted":{"messages":["48"],"content":{"text":[{"text":"As a channel"}]}}}
    "#);
}

#[test]
fn an_anonymous_administrator_is_the_group() {
    assert_snapshot!(shown("anonymous_admin"), @r#"
    post:-1001234567890:47 in telegram:-1001234567890 at 1700000000000 by chat:-1001234567890 "Moderator" (Person)
      {"posted":{"messages":["47"],"content":{"text":[{"text":"Please be kind"}]}}}
    "#);
}

#[test]
fn programs_are_told_from_people_and_from_ourselves() {
    assert_snapshot!(shown("other_bot"), @r#"
    post:-1001234567890:50 in telegram:-1001234567890 at 1700000000000 by 556 "Weather" (Bot)
      {"posted":{"messages":["50"],"content":{"text":[{"text":"Rain"}]}}}
    "#);
    assert_snapshot!(shown("ourselves"), @r#"
    post:-1001234567890:51 in telegram:-1001234567890 at 1700000000000 by 4242 "Causeway" (Ourselves)
      {"posted":{"messages":["51"],"content":{"text":[{"text":"Bo (email): hello"}]}}}
    "#);
}

#[test]
fn a_name_is_never_a_number_or_nothing() {
    assert_snapshot!(shown("deleted_account"), @r#"
    post:-1001234567890:52 in telegram:-1001234567890 at 1700000000000 by 7009 "Deleted account" (Person)
      {"posted":{"messages":["52"],"content":{"text":[{"text":"bye"}]}}}
    "#);
    assert_snapshot!(shown("name_is_a_number"), @r#"
    post:-1001234567890:52 in telegram:-1001234567890 at 1700000000000 by 7010 "carla" (Person)
      {"posted":{"messages":["52"],"content":{"text":[{"text":"hi"}]}}}
    "#);
}

#[test]
fn message_ids_count_per_bot_where_there_is_no_supergroup() {
    assert_snapshot!(shown("private"), @r#"
    post:4242:7001:3 in telegram:7001 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["3"],"content":{"text":[{"text":"hello"}]}}}
    "#);
    assert_snapshot!(shown("basic_group"), @r#"
    post:4242:-4001:3 in telegram:-4001 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["3"],"content":{"text":[{"text":"hello"}]}}}
    "#);
}

#[test]
fn what_a_bot_put_in_is_no_command() {
    assert_snapshot!(shown("via_bot"), @r#"
    post:-1001234567890:49 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["49"],"content":{"text":[{"text":"/causeway room list"}]}}}
    "#);
}
