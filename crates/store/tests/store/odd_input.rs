//! Whatever people and platforms hand in can be stored, and comes back as it was.

use conversation::{Content, Event, Verdict};
use store::{NoticeKind, Progress};

use crate::support::{Database, World, posted};

crate::on_both_engines!(
    text_of_every_script_comes_back_as_it_was,
    a_nul_in_a_text_comes_back_and_one_in_a_name_is_replaced,
    a_nul_in_an_id_still_finds_its_message,
    sql_in_names_and_ids_is_only_text,
    ten_megabytes_of_text_pass_through,
    an_id_of_any_length_is_known_again,
    emoji_make_keys_and_ids_like_any_text,
    odd_names_make_rooms_and_channels,
    odd_words_may_stand_in_reasons_progress_and_notices,
);

async fn text_of_every_script_comes_back_as_it_was(database: &Database) {
    let mut world = World::new(database).await;
    let text = "مرحبا \u{202E}abc\u{202C} 👩‍👩‍👧‍👦 e\u{301}\u{323} ශ්‍රී\r\n\t\u{FEFF}\u{10FFFF}\u{1}\u{7F}";
    world.posts("chat:a", "أنا", "1", text).await;
    let work = world.work("chat:b").await;
    assert_eq!(work.said.content, Content::plain(text));
    assert_eq!(work.said.author.display_name, "أنا");
}

async fn a_nul_in_a_text_comes_back_and_one_in_a_name_is_replaced(database: &Database) {
    let mut world = World::new(database).await;
    let mut post = posted("1", &[], "one\0two");
    post.subject = Some("sub\0ject".to_owned());
    let event = world.event("chat:a", "An\0a", Event::Posted(post));
    world.take_in(event).await.unwrap();
    let work = world.work("chat:b").await;
    assert_eq!(work.said.content, Content::plain("one\0two"));
    assert_eq!(work.said.subject, "sub\u{FFFD}ject");
    assert_eq!(work.said.author.display_name, "An\u{FFFD}a");
    world.posts("chat:a", "An\0a", "2", "Again").await;
    assert_eq!(database.look("select count(*) from identity").await, "1");
}

async fn a_nul_in_an_id_still_finds_its_message(database: &Database) {
    let mut world = World::new(database).await;
    let mut event = world.event("chat:a", "Ana", Event::Posted(posted("1\0", &[], "Odd")));
    event.key = "key\0".into();
    let message = world
        .take_in(event.clone())
        .await
        .unwrap()
        .1
        .message
        .unwrap();
    assert_eq!(
        world.take_in(event).await.unwrap().0,
        Verdict::Drop("repeat")
    );
    assert_eq!(
        world.reacts("chat:a", "Bo", "1\0", ("\0👍", "")).await,
        message
    );
    let work = world.work("chat:b").await;
    let sent = Progress::Sent {
        revision: 0,
        at: world.now,
    };
    world.finishes(&work, &["b\0x"], sent).await;
    assert_eq!(world.edits("chat:b", "Ana", "b\0x", "Even").await, message);
    assert_eq!(
        world.reacts("chat:a", "Bo", "1\0", ("", "\0👍")).await,
        message
    );
    assert_eq!(database.look("select count(*) from reaction").await, "0");
}

