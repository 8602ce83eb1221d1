//! Replies, quotes, forwards, topics and edits.

use insta::assert_snapshot;

use crate::shown;

#[test]
fn a_reply_names_what_it_answers_and_then_the_root_of_its_thread() {
    assert_snapshot!(shown("reply"), @r#"
    post:-1001234567890:12 in telegram:-1001234567890 at 1700000000000 by 7002 "Bo" (Person)
      {"posted":{"messages":["12"],"reply_to":["11","10"],"content":{"text":[{"text":"I am!"}]}}}
    "#);
}

#[test]
fn a_quote_is_kept_where_its_author_chose_it() {
    assert_snapshot!(shown("reply_with_manual_quote"), @r#"
    post:-1001234567890:13 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["13"],"reply_to":["11"],"content":{"text":[{"quote":[{"text":"on Friday"}]},{"text":"Yes"}]}}}
    "#);
    assert_snapshot!(shown("reply_with_automatic_quote"), @r#"
    post:-1001234567890:13 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["13"],"reply_to":["11"],"content":{"text":[{"text":"Yes"}]}}}
    "#);
}

#[test]
fn words_from_elsewhere_are_quoted() {
    assert_snapshot!(shown("reply_to_elsewhere"), @r#"
    post:-1001234567890:14 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["14"],"content":{"text":[{"quote":[{"text":"Garden news: "},{"styled":{"style":"bold","children":[{"text":"Frost"}]}},{"text":" tonight"}]},{"text":"Look at this"}]}}}
    "#);
}

#[test]
fn each_topic_is_a_channel_and_its_opening_is_nobodys_parent() {
    assert_snapshot!(shown("topic_first_words"), @r#"
    post:-1009876543210:80 in telegram:-1009876543210/70 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["80"],"thread":"70","subject":"Seeds","content":{"text":[{"text":"Tomatoes?"}]}}}
    "#);
    assert_snapshot!(shown("topic_reply"), @r#"
    post:-1009876543210:81 in telegram:-1009876543210/70 at 1700000000000 by 7002 "Bo" (Person)
      {"posted":{"messages":["81"],"reply_to":["80"],"thread":"70","content":{"text":[{"text":"Three kinds"}]}}}
    "#);
    assert_snapshot!(shown("topic_general"), @r#"
    post:-1009876543210:82 in telegram:-1009876543210 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["82"],"content":{"text":[{"text":"In General"}]}}}
    "#);
}

#[test]
fn a_forward_says_from_whom() {
    assert_snapshot!(shown("forward_of_user"), @r#"
    post:-1001234567890:42 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["42"],"content":{"text":[{"quote":[{"text":"Forwarded from Bo:"}]},{"styled":{"style":"italic","children":[{"text":"Frost"}]}},{"text":" tonight"}]}}}
    "#);
    assert_snapshot!(shown("forward_of_hidden_user"), @r#"
    post:-1001234567890:43 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["43"],"content":{"text":[{"quote":[{"text":"Forwarded from Carla:"}]},{"text":"Frost tonight"}]}}}
    "#);
    assert_snapshot!(shown("forward_of_channel"), @r#"
    post:-1001234567890:44 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["44"],"content":{"text":[{"quote":[{"text":"Forwarded from Garden news:"}]}],"attachments":[{"kind":"photo","name":null,"mime":"image/jpeg","size":180000,"alt":null,"source":{"remote":{"channel":{"platform":"telegram","id":"-1001234567890"},"file":"LARGE"}}}]}}}
    "#);
    assert_snapshot!(shown("forward_of_chat"), @r#"
    post:-1001234567890:45 in telegram:-1001234567890 at 1700000000000 by 7001 "Ana Lima" (Person)
      {"posted":{"messages":["45"],"content":{"text":[{"quote":[{"text":"Forwarded from Garden:"}]},{"text":"Hello"}]}}}
    "#);
}

#[test]
fn a_channels_post_in_its_own_discussion_is_no_forward() {
    assert_snapshot!(shown("automatic_forward"), @r#"
    post:-1001234567890:46 in telegram:-1001234567890 at 1700000000000 by chat:-1005550001111 "Garden news" (Person)
      {"posted":{"messages":["46"],"content":{"text":[{"text":"News"}]}}}
    "#);
}

#[test]
fn texts_captions_and_posts_can_be_edited() {
    assert_snapshot!(shown("edited_text"), @r#"
    edit:-1001234567890:11:1700000060:1ecbca1a88e45f2b in telegram:-1001234567890 at 1700000060000 by 7001 "Ana Lima" (Person)
      {"edited":{"message":"11","content":{"text":[{"text":"Who is coming on Saturday?"}]}}}
    "#);
    assert_snapshot!(shown("edited_caption"), @r#"
    edit:-1001234567890:20:1700000061:7889b2edc554d811 in telegram:-1001234567890 at 1700000061000 by 7001 "Ana Lima" (Person)
      {"edited":{"message":"20","content":{"text":[{"text":"The bed, planted"}],"attachments":[{"kind":"photo","name":null,"mime":"image/jpeg","size":180000,"alt":null,"source":{"remote":{"channel":{"platform":"telegram","id":"-1001234567890"},"file":"LARGE"}}}]}}}
    "#);
    assert_snapshot!(shown("edited_channel_post"), @r#"
    edit:-1005550001111:6:1700000070:bffc13a0733ec1f1 in telegram:-1005550001111 at 1700000070000 by chat:-1005550001111 "Garden news" (Person)
      {"edited":{"message":"6","content":{"text":[{"text":"News, corrected"}]}}}
    "#);
}

#[test]
fn a_live_location_on_the_move_is_no_news() {
    assert_snapshot!(shown("edited_live_location"), @"ignored: live-location");
}
