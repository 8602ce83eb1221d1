//! Private chats: no room's, and remembered without a word of what was said.

use std::time::Duration;

use conversation::{Link, RemoteId, SHUT_OUT, Timestamp};
use store::{Claim, PrivateChat, Progress, Say};

use crate::support::{Database, World, at, phrase};

crate::on_both_engines!(
    whom_no_community_knows_has_no_chat,
    a_chat_is_made_once_and_heard_at_most_once_a_minute,
    each_community_that_knows_somebody_has_a_chat_of_its_own,
    what_the_bridge_says_there_is_no_rooms_and_goes_out,
    what_changes_is_looked_up_anew,
    a_chat_that_becomes_a_rooms_and_comes_back,
    staff_reads_no_id_of_a_person,
);

const ALONE: &str = "chat:4711";

async fn hears(world: &World, who: &str, now: Timestamp) -> Vec<PrivateChat> {
    let account = RemoteId(format!("account-of-{who}"));
    let heard = world.store.write(move |tx| {
        let account = account.clone();
        Box::pin(async move { tx.private_chats().hear(&at(ALONE), &account, now).await })
    });
    heard.await.unwrap()
}

async fn says(world: &World, chat: &PrivateChat, key: &'static str) -> bool {
    let (entry, now) = (chat.entry.clone(), world.now);
    let said = world.store.write(move |tx| {
        let entry = entry.clone();
        Box::pin(async move {
            let to = vec![entry.channel.id.clone()];
            let say = Say::to(entry, key.to_owned(), phrase("which-community"), to);
            Ok(tx.own_words().say(&say, now).await?.is_some())
        })
    });
    said.await.unwrap()
}

/// Where Ana has said something in the room.
async fn known(database: &Database) -> World {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Hello").await;
    world
}

async fn whom_no_community_knows_has_no_chat(database: &Database) {
    let world = known(database).await;
    assert!(hears(&world, "a stranger", world.now).await.is_empty());
    let rows = "select count(*) from channel where purpose = 'direct' union all select count(*) from place";
    assert_eq!(database.look(rows).await, "0\n0");
}

async fn a_chat_is_made_once_and_heard_at_most_once_a_minute(database: &Database) {
    let world = known(database).await;
    let revision = database.look("select revision from partition");
    let revision = revision.await;
    for (seconds, heard_at) in [(0, 0), (59, 0), (60, 60), (100, 60), (121, 121), (90, 121)] {
        let chats = hears(&world, "Ana", world.now.plus(Duration::from_secs(seconds))).await;
        assert_eq!(chats.len(), 1);
        let known = database.look(
            "select c.heard_at, c.room_id, c.link, n.display_name from channel c
            join identity i on i.community_id = c.community_id and i.id = c.identity_id
            join name n on n.id = i.name_id where c.purpose = 'direct'",
        );
        let at = world.now.plus(Duration::from_secs(heard_at)).0;
        assert_eq!(
            known.await,
            format!("{at}|-|active|Ana"),
            "after {seconds} s"
        );
    }
    let now = database.look("select revision from partition");
    assert_eq!(now.await, revision, "the rooms are not read again for it");
    let places = database.look("select platform, place_key from place").await;
    assert_eq!(
        (places.len(), places.contains("4711")),
        ("chat|".len() + 32, false)
    );
    assert!(world.store.directory().find(&at(ALONE)).is_none());
}

async fn each_community_that_knows_somebody_has_a_chat_of_its_own(database: &Database) {
    let mut world = known(database).await;
    world.later(Duration::from_secs(1));
    world.add_room("hillside", "general").await.unwrap();
    world.link("hillside", "general", "chat:h").await.unwrap();
    world.posts("chat:h", "Ana", "2", "Hello").await;
    let chats = hears(&world, "Ana", world.now).await;
    let names: Vec<_> = chats.iter().map(|it| &*it.name).collect();
    assert_eq!(names, ["riverside", "hillside"]);
    assert_ne!(chats[0].entry.channel.id, chats[1].entry.channel.id);
    let (chat, now) = (chats[1].clone(), world.now);
    let meaning = world.store.write(move |tx| {
        let chat = chat.clone();
        Box::pin(async move {
            tx.private_chats().note_asked(&chat, now).await?;
            tx.private_chats().mean(&chat, now).await
        })
    });
    meaning.await.unwrap();
    let chats = hears(&world, "Ana", world.now).await;
    let meant: Vec<_> = chats
        .iter()
        .map(|it| (it.asked_at, it.meant_since))
        .collect();
    assert_eq!(meant, [(None, None), (Some(now), Some(now))]);
}

