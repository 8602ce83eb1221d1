//! Taking in: what is remembered of an event, and what is absorbed.

use conversation::{Event, Inbound, Posted, RemoteId, Twin, Verdict};

use store::Error;

use crate::support::{Database, World, posted};

crate::on_both_engines!(
    a_posted_message_is_remembered_with_all_that_belongs_to_it,
    an_album_stands_under_each_of_its_ids,
    a_repeat_is_absorbed,
    the_same_key_on_another_platform_is_another_event,
    an_id_that_was_given_twice_names_two_messages,
    a_row_without_a_fingerprint_counts_as_the_same,
    what_was_refused_and_comes_again_is_no_repeat,
    a_copy_of_ours_is_recognised,
    the_facts_tell_where_a_message_stands,
    the_first_candidate_that_is_known_is_the_target,
    an_edit_keeps_what_was_said_before,
    an_edit_of_words_keeps_the_files_of_an_album,
);

async fn a_posted_message_is_remembered_with_all_that_belongs_to_it(database: &Database) {
    let mut world = World::new(database).await;
    world
        .posts("chat:a", "Ana", "1", "Who is coming on Friday?")
        .await;
    crate::assert_text!(world.deliveries().await, @r#"
    post Ana "Who is coming on Friday?" chat:a -> chat:b: to_do x0
    post Ana "Who is coming on Friday?" chat:a -> mail:list: to_do x0
    "#);
    crate::assert_text!(
        database.look("select b.subject, n.display_name, i.account, h.remote_id, m.revision, b.content from message m join body b on b.message_id = m.id
            join identity i on i.id = m.identity_id join name n on n.id = m.name_id join channel h on h.id = m.channel_id").await, @r#"Who is coming on Friday?|Ana|account-of-Ana|a|0|{"text":[{"text":"Who is coming on Friday?"}]}"#);
    crate::assert_text!(database.look("select h.remote_id, c.remote_id, c.part from copy c join channel h on h.id = c.channel_id").await, @"a|1|0");
    crate::assert_text!(database.look("select platform, length(key_hash), verdict from event").await, @"chat|32|take");
    crate::assert_text!(database.look("select kind, platform, actor_kind, answers_message, is_question, length, key_no from engagement").await, @"posted|chat|person|-|1|24|1");
}

async fn an_album_stands_under_each_of_its_ids(database: &Database) {
    let mut world = World::new(database).await;
    let mut album = posted("7", &[], "Three pictures");
    album
        .messages
        .extend([RemoteId::from("8"), RemoteId::from("9")]);
    let event = world.event("chat:a", "Ana", Event::Posted(album));
    let message = world.take_in(event).await.unwrap().1.message.unwrap();
    assert_eq!(world.deletes("chat:a", "Ana", "9").await, message);
    crate::assert_text!(database.look("select remote_id, part from copy order by part").await, @r"
    7|0
    8|1
    9|2
    ");
}

async fn a_repeat_is_absorbed(database: &Database) {
    let mut world = World::new(database).await;
    let event = world.event("chat:a", "Ana", Event::Posted(posted("1", &[], "Once")));
    let first = world.take_in(event.clone()).await.unwrap();
    let second = world.take_in(event).await.unwrap();
    assert_eq!(first.0, Verdict::Take);
    assert_eq!(second.0, Verdict::Drop("repeat"));
    assert_eq!(second.1.message, None);
    assert_eq!(database.look("select count(*) from message").await, "1");
    assert_eq!(database.look("select count(*) from delivery").await, "2");
}

async fn the_same_key_on_another_platform_is_another_event(database: &Database) {
    let mut world = World::new(database).await;
    let chat = world.event("chat:a", "Ana", Event::Posted(posted("1", &[], "By chat")));
    let mut mail = world.event(
        "mail:list",
        "Bo",
        Event::Posted(posted("1", &[], "By mail")),
    );
    mail.key = chat.key.clone();
    assert_eq!(world.take_in(chat).await.unwrap().0, Verdict::Take);
    assert_eq!(world.take_in(mail).await.unwrap().0, Verdict::Take);
}

fn letter(world: &mut World, words: &str) -> Inbound {
    let twin = Twin {
        fingerprint: format!("of {words}"),
        key: format!("key of {words}").as_str().into(),
        message: format!("id of {words}").as_str().into(),
    };
    let posted = Posted {
        twin: Some(twin),
        ..posted("m1", &[], words)
    };
    let event = world.event("mail:list", "Ana", Event::Posted(posted));
    Inbound {
        key: "key".into(),
        ..event
    }
}

async fn an_id_that_was_given_twice_names_two_messages(database: &Database) {
    let mut world = World::new(database).await;
    for words in ["bread", "cheese", "wine"] {
        let event = letter(&mut world, words);
        assert_eq!(world.take_in(event.clone()).await.unwrap().0, Verdict::Take);
        for _ in 0..2 {
            let again = world.take_in(event.clone()).await.unwrap();
            assert_eq!(again.0, Verdict::Drop("repeat"), "{words}");
        }
    }
    crate::assert_text!(database.look("select fingerprint, verdict from event order by fingerprint").await, @r"
    of bread|take
    of cheese|take
    of wine|take
    ");
    crate::assert_text!(database.look("select remote_id, part from copy order by remote_id").await, @r"
    id of cheese|0
    id of wine|0
    m1|0
    ");
    let answer = world.event(
        "mail:list",
        "Bo",
        Event::Posted(posted("m2", &["m1"], "Yes")),
    );
    world.take_in(answer).await.unwrap();
    let answered = "select p.content from message m join body p on p.message_id = m.reply_to";
    assert!(database.look(answered).await.contains("bread"));
}

async fn a_row_without_a_fingerprint_counts_as_the_same(database: &Database) {
    let mut world = World::new(database).await;
    let bread = letter(&mut world, "bread");
    world.take_in(bread).await.unwrap();
    database
        .look("update event set fingerprint = null where true returning key_hash")
        .await;
    let cheese = letter(&mut world, "cheese");
    assert_eq!(
        world.take_in(cheese).await.unwrap().0,
        Verdict::Drop("repeat")
    );
}

async fn what_was_refused_and_comes_again_is_no_repeat(database: &Database) {
    let mut world = World::new(database).await;
    for words in ["bread", "cheese"] {
        let event = letter(&mut world, words);
        let (refused, entry, now) = (event.clone(), world.entry("mail:list"), world.now);
        let failed = world.store.write(move |tx| {
            let (mut event, entry) = (refused.clone(), entry.clone());
            Box::pin(async move {
                assert!(
                    tx.events()
                        .first_time(&entry.community.0, &mut event, now)
                        .await?
                );
                Err::<(), _>(Error::Closed)
            })
        });
        assert!(failed.await.is_err());
        let again = world.take_in(event.clone()).await.unwrap().0;
        assert_eq!(again, Verdict::Take, "{words}");
        let repeat = world.take_in(event).await.unwrap().0;
        assert_eq!(repeat, Verdict::Drop("repeat"), "{words}");
    }
}

async fn a_copy_of_ours_is_recognised(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Hello").await;
    world.delivers("chat:b", "77").await;
    let echo = world.event(
        "chat:b",
        "Bridge",
        Event::Posted(posted("77", &[], "Hello")),
    );
    assert_eq!(
        world.take_in(echo).await.unwrap().0,
        Verdict::Drop("own-copy")
    );
    let elsewhere = world.event("chat:a", "Bo", Event::Posted(posted("77", &[], "Mine")));
    assert_eq!(world.take_in(elsewhere).await.unwrap().0, Verdict::Take);
}

async fn the_facts_tell_where_a_message_stands(database: &Database) {
    let mut world = World::new(database).await;
    let message = world.posts("chat:a", "Ana", "1", "Hello").await;
    world.delivers("chat:b", "77").await;
    let entry = world.entry("chat:b");
    let facts = world
        .store
        .write(move |tx| {
            let entry = entry.clone();
            Box::pin(async move { tx.messages(&entry).target(&["77".into()]).await })
        })
        .await
        .unwrap()
        .unwrap();
    assert_eq!(facts.id, message);
    assert_eq!(facts.thread, message);
    assert_eq!(facts.author_account, "account-of-Ana".into());
    assert_eq!(facts.home, world.entry("chat:a").channel.id);
    assert!(!facts.deleted);
    let name = |id: &conversation::ChannelId| {
        let directory = world.store.directory();
        directory.by_id(id).unwrap().channel.at.to_string()
    };
    let mut posts: Vec<_> = facts
        .posts
        .iter()
        .map(|(channel, state)| format!("{} {}", name(channel), state.as_str()))
        .collect();
    posts.sort();
    assert_eq!(posts, ["chat:b sent", "mail:list to_do"]);
}

async fn the_first_candidate_that_is_known_is_the_target(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "First").await;
    let second = world.posts("chat:a", "Ana", "2", "Second").await;
    let reply = posted("3", &["unknown", "2", "1"], "To the second");
    let event = world.event("chat:a", "Bo", Event::Posted(reply));
    world.take_in(event).await.unwrap();
    let found = database
        .look("select reply_to from message where reply_to is not null")
        .await;
    assert_eq!(found, second.0);
}

async fn an_edit_keeps_what_was_said_before(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Fryday").await;
    world.edits("chat:a", "Ana", "1", "Friday").await;
    world.edits("chat:a", "Ana", "1", "Friday at 8").await;
    crate::assert_text!(database.look("select revision, subject, content from body order by revision").await, @r#"
    0|Fryday|{"text":[{"text":"Fryday"}]}
    1|Friday|{"text":[{"text":"Friday"}]}
    2|Friday at 8|{"text":[{"text":"Friday at 8"}]}
    "#);
    let work = world.work("chat:b").await;
    assert_eq!(work.said.revision, 2);
    assert_eq!(work.said.content.text.plain_text(), "Friday at 8");
}

async fn an_edit_of_words_keeps_the_files_of_an_album(database: &Database) {
    let mut world = World::new(database).await;
    let mut album = posted("1", &[], "Two pictures");
    album.content.attachments = vec![picture("one.jpg"), picture("two.jpg")];
    let event = world.event("chat:a", "Ana", Event::Posted(album));
    world.take_in(event).await.unwrap();
    world.edits("chat:a", "Ana", "1", "Two fine pictures").await;
    let content = world.work("chat:b").await.said.content;
    assert_eq!(content.text.plain_text(), "Two fine pictures");
    assert_eq!(
        content.attachments,
        [picture("one.jpg"), picture("two.jpg")]
    );
}

fn picture(name: &str) -> conversation::Attachment {
    conversation::Attachment {
        kind: conversation::AttachmentKind::Photo,
        name: Some(name.to_owned()),
        mime: None,
        size: Some(3),
        alt: Some("a bridge".to_owned()),
        source: conversation::AttachmentSource::Remote {
            channel: crate::support::at("chat:a"),
            file: name.into(),
        },
    }
}
