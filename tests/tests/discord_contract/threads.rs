//! Threads and posts of forums, in both directions.

use conversation::{Operation, RemoteId};
use insta::assert_snapshot;
use sandbox::discord::{ChannelId, MessageId};

use crate::bridge::{Bridge, answering, id, words};
use crate::intake::Ears;

#[tokio::test]
async fn an_answer_opens_the_thread_of_its_root_once() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let asked = bridge.stand_in.say(channel, ana, "Who comes?").unwrap();
    let first = bridge
        .post(channel, answering(&id(asked), words("me")))
        .await;
    assert!(
        first.remote_ids[0]
            .as_str()
            .starts_with(&format!("{asked}/"))
    );
    assert_eq!(first.thread, None);
    bridge
        .post(channel, answering(&id(asked), words("me too")))
        .await;
    bridge
        .post(channel, answering(&first.remote_ids[0], words("good")))
        .await;
    assert_snapshot!(bridge.seen(channel), @r"
    Ana: Who comes?
    # Friday
      Bo (email): me
      Bo (email): me too
      Bo (email): good
    ");
}

#[tokio::test]
async fn a_thread_that_a_person_began_is_found_and_opened_again() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let asked = bridge.stand_in.say(channel, ana, "Who comes?").unwrap();
    let thread = bridge
        .stand_in
        .start_thread(channel, ana, asked, "Guests")
        .unwrap();
    bridge.stand_in.set_archived(thread, true).unwrap();
    let said = bridge
        .post(channel, answering(&id(asked), words("me")))
        .await;
    let edit = Operation::Edit {
        targets: said.remote_ids.clone(),
        post: Box::new(words("me!")),
    };
    bridge.stand_in.set_archived(thread, true).unwrap();
    bridge.send(channel, edit).await.unwrap();
    assert_snapshot!(bridge.seen(channel), @r"
    Ana: Who comes?
    # Guests
      Bo (email): me! (edited)
    ");
    let delete = Operation::Delete {
        targets: said.remote_ids,
    };
    bridge.send(channel, delete).await.unwrap();
    assert!(bridge.seen(channel).ends_with("# Guests"));
}

#[tokio::test]
async fn where_the_root_is_deleted_the_thread_has_a_name_of_its_own() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let asked = bridge.stand_in.say(channel, ana, "Who comes?").unwrap();
    bridge.stand_in.delete(channel, asked, ana).unwrap();
    let answer = answering(&id(asked), words("me"));
    let said = bridge.post(channel, answer.clone()).await;
    let thread = said.thread.expect("the thread is told");
    let mut more = answer;
    more.thread = Some(thread);
    bridge.post(channel, more).await;
    assert_snapshot!(bridge.seen(channel), @r"
    # Friday
      Bo (email): me
      Bo (email): me
    ");
}

#[tokio::test]
async fn a_thread_that_was_deleted_gets_a_successor() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let asked = bridge.stand_in.say(channel, ana, "Who comes?").unwrap();
    let first = bridge
        .post(channel, answering(&id(asked), words("me")))
        .await;
    bridge
        .stand_in
        .delete_channel(ChannelId::from(asked))
        .unwrap();
    let said = bridge
        .post(channel, answering(&first.remote_ids[0], words("still me")))
        .await;
    assert!(said.thread.is_some());
    assert_snapshot!(bridge.seen(channel), @r"
    Ana: Who comes?
    # Friday
      Bo (email): still me
    ");
}

#[tokio::test]
async fn a_root_in_a_forum_opens_a_post_and_answers_go_there() {
    let bridge = Bridge::open().await;
    let forum = bridge.stand_in.add_forum("ideas");
    bridge.stand_in.add_member("Ana");
    let root = bridge.post(forum, words("A garden?")).await;
    let thread = root.thread.clone().expect("the thread is told");
    assert_eq!(root.remote_ids, [RemoteId(format!("{thread}/{thread}"))]);
    let mut second = words("on the roof");
    second.part.number = 1;
    second.thread = Some(thread.clone());
    bridge.post(forum, second).await;
    bridge
        .post(forum, answering(&root.remote_ids[0], words("yes")))
        .await;
    let edit = Operation::Edit {
        targets: root.remote_ids,
        post: Box::new(words("A garden!")),
    };
    bridge.send(forum, edit).await.unwrap();
    assert_snapshot!(bridge.seen(forum), @r"
    # Friday
      Bo (email): A garden! (edited)
      Bo (email): on the roof
      Bo (email): yes
    ");
}

#[tokio::test]
async fn what_people_say_in_threads_is_heard_with_its_root() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let asked = it.say(channel, ana, "Who comes?").unwrap();
    let thread = it.start_thread(channel, ana, asked, "Guests").unwrap();
    let said = it.say(thread, ana, "me").unwrap();
    it.edit(thread, said, ana, "me!").unwrap();
    it.react(thread, said, ana, "👍").unwrap();
    it.delete(thread, said, ana).unwrap();
    assert_snapshot!(ears.next_lines(5).await, @r#"
    Ana posted 1: "Who comes?"
    Ana posted 1/2 in reply to 1 in thread 1: "me"
    Ana edited 1/2: "me!"
    Ana reacted to 1/2: +👍 -
    Somebody deleted 1/2
    "#);
}

#[tokio::test]
async fn a_post_in_a_forum_is_heard_with_its_subject() {
    let bridge = Bridge::open().await;
    let forum = bridge.stand_in.add_forum("ideas");
    let ana = bridge.stand_in.add_member("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let thread = bridge
        .stand_in
        .forum_post(forum, ana, "A garden", "On the roof?")
        .unwrap();
    bridge.stand_in.say(thread, ana, "Or not").unwrap();
    bridge
        .stand_in
        .react(thread, MessageId::from(thread), ana, "👍")
        .unwrap();
    bridge.stand_in.delete_channel(thread).unwrap();
    assert_snapshot!(ears.next_lines(4).await, @r#"
    Ana posted 1/1 in thread 1 under "A garden": "On the roof?"
    Ana posted 1/2 in reply to 1/1 in thread 1: "Or not"
    Ana reacted to 1/1: +👍 -
    Somebody deleted 1/1
    "#);
}
