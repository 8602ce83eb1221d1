//! Topics of forums: each is a thread of its forum, or a channel of its own.

use causeway_tests::{Town, chat, forum, letters};
use insta::assert_snapshot;

#[tokio::test]
async fn a_topic_that_is_in_a_room_of_its_own_does_not_count_for_its_forum() {
    let mut town = Town::build()
        .platform(forum("discord"))
        .platform(chat("telegram"))
        .platform(letters("list"))
        .room("general", &["discord #plans", "telegram #general"])
        .open()
        .await;
    town.links("bread", "discord #plans/discord-thread-2").await;
    town.links("bread", "list bread@").await;
    town.writes("discord #plans", "Ana", "Friday", "Who is coming?")
        .await;
    town.writes("discord #plans", "Ana", "Bread", "Who brings bread?")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Ana (Discord): Friday
          Who is coming?
    ");
    assert_snapshot!(town.transcript("list bread@"), @r"
    # Bread
    Ana: Who brings bread?
    ");
    // It holds many threads then, and is none.
    town.joins_in(
        "discord #plans",
        "Cy",
        "Who brings bread?",
        "Shall we sing?",
    )
    .await;
    town.settle().await;
    assert_snapshot!(town.transcript("list bread@"), @r"
    # Bread
    Ana: Who brings bread?
    # Shall we sing?
    Cy: Shall we sing?
    ");
    town.unlinks("discord #plans/discord-thread-2").await;
    town.joins_in("discord #plans", "Bo", "Who brings bread?", "I do.")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Ana (Discord): Friday
          Who is coming?
    [bot]: Bo (Discord): I do.
    ");
}

#[tokio::test]
async fn a_post_of_several_parts_opens_one_topic() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(forum("discord").that_can(|can| can.text.max = 30))
        .room("general", &["telegram #general", "discord #plans"])
        .open()
        .await;
    let text = "We meet at the old mill at nine, and bring boots.";
    town.says("telegram #general", "Ana", text).await;
    town.settle().await;
    town.replies(
        "telegram #general",
        "Bo",
        "We meet",
        "I will come by bicycle, if it does not rain.",
    )
    .await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #plans"), @r"
    # We meet at the old mill at nine, and bring boots.
      | Ana: We meet at the old mill at
      | Ana: nine, and bring boots.
      | > Bo: I will come by bicycle, if it
      | > Bo: does not rain.
    ");
}
