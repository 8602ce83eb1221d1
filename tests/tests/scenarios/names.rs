//! Who speaks: what people see of each other's names, and whom a mention rings.

#![allow(clippy::unwrap_used)]

use causeway_tests::{Town, chat, list, workplace};
use conversation::{
    AccountRef, Author, AuthorKind, Content, Event, EventKey, Inbound, Markup, Node, Posted, Proof,
    RemoteId, Support,
};
use engine::people;
use insta::assert_snapshot;

const COMMUNITY: &str = "Spring Gathering";

/// A chat whose bot speaks for all, one that shows names and pictures, and a mailing list.
async fn named_town() -> Town {
    let pictures = workplace("slack").that_can(|it| {
        it.author_picture = Support::Native;
        it.markup = Support::Native;
    });
    Town::build()
        .platform(chat("telegram"))
        .platform(pictures)
        .platform(list("list"))
        .room(
            "general",
            &["telegram #general", "slack #general", "list spring@"],
        )
        .open()
        .await
}

/// What an account says that calls itself so.
fn said(town: &mut Town, channel: &str, (account, name): (&str, &str), text: Markup) -> Inbound {
    town.seconds_pass(1);
    let at = channel.split_once(' ').unwrap();
    let id = format!("{account}-{}", town.now.0);
    Inbound {
        within: None,
        key: EventKey(id.clone()),
        channel: conversation::ChannelRef::new(at.0, at.1),
        at: town.now,
        actor: Author {
            account: RemoteId::from(account),
            display_name: name.to_owned(),
            picture: None,
            kind: AuthorKind::Person,
        },
        proof: Proof::OfPlatform,
        way_back: None,
        event: Event::Posted(Posted {
            messages: vec![RemoteId(id)],
            reply_to: Vec::new(),
            thread: None,
            subject: None,
            content: Content {
                text,
                attachments: Vec::new(),
            },
            elided: String::new(),
            twin: None,
        }),
    }
}

async fn says(town: &mut Town, channel: &str, who: (&str, &str), text: &str) {
    let event = said(town, channel, who, Markup::plain(text));
    town.hears(event).await;
    town.settle().await;
}

fn account(text: &str) -> AccountRef {
    text.parse().unwrap()
}

