//! Places that are more than a group, that change, or that close.

use sandbox::mail::Draft;
use sandbox::telegram::{Faults, MessageView, ServerError};

use crate::support::{BO, ROOM, Town};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn topics_of_a_forum_are_channels_of_their_own() {
    let town = Town::open(1, &[BO]).await;
    let telegram = &town.rig.telegram;
    let forum = telegram.add_forum("Forum", &["Bread", "Soup"]);
    telegram.join(forum, town.ana).unwrap();
    let topics = telegram.topic_ids(forum);
    town.begin().await;
    let bread = format!("telegram:{forum}/{}", topics[0]);
    let answer = town.causeway(&["room", "link", ROOM, &bread]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let soup = format!("telegram:{forum}/{}", topics[1]);
    let answer = town.causeway(&["room", "add", "soup", &soup]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let in_topic = |topic: i64| -> Vec<MessageView> {
        let messages = town.messages(forum).into_iter();
        messages.filter(|it| it.topic == Some(topic)).collect()
    };
    // The next bridge knows them from its start on.
    assert!(town.stop().success());
    town.begin().await;

    town.says(0, "Who bakes?");
    town.until("it stands in the topic", || in_topic(topics[0]).len() == 1)
        .await;
    telegram
        .say(forum, Some(topics[1]), town.ana, "Not for you")
        .unwrap();
    telegram.say(forum, None, town.ana, "Nor this").unwrap();
    telegram
        .say(forum, Some(topics[0]), town.ana, "I bake.")
        .unwrap();
    let copy = town.sees_copy(0, "I bake.").await;
    let mail = town.gets(BO, "I bake.").await;
    town.writes(BO, Draft::reply(mail.id, "Bless you.")).await;
    town.until("the answer stands in the topic", || {
        in_topic(topics[0]).iter().any(|it| {
            it.text.contains("Bless you.")
                && it
                    .reply_to
                    .as_ref()
                    .is_some_and(|it| it.excerpt == "I bake.")
        })
    })
    .await;
    town.end();
    assert_eq!(town.messages(town.groups[0]).len(), 3, "{:?}", copy);
    assert_eq!(in_topic(topics[1]).len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_that_becomes_a_supergroup_goes_on() {
    let mut town = Town::open(1, &[BO]).await;
    let telegram = town.rig.telegram.clone();
    let group = telegram.add_group("Basic");
    telegram.join(group, town.ana).unwrap();
    town.add_group(group);
    town.begin().await;
    town.says(0, "before");
    town.sees_copy(1, "before").await;
    let supergroup = telegram.migrate(group).unwrap();
    town.says(0, "after");
    town.groups.push(supergroup);
    town.sees_copy(2, "after").await;
    telegram.say(supergroup, None, town.ana, "heard").unwrap();
    town.sees_copy(0, "heard").await;
    town.gets(BO, "heard").await;
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_that_became_a_supergroup_while_nobody_listened_goes_on() {
    let mut town = Town::open(1, &[BO]).await;
    let telegram = town.rig.telegram.clone();
    let group = telegram.add_group("Basic");
    telegram.join(group, town.ana).unwrap();
    town.add_group(group);
    town.begin().await;
    assert!(town.stop().success());
    // All of this comes with one poll: the move, and what was said in the new place and in the other.
    let supergroup = telegram.migrate(group).unwrap();
    telegram.say(supergroup, None, town.ana, "heard").unwrap();
    town.says(0, "after");
    town.groups.push(supergroup);
    town.start();
    town.sees_copy(0, "heard").await;
    town.gets(BO, "heard").await;
    town.sees_copy(2, "after").await;
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_that_closed_rests_and_gets_what_waited_once_it_is_open_again() {
    let town = Town::open(3, &[BO]).await;
    let telegram = &town.rig.telegram;
    let (closed, by) = (town.groups[1], town.ana);
    town.begin().await;
    let down = Faults {
        server_error: Some(ServerError::default()),
        ..Faults::default()
    };
    telegram.set_faults(Some(closed), down);
    town.says(0, "on its way");
    town.sees_copy(2, "on its way").await;
    telegram.kick_bot(closed, by).unwrap();
    let rests = || {
        let list = town.causeway(&["room", "list"]).out;
        list.contains("closed to the bridge")
    };
    town.until("the link rests", rests).await;
    telegram.set_faults(Some(closed), Faults::default());
    // The others go on.
    town.says(0, "while closed");
    town.sees_copy(2, "while closed").await;
    town.gets(BO, "while closed").await;
    telegram.add_bot_back(closed, by).unwrap();
    town.sees_copy(1, "on its way").await;
    assert!(!rests());
    town.says(0, "open again");
    town.sees_copy(1, "open again").await;
    town.end();
    let seen = town.messages(closed);
    let texts: Vec<&str> = seen.iter().map(|it| it.text.as_str()).collect();
    let expected =
        ["on its way", "while closed", "open again"].map(|it| format!("Ana (Telegram): {it}"));
    assert_eq!(texts, expected);
}
