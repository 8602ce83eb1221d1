//! Who is who: persons of several accounts, who of them may be rung, and the names of staff.

use conversation::{AccountRef, Content, Event, Markup, Node, PersonId, Posted, Tag};
use store::{Mentions, Result};

use crate::support::{Database, NOW, World, posted};

crate::on_both_engines!(
    ten_thousand_members_are_told_of_at_once,
    two_accounts_are_one_person_from_now_on,
    namesakes_stay_different_persons,
    who_was_never_heard_cannot_be_joined,
    a_mention_rings_whom_it_may_ring,
    a_mention_rings_nobody_who_did_not_ask_for_it,
    between_two_channels_of_a_platform_the_same_choice_counts,
    names_of_staff_are_protected_as_soon_as_they_are_known,
    staff_sees_everybody,
);

fn account(text: &str) -> AccountRef {
    text.parse().unwrap()
}

impl World {
    async fn joins(&self, first: &str, second: &str) -> Result<bool> {
        let community = self.community("riverside").await;
        let (first, second) = (account(first), account(second));
        self.store
            .write(move |tx| {
                let case = (community.clone(), first.clone(), second.clone());
                Box::pin(async move { tx.people(&case.0).join(&case.1, &case.2, NOW).await })
            })
            .await
    }

    async fn wants(&self, who: &str, mentions: Mentions) -> Result<()> {
        let (community, who) = (self.community("riverside").await, account(who));
        self.store
            .write(move |tx| {
                let case = (community.clone(), who.clone());
                Box::pin(async move { tx.people(&case.0).set_mentions(&case.1, mentions).await })
            })
            .await
    }

    async fn staff_is(&self, accounts: &[&str]) {
        let community = self.community("riverside").await;
        let accounts: Vec<_> = accounts.iter().map(|it| account(it)).collect();
        self.store
            .write(move |tx| {
                let case = (community.clone(), accounts.clone());
                Box::pin(async move { tx.people(&case.0).set_staff(&case.1).await })
            })
            .await
            .unwrap();
        self.store.refresh_directory().await.unwrap();
    }

    async fn tag(&self, name: &str, person: &str) -> Option<Tag> {
        self.store.refresh_directory().await.unwrap();
        let community = self.community("riverside").await;
        self.store
            .directory()
            .tag(&community, name, &PersonId::from(person))
    }

    /// Bo says in `chat:a` to whom it may concern.
    async fn mentions(&mut self, channel: &str, whom: &str) {
        let content = Content {
            text: Markup(vec![Node::Quote(vec![Node::Mention {
                account: Some(whom.into()),
                name: "somebody".to_owned(),
            }])]),
            attachments: Vec::new(),
        };
        let id = format!("mention-{}", self.now.0);
        let posted = Posted {
            content,
            ..posted(&id, &[], "")
        };
        let event = self.event(channel, "Bo", Event::Posted(posted));
        self.take_in(event).await.unwrap();
    }
}

/// How many people there are for the log: who joined another counts as that one.
pub(crate) const COUNTED: &str = "with recursive counts (account, person) as (
      select distinct actor_key, actor_key from engagement
      union all
      select n.account, c.person_key from counts n join counted c on c.account_key = n.person
    )
    select count(distinct person) from counts where person not in (select account_key from counted)";
const LOG: &str = "select * from engagement order by id";

