//! Threads and posts of forums, in both directions.

use conversation::{Adapter, Event, Operation, RemoteId, SendError, Support};
use insta::assert_snapshot;
use sandbox::discord::{ChannelId, MessageId, Permission};
use serde_json::json;

use crate::bridge::{Bridge, answering, id, now, post, reference, words};
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

/// Somebody who sees it must not tell it to those who do not.
#[tokio::test]
async fn a_private_thread_is_a_place_of_its_own() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let secret = it.start_private_thread(channel, ana, "Gifts").unwrap();
    let said = it.say(secret, ana, "a book for Bo").unwrap();
    it.edit(secret, said, ana, "a lamp for Bo").unwrap();
    it.react(secret, said, ana, "🎁").unwrap();
    it.delete(secret, said, ana).unwrap();
    let mut heard = 0;
    while heard < 4 {
        let event = ears.next().await;
        assert_eq!(event.channel, reference(secret));
        // That it is open to the bot is no word of anybody's.
        heard += usize::from(event.event != Event::Opened);
    }
    let news = it.add_announcement_channel("news");
    let told = it.say(news, ana, "New beds").unwrap();
    let thread = it.start_thread(news, ana, told, "Beds").unwrap();
    it.say(thread, ana, "how many?").unwrap();
    for _ in 0..2 {
        assert_eq!(ears.next().await.channel, reference(news));
    }
}

/// After a restart nothing is known of it, and Discord tells of messages without saying what their channel is.
#[tokio::test]
async fn what_a_channel_is_is_asked_for_before_it_counts_for_another() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    let root = it.say(channel, ana, "Who comes?").unwrap();
    let open = it.start_thread(channel, ana, root, "Guests").unwrap();
    let secret = it.start_private_thread(channel, ana, "Gifts").unwrap();
    for thread in [open, secret] {
        // Closed ones are not told when a session begins.
        it.set_archived(thread, true).unwrap();
    }
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let event = |id: &str, thread: ChannelId| {
        json!({
            "id": id, "channel_id": thread.to_string(), "guild_id": "1", "type": 0, "content": "psst",
            "author": { "id": ana.to_string(), "username": "ana", "global_name": "Ana" },
        })
    };
    it.gateway_event("MESSAGE_CREATE", event("9000000000000000001", secret));
    assert_eq!(ears.next().await.channel, reference(secret));
    it.gateway_event("MESSAGE_CREATE", event("9000000000000000002", open));
    assert_eq!(ears.next().await.channel, reference(channel));
}

/// Numbers that Discord may add: nobody knows yet who reads there.
#[tokio::test]
async fn a_kind_of_thread_that_nobody_knows_counts_as_private() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let thread = json!({
        "id": "9000000000000000000", "type": 99, "guild_id": "1", "name": "?",
        "parent_id": channel.to_string(), "thread_metadata": { "archived": false },
    });
    it.gateway_event("THREAD_CREATE", thread);
    let said = json!({
        "id": "9000000000000000001", "channel_id": "9000000000000000000", "guild_id": "1", "type": 0,
        "content": "psst", "author": { "id": ana.to_string(), "username": "ana" },
    });
    it.gateway_event("MESSAGE_CREATE", said);
    let heard = ears.next().await;
    assert_eq!(heard.channel.to_string(), "discord:9000000000000000000");
}

#[tokio::test]
async fn the_history_of_a_channel_leaves_its_private_threads_alone() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    let since = now();
    let root = it.say(channel, ana, "Who comes?").unwrap();
    let open = it.start_thread(channel, ana, root, "Guests").unwrap();
    let secret = it.start_private_thread(channel, ana, "Gifts").unwrap();
    it.say(secret, ana, "a book for Bo").unwrap();
    it.say(open, ana, "me").unwrap();
    let mut ears = Ears::new();
    ears.memory.link(reference(channel), since);
    let _receiving = ears.open(&bridge).await;
    assert_snapshot!(ears.next_lines(2).await, @r#"
    Ana posted 1: "Who comes?"
    Ana posted 1/2 in reply to 1 in thread 1: "me"
    "#);
    assert!(ears.has_heard_nothing());
}

#[tokio::test]
async fn a_private_thread_that_is_linked_itself_is_heard_read_and_written_to() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    it.deny(channel, Permission::ManageThreads).unwrap();
    let since = now();
    let secret = it.start_private_thread(channel, ana, "Gifts").unwrap();
    it.say(secret, ana, "a book for Bo").unwrap();
    it.put_bot_into_thread(secret).unwrap();
    let mut ears = Ears::new();
    ears.memory.link(reference(secret), since);
    let _receiving = ears.open(&bridge).await;
    assert_snapshot!(ears.next_lines(1).await, @r#"Ana posted 1: "a book for Bo""#);
    let asked = it.say(secret, ana, "or a lamp?").unwrap();
    assert_snapshot!(ears.next_lines(1).await, @r#"Ana posted 2: "or a lamp?""#);
    bridge
        .post(secret, answering(&id(asked), words("a lamp")))
        .await;
    assert_snapshot!(bridge.seen(secret), @r"
    Ana: a book for Bo
    Ana: or a lamp?
    Causeway: a lamp <- Ana: or a lamp?
    ");
}

/// Which the capabilities tell only once it is known what the channel is.
#[tokio::test]
async fn where_the_bot_speaks_for_all_nothing_goes_without_its_authors_name() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    let secret = it.start_private_thread(channel, ana, "Gifts").unwrap();
    let named = || bridge.adapter.capabilities(&reference(secret)).author_name;
    assert_eq!(named(), Support::Native);
    let too_early = bridge.fails(secret, post(words("a lamp"))).await;
    assert!(matches!(too_early, SendError::RateLimited { .. }));
    assert_eq!(named(), Support::Fallback);
    bridge.post(secret, words("Bo (email): a lamp")).await;
    assert_eq!(bridge.seen(secret), "Causeway: Bo (email): a lamp");
}

#[tokio::test]
async fn what_a_private_thread_is_called_is_told_to_nobody() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let secret = it.start_private_thread(channel, ana, "Gifts").unwrap();
    it.say(
        channel,
        ana,
        format!("see <#{secret}> and <#{channel}>").as_str(),
    )
    .unwrap();
    assert_snapshot!(ears.next_lines(2).await, @r##"
    Somebody "opened"
    Ana posted 1: "see #private thread and #general"
    "##);
}
