//! Names that look alike, and pictures.

use conversation::{Author, Content, Event};
use store::Work;

use crate::support::{Database, World, posted};

crate::on_both_engines!(
    namesakes_of_a_platform_are_numbered_in_the_order_in_which_they_came,
    a_number_stays_until_the_name_looks_different,
    nobody_gets_a_number_that_somebody_else_is_called_by,
    a_name_that_looks_the_same_in_other_letters_is_a_namesake,
    whoever_is_configured_has_the_name_first,
    who_is_configured_later_gets_the_name_back,
    staff_has_its_name_first,
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
                revision: work.said.revision,
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

/// Under their newest names.
const NUMBERS: &str =
    "select i.platform, i.account, n.display_name, n.namesake from identity i join name n on n.id = i.name_id
     order by i.created_at, i.id";

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
    assert_eq!(world.newest("mail:list").await.said.speaker.namesake, 3);
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

/// As the configuration names them, in this order.
async fn name_first(world: &World, members: &[(&str, &str)]) {
    let account = |who: &str| format!("mail:account-of-{who}").parse().unwrap();
    let members: Vec<_> = members
        .iter()
        .map(|(who, name)| (account(who), (*name).to_owned()))
        .collect();
    let named = world.store.name_first("riverside", &members, world.now);
    named.await.unwrap();
}

async fn whoever_is_configured_has_the_name_first(database: &Database) {
    let mut world = World::new(database).await;
    name_first(&world, &[("m1", "Bo"), ("m2", "Bo"), ("m3", "")]).await;
    for (channel, who, name) in [
        ("mail:list", "s1", "Bo"),
        ("mail:list", "s2", "Во"),
        ("mail:list", "s3", "Bo 2"),
        ("chat:a", "s4", "Bo"),
        ("mail:list", "m2", "Bo"),
        ("mail:list", "m1", "Bo"),
        // A member whose name is known only now, and one who writes under another name than the configuration's.
        ("mail:list", "s5", "Cy"),
        ("mail:list", "m3", "Cy"),
        ("mail:list", "m3", "Bo"),
        ("mail:list", "s5", "Cy"),
    ] {
        world.named(channel, who, name).await;
    }
    crate::assert_text!(database.look(NUMBERS).await, @r"
    mail|account-of-s1|Bo|5
    mail|account-of-s2|Во|4
    mail|account-of-s3|Bo 2|2
    chat|account-of-s4|Bo|1
    mail|account-of-m2|Bo|2
    mail|account-of-m1|Bo|1
    mail|account-of-s5|Cy|2
    mail|account-of-m3|Bo|3
    ");
}

async fn who_is_configured_later_gets_the_name_back(database: &Database) {
    let mut world = World::new(database).await;
    world.named("mail:list", "s1", "Bo").await;
    world.named("mail:list", "m1", "Bo").await;
    world.named("mail:list", "s2", "Bo 2").await;
    name_first(&world, &[("m1", "Bo")]).await;
    let settled = database.look(NUMBERS).await;
    crate::assert_text!(&settled, @r"
    mail|account-of-s1|Bo|3
    mail|account-of-m1|Bo|1
    mail|account-of-s2|Bo 2|2
    ");
    // The next start, and whatever they say then, changes nothing.
    name_first(&world, &[("m1", "Bo")]).await;
    for (who, name) in [("s1", "Bo"), ("m1", "Bo"), ("s2", "Bo 2")] {
        world.named("mail:list", who, name).await;
    }
    assert_eq!(database.look(NUMBERS).await, settled);
    // One more who was not heard yet.
    name_first(&world, &[("m0", "Bo"), ("m1", "Bo")]).await;
    crate::assert_text!(database.look(NUMBERS).await, @r"
    mail|account-of-s1|Bo|3
    mail|account-of-m1|Bo|2
    mail|account-of-s2|Bo 2|2
    ");
}

async fn staff_has_its_name_first(database: &Database) {
    let mut world = World::new(database).await;
    world.named("chat:a", "s1", "Ana").await;
    let now = world.now;
    let set = world.store.write(move |tx| {
        Box::pin(async move {
            let community = tx.communities().add("riverside", now).await?;
            let ana = "chat:account-of-a1".parse().unwrap();
            tx.people(&community).set_staff(&[ana]).await
        })
    });
    set.await.unwrap();
    world.named("chat:a", "a1", "Ana").await;
    crate::assert_text!(database.look(NUMBERS).await, @r"
    chat|account-of-s1|Ana|2
    chat|account-of-a1|Ana|1
    ");
}

async fn a_name_that_looks_the_same_in_other_letters_is_a_namesake(database: &Database) {
    let mut world = World::new(database).await;
    world.named("chat:a", "a1", "Ana").await;
    world.named("chat:a", "a2", "Аnа").await;
    world.named("chat:a", "a3", "a\u{200B}na").await;
    let numbers = database
        .look("select namesake from name order by since, id")
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
    let author: Author = world.work("chat:b").await.said.author;
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