async fn two_accounts_are_one_person_from_now_on(database: &Database) {
    let mut world = World::new(database).await;
    world.named("chat:a", "ana", "Ana").await;
    world.named("mail:list", "ana@work", "Ana").await;
    world.named("mail:list", "ana@home", "Ana").await;
    assert_eq!(database.look(COUNTED).await, "3");
    let log = database.look(LOG).await;
    world
        .wants("chat:account-of-ana", Mentions::Account)
        .await
        .unwrap();
    assert!(
        world
            .joins("mail:account-of-ana@home", "mail:account-of-ana@work")
            .await
            .unwrap()
    );
    assert!(
        world
            .joins("chat:account-of-ana", "mail:account-of-ana@work")
            .await
            .unwrap()
    );
    assert!(
        !world
            .joins("mail:account-of-ana@home", "chat:account-of-ana")
            .await
            .unwrap()
    );
    let persons = "select count(distinct person_id), count(distinct own_person_id) from identity";
    assert_eq!(database.look(persons).await, "1|3");
    let mentions = "select p.mentions from person p where p.id in (select person_id from identity)";
    assert_eq!(database.look(mentions).await, "account");
    assert_eq!(database.look("select count(*) from counted").await, "2");
    assert_eq!(database.look(LOG).await, log, "no row of it was touched");
    assert_eq!(database.look(COUNTED).await, "1");
    world.named("chat:a", "ana", "Ana").await;
    world.named("mail:list", "ana@work", "Ana").await;
    world.named("mail:list", "ana@home", "Ana").await;
    assert_eq!(database.look("select count(*) from engagement").await, "6");
    assert_eq!(database.look(COUNTED).await, "1");
    // Undoing is the end of a row.
    let undone = "delete from counted where account_key in (select account_key from counted order by since, account_key limit 1)";
    database.execute(undone).await;
    assert_eq!(database.look(COUNTED).await, "2");
}

async fn namesakes_stay_different_persons(database: &Database) {
    let mut world = World::new(database).await;
    world.named("chat:a", "a1", "Ana").await;
    world.named("chat:a", "a2", "Ana").await;
    world.named("mail:list", "a3", "Ana").await;
    assert_eq!(database.look(COUNTED).await, "3");
    assert_eq!(database.look("select count(*) from person").await, "3");
}

async fn who_was_never_heard_cannot_be_joined(database: &Database) {
    let mut world = World::new(database).await;
    world.named("chat:a", "ana", "Ana").await;
    let refused = world
        .joins("chat:account-of-ana", "chat:nobody")
        .await
        .unwrap_err();
    crate::assert_text!(refused, @"there is no account of anybody who was heard yet named `chat:nobody`");
    world
        .wants("chat:nobody", Mentions::Account)
        .await
        .unwrap_err();
    assert_eq!(database.look("select count(*) from person").await, "1");
}

/// Ana is in the chat and on the list, and one person.
async fn with_ana(database: &Database) -> World {
    let mut world = World::new(database).await;
    world.named("chat:a", "ana", "Ana").await;
    world.named("mail:list", "ana@home", "Ana").await;
    world
        .joins("chat:account-of-ana", "mail:account-of-ana@home")
        .await
        .unwrap();
    world
}

async fn a_mention_rings_whom_it_may_ring(database: &Database) {
    let mut world = with_ana(database).await;
    world
        .wants("mail:account-of-ana@home", Mentions::Account)
        .await
        .unwrap();
    world.mentions("chat:a", "account-of-ana").await;
    let mentions = world.newest("mail:list").await.context.mentions;
    assert_eq!(
        mentions[&"account-of-ana".into()],
        "account-of-ana@home".into()
    );
    assert_eq!(mentions.len(), 1);
}

async fn a_mention_rings_nobody_who_did_not_ask_for_it(database: &Database) {
    let mut world = with_ana(database).await;
    world.mentions("chat:a", "account-of-ana").await;
    assert!(world.newest("mail:list").await.context.mentions.is_empty());
    world
        .wants("chat:account-of-ana", Mentions::Account)
        .await
        .unwrap();
    world
        .wants("chat:account-of-ana", Mentions::Name)
        .await
        .unwrap();
    world.mentions("chat:a", "account-of-ana").await;
    assert!(world.newest("mail:list").await.context.mentions.is_empty());
    world.mentions("chat:a", "account-of-a-stranger").await;
    assert!(world.newest("mail:list").await.context.mentions.is_empty());
}

async fn between_two_channels_of_a_platform_the_same_choice_counts(database: &Database) {
    let mut world = with_ana(database).await;
    world.mentions("chat:a", "account-of-ana").await;
    assert!(world.newest("chat:b").await.context.mentions.is_empty());
    world
        .wants("chat:account-of-ana", Mentions::Account)
        .await
        .unwrap();
    world.mentions("chat:a", "account-of-ana").await;
    let mentions = world.newest("chat:b").await.context.mentions;
    assert_eq!(mentions[&"account-of-ana".into()], "account-of-ana".into());
}

