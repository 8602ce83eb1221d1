//! Each message keeps the name under which it was said.

use conversation::{Author, AuthorKind, Content, Event, Posted};
use store::Progress;

use crate::support::{Database, World, posted};

crate::on_both_engines!(
    a_message_keeps_the_name_under_which_it_was_said,
    an_edit_and_an_answer_show_the_name_of_then,
    what_was_given_up_shows_the_name_of_then,
    what_is_digested_shows_the_name_of_then,
    names_of_one_account_do_not_compete,
    whoever_gives_way_does_so_under_each_name_that_looks_so,
    what_was_said_before_the_name_was_known_is_said_under_the_first,
    an_event_without_a_name_goes_under_the_newest,
    who_is_newest_is_who_spoke_last,
    one_name_in_ever_new_letters_leaves_few_rows,
    a_name_without_end_is_one_name,
);

/// One account that several people write from.
const CLUB: &str = "club";

impl World {
    async fn signed(&mut self, name: &str, posted: Posted) {
        let mut event = self.event("chat:a", CLUB, Event::Posted(posted));
        event.actor.display_name = name.to_owned();
        self.take_in(event).await.unwrap();
    }

    async fn says(&mut self, name: &str, id: &str) {
        self.signed(name, posted(id, &[], id)).await;
    }

    async fn sends(&self, id: &str) -> String {
        let work = self.delivers("chat:b", id).await;
        let speaker = work.said.speaker;
        format!("{} {}", speaker.name, speaker.namesake)
    }
}

const NAMES: &str = "select i.account, n.display_name, n.namesake from name n join identity i on i.id = n.identity_id
     order by n.since, n.id";