async fn sql_in_names_and_ids_is_only_text(database: &Database) {
    let mut world = World::new(database).await;
    let bobby = "Robert'); drop table message; --";
    world
        .add_room(bobby, "'; delete from room; --")
        .await
        .unwrap();
    world
        .link(bobby, "'; delete from room; --", "chat:' or '1'='1")
        .await
        .unwrap();
    world
        .posts("chat:' or '1'='1", bobby, "1' or '1'='1", "$1 ?1 :name")
        .await;
    world.posts("chat:a", bobby, "2", bobby).await;
    let work = world.work("chat:b").await;
    assert_eq!(
        (
            work.said.author.display_name.as_str(),
            work.said.subject.as_str()
        ),
        (bobby, bobby)
    );
    crate::assert_text!(world.rooms().await, @r"
    Robert'); drop table message; --/'; delete from room; --: chat:' or '1'='1
    riverside/general: chat:a chat:b mail:list
    ");
    let unknown = world.event(
        "chat:a",
        "Ana",
        Event::Deleted {
            messages: vec!["' or '1'='1".into()],
        },
    );
    assert_eq!(
        world.take_in(unknown).await.unwrap().0,
        Verdict::Drop("unknown-target")
    );
}

async fn ten_megabytes_of_text_pass_through(database: &Database) {
    let mut world = World::new(database).await;
    let text = "0123456789 ".repeat(1_000_000);
    world.posts("chat:a", "Ana", "1", &text).await;
    let content = world.delivers("chat:b", "b1").await.said.content;
    assert!(
        content == Content::plain(&text),
        "the text came back changed"
    );
    world.edits("chat:a", "Ana", "1", &text[1..]).await;
    assert_eq!(world.work("chat:b").await.said.revision, 1);
}

async fn an_id_of_any_length_is_known_again(database: &Database) {
    let mut world = World::new(database).await;
    // Without a pattern, so that nothing can make it small.
    let noise: String = (0u64..)
        .map(|n| format!("{:x}", n.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
        .take(4000)
        .collect();
    let mut event = world.event("chat:a", "Ana", Event::Posted(posted(&noise, &[], "Long")));
    event.key = noise.as_str().into();
    let message = world
        .take_in(event.clone())
        .await
        .unwrap()
        .1
        .message
        .unwrap();
    assert_eq!(
        world.take_in(event).await.unwrap().0,
        Verdict::Drop("repeat")
    );
    assert_eq!(
        world.edits("chat:a", "Ana", &noise, "Longer").await,
        message
    );
    let other = format!("{}é", &noise[..noise.len() - 1]);
    let unknown = world.event(
        "chat:a",
        "Ana",
        Event::Deleted {
            messages: vec![other.as_str().into()],
        },
    );
    assert_eq!(
        world.take_in(unknown).await.unwrap().0,
        Verdict::Drop("unknown-target")
    );
}

async fn emoji_make_keys_and_ids_like_any_text(database: &Database) {
    let mut world = World::new(database).await;
    let mut event = world.event("chat:a", "🌻", Event::Posted(posted("🗝️", &[], "🎉")));
    event.key = "🔑".into();
    assert_eq!(world.take_in(event.clone()).await.unwrap().0, Verdict::Take);
    assert_eq!(
        world.take_in(event).await.unwrap().0,
        Verdict::Drop("repeat")
    );
    world.reacts("chat:a", "Bo", "🗝️", ("👩‍👩‍👧‍👦 🏳️‍🌈", "")).await;
    world.delivers("chat:b", "b1").await;
    assert_eq!(world.work("chat:b").await.said.emoji, ["🏳️‍🌈", "👩‍👩‍👧‍👦"]);
}

async fn odd_names_make_rooms_and_channels(database: &Database) {
    let world = World::on(database.bridge().await);
    let long = "long ".repeat(2000);
    for name in ["", " ", "a\0b", "🌻", &long] {
        world.add_room(name, name).await.unwrap();
        world.add_room(name, name).await.unwrap();
    }
    assert_eq!(world.store.rooms(None).await.unwrap().len(), 5);
}

async fn odd_words_may_stand_in_reasons_progress_and_notices(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "one").await;
    let work = world.work("chat:b").await;
    let again = Progress::Again {
        at: world.now,
        reason: "the server said \0".to_owned(),
        done: Some("\0 done".to_owned()),
        count: store::Count::Counted,
    };
    world.finishes(&work, &[], again).await;
    let community = world.community("riverside").await;
    let notice = store::Notice {
        kind: NoticeKind::WordsMissed,
        about: "\0".repeat(3000),
        text: "\0".to_owned(),
        at: world.now,
    };
    world
        .store
        .write(move |tx| {
            let (community, notice) = (community.clone(), notice.clone());
            Box::pin(async move {
                tx.set(&community.0, "odd", "\0").await?;
                tx.notices(&community).tell_once(&notice).await?;
                tx.notices(&community)
                    .clear(notice.kind, &notice.about)
                    .await?;
                tx.notices(&community).tell_once(&notice).await
            })
        })
        .await
        .unwrap();
    assert_eq!(world.store.notices(10).await.unwrap().len(), 1);
}
