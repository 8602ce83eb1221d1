//! Texts of many posts: how many are too many, and what of them stands where.

use conversation::Content;
use store::{Claim, Look, Progress};

use crate::support::{Database, World, at, finish};

crate::on_both_engines!(
    a_room_says_how_many_posts_a_text_may_take,
    how_many_they_are_stays_as_it_was_at_the_first_attempt,
    what_an_older_version_began_goes_on_in_as_many_posts_as_it_takes,
    an_edit_is_told_which_files_stand_in_which_part,
    what_was_begun_goes_on_in_its_own_words,
    a_delete_takes_back_what_an_unfinished_edit_posted,
);

async fn told(world: &World, channel: &str, most_parts: u32) -> u32 {
    let look = Look {
        now: world.now,
        most_parts,
        ..Look::default()
    };
    match world.look(world.entry(channel), look).await.unwrap() {
        Claim::Work(work) => work.to.most_parts,
        other => panic!("no work: {other:?}"),
    }
}

async fn a_room_says_how_many_posts_a_text_may_take(database: &Database) {
    let mut world = World::new(database).await;
    for (own, expected) in [(None, 5), (Some(2), 2), (Some(0), 0), (None, 5)] {
        world.lets_pass("general", own).await.unwrap();
        assert_eq!(world.store.rooms(None).await.unwrap()[0].most_parts, own);
        let id = format!("{own:?} {}", world.now.0);
        world.posts("chat:a", "Ana", &id, "A long story").await;
        assert_eq!(told(&world, "chat:b", 5).await, expected);
        let work = world.work("chat:b").await;
        let rule = "told enough";
        world
            .finishes(&work, &[], Progress::Suppressed { rule })
            .await;
        world.now = world.now.plus(std::time::Duration::from_secs(1));
    }
    let unknown = world.lets_pass("cellar", Some(1)).await.unwrap_err();
    crate::assert_text!(unknown, @"there is no room named `cellar`");
}

async fn how_many_they_are_stays_as_it_was_at_the_first_attempt(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "A long story").await;
    assert_eq!(told(&world, "chat:b", 5).await, 5);
    world.lets_pass("general", Some(0)).await.unwrap();
    assert_eq!(told(&world, "chat:b", 3).await, 5);
}

async fn what_an_older_version_began_goes_on_in_as_many_posts_as_it_takes(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "A long story").await;
    let (revision, at) = (0, world.now);
    let begun = world.work("chat:b").await;
    world
        .finishes(&begun, &["b1"], Progress::PartSent { revision, at })
        .await;
    database
        .execute("update delivery set most_parts = null, part_files = null")
        .await;
    assert_eq!(told(&world, "chat:b", 5).await, 0);
    assert_eq!(world.work("chat:b").await.sent.files, None);
}

async fn an_edit_is_told_which_files_stand_in_which_part(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "A long story").await;
    let (revision, at) = (0, world.now);
    let post = world.work("chat:b").await;
    let mut sent = finish(&post, &["b1", "b2"], Progress::Sent { revision, at });
    let files = vec![Vec::new(), vec!["hash".to_owned()]];
    sent.part_files = Some(files.clone());
    let written = world.store.write(move |tx| {
        let sent = sent.clone();
        Box::pin(async move { tx.outcome(&sent).record().await })
    });
    written.await.unwrap();
    world.edits("chat:a", "Ana", "1", "A short one").await;
    let edit = world.work("chat:b").await;
    assert_eq!(edit.standing.files, Some(files));
    assert_eq!(edit.sent.files, Some(Vec::new()));
    // An edit leaves behind what stands after it.
    let sent = finish(&edit, &["b1", ""], Progress::Sent { revision: 1, at });
    let written = world.store.write(move |tx| {
        let sent = sent.clone();
        Box::pin(async move {
            tx.outcome(&sent).record().await?;
            tx.outcome(&sent).record_edit(1).await
        })
    });
    written.await.unwrap();
    world.edits("chat:a", "Ana", "1", "Another").await;
    let edit = world.work("chat:b").await;
    assert_eq!(edit.standing.parts, [["b1".into()]]);
    assert_eq!(edit.standing.files, Some(vec![Vec::new(), Vec::new()]));
}

async fn what_was_begun_goes_on_in_its_own_words(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "A long story").await;
    let (revision, at) = (0, world.now);
    let begun = world.work("chat:b").await;
    world
        .finishes(&begun, &["b1"], Progress::PartSent { revision, at })
        .await;
    world.edits("chat:a", "Ana", "1", "Never mind").await;
    let post = world.work("chat:b").await;
    assert_eq!(post.said.content, Content::plain("A long story"));
    assert_eq!(post.said.revision, 0);
    world
        .finishes(&post, &["b1", "b2"], Progress::Sent { revision, at })
        .await;
    let edit = world.work("chat:b").await;
    assert_eq!(edit.said.content, Content::plain("Never mind"));
    // The edit is overtaken as well.
    let begun = Progress::PartSent { revision: 1, at };
    world.finishes(&edit, &["b1"], begun).await;
    world.edits("chat:a", "Ana", "1", "Or do").await;
    assert_eq!(
        world.work("chat:b").await.said.content,
        Content::plain("Never mind")
    );
}

async fn a_delete_takes_back_what_an_unfinished_edit_posted(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "A short story").await;
    world.delivers("chat:b", "b1").await;
    world.edits("chat:a", "Ana", "1", "A long story").await;
    let edit = world.work("chat:b").await;
    let rule = "deleted-meanwhile";
    world
        .finishes(&edit, &["b1", "b2 b3"], Progress::Suppressed { rule })
        .await;
    world.deletes("chat:a", "Ana", "1").await;
    let delete = world.work("chat:b").await;
    let ids = delete.standing.parts.concat();
    assert_eq!(ids, ["b1".into(), "b2".into(), "b3".into()]);
    assert_eq!(delete.to.channel, at("chat:b"));
}
