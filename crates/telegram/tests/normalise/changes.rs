//! What happens to a chat and to us in it.

use insta::assert_snapshot;

use crate::shown;

#[test]
fn people_come_and_go_and_we_ourselves_do_not_count() {
    assert_snapshot!(shown("members_join"), @r#"
    join:-1001234567890:53:7002 in telegram:-1001234567890 at 1700000000000 by 7002 "Bo" (Person)
      "joined"
    join:-1001234567890:53:7004 in telegram:-1001234567890 at 1700000000000 by 7004 "Eli" (Person)
      "joined"
    "#);
    assert_snapshot!(shown("member_leaves"), @r#"
    leave:-1001234567890:54:7002 in telegram:-1001234567890 at 1700000000000 by 7002 "Bo" (Person)
      "left"
    "#);
    assert_snapshot!(shown("we_are_removed"), @"ignored: ourselves");
}

#[test]
fn a_group_that_becomes_a_supergroup_has_moved() {
    assert_snapshot!(shown("migrate_to"), @r#"
    move:4242:-4001:56 in telegram:-4001 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"moved":{"to":{"platform":"telegram","id":"-1001234567890"}}}
    "#);
    assert_snapshot!(shown("migrate_from"), @"ignored: moved-here");
}

#[test]
fn service_messages_are_ignored_by_their_names() {
    assert_snapshot!(shown("pinned"), @"ignored: pinned");
    assert_snapshot!(shown("title_changed"), @"ignored: title-changed");
    assert_snapshot!(shown("topic_created"), @"ignored: topic-changed");
}

#[test]
fn a_chat_closes_when_we_may_not_speak_there() {
    assert_snapshot!(shown("we_are_kicked"), @r#"
    member:4242:9064:1700000200 in telegram:-1001234567890 at 1700000200000 by 7001 "Ana Lima" (Person)
      {"closed":{"why":"the bot was put out of the chat: add it again"}}
    member:4242:9064:1700000200/* in telegram:-1001234567890/* at 1700000200000 by 7001 "Ana Lima" (Person)
      {"closed":{"why":"the bot was put out of the chat: add it again"}}
    "#);
    assert_snapshot!(shown("we_are_blocked"), @r#"
    member:4242:9065:1700000200 in telegram:7001 at 1700000200000 by 7001 "Ana Lima" (Person)
      {"closed":{"why":"its person blocked the bot, and can unblock it"}}
    "#);
    assert_snapshot!(shown("we_are_muted"), @r#"
    member:4242:9066:1700000200 in telegram:-1001234567890 at 1700000200000 by 7001 "Ana Lima" (Person)
      {"closed":{"why":"the bot may not write there: let it send messages, in a channel as an administrator"}}
    member:4242:9066:1700000200/* in telegram:-1001234567890/* at 1700000200000 by 7001 "Ana Lima" (Person)
      {"closed":{"why":"the bot may not write there: let it send messages, in a channel as an administrator"}}
    "#);
    assert_snapshot!(shown("channel_takes_our_right"), @r#"
    member:4242:9069:1700000200 in telegram:-1005550001111 at 1700000200000 by 7001 "Ana Lima" (Person)
      {"closed":{"why":"the bot may not write there: let it send messages, in a channel as an administrator"}}
    member:4242:9069:1700000200/* in telegram:-1005550001111/* at 1700000200000 by 7001 "Ana Lima" (Person)
      {"closed":{"why":"the bot may not write there: let it send messages, in a channel as an administrator"}}
    "#);
}

#[test]
fn a_chat_opens_when_we_may_speak_again() {
    assert_snapshot!(shown("we_are_added"), @r#"
    member:4242:9067:1700000200 in telegram:-1001234567890 at 1700000200000 by 7001 "Ana Lima" (Person)
      "opened"
    member:4242:9067:1700000200/* in telegram:-1001234567890/* at 1700000200000 by 7001 "Ana Lima" (Person)
      "opened"
    "#);
    assert_snapshot!(shown("we_are_promoted"), @"ignored: rights-changed");
}

#[test]
fn membership_of_others_is_told_once_and_elsewhere() {
    assert_snapshot!(shown("somebody_else_changes"), @"ignored: chat-member");
}

#[test]
fn reactions_are_what_changed() {
    assert_snapshot!(shown("reaction"), @r#"
    react:4242:9014:1700000100 in telegram:-1001234567890 at 1700000100000 by 7002 "Bo" (Person)
      {"reacted":{"message":"11","added":["❤","✨","⭐"],"removed":["👍"]}}
    "#);
    assert_snapshot!(shown("reaction_taken_back"), @r#"
    react:4242:9015:1700000101 in telegram:-1001234567890 at 1700000101000 by chat:-1005550001111 "Garden news" (Person)
      {"reacted":{"message":"11","added":[],"removed":["👍"]}}
    "#);
    assert_snapshot!(shown("reaction_of_unknown_type"), @"kept raw: unknown-reaction");
    assert_snapshot!(shown("reaction_counts"), @"ignored: anonymous-reactions");
}