async fn what_the_bridge_says_there_is_no_rooms_and_goes_out(database: &Database) {
    let world = known(database).await;
    let chat = hears(&world, "Ana", world.now).await.remove(0);
    let id = chat.entry.channel.id.clone();
    let is_open = async || world.store.open_channels().await.unwrap().contains(&id);
    assert!(!is_open().await);
    assert!(says(&world, &chat, "Welcome").await);
    assert!(!says(&world, &chat, "Welcome").await, "it is said once");
    assert!(is_open().await);
    world.remove_room("general", true).await.unwrap();
    let entry = world.store.channel(&id).await.unwrap().unwrap();
    let Claim::Work(work) = world.try_claim(entry).await.unwrap() else {
        panic!("it waits for its lane");
    };
    assert_eq!(
        (work.own.word.as_ref().map(|it| &it.phrase), &work.said.home),
        (Some(&phrase("which-community")), &at(ALONE))
    );
    let sent = Progress::Sent {
        revision: 0,
        at: world.now,
    };
    world.finishes(&work, &["77"], sent).await;
    assert!(!is_open().await);
    let rows = "select count(*) from message m join channel c on c.id = m.channel_id where c.purpose = 'direct' and m.room_id is null";
    assert_eq!(database.look(rows).await, "1");
}

async fn what_changes_is_looked_up_anew(database: &Database) {
    let world = known(database).await;
    let chat = hears(&world, "Ana", world.now).await.remove(0);
    let id = &chat.entry.channel.id;
    let link = async || world.store.channel(id).await.unwrap().unwrap().channel.link;
    assert_eq!(link().await, Link::Active);
    let entry = chat.entry.clone();
    let shut = world.store.write(move |tx| {
        let entry = entry.clone();
        Box::pin(async move {
            tx.channel(&entry).set_link(Link::Suspended).await?;
            tx.backlog(&entry.community, &entry.channel.id)
                .stop(SHUT_OUT)
                .await
        })
    });
    shut.await.unwrap();
    assert_eq!(link().await, Link::Suspended);
    hears(&world, "Ana", world.now).await;
    assert_eq!(link().await, Link::Active, "they speak again");
    assert!(
        world
            .store
            .channel(&"nobody's".into())
            .await
            .unwrap()
            .is_none()
    );
}

async fn a_chat_that_becomes_a_rooms_and_comes_back(database: &Database) {
    let world = known(database).await;
    let chat = hears(&world, "Ana", world.now).await.remove(0);
    says(&world, &chat, "Welcome").await;
    let inner = chat.entry.inner_name().to_string();
    world.link("riverside", "general", &inner).await.unwrap();
    assert!(world.store.directory().is_linked(&at(ALONE)));
    let open = "select count(*) from delivery d join channel c on c.id = d.channel_id
        where c.remote_id = '4711' and d.state = 'to_do'";
    assert_eq!(database.look(open).await, "1", "it is for the same person");
    assert!(
        hears(&world, "Ana", world.now).await.is_empty(),
        "it is a room's"
    );
    world.unlink(&inner).await.unwrap();
    assert_eq!(database.look(open).await, "0");
    let chat = hears(&world, "Ana", world.now).await.remove(0);
    assert!(chat.entry.channel.is_direct());
    world.store.refresh_directory().await.unwrap();
    assert!(world.store.directory().find(&at(ALONE)).is_none());
}

async fn staff_reads_no_id_of_a_person(database: &Database) {
    let world = known(database).await;
    let chat = hears(&world, "Ana", world.now).await.remove(0);
    says(&world, &chat, "Welcome").await;
    let name = chat.entry.name().to_string();
    assert!(name.starts_with("direct:"));
    let lines = world.store.recent_deliveries(1).await.unwrap();
    assert_eq!((&lines[0].from, &lines[0].to), (&name, &name));
    let waiting = world.store.waiting(None).await.unwrap();
    assert!(waiting.iter().any(|it| it.channel.to_string() == name));
    assert!(waiting.iter().all(|it| it.channel != at(ALONE)));
}
