//! Without a name, and without being called.

use causeway_tests::{EVERY_KIND, Town, chat, every_kind, larger_town};
use conversation::{ChannelRef, Content, Event, Markup, Node, Posted, RemoteId, Support};
use insta::assert_snapshot;

use super::{LARGER, seen};

#[tokio::test]
async fn somebody_goes_without_their_name() {
    let mut town = larger_town().await;
    town.says("telegram #general", "Ana", "Hello from Ana")
        .await;
    town.settle().await;
    town.commands("telegram #general", "Ana", "name off").await;
    town.says("telegram #general", "Ana", "I can help").await;
    town.replies("discord #lobby", "Bo", "Hello", "Hello to you")
        .await;
    town.settle().await;
    town.replies("discord #lobby", "Bo", "I can help", "Thank you")
        .await;
    town.settle().await;
    assert_snapshot!(town.whispers("telegram #general"), @r"
    to Ana: Done: name off. Elsewhere you are called “Member” with a number from now on, without your picture and the names of your files. What stands there under your name stays so. “name on” ends it. Within 15 minutes, “undo” takes it back. [Undo]
    ");
    assert_snapshot!(seen(&town, &LARGER), @r"
    == telegram #general
    Ana: Hello from Ana
    Ana: I can help
      > [bot]: Bo (Discord): Hello to you
      > [bot]: Bo (Discord): Thank you
    == discord #lobby
    [bot]: Ana (Telegram): Hello from Ana
      > Bo: Hello to you
    [bot]: Member 1 (Telegram): I can help
      > Bo: Thank you
    == list spring@
    Ana: Hello from Ana
    Member 1: I can help
      > Bo: Hello to you
      > Bo: Thank you
    ");
    town.commands("telegram #general", "Ana", "name on").await;
    town.says("telegram #general", "Ana", "Here I am").await;
    town.edits(
        "telegram #general",
        "Ana",
        "I can help",
        "I can help on Friday",
    )
    .await;
    town.edits("telegram #general", "Ana", "Hello from", "Hello again")
        .await;
    town.settle().await;
    town.replies("discord #lobby", "Bo", "I can help", "Good")
        .await;
    town.settle().await;
    assert_snapshot!(seen(&town, &LARGER), @r"
    == telegram #general
    Ana: Hello again (edited)
    Ana: I can help on Friday (edited)
      > [bot]: Bo (Discord): Hello to you
      > [bot]: Bo (Discord): Thank you
    Ana: Here I am
      > [bot]: Bo (Discord): Good
    == discord #lobby
    [bot]: Ana (Telegram): Hello again (edited)
      > Bo: Hello to you
    [bot]: Member 1 (Telegram): I can help on Friday (edited)
      > Bo: Thank you
    [bot]: Ana (Telegram): Here I am
      > Bo: Good
    == list spring@
    Ana: Hello from Ana
    Member 1: I can help
      > Bo: Hello to you
      > Bo: Thank you
    Ana: Here I am
      > Bo: Good
    ");
}

#[tokio::test]
async fn whoever_rests_is_not_called() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(chat("discord").that_can(|it| it.markup = Support::Native))
        .room("general", &LARGER[..2])
        .open()
        .await;
    for channel in ["telegram #general", "discord #lobby"] {
        town.says(channel, "Ana", "Hello").await;
    }
    town.staff_does("member join telegram:account-of-Ana discord:account-of-Ana")
        .await;
    town.staff_does("member mentions telegram:account-of-Ana account")
        .await;
    town.settle().await;
    calls(&mut town, "Bo", "Ana", "are you there?").await;
    town.settle().await;
    town.commands("telegram #general", "Ana", "rest 2 weeks")
        .await;
    calls(&mut town, "Bo", "Ana", "and now?").await;
    town.settle().await;
    town.commands("discord #lobby", "Ana", "rest until 2020-01-31")
        .await;
    town.hours_pass(14 * 24);
    calls(&mut town, "Bo", "Ana", "back again?").await;
    town.settle().await;
    town.commands("telegram #general", "Ana", "rest").await;
    calls(&mut town, "Bo", "Ana", "tired?").await;
    town.settle().await;
    town.commands("telegram #general", "Ana", "rest off").await;
    calls(&mut town, "Bo", "Ana", "awake!").await;
    town.settle().await;
    assert_snapshot!(town.whispers("telegram #general"), @r"
    to Ana: Done: rest 2 weeks. I leave you alone until 16 March, 09:00 UTC in 2026: I say nothing but what you ask for or wait for, and no mention calls you elsewhere. “rest off” ends it sooner. Within 15 minutes, “undo” takes it back. [Undo]
    to Ana: Done: rest. I leave you alone until you say “rest off”: I say nothing but what you ask for or wait for, and no mention calls you elsewhere. Within 15 minutes, “undo” takes it back. [Undo]
    to Ana: Done: rest off. You rest no longer: mentions call you as before.
    ");
    assert_snapshot!(town.whispers("discord #lobby"), @"");
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    Ana: Hello
    [bot]: Ana (Telegram): Hello
    [bot]: Bo (Telegram): @ana<account-of-Ana> are you there?
    [bot]: Bo (Telegram): @ana and now?
    [bot]: Bo (Telegram): @ana<account-of-Ana> back again?
    [bot]: Bo (Telegram): @ana tired?
    [bot]: Bo (Telegram): @ana<account-of-Ana> awake!
    ");
}

#[tokio::test]
async fn whoever_goes_without_a_name_is_not_named_by_others() {
    let mut town = every_kind().await;
    for who in ["Ana", "Bo"] {
        town.says("telegram #general", who, &format!("{who} is here"))
            .await;
    }
    town.staff_does("member mentions telegram:account-of-Ana account")
        .await;
    town.settle().await;
    town.commands("telegram #general", "Ana", "name off").await;
    town.settle().await;
    calls(&mut town, "Bo", "Ana", "will you bake?").await;
    town.settle().await;
    town.says("telegram #general", "Ana", "With pleasure").await;
    town.settle().await;
    town.replies("slack #spring", "Cy", "will you bake", "I help you")
        .await;
    town.reacts("telegram #general", "Cy", "With pleasure", "🎉")
        .await;
    town.reacts("telegram #general", "Cy", "Ana is here", "👍")
        .await;
    town.hours_pass(25);
    town.settle().await;
    assert_snapshot!(seen(&town, &EVERY_KIND), @r"
    == telegram #general
    Ana: Ana is here
    Bo: Bo is here
    Ana: With pleasure
      > [bot]: Cy (Slack, sent 09:00 UTC): I help you
    == discord #plans
    # Ana is here
      | Ana: Ana is here [👍]
    # Bo is here
      | Bo: Bo is here
    # @Member 1 will you bake?
      | Bo: @Member 1 will you bake?
      | > Cy: (sent 09:00 UTC) I help you
    # With pleasure
      | Member 1: With pleasure [🎉]
    == slack #spring
    Ana: Ana is here [👍]
    Bo: Bo is here
    Bo: @Member 1 will you bake?
      | > Cy: I help you
    Member 1: With pleasure [🎉]
    == list spring@
    # Ana is here
    Ana: Ana is here
    # Bo is here
    Bo: Bo is here
    # @Member 1 will you bake?
    Bo: @Member 1 will you bake?
    # With pleasure
    Member 1: With pleasure
      > Cy: (sent 09:00 UTC) I help you
    # Reactions
    Causeway: Since yesterday:
          👍 1 for “Ana is here” (Someone)
          🎉 1 for “With pleasure” (Member 1)
    ");
}

/// Somebody writes to somebody else by the platform's own mention.
async fn calls(town: &mut Town, who: &str, whom: &str, text: &str) {
    town.seconds_pass(1);
    let at: ChannelRef = "telegram:#general".parse().expect("a channel");
    let mention = Node::Mention {
        account: Some(RemoteId(format!("account-of-{whom}"))),
        name: format!("@{}", whom.to_lowercase()),
    };
    let posted = Posted {
        messages: vec![RemoteId(format!("call-{text}"))],
        reply_to: Vec::new(),
        thread: None,
        subject: None,
        content: Content {
            text: Markup(vec![mention, Node::Text(format!(" {text}"))]),
            attachments: Vec::new(),
        },
        elided: String::new(),
        twin: None,
    };
    town.happens(&at, who, Event::Posted(posted)).await;
}
