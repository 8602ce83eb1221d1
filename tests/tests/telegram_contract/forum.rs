//! A forum as one channel: threads with a subject become topics, and what is said in a topic belongs to its thread.

use conversation::{ChannelRef, Operation, Post, Receipt, SendError};
use insta::assert_snapshot;
use sandbox::telegram::ChatId;

use crate::bridge::{Bridge, answering, words};

fn every_topic_of(forum: ChatId) -> ChannelRef {
    ChannelRef::new("telegram", format!("{forum}/*"))
}

fn with_subject(text: &str, subject: &str) -> Post {
    Post {
        subject: subject.to_owned(),
        has_own_subject: true,
        ..words(text)
    }
}

async fn posted(bridge: &Bridge, forum: ChatId, post: Post) -> Result<Receipt, SendError> {
    let operation = Operation::Post(Box::new(post));
    bridge.send(&every_topic_of(forum), operation).await
}

#[tokio::test]
async fn a_thread_with_a_subject_opens_a_topic_and_its_answers_go_there() {
    let bridge = Bridge::open().await;
    let forum = bridge.stand_in.add_forum("Spring", &[]);
    let bread = with_subject("Who bakes?", "Bread on Friday");
    let root = posted(&bridge, forum, bread).await.unwrap();
    let topic = root.thread.clone().unwrap();
    assert_eq!(bridge.stand_in.topic_ids(forum)[0].to_string(), topic.0);
    let mut answer = answering(&root.remote_ids[0], words("I do"));
    answer.thread = Some(topic);
    let answered = posted(&bridge, forum, answer).await.unwrap();
    assert_eq!(answered.thread, None);
    posted(&bridge, forum, words("Good morning")).await.unwrap();
    assert_snapshot!(bridge.seen(forum), @r"
    3: Who bakes? in topic 2
    4: I do in topic 2 <- Causeway: Who bakes?
    5: Good morning
    ");
    bridge.assert_legal();
}

#[tokio::test]
async fn a_topic_that_an_earlier_attempt_opened_is_not_opened_twice() {
    let bridge = Bridge::open().await;
    let forum = bridge.stand_in.add_forum("Spring", &[]);
    // Telegram takes the topic, and not the words.
    let too_long = with_subject(&"x".repeat(5_000), "Bread on Friday");
    let broken = posted(&bridge, forum, too_long).await.unwrap_err();
    let SendError::Interrupted { progress, .. } = broken else {
        panic!("{broken}");
    };
    let again = Post {
        progress: Some(progress.clone()),
        ..with_subject("Who bakes?", "Bread on Friday")
    };
    let receipt = posted(&bridge, forum, again).await.unwrap();
    assert_eq!(receipt.thread.unwrap().0, progress);
    assert_eq!(bridge.stand_in.topic_ids(forum).len(), 1);
    bridge.assert_legal();
}

#[tokio::test]
async fn where_the_bot_may_not_open_topics_the_words_are_said_all_the_same() {
    let bridge = Bridge::open().await;
    let forum = bridge.stand_in.add_forum("Spring", &[]);
    bridge.stand_in.set_bot_admin(forum, false).unwrap();
    let bread = with_subject("Who bakes?", "Bread on Friday");
    let receipt = posted(&bridge, forum, bread).await.unwrap();
    assert_eq!((receipt.thread, receipt.remote_ids.len()), (None, 1));
    bridge.assert_legal();
}
