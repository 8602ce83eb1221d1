//! Whoever asks is told who reads what they say, as it is now.

use causeway_tests::{Town, every_kind, letters, workplace};
use insta::assert_snapshot;

const GROUP: &str = "telegram #general";
const CHAT: &str = "telegram @Ana";

async fn asks(town: &mut Town) -> String {
    town.says(CHAT, "Ana", "help").await;
    town.settle().await;
    town.commands_aloud(GROUP, "Ana", "who can see this").await;
    town.settle().await;
    town.seconds_pass(20);
    let chat = town.transcript(CHAT);
    chat.lines().last().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn it_is_told_as_rooms_and_settings_are_now() {
    let mut town = every_kind().await;
    town.says(GROUP, "Ana", "Hello").await;
    assert_snapshot!(asks(&mut town).await, @r"
    [bot]: What is said in this channel is carried to Discord, email, Slack, and whoever reads there reads it. I keep the words for 30 days, and that something was said for 13 months. Besides them, only whoever runs the machine that I am on could read what is kept. “mydata” sends you what I hold of you.
    ");
    town.is_run_by(&[("telegram", "Bo"), ("slack", "Cy")]).await;
    town.unlinks("slack #spring").await;
    assert_snapshot!(asks(&mut town).await, @r"
    [bot]: What is said in this channel is carried to Discord, email, and whoever reads there reads it. I keep the words for 30 days, and that something was said for 13 months. 2 people of staff can also read what waits for them before it goes on. Whoever runs the machine that I am on could read what is kept. “mydata” sends you what I hold of you.
    ");
    for channel in ["discord #plans", "list spring@"] {
        town.unlinks(channel).await;
    }
    assert_snapshot!(asks(&mut town).await, @r"
    [bot]: What is said in this channel stays in it: no other channel takes part in its room. I keep the words for 30 days, and that something was said for 13 months. 2 people of staff can also read what waits for them before it goes on. Whoever runs the machine that I am on could read what is kept. “mydata” sends you what I hold of you.
    ");
}

#[tokio::test]
async fn readers_of_lists_are_counted() {
    let mut town = Town::build()
        .platform(workplace("slack"))
        .platform(letters("list").read_by(&["Ana", "Bo", "Cy"]))
        .room("general", &["slack #spring", "list spring@"])
        .open()
        .await;
    town.says("slack #spring", "Ana", "Hello").await;
    town.commands("slack #spring", "Ana", "who can see this")
        .await;
    town.settle().await;
    assert_snapshot!(town.whispers("slack #spring"), @r"
    to Ana: What is said in this channel is carried to email, and whoever reads there reads it. 3 people get it by mail. I keep the words for 30 days, and that something was said for 13 months. Besides them, only whoever runs the machine that I am on could read what is kept. “mydata” sends you what I hold of you.
    ");
}

/// What everybody may read names no room, no channel and nobody.
#[tokio::test]
async fn the_page_about_privacy_holds_platforms_and_numbers() {
    let mut town = every_kind().await;
    town.says(GROUP, "Ana", "Hello").await;
    town.settle().await;
    assert_snapshot!(town.privacy_page().await, @r"
    What Spring Gathering carries and keeps
    The people of Spring Gathering talk on several platforms. Causeway carries what they say in a room from each of its channels to the others. This page is made of the settings and the database as they are now.
    # Where it goes
    - Discord
    - email
    - Slack
    - Telegram
    # What is kept, and for how long
    - Words, subjects, and the names and descriptions of files: 30 days. What is still on its way by then is kept for at most twice as long.
    - That something was said, when, where and by whom, and where its copies stand: 13 months. Names and accounts of people go when they ask for it.
    - Numbers of how people take part, without a word, under a code instead of a name: 13 months.
    - Files pass through and lie here for at most 30 days. Nobody but those who get them sees them.
    - A fingerprint of each message, from which it cannot be read, so that nothing is carried twice: 14 days. That of a message whose author was forgotten stays, so that it does not come back.
    - The program’s own log holds numbers and ids: no words, no names of people and no addresses.
    # What is not kept
    - What people write to the bridge alone: no word of it.
    - What is said in channels that take part in no room: no word of it.
    - Where a picture was taken: that is removed before it goes on.
    # What you can do
    - Write one of these to the bridge alone, or with /causeway in a channel, or to the list’s request address by mail:
    - `help`: what I can do, or all about one thing
    - `rest`: no mention calls you elsewhere for a while; messages still come
    - `private`: keep what you say where you say it, or one message by “#local” in it
    - `name`: be carried without your name, or with it again
    - `metrics`: not be counted, or be counted again
    - `mydata`: all that I hold of you
    - `forget me`: let me forget you and what you said
    - `who can see this`: where what is said here is read
    - `agreement`: what this community asks you to agree to, and what you said
    - `agree`: say yes: what you say may be carried on, or to another purpose
    - `disagree`: say no: what you say is not carried on any more, or to another purpose
    - `connect`: say that you use two platforms: I show a code here, and you say it there
    - `disconnect`: let this account be somebody of its own again
    - `confirm`: yes to what I asked, by its code
    - `undo`: take back what you changed last
    - `me language`: in which language I speak with you, or default for the community’s
    # Who reads it
    - Those who read a room’s channels.
    - Whoever has the keys of the machine can read what is kept on it, and is bound by what this page says.
    # Who runs this
    - Spring Gathering.
    - The bridge speaks this language here: en
    ");
    for named in ["Ana", "general", "#plans", "spring@"] {
        assert!(!town.privacy_page().await.contains(named), "{named}");
    }
    assert!(town.privacy_page_of("nobody").await.is_none());
}
