//! Messages whose authors' programs gave them one id.

use causeway_tests::{Town, town};
use conversation::{
    Author, AuthorKind, ChannelRef, Content, Event, EventKey, Inbound, Posted, Proof, Twin,
};
use insta::assert_snapshot;

/// All bear one id. Each is told of twice.
async fn writes(town: &mut Town, words: &str) {
    let posted = Posted {
        thread: None,
        messages: vec!["m1".into()],
        reply_to: Vec::new(),
        subject: None,
        content: Content::plain(words),
        elided: format!("not shown with {words}"),
        twin: Some(Twin {
            fingerprint: words.to_owned(),
            key: EventKey(format!("mail/{words}")),
            message: words.into(),
        }),
    };
    let event = Inbound {
        within: None,
        key: "mail/m1".into(),
        channel: ChannelRef::new("list", "spring@"),
        at: town.now,
        actor: Author {
            picture: None,
            account: "account-of-Bo".into(),
            display_name: "Bo".to_owned(),
            kind: AuthorKind::Person,
        },
        proof: Proof::OfPlatform,
        way_back: None,
        event: Event::Posted(posted),
    };
    town.hears(event).await;
}

async fn n_elided(town: &Town) -> u64 {
    let counts = town.store().set_aside_counts().await.expect("counts");
    counts.iter().map(|it| it.n).sum()
}

#[tokio::test]
async fn each_is_heard_once_and_what_was_left_out_is_kept_once() {
    let mut town = town().await;
    for words in ["bread", "cheese", "bread", "wine", "cheese"] {
        writes(&mut town, words).await;
    }
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Bo (email): bread
    [bot]: Bo (email): cheese
    [bot]: Bo (email): wine
    ");
    assert_eq!(n_elided(&town).await, 3);
}

#[tokio::test]
async fn an_id_that_comes_back_when_its_event_is_forgotten_is_another_message() {
    let mut town = town().await;
    writes(&mut town, "bread").await;
    town.settle().await;
    town.hours_pass(15 * 24);
    let now = town.now;
    let forgotten = town
        .store()
        .write(move |tx| Box::pin(async move { tx.installation().forget_old(now).await }))
        .await;
    forgotten.expect("forgotten");
    writes(&mut town, "cheese").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Bo (email): bread
    [bot]: Bo (email): cheese
    ");
}

#[tokio::test]
async fn of_a_channel_that_left_its_room_no_word_is_kept_either() {
    let mut town = town().await;
    town.unlinks("list spring@").await;
    writes(&mut town, "bread").await;
    town.settle().await;
    assert_eq!(n_elided(&town).await, 0);
    assert_snapshot!(town.heard().await, @"list:spring@ 1");
    town.links("general", "list spring@").await;
    assert_snapshot!(town.heard().await, @"");
}
