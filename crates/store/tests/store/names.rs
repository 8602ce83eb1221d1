//! Names that look alike, and pictures.

use conversation::{Author, Content, Event};
use store::Work;

use crate::support::{Database, World, posted};

crate::on_both_engines!(
    namesakes_of_a_platform_are_numbered_in_the_order_in_which_they_came,
    a_number_stays_until_the_name_looks_different,
    nobody_gets_a_number_that_somebody_else_is_called_by,
    a_name_that_looks_the_same_in_other_letters_is_a_namesake,
    an_event_without_a_name_takes_nobodys_name_away,
    a_picture_comes_along_and_goes_with_the_next_post,
    what_is_no_picture_is_not_kept,
);

impl World {
    /// `who` is the account, `name` what they call themselves.
    pub(crate) async fn named(&mut self, channel: &str, who: &str, name: &str) {
        let id = format!("{who}-{}", self.now.0);
        let mut event = self.event(channel, who, Event::Posted(posted(&id, &[], "Hello")));
        event.actor.display_name = name.to_owned();
        self.take_in(event).await.unwrap();
    }

    async fn pictured(&mut self, event: Event, picture: Option<&str>) {
        let mut event = self.event("chat:a", "Ana", event);
        event.actor.picture = picture.map(str::to_owned);
        self.take_in(event).await.unwrap();
    }

    /// What is sent last of all that waits for the channel.
    pub(crate) async fn newest(&self, channel: &str) -> Work {
        let mut work = self.work(channel).await;
        loop {
            let sent = store::Progress::Sent {
                revision: work.revision,
                at: self.now,
            };
            self.finishes(&work, &[&work.delivery.0.clone()], sent)
                .await;
            match self.claim(channel).await {
                store::Claim::Work(next) => work = *next,
                _ => return work,
            }
        }
    }
}

const NUMBERS: &str =
    "select platform, account, display_name, namesake from identity order by created_at, id";

async fn namesakes_of_a_platform_are_numbered_in_the_order_in_which_they_came(database: &Database) {
    let mut world = World::new(database).await;
    for (channel, who) in [
        ("chat:a", "a1"),
        ("chat:b", "a2"),
        ("mail:list", "a3"),
        ("chat:a", "a4"),
    ] {
        world.named(channel, who, "Ana").await;
    }
    crate::assert_text!(database.look(NUMBERS).await, @r"
    chat|account-of-a1|Ana|1
    chat|account-of-a2|Ana|2
    mail|account-of-a3|Ana|1
    chat|account-of-a4|Ana|3
    ");
    assert_eq!(world.newest("mail:list").await.speaker.namesake, 3);
}

async fn a_number_stays_until_the_name_looks_different(database: &Database) {
    let mut world = World::new(database).await;
    world.named("chat:a", "a1", "Ana").await;
    world.named("chat:a", "a2", "Ana").await;
    world.named("chat:a", "a1", "Bo").await;
    world.named("chat:a", "a2", "ANA!").await;
    crate::assert_text!(database.look(NUMBERS).await, @r"
    chat|account-of-a1|Bo|1
    chat|account-of-a2|ANA!|2
    ");
    world.named("chat:a", "a2", "Cy").await;
    world.named("chat:a", "a1", "Cy").await;
    crate::assert_text!(database.look(NUMBERS).await, @r"
    chat|account-of-a1|Cy|2
    chat|account-of-a2|Cy|1
    ");
}

async fn nobody_gets_a_number_that_somebody_else_is_called_by(database: &Database) {
    let mut world = World::new(database).await;
    world.named("chat:a", "a1", "Ana").await;
    world.named("chat:a", "a2", "Ana 2").await;
    world.named("chat:a", "a3", "Ana").await;
    world.named("chat:a", "a4", "Ana 3").await;
    crate::assert_text!(database.look(NUMBERS).await, @r"
    chat|account-of-a1|Ana|1
    chat|account-of-a2|Ana 2|1
    chat|account-of-a3|Ana|3
    chat|account-of-a4|Ana 3|2
    ");
}

async fn a_name_that_looks_the_same_in_other_letters_is_a_namesake(database: &Database) {
    let mut world = World::new(database).await;
    world.named("chat:a", "a1", "Ana").await;
    world.named("chat:a", "a2", "Аnа").await;
    world.named("chat:a", "a3", "a\u{200B}na").await;
    let numbers = database
        .look("select namesake from identity order by created_at, id")
        .await;
    assert_eq!(numbers, "1\n2\n3");
}

async fn an_event_without_a_name_takes_nobodys_name_away(database: &Database) {
    let mut world = World::new(database).await;
    world.named("chat:a", "a1", "Ana").await;
    world.named("chat:a", "a1", "").await;
    crate::assert_text!(database.look(NUMBERS).await, @"chat|account-of-a1|Ana|1");
}

const PICTURE: &str = "select coalesce(picture, 'none') from identity";

async fn a_picture_comes_along_and_goes_with_the_next_post(database: &Database) {
    let mut world = World::new(database).await;
    let says = |id: &str| Event::Posted(posted(id, &[], "Hello"));
    let edits = || Event::Edited {
        message: "1".into(),
        content: Content::plain("Hello!"),
    };
    world
        .pictured(says("1"), Some("https://pictures.example/ana.png"))
        .await;
    world.pictured(edits(), None).await;
    assert_eq!(
        database.look(PICTURE).await,
        "https://pictures.example/ana.png"
    );
    let author: Author = world.work("chat:b").await.author;
    assert_eq!(
        author.picture.as_deref(),
        Some("https://pictures.example/ana.png")
    );
    world
        .pictured(edits(), Some("https://pictures.example/new.png"))
        .await;
    assert_eq!(
        database.look(PICTURE).await,
        "https://pictures.example/new.png"
    );
    world.pictured(says("2"), None).await;
    assert_eq!(database.look(PICTURE).await, "none");
}

async fn what_is_no_picture_is_not_kept(database: &Database) {
    let mut world = World::new(database).await;
    let long = format!("https://pictures.example/{}", "a".repeat(2000));
    let odd = [
        "",
        "https://",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:image/png;base64,AA",
        "https://a\nb",
        "https://a b",
        &long,
    ];
    for (number, picture) in odd.into_iter().enumerate() {
        let says = Event::Posted(posted(&number.to_string(), &[], "Hello"));
        world.pictured(says, Some(picture)).await;
        assert_eq!(database.look(PICTURE).await, "none", "{picture:.40}");
    }
}