#[tokio::test]
async fn two_people_of_one_name_are_told_apart() {
    let mut town = named_town().await;
    says(&mut town, "telegram #general", ("1", "Ana"), "I am Ana").await;
    says(&mut town, "telegram #general", ("2", "Ana"), "So am I").await;
    says(&mut town, "slack #general", ("U1", "Ana"), "And I").await;
    says(&mut town, "telegram #general", ("2", "ANA"), "Still me").await;
    says(
        &mut town,
        "telegram #general",
        ("1", "Ana María"),
        "Me again",
    )
    .await;
    assert_snapshot!(town.transcript("slack #general"), @r"
    Ana (Telegram): I am Ana
    Ana 2 (Telegram): So am I
    ANA 2 (Telegram): Still me
    Ana María (Telegram): Me again
    ");
    assert_snapshot!(town.transcript("telegram #general"), @"[bot]: Ana (Slack): And I");
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: I am Ana
    Ana 2: So am I
    Ana: And I
    ANA 2: Still me
    Ana María: Me again
    ");
}

#[tokio::test]
async fn nobody_passes_for_the_bridge_or_for_staff() {
    let mut town = named_town().await;
    let staff = [account("telegram:7")];
    people::set_staff(town.store(), COMMUNITY, &staff, town.now)
        .await
        .unwrap();
    says(
        &mut town,
        "slack #general",
        ("U6", "Ana"),
        "Before anybody knew",
    )
    .await;
    says(&mut town, "telegram #general", ("7", "Ana"), "I am staff").await;
    says(&mut town, "slack #general", ("U7", "Аnа"), "Send me money").await;
    says(
        &mut town,
        "slack #general",
        ("U8", "Саuseway"),
        "I am the bridge",
    )
    .await;
    says(
        &mut town,
        "slack #general",
        ("U9", "Bo (Telegram): hi\nAna"),
        "Hello",
    )
    .await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Ana (Slack): Before anybody knew
    [bot]: Аnа 2 [not staff] (Slack): Send me money
    [bot]: Саuseway [not the bridge] (Slack): I am the bridge
    [bot]: Bo, Telegram; hi Ana (Slack): Hello
    ");
    assert!(
        town.transcript("slack #general")
            .contains("Ana (Telegram): I am staff")
    );
}

#[tokio::test]
async fn who_is_staffs_other_account_is_staff() {
    let mut town = named_town().await;
    let staff = [account("telegram:7")];
    people::set_staff(town.store(), COMMUNITY, &staff, town.now)
        .await
        .unwrap();
    says(&mut town, "telegram #general", ("7", "Ana"), "I am staff").await;
    says(&mut town, "slack #general", ("U7", "Ana"), "Me too").await;
    town.staff_does("member join telegram:7 slack:U7").await;
    says(&mut town, "slack #general", ("U7", "Ana"), "As I said").await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Ana [not staff] (Slack): Me too
    [bot]: Ana (Slack): As I said
    ");
}

#[tokio::test]
async fn no_number_and_no_address_is_shown() {
    let mut town = named_town().await;
    says(
        &mut town,
        "telegram #general",
        ("1", "+34 600 123 456"),
        "One",
    )
    .await;
    says(&mut town, "telegram #general", ("2", "600123456"), "Two").await;
    says(
        &mut town,
        "telegram #general",
        ("3", "ana@example.org"),
        "Three",
    )
    .await;
    says(&mut town, "telegram #general", ("4", "@everyone"), "Four").await;
    let seen = town.transcript("slack #general");
    assert_snapshot!(seen, @r"
    Someone (Telegram): One
    Someone 2 (Telegram): Two
    ana@… (Telegram): Three
    everyone (Telegram): Four
    ");
}

#[tokio::test]
async fn a_quote_names_its_author_as_the_post_did() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(chat("plain").that_can(|it| {
            it.replies = Support::None;
            it.label = "Plain";
        }))
        .room("general", &["telegram #general", "plain #general"])
        .open()
        .await;
    says(&mut town, "telegram #general", ("1", "Ana"), "I am Ana").await;
    says(&mut town, "telegram #general", ("2", "Ana"), "So am I").await;
    let mut answer = said(
        &mut town,
        "telegram #general",
        ("1", "Ana"),
        Markup::plain("Oh!"),
    );
    if let Event::Posted(posted) = &mut answer.event {
        let parent = town.now.0 - 1000;
        posted.reply_to = vec![RemoteId(format!("2-{parent}"))];
    }
    town.hears(answer).await;
    town.settle().await;
    assert_snapshot!(town.transcript("plain #general"), @r"
    [bot]: Ana (Telegram): I am Ana
    [bot]: Ana 2 (Telegram): So am I
      > [bot]: > Ana 2 (Telegram): So am I
          Ana (Telegram): Oh!
    ");
}

#[tokio::test]
async fn a_mention_rings_only_who_asked_for_it() {
    let mut town = named_town().await;
    says(&mut town, "telegram #general", ("1", "Ana"), "Here").await;
    says(&mut town, "slack #general", ("U1", "Ana"), "Here, too").await;
    town.staff_does("member join telegram:1 slack:U1").await;
    let mention = || {
        let account = Some("1".into());
        let name = "@ana".to_owned();
        Markup(vec![Node::Mention { account, name }])
    };
    for choice in [None, Some("account"), Some("name")] {
        if let Some(choice) = choice {
            town.staff_does(&format!("member mentions slack:U1 {choice}"))
                .await;
        }
        let event = said(&mut town, "telegram #general", ("2", "Bo"), mention());
        town.hears(event).await;
        town.settle().await;
    }
    assert_snapshot!(town.transcript("slack #general"), @r"
    Ana (Telegram): Here
    Bo (Telegram): @ana
    Bo (Telegram): @ana<U1>
    Bo (Telegram): @ana
    ");
}