async fn names_of_staff_are_protected_as_soon_as_they_are_known(database: &Database) {
    let mut world = World::new(database).await;
    world.staff_is(&["chat:account-of-ana"]).await;
    assert_eq!(world.tag("Ana", "somebody").await, None);
    world.named("chat:a", "ana", "Ana").await;
    let ana = database.look("select person_id from identity").await;
    assert_eq!(world.tag("Аnа", "somebody").await, Some(Tag::NotStaff));
    assert_eq!(world.tag("Аnа", &ana).await, None);
    world.named("chat:a", "ana", "Ana María").await;
    assert_eq!(world.tag("Ana", "somebody").await, None);
    assert_eq!(
        world.tag("ana maría", "somebody").await,
        Some(Tag::NotStaff)
    );
    world
        .named("mail:list", "ana@home", "Ana of the office")
        .await;
    world
        .joins("chat:account-of-ana", "mail:account-of-ana@home")
        .await
        .unwrap();
    assert_eq!(
        world.tag("Ana of the office", "somebody").await,
        Some(Tag::NotStaff)
    );
    assert_eq!(
        world.tag("Саuseway", "somebody").await,
        Some(Tag::NotTheBridge)
    );
    assert_eq!(world.tag("Riverside", &ana).await, Some(Tag::NotTheBridge));
    world.staff_is(&[]).await;
    assert_eq!(world.tag("Ana María", "somebody").await, None);
}

async fn staff_sees_everybody(database: &Database) {
    let mut world = with_ana(database).await;
    world.named("chat:a", "a2", "Ana").await;
    world.staff_is(&["chat:account-of-ana"]).await;
    let people = world.store.people("riverside", u32::MAX).await.unwrap();
    let line = |it: &store::AccountView| {
        format!("{} {} {} {}", it.account, it.name, it.namesake, it.is_staff)
    };
    let lines: Vec<String> = people
        .iter()
        .map(|it| {
            format!(
                "{}: {}",
                it.mentions.as_str(),
                it.accounts.iter().map(line).collect::<Vec<_>>().join(", ")
            )
        })
        .collect();
    crate::assert_text!(lines.join("\n"), @r"
    name: chat:account-of-ana Ana 1 true, mail:account-of-ana@home Ana 1 false
    name: chat:account-of-a2 Ana 2 false
    ");
    assert!(
        world
            .store
            .people("elsewhere", u32::MAX)
            .await
            .unwrap()
            .is_empty()
    );
}

/// Staff of a large community looks at it as at a small one.
async fn ten_thousand_members_are_told_of_at_once(database: &Database) {
    let world = World::new(database).await;
    let community = world.community("riverside").await;
    // Each number is as wide as the others.
    let numbers =
        "with recursive n (i) as (select 10000 union all select i + 1 from n where i < 19999)";
    for rows in [
        "insert into person (community_id, id, created_at) {n} select c.community_id, 'p' || i, i from n, community c",
        "insert into identity (community_id, id, person_id, own_person_id, platform, account, name_id, created_at, account_hash, account_cipher)
         {n} select c.community_id, 'i' || i, 'p' || i, 'p' || i, 'chat', 'a' || i, 'i' || i, i, 'h' || i, '' from n, community c",
        "insert into name (community_id, id, identity_id, platform, display_name, skeleton, look, namesake, since)
         {n} select c.community_id, 'i' || i, 'i' || i, 'chat', 'Member ' || i, 'member ' || i, '', 1, i from n, community c",
    ] {
        let begin = rows.find("{n}").unwrap();
        let insert = format!("{} {numbers} {}", &rows[..begin], &rows[begin + 3..]);
        database.execute(&insert).await;
    }
    let start = std::time::Instant::now();
    let first = world.store.people("riverside", 12).await.unwrap();
    let all = world.store.count_people(&community).await.unwrap();
    let took = start.elapsed();
    assert_eq!((first.len(), all), (12, 10_000));
    assert_eq!(first[0].accounts[0].name, "Member 10000");
    assert!(took.as_millis() < 300, "{took:?}");
}