async fn a_message_keeps_the_name_under_which_it_was_said(database: &Database) {
    let mut world = World::new(database).await;
    for (name, id) in [("Ana", "1"), ("Bo", "2"), ("Ana", "3"), ("Cy", "4")] {
        world.says(name, id).await;
    }
    let mut sent = Vec::new();
    for id in ["b1", "b2", "b3", "b4"] {
        sent.push(world.sends(id).await);
    }
    assert_eq!(sent, ["Ana 1", "Bo 1", "Ana 1", "Cy 1"]);
    crate::assert_text!(database.look(NAMES).await, @r"
    account-of-club|Ana|1
    account-of-club|Bo|1
    account-of-club|Cy|1
    ");
    assert_eq!(database.look("select count(*) from person").await, "1");
}

async fn an_edit_and_an_answer_show_the_name_of_then(database: &Database) {
    let mut world = World::new(database).await;
    world.says("Ana", "1").await;
    world.sends("b1").await;
    world.says("Bo", "2").await;
    world.sends("b2").await;
    // Whoever holds the account now changes what another of its people said.
    let content = Content::plain("one");
    let message = "1".into();
    let mut edit = world.event("chat:a", CLUB, Event::Edited { message, content });
    edit.actor.display_name = "Cy".to_owned();
    world.take_in(edit).await.unwrap();
    assert_eq!(world.sends("b1").await, "Ana 1");
    world.signed("Bo", posted("3", &["1"], "Indeed")).await;
    let answer = world.work("chat:b").await;
    assert_eq!(
        (
            answer.said.speaker.name,
            answer.context.parent.unwrap().author.unwrap().name
        ),
        ("Bo".to_owned(), "Ana".to_owned())
    );
}

async fn what_was_given_up_shows_the_name_of_then(database: &Database) {
    let mut world = World::new(database).await;
    world.says("Ana", "1").await;
    let work = world.work("chat:b").await;
    let reason = "refused".to_owned();
    world.finishes(&work, &[], Progress::Dead { reason }).await;
    world.says("Bo", "2").await;
    let stopped = world
        .store
        .stopped_deliveries("riverside", None, 10)
        .await
        .unwrap();
    assert_eq!(stopped[0].author, "Ana");
}

async fn what_is_digested_shows_the_name_of_then(database: &Database) {
    let mut world = World::new(database).await;
    world.says("Ana", "1").await;
    world.says("Bo", "2").await;
    world.reacts("chat:a", "Dee", "1", ("👍", "")).await;
    database
        .execute(
            "update delivery set state = 'waiting', waits_for = 'digest' where operation = 'react'",
        )
        .await;
    let entry = world.entry("chat:b");
    let now = world.now;
    let said = world.store.write(move |tx| {
        let entry = entry.clone();
        Box::pin(async move { tx.outbox(&entry).say_digest(now, now).await })
    });
    assert!(said.await.unwrap());
    let digest = loop {
        let work = world.delivers("chat:b", "said").await;
        if let Some(own) = work.own.word {
            break own;
        }
    };
    let authors: Vec<_> = digest.quotes.iter().map(|it| &it.author).collect();
    assert_eq!(authors, ["Ana"]);
}

async fn names_of_one_account_do_not_compete(database: &Database) {
    let mut world = World::new(database).await;
    for name in ["Ana", "ANA", "Ana 2", "Bo"] {
        world.says(name, name).await;
    }
    world.named("chat:b", "another", "Ana").await;
    world.named("chat:b", "another", "Bo").await;
    world.says("aNa", "again").await;
    crate::assert_text!(database.look(NAMES).await, @r"
    account-of-club|Ana|1
    account-of-club|ANA|1
    account-of-club|Ana 2|1
    account-of-club|Bo|1
    account-of-another|Ana|3
    account-of-another|Bo|2
    account-of-club|aNa|1
    ");
}

async fn whoever_gives_way_does_so_under_each_name_that_looks_so(database: &Database) {
    let mut world = World::new(database).await;
    for name in ["Ana", "Bo", "ANA"] {
        world.says(name, name).await;
    }
    let first = [("chat:account-of-m".parse().unwrap(), "Ana".to_owned())];
    let named = world.store.name_first("riverside", &first, world.now);
    named.await.unwrap();
    crate::assert_text!(database.look(NAMES).await, @r"
    account-of-club|Ana|2
    account-of-club|Bo|1
    account-of-club|ANA|2
    ");
    assert_eq!(world.sends("b1").await, "Ana 2");
}

async fn what_was_said_before_the_name_was_known_is_said_under_the_first(database: &Database) {
    let mut world = World::new(database).await;
    world.says("", "1").await;
    world.says("", "2").await;
    assert_eq!(world.sends("b1").await, " 1");
    let (entry, now) = (world.entry("chat:a"), world.now);
    let author = Author {
        account: "account-of-club".into(),
        display_name: "Ana".to_owned(),
        picture: None,
        kind: AuthorKind::Person,
    };
    let introduced = world.store.write(move |tx| {
        let (entry, author) = (entry.clone(), author.clone());
        Box::pin(async move { tx.speakers(&entry).introduce(&author, now).await })
    });
    assert_eq!(introduced.await.unwrap(), 1);
    world.says("Bo", "3").await;
    assert_eq!(world.sends("b2").await, "Ana 1");
    assert_eq!(world.sends("b3").await, "Bo 1");
    world.edits("chat:a", CLUB, "1", "one").await;
    assert_eq!(world.sends("b1").await, "Ana 1");
}

async fn an_event_without_a_name_goes_under_the_newest(database: &Database) {
    let mut world = World::new(database).await;
    for (name, id) in [("Ana", "1"), ("Bo", "2"), ("", "3")] {
        world.says(name, id).await;
    }
    for id in ["b1", "b2"] {
        world.sends(id).await;
    }
    assert_eq!(world.sends("b3").await, "Bo 1");
}

async fn who_is_newest_is_who_spoke_last(database: &Database) {
    let mut world = World::new(database).await;
    for (name, id) in [("Ana", "1"), ("Bo", "2"), ("Ana", "3")] {
        world.says(name, id).await;
    }
    let people = world.store.people("riverside", u32::MAX).await.unwrap();
    assert_eq!(people[0].accounts[0].name, "Ana");
    let left = "select display_name from name where until is not null order by since";
    assert_eq!(database.look(left).await, "Bo");
}

async fn one_name_in_ever_new_letters_leaves_few_rows(database: &Database) {
    let mut world = World::new(database).await;
    for n in 0..30 {
        let name = format!("A{}na", "\u{200B}".repeat(n));
        world.says(&name, &n.to_string()).await;
    }
    assert_eq!(
        database
            .look("select count(*), max(namesake) from name")
            .await,
        "20|1"
    );
    world.says("Bo", "other").await;
    assert_eq!(world.newest("chat:b").await.said.speaker.name, "Bo");
}

async fn a_name_without_end_is_one_name(database: &Database) {
    let mut world = World::new(database).await;
    for end in ["a", "b"] {
        world
            .says(&format!("{}{end}", "🌻".repeat(5000)), end)
            .await;
    }
    assert_eq!(
        database
            .look("select count(*), max(length(display_name)) from name")
            .await,
        "1|200"
    );
}
